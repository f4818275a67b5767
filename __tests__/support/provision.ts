// The main step as a whole, played with scripted servers.
import { provideToken } from '../../src/provide.ts';
import { sealToken } from '../../src/seal.ts';
import { Secret } from '../../src/secret.ts';
import { type FakeClock, fakeClock, START_MS } from './clock.ts';
import { CREDENTIALS, type Given, type RecordingOptions, record, SECRET } from './recording.ts';
import { answer, type Scene, script } from './script.ts';

export const IMS = 'https://ims-na1.adobelogin.com';
export const MINT = `${IMS}/ims/token/v3`;
export const VALIDATE = `${IMS}/ims/validate_token/v1`;
export const OLD = 'opaque-token-of-an-earlier-run';
export const NEW = 'opaque-token-of-this-run';
export const minted = answer(200, { access_token: NEW, token_type: 'bearer', expires_in: 86_399 });
export const valid = answer(200, { valid: true });
export const invalid = answer(200, { valid: false });

interface Options extends Omit<RecordingOptions, 'inputs'> {
  /** Beside the credentials. */
  readonly inputs?: Given;
  readonly scenes?: readonly Scene[];
  readonly clock?: FakeClock;
}

/** The step before its start, with `openid` for a scope. */
export function prepare({ inputs, scenes = [minted], clock = fakeClock(), ...rest }: Options = {}) {
  const recording = record({ ...rest, inputs: { ...CREDENTIALS, scope: 'openid', ...inputs } });
  const played = script(...scenes);
  const run = () => provideToken(recording.runner, clock, played.exchange);
  const asked = () => played.requests.map(({ url }) => url);
  return { recording, run, asked, clock };
}

/** Runs the step, and gives what it did and the error that ended it. */
export async function provide(options: Options = {}) {
  const { recording, run, asked } = prepare(options);
  const error = await run().catch((caught: unknown) => caught);
  return { error, recording, asked: asked() };
}

/** A seal of the token `OLD`, which lives for a day. */
export const sealOld = (expiresAtMs = START_MS + 86_400_000) =>
  sealToken(
    {
      value: new Secret(OLD),
      asked: ['openid'],
      granted: ['openid'],
      orgId: undefined,
      lifetimeMs: 86_400_000,
      expiresAtMs,
    },
    { clientId: 'the-client', imsUrl: IMS, orgId: undefined, scopes: ['openid'] },
    new Secret(SECRET),
  );
