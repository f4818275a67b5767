/** What has to be masked of a credential's file: the right one, a wrong one, or half of one. */

import { MIN_HIDDEN_LENGTH } from '../secrets/redact.ts';
import { Secret } from '../secrets/secret.ts';
import { readJson } from '../values.ts';
import { normalizeName, readAssignments, readEntries } from './credentials-forms.ts';
import { decodeBase64, isJwt } from './credentials-mistakes.ts';

/** Values under a name that only speaks of a secret are taken for one from this length on. */
const MIN_SUSPECT_LENGTH = 16;

/** What stands under such a name and is no secret. */
const WORDS = /^(bearer|null|none|undefined|true|false|["']?-----BEGIN [A-Z ]+-----)$/i;

/** Some files keep the endpoints of IMS under names such as `oauthTokenEndpoint`. */
const IMS_ENDPOINT = /^https:\/\/[\w.-]+\.adobelogin\.com[\w./-]*$/i;
const MAX_ENDPOINT_LENGTH = 100;

/** How deep texts inside texts are read. In base64 a file is the first; a context in it the second, its lists the third. */
const MAX_DEPTH = 3;

/** What a value is by its name, the more of it hidden the earlier. */
const KINDS = ['secret', 'suspect', 'client-id', 'other'] as const;

type Kind = (typeof KINDS)[number];

interface Found {
  readonly secrets: Set<string>;
  readonly suspects: Set<string>;
  readonly clientIds: Set<string>;
  /** Texts inside those that are being read, and the kind of what they hold; each once. */
  readonly texts: Map<string, readonly [text: string, kind: Kind]>;
}

/** An object or array whose end has not been read. */
interface Level {
  /** The kind of what stands there under no name that says more. */
  readonly inherited: Kind;
  /** Where to put what a label that follows may be about. */
  readonly labelled: string[];
  /** The list of the level around it, for an array that stands under `value`. */
  readonly around: string[] | undefined;
  /** The name of the next value. */
  name: string;
  /** What `key` and `name` say about `value`, as in a Postman environment: undefined where they are empty. */
  label: Kind | undefined;
}

/**
 * Every client secret and private key in the text, and every value of 16 or more characters under a name
 * with SECRET, TOKEN or PASSWORD in it that is no client ID, each on its own. Takes linear time, whatever
 * the text is.
 */
export function listSecrets(text: string): readonly Secret[] {
  const whole = text.trim();
  const found: Found = {
    secrets: new Set(),
    suspects: new Set(),
    clientIds: new Set(),
    texts: new Map(),
  };
  // What is used is masked, whatever else the text may be.
  const read = readEntries(whole);
  const used = 'value' in read ? read.value.flatMap(({ clientSecrets }) => clientSecrets) : [];
  for (const value of used) add(value, 'secret', found);
  if (isBareSecret(whole)) found.secrets.add(whole);
  scanText(whole, 'other', found);
  addText(decodeBase64(whole), 'other', found);
  for (let depth = 1; depth <= MAX_DEPTH; depth += 1) {
    const texts = [...found.texts.values()];
    found.texts.clear();
    for (const [inner, kind] of texts) scanText(inner, kind, found);
  }
  const suspects = [...found.suspects].filter((value) => !found.clientIds.has(value));
  return [...new Set([...found.secrets, ...suspects])].map((value) => new Secret(value));
}

/** Reads lines `NAME=value`, private keys, and JSON or a part of one. */
function scanText(text: string, kind: Kind, found: Found): void {
  // A whole `.env` may be in quotes.
  const assignments = readAssignments(text.replace(/^["'`]/, ''));
  for (const [name, value] of assignments) {
    // One of two quotes may be lost.
    add(value.replace(/^["'`]|["'`]$/g, ''), kindOf(name), found);
  }
  const isJson = /^[{["]/.test(text);
  if (isJson) scanJson(text, kind, found);
  // An INI file begins so, too.
  if (isJson && assignments.length === 0) return;
  for (const part of text.split(/(?=-----BEGIN)/)) {
    const [key = ''] = part.split('-----END', 1);
    if (key.startsWith('-----BEGIN') && isPrivateKey(key)) add(key, 'secret', found);
  }
  if (assignments.length > 0) return;
  scanJson(text, kind, found);
  // Its beginning may lie within a string.
  scanJson(`"${text}`, kind, found);
}

/** Reads JSON token by token, so that half a JSON gives what it holds, and no depth is too deep. */
function scanJson(text: string, kind: Kind, found: Found): void {
  let level = openLevel(kind);
  const outer: Level[] = [];
  let pending: string | undefined;
  const flush = () => {
    if (pending !== undefined) take(pending, level, found);
    pending = undefined;
  };
  for (const [token] of text.matchAll(/[{}[\]:,]|"[^"\\]*(?:\\.[^"\\]*)*"?|[^\s{}[\]:,"]+/gs)) {
    if (token === ':') {
      level.name = pending ?? '';
      pending = undefined;
      continue;
    }
    flush();
    if (token === '{' || token === '[') {
      outer.push(level);
      level = openLevel(kindAt(level), isLabelled(level.name) ? level.labelled : undefined);
    } else if (token === '}' || token === ']') {
      closeLevel(level, 'other', found);
      level = outer.pop() ?? openLevel(kind);
    } else if (token === ',') {
      level.name = '';
    } else {
      pending = readToken(token);
    }
  }
  flush();
  for (const open of [level, ...outer]) closeLevel(open, 'suspect', found);
}

function openLevel(inherited: Kind, around?: string[]): Level {
  return { inherited, labelled: [], around, name: '', label: undefined };
}

function take(value: string, level: Level, found: Found): void {
  add(value, kindAt(level), found);
  if (/^(key|name)$/i.test(level.name) && value !== '') {
    // Which of the two the reader goes by is not for a mask to know: that counts which hides more.
    const kinds = [kindOf(value), level.label];
    level.label = KINDS.find((kind) => kinds.includes(kind));
  }
  (isLabelled(level.name) ? level.labelled : level.around)?.push(value);
}

/** The label may follow its value; in half a JSON it may be lost, and nobody knows what the value is. */
function closeLevel({ label, labelled }: Level, unlabelled: Kind, found: Found): void {
  for (const value of labelled) add(value, label ?? unlabelled, found);
}

/** `value`, or such as Postman's `sessionValue`. */
function isLabelled(name: string): boolean {
  return /value$/i.test(name);
}

/** The kind of a value that stands next on this level. */
function kindAt({ name, label, inherited }: Level): Kind {
  const kinds = [kindOf(name), isLabelled(name) ? label : undefined];
  return kinds.find((kind) => kind && kind !== 'other') ?? inherited;
}

function kindOf(name: string): Kind {
  const normal = normalizeName(name);
  if (/clientid$|^apikey$/.test(normal)) return 'client-id';
  if (/^secrets?$|clientsecrets?$|privatekey$/.test(normal)) return 'secret';
  return /secret|token|password/.test(normal) ? 'suspect' : 'other';
}

function readToken(token: string): string {
  if (!token.startsWith('"')) return token.replace(/^'|'$/g, '');
  const text = readJson(token);
  if (typeof text === 'string') return text;
  // Its end is lost, or it holds line breaks as they are.
  return token.replace(/^"|"$/g, '').replaceAll('\\n', '\n').replaceAll('\\/', '/');
}

function add(raw: string, named: Kind, found: Found): void {
  const value = raw.trim();
  const kind = isPrivateKey(value) ? 'secret' : named;
  if (kind === 'client-id') found.clientIds.add(value);
  // Some files keep a list as JSON text; a whole `.env` may stand in a string.
  if (/^[{[]|^[\w.-]+ *=.*[\r\n]/.test(value)) addText(value, kind, found);
  if (isHarmless(value)) return;
  if (kind === 'secret' && value.length >= MIN_HIDDEN_LENGTH) found.secrets.add(value);
  if (kind === 'suspect' && value.length >= MIN_SUSPECT_LENGTH) found.suspects.add(value);
  // A key's lines may be shown one by one.
  if (isPrivateKey(value)) for (const line of keyLines(value)) found.secrets.add(line);
}

function addText(text: string, kind: Kind, { texts }: Found): void {
  texts.set(`${kind} ${text}`, [text, kind]);
}

function keyLines(key: string): readonly string[] {
  const lines = key.split(/[\r\n]+/).map((line) => line.trim());
  return lines.filter((line) => line.length >= MIN_SUSPECT_LENGTH && !line.startsWith('-----'));
}

function isHarmless(value: string): boolean {
  return WORDS.test(value) || (value.length <= MAX_ENDPOINT_LENGTH && IMS_ENDPOINT.test(value));
}

function isPrivateKey(text: string): boolean {
  return text.includes('PRIVATE KEY-----');
}

/** A secret or token alone, where a file should be. A client ID has 32 hexadecimal digits. */
function isBareSecret(text: string): boolean {
  return isJwt(text) || (/^[\w-]{16,}$/.test(text) && !/^[0-9a-f]{32}$/i.test(text));
}
