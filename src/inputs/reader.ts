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

/** A reader that adds each fault to a list: the input's name, its value unless that is a secret, and what is wrong. */
export function openReader(source: InputSource, faults: string[]): Read {
  return (name, parse) => {
    const raw = source.input(name) || INPUTS[name];
    if (raw === '') return undefined;
    if (raw.length > MAX_INPUT_LENGTH) {
      faults.push(`${name} is longer than ${MAX_INPUT_LENGTH / 1024} KiB`);
      return undefined;
    }
    const parsed = parse(raw);
    if ('value' in parsed) return parsed.value;
    faults.push(`${name}${echo(source, name, raw)} ${parsed.fault}`);
    return undefined;
  };
}

/** A wrong value, fit to be shown; nothing of what is a secret. */
function echo({ redact }: InputSource, name: InputName, raw: string): string {
  if (SECRET_INPUTS.includes(name)) return '';
  return ` "${redact(URL_INPUTS.includes(name) ? presentUrl(raw) : raw, 80)}"`;
}
