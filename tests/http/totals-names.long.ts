import { rosterFolder, writeRosterFiles } from '../../server/legislators/roster-files.ts';
import { folderOf } from '../fixtures/people/folder.ts';
import { madeUpId } from '../fixtures/people/made-up.ts';
import { madeUpRoster } from '../fixtures/people/made-up-roster.ts';
import { formFields } from '../support/client.ts';
import { startTestApp } from '../support/test-app.ts';

const PATH = '/campaigns/visible-act';

test('totals draw what was counted, name who sits, say former of who has left, and neither where no roster is at hand', async () => {
  const data_dir = folderOf({});
  const districts = [
    { chamber: 'upper' as const, district: '1', members: ['Ada Oak'] },
    { chamber: 'lower' as const, district: '1', members: ['Ben Fir'] },
  ];
  const made = madeUpRoster(districts);
  const legislators = made.legislators.map((one) => ({ ...one, email: 'office@example.org' }));
  await writeRosterFiles(rosterFolder(data_dir, 'fl'), { ...made, legislators }, undefined);
  let roster: 'whole' | 'without Ben Fir' | 'gone' = 'whole';
  const app = await startTestApp({
    data_dir,
    allow_sample: false,
    parts: ({ rosters }) => ({
      rosters: {
        ...rosters,
        get: (state) => {
          const place = rosters.get(state);
          if (!place || roster === 'gone') return undefined;
          if (roster === 'whole') return place;
          const legislator = (id: string) =>
            id === madeUpId('lower', 10) ? undefined : place.roster.legislator(id);
          return { ...place, roster: { ...place.roster, legislator } };
        },
      },
    }),
  });
  const act = await app.get(
    `${PATH}/act?division=ocd-division/country:us/state:fl/sldu:1&division=ocd-division/country:us/state:fl/sldl:1`,
  );
  for (const card of ['#target-1', '#target-2']) {
    const form = formFields(act.$, `${card} form:has(input[name="type"][value="email"])`);
    await app.post(`${PATH}/actions`, { ...form, status_code: 'sent' });
  }
  const names = async () => (await app.get(`${PATH}/totals`)).text;
  expect(await names()).toMatch(
    /Senator Ada Oak[\s\S]*Representative Ben Fir|Representative Ben Fir[\s\S]*Ada Oak/,
  );
  const { $ } = await app.get(`${PATH}/totals`);
  const bars = $('.bar-chart');
  // Of one partner and one language there is nothing to compare.
  expect(bars.length).toBe(1);
  expect(bars.attr('aria-label')).toBe('By legislator. Most: 1 action. 2 of 2 have that many.');
  expect(
    bars
      .find('rect')
      .get()
      .map((rect) => $(rect).attr('width')),
  ).toEqual(['100%', '100%']);
  expect($('.day-chart').attr('aria-label')).toMatch(/^Completed actions by day\. All on .*: 2 actions\.$/);
  expect(
    $('details.numbers td')
      .get()
      .map((cell) => $(cell).text()),
  ).toEqual(['1', '1']);
  roster = 'without Ben Fir';
  expect(await names()).toContain(`a former member (${madeUpId('lower', 10)})`);
  roster = 'gone';
  const bare = await names();
  expect(bare).toContain(madeUpId('lower', 10));
  expect(bare).not.toContain('former member');
  await app.close();
});
