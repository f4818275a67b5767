// Has ncc bundle both entries, and adds what belongs beside them in `dist`.
import { execFileSync } from 'node:child_process';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { root } from '../support/repository.ts';

const entries = ['main', 'post'];

// What stands in node_modules/.bin is no script on Windows.
const ncc = join(root, 'node_modules/@vercel/ncc/dist/ncc/cli.js');

/**
 * Calls `use` with a folder that has what belongs in `dist`, and is gone afterwards. `edit` may change the copy
 * of this repository's `src` that is bundled, given the path of that copy.
 * @throws {Error} when ncc fails, with what it printed
 */
export async function withBundles<T>(
  use: (folder: string) => T | Promise<T>,
  edit?: (src: string) => Promise<void>,
): Promise<T> {
  const folder = await makeBuildFolder();
  try {
    await edit?.(join(folder, 'src'));
    const packages = await Promise.all(entries.map((entry) => bundle(entry, folder)));
    const dist = join(folder, 'dist');
    await writeFile(join(dist, 'licenses.txt'), await listLicenses(packages.flat()));
    // The repository's own says `module`, and ncc writes CommonJS, which Node starts faster.
    await writeFile(join(dist, 'package.json'), '{ "type": "commonjs" }\n');
    return await use(dist);
  } finally {
    await rm(folder, { recursive: true });
  }
}

/**
 * A folder of its own for one build. ncc numbers modules by their paths from there, so it has to lie
 * equally deep in every clone, and writes CommonJS where the nearest package.json does not say `module`.
 */
async function makeBuildFolder(): Promise<string> {
  const parent = join(root, '.build');
  await mkdir(parent, { recursive: true });
  const folder = await mkdtemp(join(parent, 'build-'));
  for (const part of ['src', 'stubs']) {
    await cp(join(root, part), join(folder, part), { recursive: true });
  }
  const config = JSON.parse(await readFile(join(root, 'tsconfig.json'), 'utf8'));
  const options = { module: 'esnext', moduleResolution: 'bundler', rootDir: '.' };
  Object.assign(config.compilerOptions, options);
  await writeFile(join(folder, 'tsconfig.json'), JSON.stringify(config));
  await writeFile(join(folder, 'package.json'), '{}');
  return folder;
}

/** Bundles one entry into `dist` of the folder, and gives the packages that went into it. */
async function bundle(entry: string, folder: string): Promise<readonly string[]> {
  const stats = join(folder, `${entry}.json`);
  // Types are for `npm run check`; a cache outside of the folder could hold what another clone built.
  const options = ['--transpile-only', '--no-cache', '--quiet', '--stats-out', stats];
  const words = ['build', `src/${entry}.ts`, '--out', `dist/${entry}`, ...options];
  execFileSync(process.execPath, [ncc, ...words], { cwd: folder, stdio: 'pipe' });
  const packages: string[] = [];
  // At any depth: a concatenated module holds others. ncc's own list of licences lacks their packages.
  JSON.parse(await readFile(stats, 'utf8'), (key, value) => {
    if (key !== 'nameForCondition') return;
    const path = String(value).replaceAll('\\', '/');
    const [, name] = /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path) ?? [];
    if (name) packages.push(name);
  });
  return packages;
}

/** The text of `dist/licenses.txt`. */
async function listLicenses(names: readonly string[]): Promise<string> {
  const packages = await Promise.all([...new Set(names)].sort().map(readPackage));
  const table = packages.map(({ title }) => `${title}\n`);
  const texts = packages.map(({ title, text }) => `\n--- ${title} ---\n\n${text.trim()}\n`);
  return ['The packages whose code is part of these bundles.\n\n', ...table, ...texts].join('');
}

async function readPackage(name: string) {
  const folder = join(root, 'node_modules', name);
  const { version, license } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
  const file = (await readdir(folder)).find((entry) => /^licen[cs]e(\.\w+)?$/i.test(entry));
  if (!file) throw new Error(`${name} comes without a licence text`);
  const text = (await readFile(join(folder, file), 'utf8')).replaceAll('\r\n', '\n');
  return { title: `${name} ${version}, ${license}`, text };
}
