import { execFile } from 'node:child_process';
import { join } from 'node:path';
import type { Opened } from '../../scripts/counted-campaign.ts';
import { addTo } from '../../scripts/report-add.ts';
import { listsInWords, readLists } from '../../scripts/report-corrections.ts';
import { excludeIn } from '../../scripts/report-exclude.ts';
import { takeBackIn } from '../../scripts/report-readmit.ts';
import { createActionLog } from '../../server/actions/action-log.ts';
import { readCompleted, readTotals } from '../../server/actions/totals.ts';
import type { Campaign } from '../../server/campaigns/campaign.ts';
import { readCampaign } from '../../server/campaigns/read-campaigns.ts';
import { rosterFolder, writeRosterFiles } from '../../server/legislators/roster-files.ts';
import { openStore, type Store } from '../../server/store/open-store.ts';
import { folderOf } from '../fixtures/people/folder.ts';
import { madeUpId } from '../fixtures/people/made-up.ts';
import { madeUpRoster } from '../fixtures/people/made-up-roster.ts';
import { logEntry } from '../support/temp-store.ts';

/** Nine in the evening in Florida, the next day already in UTC. */
const NOW = new Date('2026-12-02T02:10:00Z');
const FLORIDA_NOW = ['--type', 'phone', '--note', 'Phone bank at the library'];

let campaign: Campaign;
let data_dir: string;
let store: Store;
let opened: Opened;
beforeAll(async () => {
  campaign = (await readCampaign('campaigns', 'visible-act')).campaign!;
});
beforeEach(async () => {
  data_dir = folderOf({});
  store = await openStore(`sqlite:${join(data_dir, 'statehouse.db')}`);
  let ids = 0;
  const settings = { data_dir, campaigns_dir: 'campaigns' } as Opened['settings'];
  opened = { campaign, store, settings, now: NOW, newId: () => String(++ids) };
});
afterEach(() => store.close());

const add = (...args: string[]) => addTo(['visible-act', ...args], opened);
const exclude = (...args: string[]) =>
  excludeIn(['visible-act', '--reason', 'A test of the line', ...args], opened);
const completed = () => readCompleted(store, campaign, false);
async function act(count: number, at: string, changes: Partial<Parameters<typeof logEntry>[0]> = {}) {
  const log = createActionLog({ store, now: () => new Date(at) });
  await Promise.all(
    Array.from({ length: count }, (_, index) => log.log(logEntry({ ...changes, nonce: `${at} ${index}` }))),
  );
  await log.close();
}

test('sums from paper are entered on the day that it is in the state, and said back', async () => {
  const said = await add(...FLORIDA_NOW, '--count', '40', '--partner', 'jira', '--lang', 'es');
  expect(said).toBe(`Entered as e-1: 40 calls on December 1, 2026, spoke with someone.
  legislator  not said
  partner     Jacksonville Immigrant Rights Alliance
  language    es
  note        Phone bank at the library
visible-act now has 40 completed actions.
To take this out again: npm run report -- exclude visible-act --entry e-1 --reason "Entered twice"
This is a real entry, and counts. You do not see it on pages here: with made-up legislators they show trial numbers.
`);
  const none = await add(...FLORIDA_NOW, '--count', '1', '--status', 'unavailable', '--date', '2026-11-30');
  expect(none).toMatch(
    /^Entered as e-2: 1 call on November 30, 2026, no answer \(shown, and not counted as completed\)\./,
  );
  await add('--type', 'email', '--count', '3', '--note', 'Letters');
  expect(await readTotals(store, campaign, { is_sample: false, now: NOW })).toMatchObject({
    completed_actions: 43,
    offline: 43,
    by_type: { phone: { contact: 40, unavailable: 1 }, email: { sent: 3 } },
    by_day: [{ day: '2026-12-01', completed_actions: 43 }],
    by_legislator: [{ legislator_id: '', completed_actions: 43 }],
    by_language: [
      { language: 'es', completed_actions: 40 },
      { language: '', completed_actions: 3 },
    ],
  });
});

