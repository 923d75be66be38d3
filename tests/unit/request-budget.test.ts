import { existsSync, mkdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createRequestBudget, type Purpose } from '../../server/legislators/request-budget.ts';
import { folderOf } from '../fixtures/people/folder.ts';

const START = Date.parse('2026-11-24T23:59:30Z');
let ms = START;
let file: string;
beforeEach(() => {
  ms = START;
  file = join(folderOf({}), 'new/requests.json');
});

const open = (per_minute = 10, per_day = 250) =>
  createRequestBudget({ file, per_minute, per_day, now: () => new Date(ms) });

/** Spends until it is refused; gives back how often it was allowed, and why it ended. */
function spendAll(budget = open(), purpose: Purpose = 'roster'): [number, string] {
  for (let count = 0; ; count += 1) {
    const answer = budget.spend(purpose);
    if (answer !== 'spent') return [count, answer];
  }
}

test('ten pass in a minute, and the next when the first is more than a minute old', () => {
  const budget = open();
  expect(spendAll(budget)).toEqual([10, 'minute']);
  ms += 60_000;
  expect(budget.spend('roster')).toBe('minute');
  ms += 1_001;
  expect(spendAll(budget)).toEqual([10, 'minute']);
});

test('however time is cut into minutes and days, none holds more than is allowed', () => {
  const budget = open(10, 250);
  const spent: number[] = [];
  for (let step = 0; step < 60 * 50; step += 1) {
    ms += 57_000;
    while (budget.spend('roster') === 'spent') spent.push(ms);
  }
  const most = (window: number) =>
    Math.max(...spent.map((from) => spent.filter((at) => at >= from && at < from + window).length));
  expect(most(60_000)).toBe(10);
  expect(most(86_400_000)).toBe(250);
});

test('midnight begins no new day: the allowance comes back as the requests grow a day old', () => {
  const budget = open(1000, 50);
  expect(spendAll(budget)).toEqual([50, 'day']);
  ms += 3_600_000;
  expect(budget.spend('roster')).toBe('day');
  ms = START + 86_400_000;
  expect(budget.spend('roster')).toBe('day');
  ms += 62_000;
  expect(spendAll(budget)).toEqual([50, 'day']);
});

test('a process that falls and starts again goes on with the same allowance', () => {
  let spent = 0;
  for (let start = 0; start < 400; start += 1) {
    ms += 20_000;
    if (open(10, 25).spend('roster') === 'spent') spent += 1;
  }
  expect(spent).toBe(25);
});

test('after a start the minute before it is taken to be full of what was asked in it', () => {
  expect(spendAll()).toEqual([10, 'minute']);
  ms += 2_000;
  expect(open().spend('roster')).toBe('minute');
});

test('points leave a fifth to rosters, of the minute and of the day', () => {
  const budget = open(10, 30);
  expect(spendAll(budget, 'point')).toEqual([8, 'minute']);
  expect(spendAll(budget, 'roster')).toEqual([2, 'minute']);
  for (let minute = 0; minute < 5; minute += 1) {
    ms += 62_000;
    spendAll(budget, 'point');
  }
  ms += 62_000;
  expect(budget.spend('point')).toBe('day');
  expect(spendAll(budget, 'roster')).toEqual([6, 'day']);
});

test('bills leave a fifth of the day to rosters, and may use up a minute', () => {
  const budget = open(10, 30);
  expect(spendAll(budget, 'bill')).toEqual([10, 'minute']);
  let minutes = 0;
  for (; budget.spend('bill') !== 'day'; minutes += 1) ms += 62_000;
  expect(minutes).toBeGreaterThan(10);
  expect(budget.spend('point')).toBe('day');
  expect(spendAll(budget, 'roster')).toEqual([6, 'day']);
});

test.each(['roster', 'point', 'bill'] as const)('a budget of one is not none for a %s', (purpose) => {
  expect(open(1, 1).spend(purpose)).toBe('spent');
});

test('what was asked is written down before it is asked, and nothing is before the first', () => {
  const budget = open();
  expect(existsSync(file)).toBe(false);
  budget.spend('roster');
  expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({
    by_minute: { '2026-11-24T23:59Z': 1 },
    recent: [START],
  });
});

test('two processes on one DATA_DIR share one allowance', () => {
  const [one, other] = [open(), open()];
  const answers = Array.from({ length: 10 }, () => [one.spend('roster'), other.spend('roster')]).flat();
  expect(answers.filter((answer) => answer === 'spent').length).toBe(10);
  ms += 61_001;
  expect([...spendAll(one), ...spendAll(other)]).toEqual([10, 'minute', 0, 'minute']);
});

test('a process that fell while it held the count stops no other for long', () => {
  open().spend('roster');
  writeFileSync(`${file}-lock`, '');
  expect(open().spend('roster')).toBe('minute');
  utimesSync(`${file}-lock`, new Date(Date.now() - 60_000), new Date(Date.now() - 60_000));
  expect(open().spend('roster')).toBe('spent');
});

test('requests of a clock that was ahead count as made now, and are a day old a day later', () => {
  ms += 30 * 86_400_000;
  expect(spendAll(open(10, 10))).toEqual([10, 'day']);
  ms = START;
  expect(open(10, 10).spend('roster')).toBe('day');
  ms = START + 86_400_000 + 62_000;
  expect(open(10, 10).spend('roster')).toBe('spent');
  const budget = open();
  spendAll(budget);
  ms -= 3_600_000;
  expect(budget.spend('roster')).toBe('minute');
  ms += 61_001;
  expect(budget.spend('roster')).toBe('spent');
});

test.each(['', '{', '[]', '{"by_minute":{"2026-11-24T23:59Z":-1},"recent":[]}'])(
  'a count damaged to %j may have been full: a day later it begins anew by itself',
  (damaged) => {
    open().spend('roster');
    writeFileSync(file, damaged);
    expect(open().spend('roster')).toBe('day');
    ms += 86_400_000 + 62_000;
    expect(open().spend('roster')).toBe('spent');
  },
);

test('what could not be written down is not asked, nor counted', () => {
  const blocked = `${file}-new`;
  open().spend('roster');
  mkdirSync(blocked);
  for (let attempt = 0; attempt < 20; attempt += 1)
    expect(() => open().spend('roster')).toThrow(/requests\.json .*none is made/);
  rmSync(blocked, { recursive: true });
  expect(spendAll()).toEqual([9, 'minute']);
});

test('a count that can not be kept is named with what to do, and nothing may be asked', () => {
  file = join(folderOf({ new: 'a file' }), 'new/requests.json');
  expect(() => open().spend('roster')).toThrow(expect.objectContaining({ code: 'budget_unusable' }));
});
