/** One input after another: given or its default, parsed, and its fault noted. */

import type { InputSource } from '../github/source.ts';
import { presentUrl } from '../messages.ts';
import type { Result } from '../values.ts';
import { INPUTS, type InputName, MAX_INPUT_LENGTH } from './inputs.ts';

/** What is never shown. */
const SECRET_INPUTS: readonly InputName[] = ['client-secret', 'credentials'];

/** What may hold an address, and so a password. */
const URL_INPUTS: readonly InputName[] = ['ims-url', 'verify-url', 'allowed-hosts'];

/** An input's value, or undefined where it was not given, or is wrong and noted as such. */
export type Read = <T>(name: InputName, parse: (raw: string) => Result<T>) => T | undefined;

/** The inputs of which nothing is known: wrong ones, missing credentials, and what stands under a misspelt name. */
export type Unread = ReadonlySet<InputName>;

/**
 * A reader that adds each fault to a list: the input's name, its value unless that is a secret, and what is
 * wrong. The names of wrong inputs are added to `unread`.
 */
export function openReader(source: InputSource, faults: string[], unread: Set<InputName>): Read {
  const refuse = (name: InputName, fault: string) => {
    faults.push(`${name}${fault}`);
    unread.add(name);
    return undefined;
  };
  return (name, parse) => {
    const raw = source.input(name) || INPUTS[name];
    if (raw === '') return undefined;
    if (raw.length > MAX_INPUT_LENGTH) {
      return refuse(name, ` is longer than ${MAX_INPUT_LENGTH / 1024} KiB`);
    }
    const parsed = parse(raw);
    if ('value' in parsed) return parsed.value;
    return refuse(name, `${echo(source, name, raw)} ${parsed.fault}`);
  };
}

/** A wrong value, fit to be shown; nothing of what is a secret. */
function echo({ redact }: InputSource, name: InputName, raw: string): string {
  if (SECRET_INPUTS.includes(name)) return '';
  return ` "${redact(URL_INPUTS.includes(name) ? presentUrl(raw) : raw, 80)}"`;
}
