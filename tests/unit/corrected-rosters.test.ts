import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { correctRosters } from '../../server/legislators/corrected-rosters.ts';
import { CORRECTIONS_FILE } from '../../server/legislators/corrections-file.ts';
import { type CorrectionsKeeper, keepCorrections } from '../../server/legislators/corrections-keeper.ts';
import type { StateRoster } from '../../server/legislators/roster.ts';
import { createLog } from '../../server/log.ts';
import { houseMember, houseOf } from '../fixtures/corrections/made-up.ts';
import { folderOf } from '../fixtures/people/folder.ts';
import { until } from '../support/until.ts';

const [ONE, TWO] = [houseMember(1), houseMember(2)];
const left = ({ id }: { id: string }, date = '2026-11-18') =>
  `- state: fl\n  date: ${date}\n  note: Resigned.\n  left_office: ${id}\n`;

let keeper: CorrectionsKeeper | undefined;
afterEach(() => keeper?.stop());

/** The corrected House of Florida over a file, at a time that the test may change. */
async function start(text: string | undefined) {
  const folder = folderOf(text === undefined ? {} : { [CORRECTIONS_FILE]: text });
  const lines: string[] = [];
  const clock = { now: new Date('2026-11-18T12:00:00Z') };
  const log = createLog(
    'debug',
    () => clock.now,
    (line) => lines.push(line),
  );
  const at_hand: { place: StateRoster | undefined } = { place: houseOf([ONE, TWO]) };
  keeper = await keepCorrections({ campaigns_dir: folder, log, look_every_ms: 10 });
  const rosters = correctRosters({
    rosters: { get: (state) => (state === 'fl' ? at_hand.place : undefined) },
    corrections: keeper.read,
    now: () => clock.now,
    log,
  });
  const file = join(folder, CORRECTIONS_FILE);
  const write = (now: string) => {
    // As editors do it: whole or not at all.
    writeFileSync(`${file}-new`, now);
    renameSync(`${file}-new`, file);
  };
  const members = () => rosters.get('fl')!.roster.legislators.map(({ id }) => id);
  const events = (event: string) => lines.map((one) => JSON.parse(one)).filter((one) => one.event === event);
  return { file, write, clock, at_hand, rosters, members, events };
}

test('a roster is made anew when another is at hand, and given as it is while nothing has changed', async () => {
  const { rosters, at_hand, members } = await start(left(ONE));
  expect(members()).toEqual([TWO.id]);
  expect(rosters.get('fl')).toBe(rosters.get('fl'));
  at_hand.place = houseOf([ONE, TWO, houseMember(3)]);
  expect(members()).toEqual([TWO.id, houseMember(3).id]);
  at_hand.place = undefined;
  expect([rosters.get('fl'), rosters.get('ga')]).toEqual([undefined, undefined]);
});

test('a correction comes into force at midnight of the state, while the app runs', async () => {
  const { clock, members } = await start(left(ONE, '2026-11-19'));
  // In Tallahassee it is five hours earlier than in UTC.
  clock.now = new Date('2026-11-19T04:59:59Z');
  expect(members()).toEqual([ONE.id, TWO.id]);
  clock.now = new Date('2026-11-19T05:00:00Z');
  expect(members()).toEqual([TWO.id]);
});

test('a file that changes, appears or goes while the app runs is taken in', async () => {
  const { file, write, members } = await start(undefined);
  expect(members()).toEqual([ONE.id, TWO.id]);
  write(left(ONE));
  await until(() => members().length === 1);
  expect(members()).toEqual([TWO.id]);
  write(left(TWO));
  await until(() => members()[0] === ONE.id);
  rmSync(file);
  await until(() => members().length === 2);
});

test('while a changed file can not be read at all, what it said before still holds, and its fault is told', async () => {
  const { file, members, rosters, events } = await start(left(ONE));
  rmSync(file);
  mkdirSync(file);
  await until(() => rosters.faults().length > 0);
  expect(members()).toEqual([TWO.id]);
  expect(events('correction_fault')).toMatchObject([
    { level: 'error', message: expect.stringMatching(/overrides\.yaml:1:1: A file is expected here/) },
  ]);
});

test('a slip that leaves the entry in force goes to the log as a hint, and is no fault', async () => {
  const { members, rosters, events } = await start(`${left(ONE)} ${left(TWO).replaceAll(/\n(?=.)/g, '\n ')}`);
  expect([members(), rosters.faults(), events('correction_fault')]).toEqual([[], [], []]);
  expect(events('correction_hint')).toEqual([
    expect.objectContaining({
      level: 'warn',
      message: expect.stringMatching(/:5:2: This entry begins 1 space/),
    }),
  ]);
});

test('the log counts what has become of the corrections, and names nobody', async () => {
  const { rosters, events } = await start(
    `${left(ONE)}${left({ id: 'ocd-person/gone' }, '2026-08-01')}${left(TWO, '2027-01-01')}- state: fl\n`,
  );
  rosters.get('fl');
  expect(events('corrections')).toEqual([
    expect.objectContaining({
      state: 'fl',
      applied: 1,
      to_come: 1,
      can_be_taken_out: 1,
      in_vain: 0,
      message: 'npm run legislators -- status says which, and why.',
    }),
  ]);
  expect(events('correction_fault').length).toBe(2);
  expect(JSON.stringify(events('corrections'))).not.toContain('Made-Up');
});
