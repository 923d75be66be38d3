import type { Legislator } from '../../server/legislators/legislator.ts';
import { lastGeneralElection, rosterAge } from '../../server/legislators/roster-age.ts';

const source = (as_of: string, terms: (string | undefined)[] = []) => ({
  source: 'OpenStates people files',
  as_of,
  is_sample: false,
  legislators: terms.map((start_date) => ({ current_role: { start_date } })) as Legislator[],
});
const ageOf = (as_of: string, now: string, state = 'fl', terms?: (string | undefined)[]) =>
  rosterAge(source(as_of, terms), state, new Date(now));

test('a roster of 14 days is not old, one of 15 is', () => {
  const now = '2026-08-19T16:00:00Z';
  expect(ageOf('2026-08-05', now)).toEqual({
    days: 14,
    older_than_14_days: false,
    election_passed: undefined,
    election_unseen: undefined,
  });
  expect(ageOf('2026-08-04', now)).toEqual({
    days: 15,
    older_than_14_days: true,
    election_passed: undefined,
    election_unseen: undefined,
  });
});

test('days are the state’s: the 15th begins at midnight there, not in Greenwich', () => {
  // 20 August, 3:59 and 4:00 UTC: 11:59 pm and midnight in Florida.
  expect(ageOf('2026-08-05', '2026-08-20T03:59:00Z').older_than_14_days).toBe(false);
  expect(ageOf('2026-08-05', '2026-08-20T04:00:00Z').older_than_14_days).toBe(true);
  expect(ageOf('2026-08-05', '2026-08-20T09:59:00Z', 'hi').older_than_14_days).toBe(false);
  expect(ageOf('2026-08-05', '2026-08-20T10:00:00Z', 'hi').older_than_14_days).toBe(true);
});

test('weeks in which the clocks change have days of whole numbers', () => {
  expect(ageOf('2026-10-25', '2026-11-02T12:00:00Z').days).toBe(8);
  expect(ageOf('2026-03-01', '2026-03-15T12:00:00Z').days).toBe(14);
});

test('a roster dated tomorrow, as west of its importer, is of today', () => {
  expect(ageOf('2026-08-06', '2026-08-06T02:00:00Z').days).toBe(0);
});

test('the election has not passed on its own day, and has on the day after, in the state’s time zone', () => {
  // The polls of 3 November 2026; midnight in Florida (winter time) is 5:00 UTC.
  expect(ageOf('2026-10-30', '2026-11-03T12:00:00Z').election_passed).toBeUndefined();
  expect(ageOf('2026-10-30', '2026-11-04T04:59:00Z').election_passed).toBeUndefined();
  expect(ageOf('2026-10-30', '2026-11-04T05:00:00Z').election_passed).toBe('2026-11-03');
  expect(ageOf('2026-10-30', '2026-11-04T05:00:00Z', 'hi').election_passed).toBeUndefined();
  expect(ageOf('2026-10-30', '2026-11-04T10:00:00Z', 'hi').election_passed).toBe('2026-11-03');
});

test('a roster of the election day may be older than the election, one of the day after is not', () => {
  const now = '2026-11-24T12:00:00Z';
  expect(ageOf('2026-11-03', now)).toMatchObject({ days: 21, election_passed: '2026-11-03' });
  expect(ageOf('2026-11-04', now)).toMatchObject({ days: 20, election_passed: undefined });
});

test.each([
  // The first Monday decides: where the month begins on a Tuesday, that day is not the election.
  ['fl', '2026-12-31', '2026-11-03'],
  ['fl', '2022-12-31', '2022-11-08'],
  ['fl', '2020-12-31', '2020-11-03'],
  ['fl', '2016-12-31', '2016-11-08'],
  ['fl', '2010-12-31', '2010-11-02'],
  ['fl', '2027-06-01', '2026-11-03'],
  ['fl', '2026-11-03', '2024-11-05'],
  ['fl', '2026-11-04', '2026-11-03'],
  ['ne', '2026-11-24', '2026-11-03'],
  ['nj', '2026-11-24', '2025-11-04'],
  ['va', '2026-11-24', '2025-11-04'],
  ['ms', '2026-11-24', '2023-11-07'],
  ['ms', '2027-11-03', '2027-11-02'],
  ['la', '2026-11-24', '2023-11-18'],
  ['la', '2023-11-18', '2019-11-16'],
  ['la', '2015-12-31', '2015-11-21'],
  ['al', '2026-11-24', '2026-11-03'],
  ['al', '2026-11-03', '2022-11-08'],
  ['md', '2024-11-24', '2022-11-08'],
  ['pr', '2026-11-24', '2024-11-05'],
  ['nj', '2027-11-02', '2025-11-04'],
  ['nj', '2027-11-03', '2027-11-02'],
])('in %s the last general election before %s was on %s', (state, today, expected) => {
  expect(lastGeneralElection(state, today)).toBe(expected);
});

const OLD = Array<string>(96).fill('2022-11-08');

test.each([
  ['nobody is new', OLD, '2026-11-03'],
  ['a few are, after by-elections', [...OLD, ...Array<string>(4).fill('2026-11-10')], '2026-11-03'],
  ['one in twenty is', [...OLD, ...Array<string>(6).fill('2026-11-03')], undefined],
  ['the source tells of years alone', [...OLD, ...Array<string>(6).fill('2027')], undefined],
  ['the source does not tell', OLD.map(() => undefined), '2026-11-03'],
  ['it tells of few', [...OLD.map(() => undefined), '2026-11-03'], '2026-11-03'],
])('a roster of after the election in which %s: unseen %3$s', (_name, terms, expected) => {
  const age = ageOf('2026-11-24', '2026-11-25T12:00:00Z', 'fl', terms);
  expect(age).toMatchObject({ election_passed: undefined, election_unseen: expected });
});

test('an election that a roster could not see is not told of for ever, nor beside that it has passed', () => {
  expect(ageOf('2027-04-01', '2027-04-03T12:00:00Z', 'fl', OLD).election_unseen).toBeUndefined();
  expect(ageOf('2027-01-03', '2027-01-03T12:00:00Z', 'fl', [undefined]).election_unseen).toBeUndefined();
  expect(ageOf('2026-11-03', '2026-11-25T12:00:00Z', 'fl', OLD)).toMatchObject({
    election_passed: '2026-11-03',
    election_unseen: undefined,
  });
});

test('an election of an even year does not age a roster of a state that elects in odd ones', () => {
  expect(ageOf('2026-10-30', '2026-11-10T12:00:00Z', 'va').election_passed).toBeUndefined();
  expect(ageOf('2025-11-04', '2025-11-05T12:00:00Z', 'va').election_passed).toBe('2025-11-04');
});
