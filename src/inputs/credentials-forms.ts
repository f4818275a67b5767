/** The five forms in which Adobe's tools write a credential, told apart by their structure. */

import { isObject, type Result, readJson, readPath } from '../values.ts';
import {
  describeJson,
  describeText,
  SERVICE_ACCOUNT_FAULT,
  WEB_APP_FAULT,
} from './credentials-mistakes.ts';
import { readJsonStrings } from './parsers.ts';

/** What a file says of one credential: texts without space around them, none of them empty. */
export interface Entry {
  /** Without duplicates: more than one contradict each other. */
  readonly clientIds: readonly string[];
  /** Without duplicates. */
  readonly clientSecrets: readonly string[];
  readonly scopes: readonly string[];
  readonly orgId: string | undefined;
  /** The host of IMS. */
  readonly ims: string | undefined;
  readonly environment: string | undefined;
}

/** A normalized name, and its value. */
type Field = readonly [name: string, value: unknown];

const PDF_SERVICES_PARTS = [
  'client_credentials',
  'service_principal_credentials',
  'service_account_credentials',
];

/**
 * The OAuth Server-to-Server credentials in a file, at least one, each with a client ID, a client secret or
 * both. A fault ends the sentence that begins with the input's name.
 */
export function readEntries(text: string): Result<readonly Entry[]> {
  const json = readJson(text);
  if (json === undefined) return readLines(text);
  const credentials = readPath(json, 'project', 'workspace', 'details', 'credentials');
  if (Array.isArray(credentials)) return readProject(json, credentials);
  const fields = fieldsOf(json);
  if (isServiceAccount(fields)) return { fault: SERVICE_ACCOUNT_FAULT };
  if (isWebApp(fields)) return { fault: WEB_APP_FAULT };
  return readEntry(fields, () => describeJson(json));
}

/** A name as names compare: without case, `_`, `-` and the prefix that App Builder writes. */
export function normalizeName(name: string): string {
  return name
    .toLowerCase()
    .replace(/[_-]/g, '')
    .replace(/^imsoauths2s/, '');
}

/** The lines `NAME=value` of a `.env`: the value without quotes around it or a comment after it. */
export function readAssignments(text: string): readonly (readonly [name: string, value: string])[] {
  return text.split(/[\r\n]/).flatMap((raw) => {
    const [left = '', ...right] = raw.split('=');
    const [, name] = /^(?:export[ \t]+)?([A-Za-z_][\w.-]*)$/.exec(left.trim()) ?? [];
    return name && right.length > 0 ? [[name, unquote(right.join('=').trim())] as const] : [];
  });
}

function readLines(text: string): Result<readonly Entry[]> {
  // Half a JSON or a web page may hold such a line too.
  const lines = /^[{[<]/.test(text) ? [] : readAssignments(text);
  const fields = lines.map(([name, value]): Field => [normalizeName(name), value]);
  if (isServiceAccount(fields)) return { fault: SERVICE_ACCOUNT_FAULT };
  return readEntry(fields, () => describeText(text, lines.length > 0));
}

function readProject(json: unknown, credentials: readonly unknown[]): Result<readonly Entry[]> {
  const orgId: Field = ['orgid', readPath(json, 'project', 'org', 'ims_org_id')];
  const entries = credentials
    .map((credential) => fieldsIn(readPath(credential, 'oauth_server_to_server')))
    .map((fields) => toEntry([...fields, orgId]))
    .filter(isFilled);
  return entries.length > 0 ? { value: entries } : { fault: describeJson(json) };
}

function readEntry(fields: readonly Field[], describe: () => string): Result<readonly Entry[]> {
  const entry = toEntry(fields);
  return isFilled(entry) ? { value: [entry] } : { fault: describe() };
}

/** The fields of a file with one credential: a Postman environment, the PDF Services SDK's, or a flat one. */
function fieldsOf(json: unknown): readonly Field[] {
  const values = readPath(json, 'values');
  if (!Array.isArray(values)) {
    return [json, ...PDF_SERVICES_PARTS.map((name) => readPath(json, name))].flatMap(fieldsIn);
  }
  return values.flatMap((value): readonly Field[] => {
    const key = readPath(value, 'key');
    const disabled = readPath(value, 'enabled') === false;
    return typeof key === 'string' && !disabled
      ? [[normalizeName(key), readPath(value, 'value')]]
      : [];
  });
}

function fieldsIn(value: unknown): readonly Field[] {
  return isObject(value)
    ? Object.entries(value).map(([name, member]): Field => [normalizeName(name), member])
    : [];
}

function toEntry(fields: readonly Field[]): Entry {
  const find = (...names: readonly string[]) => textsUnder(fields, names);
  return {
    clientIds: [...new Set(find('clientid', 'apikey'))],
    clientSecrets: [...new Set(find('clientsecret', 'clientsecrets', 'secret'))],
    scopes: find('scopes', 'scope'),
    orgId: find('imsorg', 'imsorgid', 'orgid', 'organizationid')[0],
    ims: find('ims')[0],
    environment: find('environment')[0],
  };
}

function isFilled({ clientIds, clientSecrets }: Entry): boolean {
  return clientIds.length + clientSecrets.length > 0;
}

function isServiceAccount(fields: readonly Field[]): boolean {
  const has = (...names: readonly string[]) => textsUnder(fields, names).length > 0;
  return (
    has('pathtokey', 'privatekey', 'privatekeyfile') ||
    fields.some(([, value]) => typeof value === 'string' && value.includes('PRIVATE KEY-----')) ||
    // The Console's file has an empty PRIVATE_KEY, to be filled in.
    (has('metascope', 'metascopes') && !has('scope', 'scopes'))
  );
}

/** A web app redirects its users, and has no technical account. */
function isWebApp(fields: readonly Field[]): boolean {
  const has = (pattern: RegExp) => fields.some(([name]) => pattern.test(name));
  return has(/redirectur[il]/) && !has(/^tech(nicalaccount)?(id|email)$/);
}

function textsUnder(fields: readonly Field[], names: readonly string[]): readonly string[] {
  return fields.flatMap(([name, value]) => (names.includes(name) ? textsOf(value) : []));
}

/** A text, or those of a list, which may be written as JSON text. */
function textsOf(value: unknown): readonly string[] {
  const texts = typeof value === 'string' ? (readJsonStrings(value) ?? [value]) : value;
  return (Array.isArray(texts) ? texts : [])
    .filter((text) => typeof text === 'string')
    .map((text) => text.trim())
    .filter((text) => text !== '');
}

function unquote(value: string): string {
  const quote = value.charAt(0);
  const end = value.lastIndexOf(quote);
  const quoted = /^["'`]/.test(value) && end > 0 && /^(\s+#.*)?$/.test(value.slice(end + 1));
  if (!quoted) return value.replace(/\s#.*/, '').trim();
  const inner = value.slice(1, end);
  return quote === '"' ? inner.replaceAll('\\"', '"') : inner;
}
