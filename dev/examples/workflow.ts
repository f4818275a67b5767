// A workflow and a composite action as typed data: every scalar is a string.
import { parse } from 'yaml';

export type Texts = Readonly<Record<string, string>>;

export interface Step {
  readonly id?: string;
  readonly name?: string;
  readonly if?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly shell?: string;
  readonly with?: Texts;
  readonly env?: Texts;
  readonly 'working-directory'?: string;
  readonly 'continue-on-error'?: string;
}

export interface Job {
  readonly needs?: string | readonly string[];
  readonly if?: string;
  readonly 'runs-on'?: string | readonly string[];
  readonly strategy?: { readonly matrix?: unknown };
  readonly env?: Texts;
  readonly outputs?: Texts;
  readonly steps: readonly Step[];
}

export interface Workflow {
  readonly name?: string;
  readonly on?: unknown;
  readonly env?: Texts;
  readonly jobs: Readonly<Record<string, Job>>;
}

export interface CompositeAction {
  readonly inputs?: Readonly<Record<string, { readonly default?: string } | null>>;
  readonly outputs?: Readonly<Record<string, { readonly value: string }>>;
  readonly runs: { readonly using: string; readonly steps?: readonly Step[] };
}

/** @throws YAMLParseError */
export function readYaml<Kind extends Workflow | CompositeAction>(text: string): Kind {
  return parse(text, { schema: 'failsafe' }) as Kind;
}

/** What a person who starts the workflow by hand finds filled in. */
export function readDefaults({ on }: Workflow): Texts {
  const { workflow_dispatch: dispatch } = on as {
    workflow_dispatch?: { inputs?: Record<string, { default?: string }> };
  };
  return Object.fromEntries(
    Object.entries(dispatch?.inputs ?? {}).map(([name, { default: value = '' }]) => [name, value]),
  );
}

/** The jobs that `job` waits for. */
export function listNeeds({ needs = [] }: Job): readonly string[] {
  return typeof needs === 'string' ? [needs] : needs;
}
