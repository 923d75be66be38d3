import { hourInWords, readBound } from '../../scripts/state-hours.ts';
import { actionDate } from '../../server/actions/action-date.ts';
import { calendarDay, clockTime, daysAfter, isDay, momentAt } from '../../server/calendar.ts';
import { STATES } from '../../server/legislators/states.ts';

const zones = [...new Set(STATES.map(({ time_zone }) => time_zone))];

test.each(zones)('noon of every day in %s is a whole hour of that day, also where clocks change', (zone) => {
  for (let day = '2026-01-01'; day < '2027-01-01'; day = daysAfter(day, 1)) {
    const noon = momentAt(day, 12, zone);
    const hour = new Date(actionDate(noon));
    expect([calendarDay(hour, zone), clockTime(hour, zone)]).toEqual([day, '12:00']);
  }
});

test('a day begins at its midnight to the millisecond, whatever was asked for before it', () => {
  const own = new Map(
    [...zones, 'Asia/Kathmandu', 'Africa/Monrovia'].map((zone) => [
      zone,
      new Intl.DateTimeFormat('sv-SE', { timeZone: zone }),
    ]),
  );
  for (const begins of [
    '1971-06-02T00:44:30Z',
    '2026-03-08T00:00Z',
    '2026-11-01T04:00Z',
    '2026-11-30T18:15Z',
  ])
    for (let hour = -12; hour <= 12; hour += 1)
      for (const ms of [-1, 0, 1, 899_999]) {
        const moment = new Date(Date.parse(begins) + hour * 3_600_000 + ms);
        for (const [zone, format] of own) expect(calendarDay(moment, zone)).toBe(format.format(moment));
      }
});

test('an hour that clocks show twice is the first of the two, one that they skip the one after it', () => {
  const at = (day: string, hour: number) => momentAt(day, hour, 'America/New_York').toISOString();
  expect(at('2026-11-01', 0)).toBe('2026-11-01T04:00:00.000Z');
  expect(at('2026-11-01', 1)).toBe('2026-11-01T05:00:00.000Z');
  expect(at('2026-11-01', 2)).toBe('2026-11-01T07:00:00.000Z');
  expect(at('2026-03-08', 2)).toBe('2026-03-08T07:00:00.000Z');
  expect(at('2026-03-08', 3)).toBe('2026-03-08T07:00:00.000Z');
});

test.each([
  ['--from', '2026-12-01', 'America/New_York', '2026-12-01T05:00:00.000Z'],
  ['--to', '2026-12-01', 'America/New_York', '2026-12-02T05:00:00.000Z'],
  ['--to', '2026-12-31', 'Pacific/Honolulu', '2027-01-01T10:00:00.000Z'],
  ['--from', '2026-12-01T14:00', 'America/New_York', '2026-12-01T19:00:00.000Z'],
  ['--to', '2026-12-01T14:00', 'America/New_York', '2026-12-01T19:00:00.000Z'],
  ['--from', '2026-12-01T14', 'America/Chicago', '2026-12-01T20:00:00.000Z'],
  ['--to', '2026-07-01 09:00', 'America/Phoenix', '2026-07-01T16:00:00.000Z'],
] as const)('%s %s in %s is %s', (option, typed, zone, moment) => {
  expect(readBound(typed, option, zone).toISOString()).toBe(moment);
});

test.each([
  [
    '2026-12-01T14:30',
    '--from: of an action the hour is kept, not the minute. Write a whole hour, as 2026-12-01T14:00.',
  ],
  ['2026-02-30', "--from: the calendar has no day '2026-02-30'."],
  ['2026-12-01T24:00', "not '2026-12-01T24:00'."],
  [
    'December 1',
    "--from is a day, as 2026-12-01, or a whole hour of it, as 2026-12-01T14:00: not 'December 1'.",
  ],
  ['', "not ''."],
])('%j is refused in words', (typed, message) => {
  expect(() => readBound(typed, '--from', 'America/New_York')).toThrow(message);
});

test('hours are read back as people say them', () => {
  expect(hourInWords('2026-12-01T19:00:00.000Z', 'America/New_York')).toBe('December 1, 2026, 2 pm');
  expect(hourInWords('2026-12-01T05:00:00.000Z', 'America/New_York')).toBe(
    'the beginning of December 1, 2026',
  );
});

test.each([
  ['2026-12-01', true],
  ['2028-02-29', true],
  ['2026-02-29', false],
  ['2026-13-01', false],
  ['26-12-01', false],
  ['2026-12-01T14', false],
])('whether %s is a day: %s', (text, is_day) => {
  expect(isDay(text)).toBe(is_day);
});
