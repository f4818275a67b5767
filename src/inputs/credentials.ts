/** The input `credentials`: one credential out of a file from the Adobe Developer Console. */

import { list } from '../messages.ts';
import type { Redact } from '../secrets/redact.ts';
import { Secret } from '../secrets/secret.ts';
import type { Result } from '../values.ts';
import { type Entry, readEntries } from './credentials-forms.ts';
import type { ClientSecret } from './inputs.ts';
import {
  parseClientId,
  parseOrgId,
  parseScopes,
  secretCountFault,
  secretFault,
} from './parsers.ts';
import { parseImsHost } from './urls.ts';

/** What the file says, where no input of its own says otherwise. */
export interface Credentials {
  readonly clientId: string;
  /** Without duplicates, in the order of the file. Empty where `client-secret` is given. */
  readonly clientSecrets: readonly ClientSecret[];
  readonly scopes: readonly string[] | undefined;
  readonly orgId: string | undefined;
  /** The base URL of IMS, without a slash at its end. */
  readonly imsUrl: string | undefined;
}

/** The inputs that win over the file: `client-id`, or an empty string, and whether the others are given. */
export interface Overrides {
  readonly clientId: string;
  readonly clientSecret: boolean;
  readonly scope: boolean;
  readonly orgId: boolean;
  readonly imsUrl: boolean;
}

/** How many client IDs a message names. */
const MAX_NAMED = 10;

/**
 * Reads the content of such a file, in linear time. A fault ends the sentence that begins with the input's
 * name. It shows client IDs alone, and those by `redact`, which must know what `listSecrets` finds.
 */
export function readCredentials(
  text: string,
  overrides: Overrides,
  redact: Redact,
): Result<Credentials> {
  const entries = readEntries(text.trim());
  if ('fault' in entries) return entries;
  const chosen = chooseEntry(entries.value, overrides, redact);
  return 'fault' in chosen ? chosen : readEntry(chosen.value, overrides);
}

/** Whether the content is that of such a file, whichever of its credentials is meant. Faults are as above. */
export function checkForm(text: string): Result<undefined> {
  const entries = readEntries(text.trim());
  return 'fault' in entries ? entries : { value: undefined };
}

/** Whether the content is that of such a file, and holds no client secret at all. */
export function lacksSecrets(text: string): boolean {
  const entries = readEntries(text.trim());
  return (
    'value' in entries && entries.value.every(({ clientSecrets }) => clientSecrets.length === 0)
  );
}

function chooseEntry(
  entries: readonly Entry[],
  { clientId, clientSecret }: Overrides,
  redact: Redact,
): Result<Entry> {
  const ids = [...new Set(entries.flatMap((entry) => entry.clientIds))];
  const secrets = new Set(entries.flatMap((entry) => entry.clientSecrets));
  if ([clientId, ...ids].some((id) => secrets.has(id))) {
    return { fault: 'has the same value as client ID and as client secret: copy both again' };
  }
  const wanted = clientId || (ids[0] ?? '');
  const named = entries.find((entry) => entry.clientIds.includes(wanted));
  if (clientId && !named && !clientSecret) {
    return ids.length > 0
      ? {
          fault: `does not hold the client ID that \`client-id\` names, but ${nameIds(ids, redact)}: correct \`client-id\`, or give its \`client-secret\` too`,
        }
      : {
          fault:
            'holds a client secret, but no client ID that says whose it is: give it as `client-secret`',
        };
  }
  if (!clientId && entries.length > 1 && ids.length > 1) {
    return {
      fault: `holds several OAuth Server-to-Server credentials: name one in \`client-id\`, which may be ${nameIds(ids, redact)}`,
    };
  }
  // What several credentials share is the organization, but not the scopes.
  const entry = named ?? entries.reduce((first) => ({ ...first, scopes: [] }));
  return entry.clientIds.length > 1
    ? {
        fault: `holds different client IDs for one credential, ${nameIds(entry.clientIds, redact)}: remove all but one of them`,
      }
    : { value: entry };
}

function nameIds(ids: readonly string[], redact: Redact): string {
  const shown = ids.slice(0, MAX_NAMED).map((id) => redact(id, 80));
  return list(ids.length > MAX_NAMED ? [...shown, `${ids.length - MAX_NAMED} more`] : shown);
}

/** Reads what is taken of an entry, and finds all of its faults. */
function readEntry(entry: Entry, overrides: Overrides): Result<Credentials> {
  const faults: string[] = [];
  function read<T>(
    raw: string | undefined,
    parse: (text: string) => Result<T>,
    subject: string,
  ): T | undefined {
    const parsed = raw ? parse(raw) : undefined;
    if (parsed && 'fault' in parsed) faults.push(`${subject} that ${parsed.fault}`);
    return parsed && 'value' in parsed ? parsed.value : undefined;
  }

  const clientId = overrides.clientId || entry.clientIds[0];
  if (!clientId) faults.push('holds no client ID (API_KEY or CLIENT_ID)');
  const clientSecrets = overrides.clientSecret ? [] : entry.clientSecrets.map(toClientSecret);
  if (!overrides.clientSecret) faults.push(...secretFaults(clientSecrets));
  if (entry.environment?.toLowerCase() === 'stage' && !overrides.imsUrl) {
    faults.push(
      'is for the environment "stage": give the address of its IMS too, `ims-url: https://ims-na1-stg1.adobelogin.com`',
    );
  }
  const credentials = {
    clientId: read(clientId, parseClientId, 'holds a client ID') ?? '',
    clientSecrets,
    scopes: overrides.scope
      ? undefined
      : read(entry.scopes.join(' '), parseScopes, 'holds a list of scopes'),
    orgId: overrides.orgId ? undefined : read(entry.orgId, parseOrgId, 'holds a value of IMS_ORG'),
    imsUrl: overrides.imsUrl ? undefined : read(entry.ims, parseImsHost, 'holds a value of IMS'),
  };
  return faults.length > 0 ? { fault: faults.join('; it ') } : { value: credentials };
}

function toClientSecret(value: string, index: number): ClientSecret {
  return { line: index + 1, secret: new Secret(value) };
}

function secretFaults(secrets: readonly ClientSecret[]): readonly string[] {
  if (secrets.length === 0) return ['holds no client secret (CLIENT_SECRET)'];
  const tooMany = secretCountFault(secrets);
  const wrong = secrets.flatMap(({ secret }) => secretFault(secret) ?? []);
  return [
    ...(tooMany ? [tooMany] : []),
    ...new Set(wrong.map((fault) => `holds a client secret that ${fault}`)),
  ];
}
