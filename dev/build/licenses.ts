// Lists the packages whose code is in the bundles: version, licence, size, and the licence's text.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A module in webpack's statistics: a concatenated one holds others. */
export interface BundledModule {
  readonly nameForCondition?: string | null;
  readonly size: number;
  /** True for the double of a module that a concatenated one holds. */
  readonly orphan?: boolean;
  readonly modules?: readonly BundledModule[];
}

/** The text of `dist/licenses.txt`, given the modules of each bundle. */
export function listLicenses(root: string, bundles: readonly (readonly BundledModule[])[]): string {
  const bytes = new Map<string, number>();
  for (const modules of bundles) {
    for (const [name, size] of measurePackages(modules)) {
      bytes.set(name, Math.max(size, bytes.get(name) ?? 0));
    }
  }
  const names = [...bytes.keys()].sort();
  const packages = names.map((name) => readPackage(root, name));
  const table = packages.map(
    ({ name, version, license }) => `${name} ${version}, ${license}, ${bytes.get(name)} bytes`,
  );
  const texts = packages.map(({ name, text }) => `\n--- ${name} ---\n\n${text.trim()}\n`);
  return [
    'The packages whose code is part of these bundles, and how much of it before unused functions are taken out.\n',
    ...table.map((line) => `${line}\n`),
    ...texts,
  ].join('');
}

/** The bytes that each package gives to a bundle. */
function measurePackages(modules: readonly BundledModule[]): ReadonlyMap<string, number> {
  const bytes = new Map<string, number>();
  for (const { nameForCondition, size, orphan, modules: inner } of modules) {
    if (orphan) continue;
    if (inner) {
      for (const [name, part] of measurePackages(inner)) add(bytes, name, part);
      continue;
    }
    const path = nameForCondition?.replaceAll('\\', '/') ?? '';
    const name = /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1];
    if (name) add(bytes, name, size);
  }
  return bytes;
}

function add(bytes: Map<string, number>, name: string, size: number): void {
  bytes.set(name, size + (bytes.get(name) ?? 0));
}

function readPackage(root: string, name: string) {
  const folder = join(root, 'node_modules', name);
  const { version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const file = readdirSync(folder).find((entry) => /^licen[cs]e(\.\w+)?$/i.test(entry));
  if (!file) throw new Error(`${name} comes without a licence text`);
  const text = readFileSync(join(folder, file), 'utf8').replaceAll('\r\n', '\n');
  return { name, version: String(version), license: String(license), text };
}
