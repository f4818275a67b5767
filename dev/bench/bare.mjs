// The limit: a token got by hand through node:https, without a check, a mask or a retry. Written once, then left alone.
import { appendFileSync } from 'node:fs';
import { request } from 'node:https';

const { env } = process;
const form = new URLSearchParams({
  grant_type: 'client_credentials',
  client_id: env['INPUT_CLIENT-ID'],
  client_secret: env['INPUT_CLIENT-SECRET'],
  scope: env['INPUT_SCOPE'],
});
const post = {
  method: 'POST',
  headers: { 'content-type': 'application/x-www-form-urlencoded' },
};

request(`${env['INPUT_IMS-URL']}/ims/token/v3`, post, (response) => {
  let body = '';
  response.setEncoding('utf8');
  response.on('data', (chunk) => {
    body += chunk;
  });
  response.on('end', () => {
    const { access_token: token } = JSON.parse(body);
    appendFileSync(env['GITHUB_OUTPUT'], `access-token=${token}\n`);
    process.exit();
  });
}).end(form.toString());
