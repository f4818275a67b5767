// A small campaign against the shipped bundle, and the defects that are planted to see that a campaign finds some.
import { expect, test } from '@jest/globals';
import { withBundle } from '../../dev/prove/bundle.ts';
import { runCampaign } from '../../dev/prove/campaign.ts';
import { planted } from '../../dev/prove/planted.ts';
import { describeSchedule } from '../../dev/prove/schedule.ts';

const settings = { seed: 7, jobs: 3, most: 1 };

test('40 schedules find nothing', async () => {
  const found = await withBundle((bundle) => runCampaign({ ...settings, runs: 40, bundle }));
  expect(found).toEqual([]);
}, 300_000);

test('a planted defect is found, and shrunk to what it takes', async () => {
  const [found] = await withBundle(
    (bundle) => runCampaign({ ...settings, runs: 200, bundle }),
    planted['follows-redirects'],
  );
  expect(found?.findings).toContain('to a host that was not named');
  expect(found && describeSchedule(found.schedule)).toMatch(/attempt \d+: redirect/);
}, 300_000);

test('an edit of what the sources do not hold is refused', async () => {
  const edit = { file: 'main.ts', find: 'stands nowhere', put: '' };
  await expect(withBundle(async () => '', [edit])).rejects.toThrow(/0 times, not once/);
});
