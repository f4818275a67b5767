// What a release is called and what its notes say, once package.json, its lock and the changelog agree on it.
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';

interface Release {
  readonly version: string;
  /** The changelog's section, without its heading. */
  readonly notes: string;
}

const { values } = parseArgs({ options: { notes: { type: 'boolean', default: false } } });
try {
  const { version, notes } = readRelease();
  process.stdout.write(values.notes ? notes : `tag=v${version}\nmajor=v${version.split('.')[0]}\n`);
} catch (error) {
  process.stderr.write(
    `::error title=No release::${error instanceof Error ? error.message : error}\n`,
  );
  process.exitCode = 1;
}

/** @throws Error that says what does not agree */
function readRelease(): Release {
  const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
  if (!/^\d+\.\d+\.\d+$/.test(version)) {
    throw new Error(`package.json: version "${version}" is not like 1.2.3`);
  }
  const { version: locked } = JSON.parse(readFileSync('package-lock.json', 'utf8'));
  if (locked !== version) {
    throw new Error(
      `package-lock.json has version "${locked}", package.json "${version}": run npm install`,
    );
  }
  return { version, notes: readNotes(readFileSync('CHANGELOG.md', 'utf8'), version) };
}

/** The section of `version`, which has to be the first one, to be dated and to say something. */
function readNotes(changelog: string, version: string): string {
  const [, section = ''] = changelog.split(/^## /m);
  const [heading = '', ...lines] = section.split('\n');
  if (!/^\S+ \(\d{4}-\d\d-\d\d\)$/.test(heading) || !heading.startsWith(`${version} `)) {
    throw new Error(`CHANGELOG.md begins with "${heading}", not with "${version} (YYYY-MM-DD)"`);
  }
  const notes = lines.join('\n').trim();
  if (notes === '') throw new Error(`CHANGELOG.md says nothing about ${version}`);
  return `${notes}\n`;
}
