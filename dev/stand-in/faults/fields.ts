// Token answers with a field that is missing, odd or wrong.
import { answerJson, answerWith, type Fault, type Faults, readField } from '../exchange.ts';
import type { Grant } from '../grants.ts';
import { changeFields } from './spoil.ts';

export const fieldFaults: Faults = {
  'no-token': changeFields('No token', () => ({ access_token: undefined })),
  'token-number': changeFields('A number for a token', () => ({ access_token: 12_345_678 })),
  'line-break': changeFields('A token with a line break', ({ access_token }) => ({
    access_token: String(access_token).replace(/^.{40}/, '$&\n'),
  })),
  'huge-token': regrant('A token of 100 KiB', { bytes: 100 * 1024 }),
  mac: changeFields('A token of the type mac', () => ({ token_type: 'mac' })),
  'no-type': changeFields('No token_type', () => ({ token_type: undefined })),
  strings: changeFields('A good answer with strings for numbers', ({ expires_in }) => ({
    expires_in: String(expires_in),
  })),
  milliseconds: changeFields('A good answer that counts in milliseconds', ({ expires_in }) => ({
    expires_in: Number(expires_in) * 1000,
  })),
  'expires-negative': changeFields('expires_in: -1', () => ({ expires_in: -1 })),
  'expires-zero': changeFields('expires_in: 0', () => ({ expires_in: 0 })),
  'expires-text': changeFields('expires_in: tomorrow', () => ({ expires_in: 'tomorrow' })),
  'no-expires': changeFields('No expires_in', () => ({ expires_in: undefined })),
  short: regrant('A good answer for 3599 seconds', { lifetimeS: 3599 }),
  'fewer-scopes': answerWith(
    'A good answer whose token carries only the first scope',
    (request, { grant }) => {
      const [scope = ''] = readField(request, 'scope').split(',');
      return answerJson(200, grant({ scope }));
    },
  ),
  opaque: regrant('A good answer with a token that is no JWT', { opaque: true }),
};

/** A good answer with a token of another make. */
function regrant(about: string, changes: Partial<Grant>): Fault {
  return answerWith(about, (_request, { grant }) => answerJson(200, grant(changes)));
}
