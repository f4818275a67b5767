// A `run:` step in the shell that the runner would take.
import { spawnSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runScript, type StepOptions, type StepResult } from '../runner/step.ts';
import { findSyntaxErrors } from './powershell.ts';
import type { Job, Step } from './workflow.ts';

/** What a step leaves to the rest of its job. */
export type StepEffects = Pick<StepResult, 'exitCode' | 'outputs' | 'env' | 'masks' | 'summary'>;

export interface ScriptOptions extends StepOptions {
  jobFolder: string;
}

interface Shell {
  readonly interpreter: string;
  readonly args: readonly string[];
  readonly suffix: string;
}

/** The first is what Linux and macOS take where a step names none. */
const shells: Readonly<Record<string, Shell>> = {
  '': { interpreter: 'bash', args: ['-e'], suffix: '' },
  bash: { interpreter: 'bash', args: ['--noprofile', '--norc', '-eo', 'pipefail'], suffix: '' },
  pwsh: { interpreter: 'pwsh', args: ['-NoProfile', '-File'], suffix: '.ps1' },
};

/** @throws Error for a shell that is not known here */
export async function playScript(
  text: string,
  step: Step,
  job: Job,
  options: ScriptOptions,
): Promise<StepEffects> {
  const windows = String(job['runs-on']).startsWith('windows');
  const name = step.shell ?? (windows ? 'pwsh' : '');
  const shell = shells[name];
  if (!shell) throw new Error(`No shell "${name}" is known here`);
  if (name === 'pwsh' && !hasPowerShell()) return checkPowerShell(text, options);
  const script = join(options.jobFolder, 'temp', `script${shell.suffix}`);
  // PowerShell would go on after an error: the runner puts this line first too.
  await writeFile(script, name === 'pwsh' ? `$ErrorActionPreference = 'stop'\n${text}` : text);
  return runScript(script, { ...options, ...shell });
}

function hasPowerShell(): boolean {
  return spawnSync('pwsh', ['-Version']).status === 0;
}

/** Where it cannot be run, its syntax is checked, and nothing else is known of it. */
async function checkPowerShell(text: string, { onLine }: StepOptions): Promise<StepEffects> {
  const errors = await findSyntaxErrors(text);
  onLine?.('PowerShell is not on this machine: only the syntax is checked');
  for (const error of errors) onLine?.(error);
  return { exitCode: errors.length === 0 ? 0 : 1, outputs: {}, env: {}, masks: [], summary: '' };
}
