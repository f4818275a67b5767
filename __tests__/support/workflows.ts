// Workflows that tests play against a stand-in, each once as it stands, however many tests look at it.
import { join } from 'node:path';
import type { Host } from '../../dev/examples/host.ts';
import type { PlayedJob } from '../../dev/examples/job.ts';
import { playWorkflow } from '../../dev/examples/play.ts';
import { readSource } from '../../dev/examples/sources.ts';
import { readYaml, type Workflow } from '../../dev/examples/workflow.ts';
import type { StandIn } from '../../dev/stand-in/server.ts';
import { root } from '../../dev/support/repository.ts';
import { makeHost } from './host.ts';
import { start } from './stand-in.ts';

interface Played {
  readonly standIn: StandIn;
  readonly host: Host;
  readonly jobs: readonly PlayedJob[];
}

export const mintCall = 'POST /ims/token/v3';

const played = new Map<string, Promise<Played>>();

/** Plays a workflow, the first time with these changes: later calls get what that gave. */
export function playOnce(text: string, changes: Partial<Host> = {}): Promise<Played> {
  const known = played.get(text) ?? start().then((standIn) => play(text, standIn, changes));
  played.set(text, known);
  return known;
}

export async function play(
  text: string,
  standIn: StandIn,
  changes: Partial<Host> = {},
): Promise<Played> {
  const host = makeHost(standIn, text, changes);
  return { standIn, host, jobs: await playWorkflow(readYaml<Workflow>(text), host) };
}

export function readExample(name: string): string {
  return readSource(join(root, 'examples'), name).text;
}

/** How each job ended, with its log where that is not well. */
export function judge(jobs: readonly PlayedJob[]): readonly string[] {
  return jobs.map(({ id, result, log }) =>
    result === 'success' ? result : `${id}: ${result}\n${log}`,
  );
}

export function listCalls({ requests }: StandIn): readonly string[] {
  return requests.map(({ method, path }) => `${method} ${path.replace(/(status\/).*/, '$1*')}`);
}
