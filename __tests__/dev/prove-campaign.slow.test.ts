// A defect that is planted to see that a campaign finds it; `.ci/run` has a campaign against the shipped bundle.
import { expect, test } from '@jest/globals';
import { planted, withBundle } from '../../dev/prove/bundle.ts';
import { runCampaign } from '../../dev/prove/campaign.ts';
import { describeSchedule } from '../../dev/prove/schedule.ts';

test('a planted defect is found, and shrunk to what it takes', async () => {
  const found = await withBundle(
    (bundle) => runCampaign({ seed: 7, runs: 200, bundle }),
    planted['follows-redirects'],
  );
  expect(found?.findings).toContain('to a host that was not named');
  expect(found && describeSchedule(found.schedule)).toMatch(/attempt \d+: redirect/);
}, 300_000);

test('an edit of what the sources do not hold is refused', async () => {
  const edit = { file: 'main.ts', find: 'stands nowhere', put: '' };
  await expect(withBundle(async () => '', [edit])).rejects.toThrow(/^Not once in src/);
});