test('a legislator is named by an id, its beginning or a name, and nobody is guessed', async () => {
  const districts = [
    { chamber: 'upper' as const, district: '1', members: ['Ada María Oak'] },
    { chamber: 'lower' as const, district: '1', members: ['Ben Oak'] },
  ];
  await writeRosterFiles(rosterFolder(data_dir, 'fl'), madeUpRoster(districts), undefined);
  const ada = madeUpId('upper', 0);
  const one = [...FLORIDA_NOW, '--count', '1', '--legislator'];
  for (const name of [ada, ada.slice('ocd-person/'.length), 'maria oak', 'Senator Oak']) {
    const said = await add(...one, name);
    expect(said).toContain('legislator  Senator Ada María Oak\n');
    // Its legislators are real ones, so the pages show what was entered.
    expect(said).not.toContain('This is a real entry');
  }
  const rows = await store.read.selectFrom('actions').select(['legislator_id', 'division_id']).execute();
  expect(rows).toEqual(
    Array(4).fill({ legislator_id: ada, division_id: 'ocd-division/country:us/state:fl/sldu:1' }),
  );
  await expect(add(...one, 'Oak')).rejects.toThrow(
    /--legislator 'Oak' fits 2 legislators\. Write more of the id:\n {2}ocd-person\/.* {2}Senator Ada María Oak\n/,
  );
  await expect(add(...one, 'Fir')).rejects.toThrow("No legislator of Florida has the id or the name 'Fir'.");
  await expect(add(...one, '')).rejects.toThrow('No legislator');
});

test('no real action is entered for a made-up legislator', async () => {
  await expect(add(...FLORIDA_NOW, '--count', '1', '--legislator', 'Sample')).rejects.toThrow(
    'The legislators of Florida are not at hand, so nobody can be named: those here are made up. Run: npm run legislators -- pull fl\nThe sum can be entered without --legislator, too.',
  );
});

test.each([
  [['--type', 'fax'], '--type is one of: phone, email.'],
  [['--count', '0'], '--count is how many: a whole number from 1 to 100000.'],
  [['--count', '2.5'], 'a whole number'],
  [['--count', '100001'], 'a whole number'],
  [['--status', 'sent'], 'With --type phone, --status is one of: contact, voicemail, unavailable.'],
  [['--note', ' '], 'Say what this was'],
  [['--partner', 'nobody'], '--partner is one of: '],
  [['--lang', 'fr'], '--lang is one of: en, es, ht.'],
  [['--date', '2026-12-02'], '--date 2026-12-02 is still to come: in the state it is 2026-12-01.'],
  [['--date', '2025-11-29'], '--date 2025-11-29 is more than a year ago.'],
  [['--date', '2026-02-30'], "--date is a day of the calendar, as 2026-12-01: not '2026-02-30'."],
])('add with %j is refused in words, and nothing is entered', async (args, message) => {
  const usual = { '--type': 'phone', '--count': '1', '--note': 'Phone bank' };
  const given = Object.entries({ ...usual, [args[0]!]: args[1]! }).flat();
  await expect(add(...given)).rejects.toThrow(message);
  expect(await store.read.selectFrom('actions').selectAll().execute()).toEqual([]);
});

test('a day before the first day of the campaign is refused', async () => {
  const changed = { ...opened, campaign: { ...campaign, dates: { starts: '2026-11-15' } } };
  const on = (date: string) =>
    addTo(['visible-act', ...FLORIDA_NOW, '--count', '1', '--date', date], changed);
  await expect(on('2026-11-14')).rejects.toThrow('by its file it starts on 2026-11-15');
  expect(await on('2026-11-15')).toContain('1 call on November 15, 2026');
});

