// A small campaign against the shipped bundle, and the defects that can be planted to see that a campaign finds some.
import { expect, test } from '@jest/globals';
import { withBundle } from '../../dev/prove/bundles.ts';
import { runCampaign } from '../../dev/prove/campaign.ts';
import { noJitter } from '../../dev/prove/crowd.ts';
import { defects } from '../../dev/prove/defects.ts';
import { createReport } from '../../dev/prove/report.ts';

test('40 schedules find nothing', async () => {
  const report = createReport();
  await withBundle((bundle) =>
    runCampaign({
      seed: 7,
      jobs: 3,
      bundle,
      indices: Array.from({ length: 40 }, (_, index) => index),
      onResult: (result) => {
        report.add(result);
        return false;
      },
    }),
  );
  expect(report.describe()).toContain('Nothing was found');
}, 60_000);

test.each([...Object.entries(defects), ['has no jitter', [noJitter]] as const])(
  'a defect can be planted in the bundle: it %s',
  async (_name, changes) => {
    await expect(withBundle(async () => 'planted', changes)).resolves.toBe('planted');
  },
);

test('a change of what the bundle does not hold is refused', async () => {
  const change = { find: 'stands nowhere', put: '' };
  await expect(withBundle(async () => '', [change])).rejects.toThrow(/0 times, not once/);
});
