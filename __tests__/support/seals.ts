// Sealed tokens as one step gives them to the next, and what the next says of them.
import type { StandIn, StandInOptions } from '../../dev/stand-in/server.ts';
import { type Run, runMain } from './bundle.ts';
import { start } from './stand-in.ts';

interface Sealed {
  readonly standIn: StandIn;
  /** The run that minted and sealed. */
  readonly first: Run;
  readonly sealed: string;
}

/** Has a stand-in's first token sealed. */
export async function startWithSeal(
  options: StandInOptions = {},
  inputs: Readonly<Record<string, string>> = {},
): Promise<Sealed> {
  const standIn = await start(options);
  const first = await runMain(standIn, { inputs: { seal: 'true', ...inputs } });
  return { standIn, first, sealed: first.outputs['sealed-token'] ?? '' };
}

/** How a run with a sealed token went, as far as the seal decides it. */
export function summarize({ exitCode, outputs, notices }: Run) {
  return { exitCode, source: outputs['source'], notices };
}