test('what would go is shown first, and goes with --yes alone; then it can be put back, once', async () => {
  await act(3, '2026-12-01T19:30:00Z', { partner: 'jira' });
  await act(2, '2026-12-01T20:59:00Z', { status_code: 'unavailable' });
  await act(1, '2026-12-01T21:00:00Z');
  const hours = ['--from', '2026-12-01T14:00', '--to', '2026-12-01T16:00'];
  const shown = await exclude(...hours);
  expect(shown).toBe(`visible-act: 5 actions, 3 of them completed, would go. These are the actions
  from December 1, 2026, 2 pm (Eastern time)
  up to December 1, 2026, 4 pm (Eastern time), not included

by       what                                    actions  completed
type     phone, contact                                3          3
type     phone, unavailable                            2          0
day      2026-12-01                                    5          3
partner  Jacksonville Immigrant Rights Alliance        3          3
partner  no partner                                    2          0

The campaign has 4 completed actions now, and would have 1.
What offices said in these calls stays in the whip count: it is kept apart from actions, so nobody can tell which is whose.
Nothing is changed yet. To take these out, run the same again with --yes. Everyone will then read your reason on the page
of the totals: A test of the line
`);
  expect(await exclude(...hours, '--dry-run')).toBe(shown);
  expect(await completed()).toBe(4);
  const done = await exclude(...hours, '--yes');
  expect(done).toMatch(/^visible-act: 5 actions, 3 of them completed, were taken out as c-1\./);
  expect(done).toContain('The campaign has 1 completed action now.');
  expect(done).toContain('npm run report -- readmit visible-act c-1 --reason');
  expect(await completed()).toBe(1);
  expect(await exclude(...hours, '--yes')).toMatch(
    /^visible-act: nothing that is counted fits, so nothing was changed\./,
  );
  const readmit = (...args: string[]) => takeBackIn(['visible-act', ...args], opened);
  await expect(readmit('c-9', '--reason', 'Real')).rejects.toThrow(
    "No exclusion of visible-act has the id 'c-9'.",
  );
  await expect(readmit('c-1')).rejects.toThrow('--reason "They were real"');
  expect(await readmit('c-1', '--reason', ' They were\n real ')).toContain('your reason: They were real\n');
  await expect(readmit('c-1', '--reason', 'Real')).rejects.toThrow('What c-1 took out was put back already.');
  expect(await completed()).toBe(4);
});

test('the lists name entries, corrections with what they fit, and marked blocks', async () => {
  await act(2, '2026-12-01T19:30:00Z', { block: 'Abcdefghijkl', partner: 'jira' });
  await act(1, '2026-12-01T22:30:00Z', { block: 'Abcdefghijkl' });
  await add(...FLORIDA_NOW, '--count', '40');
  expect(await exclude('--entry', 'e-1')).not.toContain('whip count');
  await exclude('--block', 'Abcdefghijkl', '--to', '2026-12-01T16:00', '--yes');
  const lists = await readLists(store.read, campaign);
  expect(lists.corrections[0]).toMatchObject({
    criteria: { block: 'Abcdefghijkl', to: '2026-12-01T21:00:00.000Z' },
    actions: -2,
  });
  const text = listsInWords(lists, campaign, NOW);
  expect(text).toMatch(
    /^Offline entries\n.*\ne-1 +2026-12-01 +2026-12-01 +phone, contact +no partner +Phone bank at the library +40\n/,
  );
  expect(text).toMatch(
    /\nc-2 +2026-12-01 +taken out: up to December 1, 2026, 4 pm \(Eastern time\), not included, of the marked block Abcdefghijkl +A test of the line +-2 +-2\n/,
  );
  expect(text).toMatch(
    /\nAbcdefghijkl +December 1, 2026, 2 pm +December 1, 2026, 5 pm +Jacksonville Immigrant Rights Alliance 2, no partner 1 +3 +2\n$/,
  );
  const none = await readLists(store.read, { ...campaign, slug: 'other' });
  expect(listsInWords(none, campaign, NOW)).toMatch(
    /^Offline entries\nnone\n\nCorrections\nnone\n\nMarked blocks.*\nnone\n$/,
  );
});

