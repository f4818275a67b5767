// Stands for GitHub's command line: writes down what it is told, and answers by the rules in `gh.json`.
import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Answer } from '../plan.ts';

const store = process.env['STUBS'] ?? '';
const words = process.argv.slice(2);
const line = words.join(' ');
const [, secret] = /^secret set (\S+)/.exec(line) ?? [];
const [, file] = /--body-file (\S+)/.exec(line) ?? [];
// A secret's value is kept apart: the log of commands may be shown.
const body = file ? ` < ${readFileSync(file, 'utf8')}` : '';
appendFileSync(join(store, 'gh.log'), `${(line + body).replaceAll('\n', '\\n')}\n`);

const rules = join(store, 'gh.json');
const answers: readonly Answer[] = JSON.parse(readFileSync(rules, 'utf8'));
const answer = answers.find(({ match }) => new RegExp(match).test(line));
if (answer?.once) writeFileSync(rules, JSON.stringify(answers.filter((one) => one !== answer)));
if (secret) {
  const secrets = join(store, 'secrets.json');
  const name = answer?.code ? `${secret} (refused)` : secret;
  const kept = JSON.parse(readFileSync(secrets, 'utf8'));
  writeFileSync(secrets, JSON.stringify({ ...kept, [name]: readFileSync(0, 'utf8').trimEnd() }));
}
process.stdout.write(answer?.output ?? '');
process.exitCode = answer?.code ?? 0;
