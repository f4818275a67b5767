// `npm run docs`: writes into the documents what is said elsewhere already. `--check` only compares.
import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SERVICE_ALIASES, SERVICE_NAMES, SERVICES, type Service } from '../src/services.ts';
import { readAction } from './runner/action.ts';
import { runCommand } from './support/command.ts';
import { formatTable, replacePart } from './support/documents.ts';
import { readRepositoryName, root } from './support/repository.ts';

const documents = [
  '*.{md,yml}',
  'docs/*.md',
  '{.github,examples}/**/*.{md,yml}',
  'src/messages.ts',
];

/** The inputs that a step needs: the first, or the other two. */
const required: Readonly<Record<string, string>> = {
  credentials: 'or the next two',
  'client-id': 'without `credentials`',
  'client-secret': 'without `credentials`',
};

/** What the code tells as its version. */
const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

/** The end of the description of the input `service`: a line of its own in action.yml. */
const SERVICE_LIST = /One or more of .*\.$/m;

/** Heads and rows, each for the part of a document that has its name. */
const tables: Readonly<Record<string, () => Parameters<typeof formatTable>>> = {
  inputs: () => [
    ['Input', 'Required', 'Default', 'Meaning'],
    readAction().inputs.map(({ name, default: value, description }) => [
      `\`${name}\``,
      required[name] ?? 'no',
      value ? `\`${value}\`` : '',
      description.replace(SERVICE_LIST, '[All services](docs/SERVICES.md).'),
    ]),
  ],
  outputs: () => [
    ['Output', 'Meaning'],
    readAction().outputs.map(({ name, description }) => [`\`${name}\``, description]),
  ],
  services: () => [
    ['`service`', 'Scopes', 'Prefix', '`org-id`', '`verify: service` calls'],
    Object.entries<Service>(SERVICES).map(([name, service]) => [
      `[\`${name}\`](${service.docs})${namedBefore(name)}`,
      service.scopes.map((scope) => `\`${scope}\``).join(' '),
      `\`${service.envPrefix}\`${service.setsAioVariables ? ', and those of `aio`' : ''}`,
      service.orgHeader ? 'needed' : '',
      service.verifyUrl ? `\`${service.verifyUrl.replace('https://', '')}\`` : 'IMS',
    ]),
  ],
};

/** The earlier names of a service, after its name of today. */
function namedBefore(name: string): string {
  const earlier = [...SERVICE_ALIASES].flatMap(([alias, today]) => (today === name ? [alias] : []));
  return earlier.map((alias) => ` or \`${alias}\``).join('');
}

const usage = `npm run docs -- [--check]

Writes into the documents what action.yml, src/services.ts and package.json say.

  --check     only compares, and fails where a document differs
`;

const options = { check: { type: 'boolean', default: false } } as const;

await runCommand({ options }, usage, ({ values: { check } }) => {
  // action.yml first: README's tables are made of it.
  const paths = new Set(['action.yml', ...globSync(documents, { cwd: root })]);
  const stale = [...paths].filter((path) => {
    const file = join(root, path);
    const text = readFileSync(file, 'utf8');
    const updated = update(text);
    if (updated !== text && !check) writeFileSync(file, updated);
    return updated !== text;
  });
  if (stale.length === 0) return 0;
  const verb = check ? 'Stale, run npm run docs' : 'Written';
  process.stdout.write(`${verb}: ${stale.join(', ')}\n`);
  return check ? 1 : 0;
});

function update(text: string): string {
  const names = `${SERVICE_NAMES.slice(0, -1).join(', ')} and ${SERVICE_NAMES.at(-1)}`;
  const written = Object.entries(tables).reduce(
    (current, [name, table]) => replacePart(current, name, () => formatTable(...table())),
    text,
  );
  return written
    .replace(SERVICE_LIST, `One or more of ${names}.`)
    .replace(/[\w.-]+\/adobe-ims-token-action\b/g, readRepositoryName())
    .replace(/(?<=^export const VERSION = ').*(?=';$)/m, version);
}
