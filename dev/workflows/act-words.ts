// act's command line for one run of a workflow.
import { join } from 'node:path';
import { parse } from 'yaml';
import type { Run, Texts } from './plan.ts';
import type { Repositories } from './repositories.ts';
import type { Given } from './secrets.ts';
import type { Workspace } from './workspace.ts';

interface Start extends Pick<Repositories, 'places'> {
  readonly run: Run;
  readonly number: number;
  readonly workspace: Workspace;
  readonly given: Given;
  /** The file of the event's payload. */
  readonly event: string;
}

export function listWords(text: string, start: Start): readonly string[] {
  const { run, number, workspace, given, event, places } = start;
  return [
    run.event ?? chooseEvent(text),
    ...['-C', workspace.repository, '-W', workspace.file, '-e', event, '--json', '--rm'],
    // Nothing is fetched: stubs of actions are folders, and so are their caches and artifacts.
    ...['--action-offline-mode', '--pull=false', '--no-cache-server'],
    ...['--action-cache-path', join(workspace.folder, 'actions')],
    ...listLabels(text).flatMap((label) => ['-P', `${label}=-self-hosted`]),
    ...givePairs('--local-repository', Object.fromEntries(places)),
    ...givePairs('-s', given.secrets),
    ...givePairs('--var', given.vars),
    ...givePairs('--input', run.inputs ?? {}),
    ...givePairs('--env', { GITHUB_RUN_ID: String(number), ...run.env }),
    ...givePairs('--matrix', run.matrix ?? {}, ':'),
  ];
}

function chooseEvent(text: string): string {
  const { on } = parse(text) as { on: string | readonly string[] | Record<string, unknown> };
  const events = typeof on === 'string' ? [on] : Array.isArray(on) ? on : Object.keys(on);
  return events.find((event) => event === 'workflow_dispatch') ?? events[0] ?? 'push';
}

/** The machines that jobs ask for: all are this one. */
function listLabels(text: string): readonly string[] {
  const named = [...text.matchAll(/^ *runs-on: ([\w.-]+)$/gm)].map(([, label = '']) => label);
  return [...new Set(['ubuntu-latest', ...named])];
}

/** `option` before each pair. */
function givePairs(option: string, pairs: Texts, equals = '='): string[] {
  return Object.entries(pairs).flatMap(([name, value]) => [option, `${name}${equals}${value}`]);
}
