/** What a file that is none of the right ones looks like, and where the right one comes from. */

import { isObject, readPath } from '../values.ts';

const RIGHT_FILE =
  'download the file of an OAuth Server-to-Server credential in the Adobe Developer Console, with "Download for Postman > OAuth Server-to-Server" or with "Download" on the page of the project';

const STORE_FILE =
  'store the content of the file on one line, for example with `jq -c . file.json | gh secret set ADOBE_CREDENTIALS`';

export const SERVICE_ACCOUNT_FAULT = `looks like the file of a Service Account (JWT) credential, which is made for a private key: ${RIGHT_FILE}`;

export const WEB_APP_FAULT = `looks like the file of an OAuth Web App credential, which is for signing users in: ${RIGHT_FILE}`;

/** What a JSON without a credential looks like, as the end of a sentence that begins with the input's name. */
export function describeJson(json: unknown): string {
  if (typeof json === 'string') {
    return isStructure(json)
      ? `is JSON inside a JSON string: ${STORE_FILE}`
      : `is a JSON string, not the content of a file: ${RIGHT_FILE}`;
  }
  if (!isObject(json)) {
    return `is a JSON ${Array.isArray(json) ? 'array' : 'value'}, not one of Adobe's files: ${RIGHT_FILE}`;
  }
  if (Object.keys(json).length === 0) return `is an empty JSON object: ${RIGHT_FILE}`;
  if (readPath(json, 'integration', 'privateKey') !== undefined) {
    return `looks like the service credentials of AEM as a Cloud Service, which are made for a private key: ${RIGHT_FILE}`;
  }
  if (readPath(json, 'web') !== undefined || readPath(json, 'oauth2') !== undefined) {
    return WEB_APP_FAULT;
  }
  if (readPath(json, 'info') !== undefined && readPath(json, 'item') !== undefined) {
    return `looks like a Postman collection, which holds requests, instead of an environment: ${RIGHT_FILE}`;
  }
  if (readPath(json, 'project') !== undefined) return describeProject(json);
  if (readPath(json, 'access_token') !== undefined) {
    return `looks like a token, not like the credential that gets one: ${RIGHT_FILE}`;
  }
  return `is JSON without a client ID (API_KEY or CLIENT_ID) and client secret: ${RIGHT_FILE}`;
}

/** The same of a text that is no JSON; `assigns` says whether it has lines `NAME=value`. */
export function describeText(text: string, assigns: boolean): string {
  if (isStructure(text)) return `is JSON that was truncated or changed: ${STORE_FILE}`;
  if (text.startsWith('<')) return `is a web page or XML, not the content of a file: ${RIGHT_FILE}`;
  if (text.includes('PRIVATE KEY-----')) return SERVICE_ACCOUNT_FAULT;
  if (text.startsWith('-----BEGIN')) return `is a certificate or public key: ${RIGHT_FILE}`;
  if (/^https?:/i.test(text))
    return `is the address of a page, not the content of a file: ${RIGHT_FILE}`;
  if (/^(\$|secrets\.|vars\.|env\.)/.test(text)) {
    return 'is the name of a secret or variable instead of its value: write it as an expression, with `secrets.NAME` inside it';
  }
  if (isJwt(text))
    return `looks like a token, not like the credential that gets one: ${RIGHT_FILE}`;
  const decoded = decodeBase64(text);
  if (isStructure(decoded) || /^(export )?\w+ *=/.test(decoded)) {
    return `is in base64: ${STORE_FILE}`;
  }
  if (isPath(text)) return `is the path of a file instead of its content: ${STORE_FILE}`;
  if (assigns) {
    return 'has lines NAME=value, but none for CLIENT_ID (or API_KEY) and CLIENT_SECRET: add them';
  }
  return /\s/.test(text)
    ? `is neither JSON nor lines NAME=value: ${RIGHT_FILE}`
    : 'is a single word: give a client ID as `client-id`, a client secret as `client-secret`, and the content of a file as `credentials`';
}

/** The text in base64, or in its alphabet for URLs; empty where it is in neither. */
export function decodeBase64(text: string): string {
  return /^[\w+/\s-]+={0,2}$/.test(text) ? Buffer.from(text, 'base64').toString('utf8').trim() : '';
}

/** Whether a text is a JSON Web Token, by its beginning: `{"` in base64url. */
export function isJwt(text: string): boolean {
  return /^(Bearer\s+)?eyJ[\w-]*\.[\w-]*\.[\w-]*$/i.test(text);
}

function describeProject(json: unknown): string {
  const list = readPath(json, 'project', 'workspace', 'details', 'credentials');
  const credentials = Array.isArray(list) ? list : [];
  const has = (...names: readonly string[]) =>
    credentials.some((entry) => names.some((name) => readPath(entry, name) !== undefined));
  const kinds = [
    has('jwt') && 'a Service Account (JWT) credential',
    has('oauth2', 'oauth_web', 'oauthweb') && 'an OAuth Web App credential',
    has('api_key', 'apikey') && 'an API key',
  ].filter((kind) => kind !== false);
  const instead = kinds.length > 0 ? ` (but ${kinds.join(' and ')})` : '';
  return `is a project without an OAuth Server-to-Server credential${instead}: add one to the project in the Adobe Developer Console, and download it again`;
}

/** Whether a text begins as a JSON object or array does, or ends so, its beginning being lost. */
function isStructure(text: string): boolean {
  return /^[{[]/.test(text) || (/[}\]]$/.test(text) && /"\s*:/.test(text));
}

function isPath(text: string): boolean {
  return (
    !/[\r\n]/.test(text) &&
    (/^(~|\.{0,2}[\\/]|[a-z]:[\\/]|file:)/i.test(text) || /\.(json|env|txt)$/i.test(text))
  );
}
