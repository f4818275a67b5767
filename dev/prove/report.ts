// What a campaign found, and what it was made of.
import type { Result } from './campaign.ts';
import { describePlay, type Play } from './schedule/play.ts';

export interface Report {
  add(result: Result): void;
  /** How many schedules had findings. */
  readonly found: number;
  describe(): string;
}

export function createReport(): Report {
  const outcomes = new Map<string, number>();
  const answers = new Map<string, number>();
  const deliveries = new Map<string, number>();
  const others = new Map<string, number>();
  const findings: string[] = [];
  let schedules = 0;
  return {
    add: (result) => {
      schedules += 1;
      count(outcomes, result.outcome);
      for (const { play } of listAttempts(result)) {
        count(answers, nameAnswer(play));
        count(deliveries, play.delivery);
      }
      for (const name of listOthers(result)) count(others, name);
      if (result.findings.length > 0) findings.push(describeFindings(result));
    },
    get found() {
      return findings.length;
    },
    describe: () =>
      [
        `${schedules} schedules\n`,
        describeCounts('Outcomes', outcomes),
        describeCounts('Answers, one an attempt', answers),
        describeCounts('How they travelled', deliveries),
        describeCounts('What else befell a run', others),
        findings.length === 0 ? 'Nothing was found\n' : `Found:\n${findings.join('')}`,
      ].join('\n'),
  };
}

export function describeFindings({ schedule, seen, findings }: Result): string {
  const { seed, index } = schedule;
  const route = seen?.main.attempts.map(({ label, play }) => `${label} <- ${describePlay(play)}`);
  return [
    `Schedule ${index} (npm run prove -- --seed ${seed} --only ${index})`,
    ...findings.map(({ about, text }) => `  ${about}: ${text}`),
    ...(route ?? []).map((line) => `    ${line}`),
    '',
  ].join('\n');
}

function listAttempts({ seen }: Result) {
  return [...(seen?.main.attempts ?? []), ...(seen?.post?.attempts ?? [])];
}

function nameAnswer({ answer, status }: Play): string {
  if (answer !== 'status') return answer;
  return status >= 500 && status !== 503 && status < 600 ? 'status 5xx' : `status ${status}`;
}

function listOthers({ schedule, seen }: Result): string[] {
  const { obstacle, seal, inputs } = schedule;
  return [
    ...(obstacle ? [obstacle.skips ? 'skipped' : 'wrong input'] : []),
    ...(seal ? [`sealed token: ${seal.name}`] : []),
    ...(seen?.signalled ? ['signal'] : []),
    ...(seen?.post ? ['post step'] : []),
    ...(schedule.secrets.length > 1 ? ['several secrets'] : []),
    ...(schedule.journal ? ['order of writing watched'] : []),
    ...(inputs['verify'] === 'none' ? [] : [`verify: ${inputs['verify']}`]),
  ];
}

function count(counts: Map<string, number>, name: string): void {
  counts.set(name, (counts.get(name) ?? 0) + 1);
}

/** The most frequent first. */
function describeCounts(title: string, counts: ReadonlyMap<string, number>): string {
  const lines = [...counts]
    .toSorted(([one, ones], [other, others]) => others - ones || one.localeCompare(other))
    .map(([name, number]) => `${String(number).padStart(6)}  ${name}\n`);
  return `${title}\n${lines.join('')}`;
}
