// Stands for GitHub's command line: writes down what it is told, and answers by the rules in `gh.json`.
import { appendFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Answer } from '../plan.ts';

const store = process.env['STUBS'] ?? '';
const words = process.argv.slice(2);
const [noun, verb, name = ''] = words;
const isSecret = noun === 'secret' && verb === 'set';
const bodyFile = words[words.indexOf('--body-file') + 1];
const fromStdin = isSecret ? !words.some((word) => /^(--body|-b)/.test(word)) : bodyFile === '-';
const input = fromStdin ? readFileSync(0, 'utf8') : '';
const body =
  words.includes('--body-file') && !fromStdin ? readFileSync(bodyFile ?? '', 'utf8') : input;

// A secret's value is kept apart: the log of commands may be shown.
const shown = isSecret || body === '' ? words : [...words, '<', body];
const line = shown.join(' ').replaceAll('\\', '\\\\').replaceAll('\n', '\\n');
appendFileSync(join(store, 'gh.log'), `${line}\n`);

const rules = join(store, 'gh.json');
const answers: readonly Answer[] = JSON.parse(readFileSync(rules, 'utf8'));
const answer = answers.find(({ match }) => new RegExp(match).test(words.join(' ')));
if (answer?.once) writeFileSync(rules, JSON.stringify(answers.filter((one) => one !== answer)));
if (isSecret) keepSecret(answer?.code ? `${name} (refused)` : name);
process.stdout.write(answer?.output ?? '');
process.exitCode = answer?.code ?? 0;

function keepSecret(key: string): void {
  const file = join(store, 'gh-secrets.json');
  const before = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
  writeFileSync(file, JSON.stringify({ ...before, [key]: input.trimEnd() }));
}
