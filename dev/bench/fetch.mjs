// The same as bare.mjs with the built-in fetch.
import { appendFileSync } from 'node:fs';

const { env } = process;
const response = await fetch(`${env['INPUT_IMS-URL']}/ims/token/v3`, {
  method: 'POST',
  body: new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: env['INPUT_CLIENT-ID'],
    client_secret: env['INPUT_CLIENT-SECRET'],
    scope: env['INPUT_SCOPE'],
  }),
});
const { access_token: token } = await response.json();
appendFileSync(env['GITHUB_OUTPUT'], `access-token=${token}\n`);
process.exit();
