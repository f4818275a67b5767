// A workflow as typed data, as far as its names are looked at: every scalar is a string.
import { parse } from 'yaml';

export type Texts = Readonly<Record<string, string>>;

export interface Step {
  readonly id?: string;
  readonly uses?: string;
  readonly with?: Texts;
  readonly parallel?: readonly Step[];
}

/** Steps, or a reusable workflow that is called. */
export interface Job {
  readonly steps?: readonly Step[];
  readonly uses?: string;
  readonly with?: Texts;
  readonly secrets?: Texts | 'inherit';
}

export interface Workflow {
  readonly jobs: Readonly<Record<string, Job>>;
}

/** @throws YAMLParseError */
export function readWorkflow(text: string): Workflow {
  return parse(text, { schema: 'failsafe' });
}

/** All steps of a job, those that run at the same time as others among them. */
export function listSteps({ steps = [] }: Job): readonly Step[] {
  return steps.flatMap((step) => [step, ...listSteps({ steps: step.parallel ?? [] })]);
}
