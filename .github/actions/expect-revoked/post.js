// Asks the stand-in about the token that the job's environment holds.
const { FIREFLY_SERVICES_ACCESS_TOKEN: token = '', FIREFLY_SERVICES_CLIENT_ID: id = '' } =
  process.env;
const response = await fetch(`${process.env['INPUT_IMS-URL']}/ims/validate_token/v1`, {
  method: 'POST',
  headers: { Authorization: `Bearer ${token}`, 'X-IMS-ClientId': id },
  body: new URLSearchParams({ type: 'access_token', client_id: id, token }),
});
const { reason } = await response.json();
if (reason === 'revoked') {
  process.stdout.write('The token is revoked\n');
} else {
  process.stdout.write(`::error::The token is not revoked: ${reason ?? 'it is still valid'}\n`);
  process.exitCode = 1;
}
