// What a server's refusal is called, what is said of it, and what is advised.
import { describe, expect, test } from '@jest/globals';
import { refusal } from '../../src/adobe/refusals.ts';
import { HttpError, OAuthError } from '../../src/errors.ts';
import { Secret } from '../../src/secrets/secret.ts';
import { START_MS } from '../support/clock.ts';
import { SECRET } from '../support/credentials.ts';
import { redactor } from '../support/redactor.ts';
import { answer } from '../support/scripted-exchange.ts';

const redact = redactor([new Secret(SECRET)]);
const refuse = (...args: Parameters<typeof answer>) => refusal(answer(...args), redact);
const refuseWith = (status: number, error: unknown, error_description?: unknown) =>
  refuse(status, { error, error_description });

const CREDENTIAL = 'the OAuth Server-to-Server credential in the Adobe Developer Console';

describe('an error of IMS', () => {
  const ADD_API =
    'Add the API to the project in the Adobe Developer Console, or correct `service` or `scope`: "View scopes per service" there lists what the credential may request';

  test.each([
    [
      400,
      'invalid_client',
      'invalid client_id parameter',
      'wrong-client-id',
      `IMS does not know this client ID: compare \`client-id\` with ${CREDENTIAL}, and check that \`ims-url\` is its environment`,
    ],
    [
      400,
      'invalid_client',
      'invalid client_secret parameter',
      'wrong-client-secret',
      `The client secret is wrong or was deleted: copy it again from ${CREDENTIAL} and update the GitHub secret`,
    ],
    [
      400,
      'unauthorized_client',
      'client is not authorized to use this grant type.',
      'wrong-credential-type',
      'The credential is of another type: add an OAuth Server-to-Server credential to the project in the Adobe Developer Console and use its client ID and secret',
    ],
    [400, 'invalid_scope', 'None of the requested scopes is enabled', 'wrong-scope', ADD_API],
    [400, 'invalid_target_scope', 'None of them is enabled', 'wrong-scope', ADD_API],
    [
      403,
      'access_denied',
      'Service principal is no longer part of the organization.',
      'access-denied',
      "The credential's technical account is no longer in the organization: ask an administrator to add it again, or create a new credential",
    ],
    [
      404,
      'not_found',
      'Organization with id 0@AdobeOrg cannot be found',
      'organization-not-found',
      'Correct `org-id`: it looks like 1234567890ABCDEF@AdobeOrg, and most credentials need none',
    ],
    [
      409,
      'duplicate_binding',
      'Several bindings',
      'several-organizations',
      'The credential serves several organizations: name one in `org-id`',
    ],
    [
      400,
      'lunar_phase',
      'The moon is not in the requested phase',
      'refused',
      `IMS refuses the request: check \`client-id\`, \`scope\` and ${CREDENTIAL}`,
    ],
    [
      404,
      'not_found',
      'No such page',
      'refused',
      `IMS refuses the request: check \`ims-url\` (nothing answers at this address), \`client-id\`, \`scope\` and ${CREDENTIAL}`,
    ],
  ])('%i %s "%s" is told with what to do', (status, error, description, topic, hint) => {
    const refused = refuseWith(status, error, description);
    expect(refused).toBeInstanceOf(OAuthError);
    expect(refused).toMatchObject({
      message: `HTTP ${status}, ${error} "${description}"`,
      topic,
      hint,
    });
  });

  test.each([
    ['client id unknown', 'wrong-client-id'],
    ['unknown clientid', 'wrong-client-id'],
    ['Missing Client_ID parameter', 'wrong-client-id'],
    ['missing parameter', 'wrong-client-id'],
    ['missing client_secret parameter', 'wrong-client-secret'],
    ['missingno', 'wrong-client-secret'],
    ['something is missing', 'wrong-client-secret'],
    ['client  id', 'wrong-client-secret'],
    ['', 'wrong-client-secret'],
  ])('invalid_client "%s" is about %s', (description, topic) => {
    expect(refuseWith(400, 'invalid_client', description).topic).toBe(topic);
  });

  test.each([
    ['Organisation unknown', 'organization-not-found'],
    ['No such page', 'refused'],
  ])('not_found "%s" is about %s', (description, topic) => {
    expect(refuseWith(404, 'not_found', description).topic).toBe(topic);
  });

  test.each([
    [400, 'invalid_client', 'invalid client_secret parameter', true],
    [401, 'invalid_client', undefined, true],
    [200, 'invalid_client', 'invalid client_secret parameter', true],
    [402, 'invalid_client', undefined, false],
    [403, 'invalid_client', undefined, false],
    [400, 'invalid_client', 'invalid client_id parameter', false],
    [401, 'unauthorized_client', undefined, false],
    [400, 'lunar_phase', undefined, false],
  ])('%i %s "%s" says of another secret that it may succeed: %s', (...row) => {
    const [status, error, description, secretRefused] = row;
    expect(refuseWith(status, error, description)).toMatchObject({
      advice: { secretRefused },
    });
  });

  test.each([408, 425, 429, 500, 503])(
    'with the transient status %i is of that status, not of OAuth',
    (status) => {
      expect(refuseWith(status, 'invalid_client', 'later')).toMatchObject({
        name: 'HttpError',
        message: `HTTP ${status}, invalid_client "later"`,
        advice: { status },
      });
    },
  );

  test('without a description is told by its name alone, and may be about the ID as well', () => {
    expect(refuseWith(401, 'invalid_client')).toMatchObject({
      message: 'HTTP 401, invalid_client',
      hint: `The client ID or the client secret is wrong: compare both with ${CREDENTIAL}, and update the GitHub secret`,
    });
  });

  test('is told without the secret that it repeats, and without commands', () => {
    const { message } = refuseWith(400, 'a\n::error::b', `no ${SECRET}, ##[error]c`);
    expect(message).toBe('HTTP 400, a : :error: :b "no ***, # #[error]c"');
  });

  test('is cut after 60 characters, its description after 200', () => {
    const { message } = refuseWith(400, 'e'.repeat(61), 'd'.repeat(201));
    expect(message).toBe(`HTTP 400, ${'e'.repeat(60)}… "${'d'.repeat(200)}…"`);
  });
});

