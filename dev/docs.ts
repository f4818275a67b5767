/** Writes what documents say twice from where it is said once. `--check` only compares. */

import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { SERVICE_NAMES, SERVICES, type Service } from '../src/services.ts';
import { readAction } from './runner/action.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const DOCUMENTS = [
  '*.{md,yml}',
  'docs/*.md',
  'examples/**/*.{md,yml}',
  '.github/**/*.{md,yml}',
  'src/about.ts',
];

type Table = readonly (readonly string[])[];

/** What stands between `<!-- name -->` and `<!-- /name -->`. */
const REGIONS: Readonly<Record<string, () => string>> = {
  inputs: () =>
    toMarkdown([
      ['Input', 'Default', 'Meaning'],
      ...readAction().inputs.map(({ name, default: value, description }) => [
        `\`${name}\``,
        value ? `\`${value}\`` : '',
        description,
      ]),
    ]),
  outputs: () =>
    toMarkdown([
      ['Output', 'Meaning'],
      ...readAction().outputs.map(({ name, description }) => [`\`${name}\``, description]),
    ]),
  services: () =>
    toMarkdown([
      ['`service`', 'Scopes', 'Environment variables', '`verify: service` calls'],
      ...Object.entries<Service>(SERVICES).map(([name, service]) => [
        `[\`${name}\`](${service.docs})`,
        service.scopes.map((scope) => `\`${scope}\``).join(' '),
        `\`${service.envPrefix}_ACCESS_TOKEN\` \`${service.envPrefix}_CLIENT_ID\``,
        service.verifyUrl ? `\`${service.verifyUrl}\`` : 'IMS',
      ]),
    ]),
};

function toMarkdown([head = [], ...rows]: Table): string {
  const line = (cells: readonly string[]) => `| ${cells.map(escapeCell).join(' | ')} |\n`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('');
}

function escapeCell(text: string): string {
  return text.trim().replaceAll('|', '\\|').replace(/\s+/g, ' ');
}

/** The text with its regions written, and with the action's own name as package.json has it. */
function update(text: string): string {
  const regions = Object.entries(REGIONS).reduce(
    (current, [name, render]) =>
      current.replace(
        new RegExp(`(<!-- ${name} -->\n)[^]*?(<!-- /${name} -->)`),
        (_, open: string, close: string) => `${open}\n${render()}\n${close}`,
      ),
    text,
  );
  const services = regions
    .replace(
      /(description: "A preset of [^:]*: ).*"$/m,
      (_, start: string) => `${start}${enumerate(SERVICE_NAMES)}."`,
    )
    // A matrix that begins with the first service is one of all of them.
    .replace(
      /^( *)service:\n\1 {2}- firefly\n(?:\1 {2}- [\w-]+\n)*/gm,
      (_, indent: string) =>
        `${indent}service:\n${SERVICE_NAMES.map((name) => `${indent}  - ${name}\n`).join('')}`,
    );
  return services.replace(/[\w.-]+\/adobe-ims-token-action\b(?!\.git)/g, repository);
}

/** `a, b or c`. */
function enumerate(words: readonly string[]): string {
  return `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;
}

function repository(): string {
  const { repository: value } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  return String(value).replace(/^github:/, '');
}

// action.yml first: the README's tables are made of it.
const paths = new Set(['action.yml', ...globSync(DOCUMENTS, { cwd: ROOT })]);
const stale = [...paths].filter((path) => {
  const text = readFileSync(join(ROOT, path), 'utf8');
  const updated = update(text);
  if (updated === text) return false;
  if (!process.argv.includes('--check')) writeFileSync(join(ROOT, path), updated);
  return true;
});
const verb = process.argv.includes('--check') ? 'Stale, run npm run docs' : 'Written';
if (stale.length > 0) process.stdout.write(`${verb}: ${stale.join(', ')}\n`);
if (process.argv.includes('--check') && stale.length > 0) process.exitCode = 1;