test.each([
  [[], 'Say which actions: --from, --to, --partner, --block or --entry.'],
  [['--from', '2026-12-02', '--to', '2026-12-01'], '--from comes before --to.'],
  [['--from', '2026-12-01T14:00', '--to', '2026-12-01T14:00'], '--from comes before --to.'],
  [['--partner', 'nobody'], "No partner has the code 'nobody'. There are: "],
  [['--partner', ''], "No partner has the code ''"],
  [
    ['--block', 'Abcdefghijkl'],
    "No marked block is called 'Abcdefghijkl'. npm run report -- corrections visible-act",
  ],
  [['--entry', 'e-7'], "No offline entry has the id 'e-7'."],
  [['--entry', 'e-7', '--block', 'x'], 'say --block or --entry'],
  [['--from', '2026-12-01', '--yes', '--dry-run'], 'Say --dry-run or --yes, not both.'],
])('exclude with %j is refused in words', async (args, message) => {
  await expect(exclude(...args)).rejects.toThrow(message);
});

test('as an operator types it, each part of the command does its work on the database of the app', async () => {
  const report = (...args: string[]) =>
    new Promise<{ code: number; out: string; said: string }>((resolve) => {
      const env = { PATH: process.env.PATH, DATA_DIR: data_dir };
      execFile(
        process.execPath,
        ['--no-warnings', 'scripts/report.ts', ...args],
        { env },
        (error, out, said) => resolve({ code: error ? Number(error.code) : 0, out, said }),
      );
    });
  const added = await report('add', 'visible-act', ...FLORIDA_NOW, '--count', '40');
  expect([added.code, added.said]).toEqual([0, '']);
  const id = /^Entered as (e-[\da-f]{8}):/.exec(added.out)![1]!;
  const gone = await report('exclude', 'visible-act', '--entry', id, '--reason', 'Twice', '--yes');
  const out = /taken out as (c-[\da-f]{8})\./.exec(gone.out)![1]!;
  expect(await completed()).toBe(0);
  await report('readmit', 'visible-act', out, '--reason', 'Once after all');
  expect(await completed()).toBe(40);
  const lists = JSON.parse((await report('corrections', 'visible-act', '--format', 'json')).out);
  expect(lists).toMatchObject({
    campaign_slug: 'visible-act',
    offline_entries: [{ id, actions: 40 }],
    corrections: [
      { id: out, criteria: { entry: id }, completed_actions: -40 },
      { kind: 'readmit', criteria: { readmits: out }, completed_actions: 40 },
    ],
    marked_blocks: [],
  });
  expect((await report('visible-act')).out).toContain(
    '\n  corrected 2 times: npm run report -- corrections visible-act\n',
  );
});

test('signs that no one sees and days of another age are refused in words', async () => {
  for (const sign of ['\u001b[31m', '\u202e', '\u0007'])
    await expect(
      excludeIn(['visible-act', '--from', '2026-12-01', '--reason', `A ${sign}test`], opened),
    ).rejects.toThrow("--reason holds signs that can't be seen.");
  await expect(add(...FLORIDA_NOW.slice(0, 2), '--count', '1', '--note', 'A \u202enote')).rejects.toThrow(
    "--note holds signs that can't be seen.",
  );
  for (const bound of ['--from', '--to'])
    for (const day of ['9999-12-31', '0000-01-01'])
      await expect(exclude(bound, day)).rejects.toThrow(`${bound} is a day of this century: not '${day}'.`);
});

test('whoever takes actions out while tables are published is told what may be worked out then', async () => {
  await act(3, '2026-12-01T19:30:00Z');
  const day = { first_day: '2026-11-30', last_day: '2026-11-30', published_at: '2026-12-01T06:00:00.000Z' };
  expect(await exclude('--from', '2026-12-01')).not.toContain('Tables of two dimensions');
  await store.transaction((trx) =>
    trx
      .insertInto('published_tables')
      .values({ ...day, campaign_slug: 'visible-act', name: 'legislator_by_day', cells: '[]' })
      .execute(),
  );
  expect(await exclude('--from', '2026-12-01')).toContain(
    'some small numbers that the\ntables hide may be worked out',
  );
});
