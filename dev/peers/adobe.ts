// Reads the token on stdin with Adobe's own library for IMS, and prints what the library makes of it.
import { text } from 'node:stream/consumers';
import type { TokenReading } from './records.ts';

/** As much of `@adobe/aio-lib-ims` as is used: it is not there unless it was installed. */
interface Library {
  getTokenData(token: string): TokenReading['claims'];
  Ims: {
    fromToken(token: string): Promise<{ ims: Ims }>;
  };
}

interface Ims {
  readonly endpoint: string;
  toTokenResult(token: string): Promise<{ access_token: { expiry: number } }>;
}

const name = '@adobe/aio-lib-ims';
const { default: library } = (await import(name)) as { default: Library };
const token = await text(process.stdin);
const { ims } = await library.Ims.fromToken(token);
const reading: TokenReading = {
  claims: library.getTokenData(token),
  endpoint: ims.endpoint,
  expiresAtMs: (await ims.toTokenResult(token)).access_token.expiry,
};
process.stdout.write(JSON.stringify(reading));
