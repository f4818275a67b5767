// What a release is called and what its notes say, once package.json, its lock, the changelog and GitHub's tags allow it.
import { readFileSync } from 'node:fs';
import { runCommand } from './support/command.ts';

const usage = `node dev/release.ts [--notes] [--tags <file> --commit <commit>]

Names the tags of the release that package.json describes, and fails where there must be none.

  --notes     prints what its notes say instead
  --tags      a file with GitHub's tags, "<commit> refs/tags/<name>" a line
  --commit    the commit to be released
`;

const options = {
  notes: { type: 'boolean', default: false },
  tags: { type: 'string' },
  commit: { type: 'string', default: '' },
} as const;

await runCommand({ options }, usage, ({ values }) => {
  try {
    const version = readVersion();
    const notes = readNotes(version);
    if (values.tags) checkTags(readFileSync(values.tags, 'utf8'), version, values.commit);
    const tags = `tag=v${version}\nmajor=v${version.split('.')[0]}\n`;
    process.stdout.write(values.notes ? notes : tags);
    return 0;
  } catch (error) {
    const message = error instanceof Error ? error.message : error;
    process.stderr.write(`::error title=No release::${message}\n`);
    return 1;
  }
});

function readVersion(): string {
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
  return version;
}

/** The changelog's section of `version`, which has to be the first one, to be dated and to say something. */
function readNotes(version: string): string {
  const [, section = ''] = readFileSync('CHANGELOG.md', 'utf8').split(/^## /m);
  const [heading = '', ...lines] = section.split('\n');
  if (!/^\S+ \(\d{4}-\d\d-\d\d\)$/.test(heading) || !heading.startsWith(`${version} `)) {
    throw new Error(`CHANGELOG.md begins with "${heading}", not with "${version} (YYYY-MM-DD)"`);
  }
  const notes = lines.join('\n').trim();
  if (notes === '') throw new Error(`CHANGELOG.md says nothing about ${version}`);
  return `${notes}\n`;
}

/**
 * A first try that stopped half-way may have left this version's tag, but only at this commit.
 * @throws Error where `version` belongs to another commit, or would take the place of a newer one
 */
function checkTags(lines: string, version: string, commit: string): void {
  const tags = [...lines.matchAll(/^(\w+) refs\/tags\/v(\d+\.\d+\.\d+)$/gm)];
  for (const [, tagged, name = ''] of tags) {
    if (name === version && tagged !== commit) {
      throw new Error(`v${name} is ${tagged}, not ${commit}: raise the version in package.json`);
    }
    if (name.localeCompare(version, 'en', { numeric: true }) > 0) {
      throw new Error(`v${name} is out: v${version} would move the major version's tag back`);
    }
  }
}
