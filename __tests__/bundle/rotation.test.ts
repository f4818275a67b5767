// The shipped bundle with several client secrets: which are tried, and what is told of those that IMS refuses.
import { describe, expect, test } from '@jest/globals';
import type { StandIn } from '../../dev/stand-in/server.ts';
import { runMain } from '../support/bundle.ts';
import { start } from '../support/stand-in.ts';

const OLD = 'p8e-old-W3xVd0qJ7sLmA5r';
const NEW = 'p8e-new-Zc4Gh8kN1yTbE6u';
const THIRD = 'p8e-third-Qm2Rf9jX0wPsD3i';

/** The secrets in the order in which IMS saw them. */
function listTried({ requests }: StandIn): readonly string[] {
  return requests.map(
    ({ form }) => new URLSearchParams(form.map(([...pair]) => pair)).get('client_secret') ?? '',
  );
}

function give(...lines: readonly string[]) {
  return { inputs: { 'client-secret': lines.join('\n') } };
}

describe('of several secrets', () => {
  test.concurrent('each is masked, and the first that IMS takes is enough', async () => {
    const standIn = await start({ clientSecrets: [OLD, NEW] });
    const { exitCode, masks, warnings } = await runMain(standIn, give(OLD, NEW));
    expect({ exitCode, warnings }).toEqual({ exitCode: 0, warnings: [] });
    expect(masks).toEqual([OLD, NEW, standIn.tokens[0]]);
    expect(listTried(standIn)).toEqual([OLD]);
  });

  test.concurrent.each([
    ['the second', [OLD, NEW], [OLD, NEW]],
    ['the third', [OLD, THIRD, NEW], [OLD, THIRD, NEW]],
    ['one after blank lines and duplicates', ['', OLD, ` ${OLD}\r`, '', `${NEW}\r`], [OLD, NEW]],
  ])('%s is tried when IMS refuses what stands before', async (_which, lines, tried) => {
    const standIn = await start({ clientSecrets: [NEW] });
    const { exitCode, transcript } = await runMain(standIn, give(...lines));
    expect(exitCode).toBe(0);
    expect(transcript).toMatchSnapshot();
    expect(listTried(standIn)).toEqual(tried);
  });

  test.concurrent('all may be refused, with 401 too, and then the run fails', async () => {
    const standIn = await start({ fail: ['invalid_client', 'invalid_client_401'] });
    const { exitCode, outputs, transcript } = await runMain(standIn, give(OLD, NEW));
    expect({ exitCode, outputs }).toEqual({ exitCode: 1, outputs: {} });
    expect(transcript).toMatchSnapshot();
    expect(listTried(standIn)).toEqual([OLD, NEW]);
  });

  test.concurrent.each([
    'invalid_client_id',
    'missing_client_id',
    'unauthorized_client',
    'invalid_scope',
    '401013',
  ])('only one is shown to an IMS that says %s', async (fault) => {
    const standIn = await start({ fail: [`${fault}*`] });
    const { exitCode, errors } = await runMain(standIn, give(OLD, NEW));
    expect(exitCode).toBe(1);
    expect(errors).toEqual([expect.not.stringContaining('refused lines')]);
    expect(listTried(standIn)).toEqual([OLD]);
  });

  test.concurrent('each has its own tries where the network fails', async () => {
    const standIn = await start({ clientSecrets: [NEW], fail: ['503', 'good', '503'] });
    const { exitCode, transcript } = await runMain(standIn, give(OLD, NEW));
    expect(exitCode).toBe(0);
    expect(transcript).toMatchSnapshot();
    expect(listTried(standIn)).toEqual([OLD, OLD, NEW, NEW]);
  });
});