describe('a status that is no success', () => {
  const SERVER = 'Re-run the job later; status.adobe.com lists outages';
  const PAGE =
    'A proxy, gateway or sign-in page probably answered instead of Adobe: check `https_proxy`, and `ims-url` and `verify-url` if they are set';
  const OTHER =
    'Check `ims-url` and `verify-url` if they are set, and whether a proxy or gateway answered instead of Adobe';

  test.each([
    [408, 'server-error', SERVER],
    [425, 'server-error', SERVER],
    [
      429,
      'throttled',
      'Adobe throttles this credential: wait some minutes and re-run the job; if it happens often, let the jobs of a run share one token through `seal` and `sealed-token`',
    ],
    [500, 'server-error', SERVER],
    [503, 'server-error', SERVER],
    [599, 'server-error', SERVER],
    [600, 'unexpected-status', OTHER],
    [201, 'unexpected-status', OTHER],
    [299, 'unexpected-status', OTHER],
    [400, 'unexpected-status', OTHER],
    [404, 'unexpected-status', OTHER],
    [499, 'unexpected-status', OTHER],
  ])('%i alone is told with what to do', (status, topic, hint) => {
    const refused = refuse(status);
    expect(refused).toBeInstanceOf(HttpError);
    expect(refused).toMatchObject({
      message: `HTTP ${status}`,
      advice: { status },
      topic,
      hint,
    });
  });

  test('with a page is told so', () => {
    const page = '<html>Sign in</html>';
    expect(refuse(403, page)).toMatchObject({ message: 'HTTP 403, an HTML page', hint: PAGE });
    expect(refuse(503, page)).toMatchObject({ message: 'HTTP 503, an HTML page', hint: SERVER });
  });

  test('404 names ims-url first, with a page too: that is what a wrong address gets', () => {
    expect(refuse(404, '<html>Not found</html>')).toMatchObject({
      message: 'HTTP 404, an HTML page',
      hint: OTHER,
    });
  });

  test.each(['gzip', 'BR', ' Deflate '])(
    'in the encoding %s says that it is compressed',
    (type) => {
      expect(refuse(400, '', { 'content-encoding': type }).message).toBe(
        'HTTP 400, a compressed answer',
      );
    },
  );

  test.each(['', 'identity', 'Identity'])('in the encoding "%s" is not compressed', (type) => {
    expect(refuse(400, '', { 'content-encoding': type }).message).toBe('HTTP 400');
  });

  test('with a description alone is told by it', () => {
    expect(refuse(404, { message: 'Not found' })).toMatchObject({
      name: 'HttpError',
      message: 'HTTP 404, "Not found"',
    });
  });

  test.each([
    [429, '7', 7000],
    [503, '7', 7000],
    [404, '7', 7000],
    [503, new Date(START_MS + 9000).toUTCString(), 9000],
    [503, undefined, 0],
  ])('%i with Retry-After %s asks to wait %i ms', (status, retryAfter, retryAfterMs) => {
    expect(refuse(status, '', { 'retry-after': retryAfter })).toMatchObject({
      advice: { retryAfterMs },
    });
  });
});
