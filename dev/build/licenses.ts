// Lists the packages whose code is in the bundles: version, licence, and the licence's text.
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** A module in webpack's statistics: a concatenated one holds others. */
export interface BundledModule {
  readonly nameForCondition?: string | null;
  readonly modules?: readonly BundledModule[];
}

/** The text of `dist/licenses.txt`. ncc's own list lacks the packages of concatenated modules. */
export async function listLicenses(
  root: string,
  modules: readonly BundledModule[],
): Promise<string> {
  const names = [...new Set(modules.flatMap(findPackages))].sort();
  const packages = await Promise.all(names.map((name) => readPackage(root, name)));
  const table = packages.map(({ title }) => `${title}\n`);
  const texts = packages.map(({ title, text }) => `\n--- ${title} ---\n\n${text.trim()}\n`);
  return ['The packages whose code is part of these bundles.\n\n', ...table, ...texts].join('');
}

function findPackages({ nameForCondition, modules = [] }: BundledModule): readonly string[] {
  const path = nameForCondition?.replaceAll('\\', '/') ?? '';
  const name = /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1];
  return [...(name ? [name] : []), ...modules.flatMap(findPackages)];
}

async function readPackage(root: string, name: string) {
  const folder = join(root, 'node_modules', name);
  const { version, license } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
  const file = (await readdir(folder)).find((entry) => /^licen[cs]e(\.\w+)?$/i.test(entry));
  if (!file) throw new Error(`${name} comes without a licence text`);
  const text = (await readFile(join(folder, file), 'utf8')).replaceAll('\r\n', '\n');
  return { title: `${name} ${version}, ${license}`, text };
}
