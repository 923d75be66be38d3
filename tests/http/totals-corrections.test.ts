import { join } from 'node:path';
import { createActionLog } from '../../server/actions/action-log.ts';
import { excludeActions, readmitActions } from '../../server/actions/correction-queries.ts';
import { enterOffline } from '../../server/actions/offline-queries.ts';
import { rosterFolder, writeRosterFiles } from '../../server/legislators/roster-files.ts';
import { openStore, type Store } from '../../server/store/open-store.ts';
import { folderOf } from '../fixtures/people/folder.ts';
import { madeUpRoster } from '../fixtures/people/made-up-roster.ts';
import { logEntry } from '../support/temp-store.ts';
import { startTestApp, type TestApp } from '../support/test-app.ts';

const PATH = '/campaigns/visible-act/totals';
const CORRECTED = { slugs: ['visible-act'], time_zone: 'America/New_York' };
/** Late in the evening of December 1 in Florida. */
const NOW = new Date('2026-12-02T03:30:00Z');

let data_dir: string;
let store: Store;
let app: TestApp;
beforeAll(async () => {
  data_dir = folderOf({});
  const districts = [{ chamber: 'upper' as const, district: '1', members: ['Ada Oak'] }];
  await writeRosterFiles(rosterFolder(data_dir, 'fl'), madeUpRoster(districts), undefined);
  const database_url = `sqlite:${join(data_dir, 'statehouse.db')}`;
  store = await openStore(database_url);
  app = await startTestApp({ data_dir, database_url, allow_sample: false, now: () => NOW });
  const log = createActionLog({ store, now: () => NOW });
  await Promise.all([
    log.log(logEntry({ nonce: 'a' })),
    log.log(logEntry({ nonce: 'b', status_code: 'unavailable', partner: 'jira' })),
  ]);
  await log.close();
  await enterOffline(
    store,
    {
      id: 'e-1',
      campaign_slug: 'visible-act',
      day: '2026-12-01',
      type: 'phone',
      status_code: 'contact',
      legislator_id: '',
      division_id: 'ocd-division/country:us/state:fl',
      partner: '',
      page_language: '',
      message_language: '',
      note: 'A note for the organizer alone',
      actions: 40,
    },
    { time_zone: 'America/New_York', now: NOW },
  );
  const entry = { campaign_slug: 'visible-act', made_at: NOW.toISOString() };
  await excludeActions(store, CORRECTED, {
    ...entry,
    id: 'c-1',
    reason: 'Entered <b>twice</b>',
    criteria: { entry: 'e-1' },
  });
  await excludeActions(store, CORRECTED, {
    ...entry,
    id: 'c-2',
    reason: 'No answer',
    criteria: { partner: 'jira' },
  });
  await readmitActions(store, CORRECTED, { ...entry, id: 'c-3', reason: 'Once after all', readmits: 'c-1' });
});
afterAll(async () => {
  await app.close();
  await store.close();
});

test('the page of the totals says what was entered offline, and each correction with its day, number and reason', async () => {
  const { $, text } = await app.get(PATH);
  expect($('section:has(#meaning)').text()).toContain(
    'Counted offline, for example at a phone bank, and entered by the organizers: 40.',
  );
  const lines = $('section:has(#corrections) li')
    .toArray()
    .map((line) => $(line).text());
  expect(lines).toEqual([
    'On December 1, 2026, 40 actions were put back: Once after all',
    'On December 1, 2026, actions that were not completed were taken out: No answer',
    'On December 1, 2026, 40 actions were taken out: Entered <b>twice</b>',
  ]);
  const rowsOf = (heading: string) =>
    $(`section:has(h2:contains("${heading}")) tbody tr`)
      .toArray()
      .map((row) => $(row).text().trim());
  expect(rowsOf('By legislator')).toContain('not said40');
  expect(rowsOf('By language of the page')).toEqual(['not said40', 'English1']);
  expect(rowsOf('By language of the message')).toEqual(['not said40', 'English1']);
  expect(rowsOf('By partner')).toEqual(['no partner41']);
  expect(text).not.toContain('note for the organizer');
});

test.each([
  ['es', 'El 1 de diciembre de 2026 se quitaron 40 acciones: Entered <b>twice</b>', 'sin indicar'],
  ['ht', 'Nan dat 1 desanm 2026, yo retire 40 aksyon: Entered <b>twice</b>', 'yo pa di'],
])('the same in %s', async (lang, line, not_said) => {
  const { $, text } = await app.get(`${PATH}?lang=${lang}`);
  expect($('section:has(#corrections) li').last().text()).toBe(line);
  expect(text).toContain(not_said);
});

test('the data has the corrections, and the note of no entry; the CSV has the corrected numbers alone', async () => {
  const json = (await app.get(`${PATH}.json`)).text;
  expect(JSON.parse(json)).toMatchObject({ completed_actions: 41, offline: 40 });
  expect(JSON.parse(json).corrections).toEqual([
    expect.objectContaining({ id: 'c-1', kind: 'exclude', completed_actions: -40 }),
    expect.objectContaining({ id: 'c-2', kind: 'exclude', completed_actions: 0 }),
    expect.objectContaining({ id: 'c-3', kind: 'readmit', completed_actions: 40 }),
  ]);
  expect(json).not.toMatch(/note for|criteria/);
  const csv = (await app.get(`${PATH}.csv`)).text;
  expect(csv).toContain('\r\nlegislator,,,40,40\r\n');
  expect(csv).toContain('\r\ntype,phone,unavailable,0,0\r\n');
  expect(csv).not.toContain('twice');
});

test('the privacy page says what is kept of where a flood comes from', async () => {
  const { text } = await app.get('/privacy');
  expect(text).toContain(
    'The first 50 that a campaign gets from a block on a day leave nothing of this behind.',
  );
});
