// The shipped bundle with the files that people have, in each of their forms, as the only input.
import { describe, expect, test } from '@jest/globals';
import { runMain } from '../support/bundle.ts';
import * as files from '../support/credential-files.ts';
import { start } from '../support/stand-in.ts';

const none = { 'client-id': '', 'client-secret': '' };
const passwords = [files.SECRET, files.SECOND_SECRET];

describe('a file alone gets a token', () => {
  test.concurrent.each<[string, string]>(
    [
      ['the Postman environment', files.postmanEnvironment()],
      ['a flat object', JSON.stringify(files.flat)],
      ['the .env of App Builder', files.appBuilderEnv],
      ["the file of Adobe's Python libraries", JSON.stringify(files.aepp)],
      ['an IMS context of aio', JSON.stringify(files.aioContext)],
      ['the project', files.project(files.projectCredential())],
      ['the file of the PDF Services SDK', JSON.stringify(files.pdfServices)],
    ].map(([name, text]) => [String(name), typeof text === 'string' ? text : JSON.stringify(text)]),
  )('%s', async (_form, credentials) => {
    const standIn = await start();
    const run = await runMain(standIn, { inputs: { ...none, credentials }, passwords });
    expect({ errors: run.errors, exitCode: run.exitCode }).toEqual({ errors: [], exitCode: 0 });
    expect(run.outputs).toMatchObject({ 'client-id': files.CLIENT_ID, 'org-id': files.ORG_ID });
    expect(run.masks).toContain(files.SECRET);
    expect(run.stdout).not.toContain('firefly_enterprise');
  });

  test.concurrent('and tells IMS nothing of the organization in it', async () => {
    const standIn = await start();
    const credentials = files.postmanEnvironment();
    await runMain(standIn, { inputs: { ...none, credentials }, passwords });
    const form = Object.fromEntries(standIn.requests[0]?.form ?? []);
    expect(form).toMatchObject({
      client_id: files.CLIENT_ID,
      client_secret: files.SECRET,
      scope: files.SCOPES.join(','),
    });
    expect(form).not.toHaveProperty('org_id');
  });
});

describe('a file of another kind is told as what it looks like, and shows nothing of itself:', () => {
  test.concurrent.each<[string, string, string]>([
    ['a service account', files.jwtEnvironment, 'looks like the file of a Service Account (JWT)'],
    ['AEM', JSON.stringify(files.aemService), 'looks like the service credentials of AEM'],
    [
      'half a JSON',
      files.postmanEnvironment().slice(0, 400),
      'is JSON that was truncated or changed',
    ],
    ['a path', './credentials.json', 'is the path of a file instead of its content'],
    ['base64', Buffer.from(files.postmanEnvironment()).toString('base64'), 'is in base64'],
  ])('%s', async (_what, credentials, says) => {
    const standIn = await start();
    const run = await runMain(standIn, { inputs: { ...none, credentials }, passwords });
    expect(run.exitCode).toBe(1);
    expect(run.errors).toEqual([expect.stringContaining(`Wrong input: credentials ${says}`)]);
    expect(standIn.requests).toEqual([]);
  });
});
