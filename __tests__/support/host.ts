// A machine for workflows that tests play: secrets for every name, a stand-in for Adobe, storage that ends with the tests.
import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { aimAt } from '../../dev/examples/aim.ts';
import type { Host } from '../../dev/examples/host.ts';
import { ownName } from '../../dev/examples/names.ts';
import type { StandIn } from '../../dev/stand-in/server.ts';
import { root } from '../../dev/support/repository.ts';
import { makeFolder } from './folder.ts';

/** With a value for each secret that `text` names. */
export function makeHost(standIn: StandIn, text: string, changes: Partial<Host> = {}): Host {
  return {
    secrets: nameSecrets(text),
    vars: {},
    inputs: {},
    event: {},
    storage: makeFolder(),
    repository: writeCommands(nameScripts(text)),
    actions: {
      [ownName]: root,
      './': root,
      './.github/actions/adobe-token': join(root, 'examples/composite'),
      './.github/actions/expect-revoked': join(root, '.github/actions/expect-revoked'),
    },
    aim: aimAt(standIn.url),
    ...changes,
    variables: { PATH: extendPath(makeCommands(standIn)), ...changes.variables },
  };
}

/** `PATH` with `commands`, and the Node that runs this, in front. */
export function extendPath(commands: string): string {
  return [commands, dirname(process.execPath), process.env['PATH']].join(delimiter);
}

/** A folder with a script for each name. */
export function writeCommands(scripts: Readonly<Record<string, string>>): string {
  const commands = makeFolder();
  for (const [name, script] of Object.entries(scripts)) {
    writeFileSync(join(commands, name), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  }
  return commands;
}

function nameSecrets(text: string): Record<string, string> {
  const names = [...text.matchAll(/\bsecrets\.(\w+)/g)].map(([, name = '']) => name);
  return Object.fromEntries(names.map((name) => [name, digest(name)]));
}

/** The same for a name each time, and nothing like any other's. */
function digest(name: string): string {
  return createHash('sha256').update(name).digest('hex').slice(0, 32);
}

/** The reader's own scripts, which a workflow runs once it has checked out the repository. */
function nameScripts(text: string): Record<string, string> {
  const names = [...text.matchAll(/(?<=\s)\.\/([\w-]+\.sh)\b/g)].map(([, name = '']) => name);
  return Object.fromEntries(names.map((name) => [name, 'exit 0']));
}

/** Commands that would wait, or ask the internet: `npm install` lays down what Adobe's SDK does with a token. */
function makeCommands({ url }: StandIn): string {
  const sdk = makeFolder();
  mkdirSync(join(sdk, '@adobe/firefly-apis'), { recursive: true });
  writeFileSync(join(sdk, '@adobe/firefly-apis/index.mjs'), describeSdk(url));
  const description = '{"name":"@adobe/firefly-apis","exports":"./index.mjs"}';
  writeFileSync(join(sdk, '@adobe/firefly-apis/package.json'), description);
  return writeCommands({ sleep: 'exit 0', npm: `cp -R '${sdk}' node_modules` });
}

function describeSdk(url: string): string {
  return `
export class FireflyClient {
  constructor(config) {
    this.config = config;
  }
  async generateImages(body) {
    const { clientId, tokenProvider } = this.config;
    const response = await fetch('${url}/v3/images/generate', {
      method: 'POST',
      headers: { 'x-api-key': clientId, Authorization: 'Bearer ' + (await tokenProvider.getToken()) },
      body: JSON.stringify(body),
    });
    if (!response.ok) throw new Error('HTTP ' + response.status);
    return { result: await response.json() };
  }
}
`;
}
