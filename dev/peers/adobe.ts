// Adobe's own library for IMS. With `read`, it prints what it makes of the token on stdin; with `get`, the token
// of the context `cli`, as `aio` asks for it.
import { text } from 'node:stream/consumers';

// Without types: it is not there unless it was installed.
const name = '@adobe/aio-lib-ims';
const { default: library } = await import(name);
const isRead = process.argv[2] === 'read';
process.stdout.write(isRead ? JSON.stringify(await read()) : await library.getToken('cli'));

/** What it reads from a token: among others the IMS that issued it. */
async function read() {
  const token = await text(process.stdin);
  const { ims } = await library.Ims.fromToken(token);
  const { access_token: own } = await ims.toTokenResult(token);
  const claims = library.getTokenData(token);
  return { claims, endpoint: ims.endpoint, expiresAtMs: own.expiry };
}
