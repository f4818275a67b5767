// The shipped bundle gets what is no token: each such answer, told in one line and never tried again.
import { describe, expect, test } from '@jest/globals';
import { runMain } from '../support/bundle.ts';
import { serveCounting } from '../support/server.ts';
import { start } from '../support/stand-in.ts';

describe('an answer that is no token ends the run at its first request', () => {
  test.concurrent.each([
    ['invalid-json', 'it is not a JSON object', 'malformed-answer'],
    ['close-delimited-cut', 'it is not a JSON object', 'malformed-answer'],
    ['empty', 'it is empty', 'malformed-answer'],
    ['html', 'HTTP 200, but the answer is an HTML page', 'html-answer'],
    ['too-large', 'larger than 256 KiB', 'malformed-answer'],
    ['gzip', 'compressed', 'malformed-answer'],
    ['line-break', 'characters that no token may have', 'malformed-answer'],
    ['huge-token', 'longer than 16 KiB', 'malformed-answer'],
    ['mac', 'token_type is not bearer', 'malformed-answer'],
    ['expires-negative', 'its token has no time left', 'malformed-answer'],
  ])('%s: %s', async (fault, says, topic) => {
    const standIn = await start({ fail: [fault] });
    const run = await runMain(standIn);
    expect({ exitCode: run.exitCode, state: run.state }).toEqual({ exitCode: 1, state: {} });
    expect(run.errors[0]).toContain(says);
    expect(run.errors[0]).toMatch(new RegExp(`#${topic}$`));
    expect(run.transcript).toMatchSnapshot();
    expect(standIn.requests).toHaveLength(1);
  });

  test.concurrent.each(['redirect', 'redirect-307'])(
    '%s to another host, which gets nothing',
    async (fault) => {
      const other = await serveCounting((_request, response) => response.end());
      const redirectTo = `${other.url}/ims/token/v3?from=ims`;
      const standIn = await start({ fail: [fault], redirectTo });
      const run = await runMain(standIn);
      expect(run.exitCode).toBe(1);
      expect(run.errors[0]).toContain(
        `a redirect to ${other.url}/ims/token/v3, which is not followed`,
      );
      expect(run.errors[0]).toMatch(/#redirect$/);
      expect(standIn.requests).toHaveLength(1);
      expect(other.count()).toBe(0);
    },
  );
});
