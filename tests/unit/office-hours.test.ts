import { timeInWords, WEEKDAYS, weekdayInWords, zoneInWords } from '../../server/calendar.ts';
import { USUAL_HOURS } from '../../server/campaigns/office-hours-fields.ts';
import { type OfficeHours, officesAt } from '../../server/legislators/office-hours.ts';
import { STATES, stateFacts } from '../../server/legislators/states.ts';

/** Offices of a state at a moment: 'until 17:00', or the day and time at which they open and how many days that is. */
function at(moment: string, state = 'fl', changed: Partial<OfficeHours> = {}) {
  const offices = officesAt({ ...USUAL_HOURS, ...changed }, stateFacts(state).time_zone, new Date(moment));
  return offices.is_open
    ? `until ${offices.closes}`
    : `${offices.day} ${offices.opens}, in ${offices.days_ahead}`;
}

// Tuesday, November 24, 2026; Florida is five hours behind UTC.
test.each([
  ['2026-11-24T12:59:59Z', 'a second before eight', '2026-11-24 08:00, in 0'],
  ['2026-11-24T13:00:00Z', 'at eight', 'until 17:00'],
  ['2026-11-24T21:59:59Z', 'a second before five', 'until 17:00'],
  ['2026-11-24T22:00:00Z', 'at five', '2026-11-25 08:00, in 1'],
  ['2026-11-25T00:00:00Z', 'at midnight in Greenwich, still Tuesday', '2026-11-25 08:00, in 1'],
  ['2026-11-25T04:59:59Z', 'a second before midnight', '2026-11-25 08:00, in 1'],
  ['2026-11-25T05:00:00Z', 'at midnight', '2026-11-25 08:00, in 0'],
  ['2026-11-27T21:59:00Z', 'on Friday before five', 'until 17:00'],
  ['2026-11-27T22:00:00Z', 'on Friday evening', '2026-11-30 08:00, in 3'],
  ['2026-11-28T15:00:00Z', 'on Saturday', '2026-11-30 08:00, in 2'],
  ['2026-11-29T15:00:00Z', 'on Sunday', '2026-11-30 08:00, in 1'],
  ['2026-11-30T05:00:00Z', 'as Monday begins', '2026-11-30 08:00, in 0'],
])('at %s, %s, offices in Florida: %s', (moment, _name, expected) => {
  expect(at(moment)).toBe(expected);
});

test('a holiday is closed all day, and the days around it are as usual', () => {
  const holidays = ['2026-11-30'];
  expect(at('2026-11-27T22:00:00Z', 'fl', { holidays })).toBe('2026-12-01 08:00, in 4');
  expect(at('2026-11-30T15:00:00Z', 'fl', { holidays })).toBe('2026-12-01 08:00, in 1');
  expect(at('2026-12-01T12:00:00Z', 'fl', { holidays })).toBe('2026-12-01 08:00, in 0');
  expect(at('2026-12-01T15:00:00Z', 'fl', { holidays })).toBe('until 17:00');
});

test('holidays in a row, a weekend and the end of the year are passed over', () => {
  const holidays = ['2026-12-24', '2026-12-25', '2026-12-28', '2026-12-29', '2026-12-30', '2026-12-31'];
  expect(at('2026-12-23T22:00:00Z', 'fl', { holidays })).toBe('2027-01-01 08:00, in 9');
  expect(at('2026-12-23T22:00:00Z', 'fl', { holidays: [...holidays, '2027-01-01'] })).toBe(
    '2027-01-04 08:00, in 12',
  );
  expect(at('2028-02-28T23:00:00Z')).toBe('2028-02-29 08:00, in 1');
});

test('a holiday is a day of the state: where it is another day than in Greenwich, that one counts', () => {
  const holidays = ['2026-11-25'];
  // 1 am UTC on Wednesday is Tuesday, 3 pm, in Hawaii.
  expect(at('2026-11-25T01:00:00Z', 'hi', { holidays })).toBe('until 17:00');
  expect(at('2026-11-25T18:00:00Z', 'hi', { holidays })).toBe('2026-11-26 08:00, in 1');
  // 1 am UTC on Thursday is still the holiday there.
  expect(at('2026-11-26T01:00:00Z', 'hi', { holidays })).toBe('2026-11-26 08:00, in 1');
});

test.each([
  ['pr', 'Puerto Rico', '2026-11-24T12:00:00Z', 'until 17:00'],
  ['fl', 'Florida', '2026-11-24T12:00:00Z', '2026-11-24 08:00, in 0'],
  ['fl', 'Florida', '2026-11-24T21:00:00Z', 'until 17:00'],
  ['pr', 'Puerto Rico', '2026-11-24T21:00:00Z', '2026-11-25 08:00, in 1'],
  ['ca', 'California', '2026-11-28T00:30:00Z', 'until 17:00'],
  ['ca', 'California', '2026-11-28T01:00:00Z', '2026-11-30 08:00, in 3'],
  ['hi', 'Hawaii', '2026-11-28T02:59:00Z', 'until 17:00'],
  ['hi', 'Hawaii', '2026-11-28T03:00:00Z', '2026-11-30 08:00, in 3'],
  ['hi', 'Hawaii', '2026-11-30T17:59:00Z', '2026-11-30 08:00, in 0'],
  ['hi', 'Hawaii', '2026-11-30T18:00:00Z', 'until 17:00'],
])('each state goes by its own clock: in %s (%s) at %s, %s', (state, _name, moment, expected) => {
  expect(at(moment, state)).toBe(expected);
});

test('clocks that change on Sunday change when Monday begins, not what is told of it', () => {
  // Spring: 2026-03-08, from then on four hours behind UTC.
  expect(at('2026-03-06T22:00:00Z')).toBe('2026-03-09 08:00, in 3');
  expect(at('2026-03-09T11:59:00Z')).toBe('2026-03-09 08:00, in 0');
  expect(at('2026-03-09T12:00:00Z')).toBe('until 17:00');
  expect(at('2026-03-09T21:00:00Z')).toBe('2026-03-10 08:00, in 1');
  // Autumn: 2026-11-01, from then on five hours behind.
  expect(at('2026-10-30T21:00:00Z')).toBe('2026-11-02 08:00, in 3');
  expect(at('2026-11-02T12:30:00Z')).toBe('2026-11-02 08:00, in 0');
  expect(at('2026-11-02T13:00:00Z')).toBe('until 17:00');
  // Arizona's clocks stay as they are.
  expect(at('2026-03-09T15:00:00Z', 'az')).toBe('until 17:00');
  expect(at('2026-11-02T15:00:00Z', 'az')).toBe('until 17:00');
});

test('an hour that the change of the clocks leaves out or repeats breaks nothing', () => {
  const hours = { opens: '02:30', closes: '04:00', days: [...WEEKDAYS] };
  // 1:59 is followed by 3:00.
  expect(at('2026-03-08T06:59:00Z', 'fl', hours)).toBe('2026-03-08 02:30, in 0');
  expect(at('2026-03-08T07:00:00Z', 'fl', hours)).toBe('until 04:00');
  // 1:30 comes twice.
  const early = { ...hours, opens: '01:15' };
  expect(at('2026-11-01T05:30:00Z', 'fl', early)).toBe('until 04:00');
  expect(at('2026-11-01T06:30:00Z', 'fl', early)).toBe('until 04:00');
});

test('hours and days are those that an organizer lists', () => {
  const hours: Partial<OfficeHours> = { opens: '09:30', closes: '12:15', days: ['tuesday', 'saturday'] };
  expect(at('2026-11-24T14:29:00Z', 'fl', hours)).toBe('2026-11-24 09:30, in 0');
  expect(at('2026-11-24T14:30:00Z', 'fl', hours)).toBe('until 12:15');
  expect(at('2026-11-24T17:15:00Z', 'fl', hours)).toBe('2026-11-28 09:30, in 4');
  expect(at('2026-11-28T15:00:00Z', 'fl', hours)).toBe('until 12:15');
  expect(at('2026-11-28T18:00:00Z', 'fl', { ...hours, days: ['saturday'] })).toBe('2026-12-05 09:30, in 7');
});

test('every hour of two years is open from eight to five of a workday, or opens at eight on the next one, in every zone', () => {
  const start = Date.parse('2026-01-01T00:00:00Z');
  for (const state of ['fl', 'hi', 'pr', 'ak', 'az']) {
    const words = new Intl.DateTimeFormat('en-US', {
      timeZone: stateFacts(state).time_zone,
      weekday: 'short',
      hour: 'numeric',
      hourCycle: 'h23',
    });
    for (let hour = 0; hour < 2 * 365 * 24; hour += 1) {
      const moment = new Date(start + hour * 3_600_000);
      const parts = Object.fromEntries(words.formatToParts(moment).map(({ type, value }) => [type, value]));
      const isWorkday = !['Sat', 'Sun'].includes(parts.weekday!);
      const is_open = isWorkday && Number(parts.hour) >= 8 && Number(parts.hour) < 17;
      const told = officesAt(USUAL_HOURS, stateFacts(state).time_zone, moment);
      const opens = !told.is_open && new Date(told.day).getUTCDay();
      if (told.is_open !== is_open || opens === 0 || opens === 6 || (!told.is_open && told.days_ahead > 3))
        throw new Error(`${state} ${moment.toISOString()}: ${JSON.stringify(told)}`);
    }
  }
});

test('times, days and zones are told as people write them, in the language of the page', () => {
  const times = (language: string) =>
    ['00:00', '08:00', '12:30', '17:00'].map((time) => timeInWords(time, language));
  expect(times('en')).toEqual(['12 am', '8 am', '12:30 pm', '5 pm']);
  expect(times('es')).toEqual(['12 a.m.', '8 a.m.', '12:30 p.m.', '5 p.m.']);
  expect(weekdayInWords('2027-01-04', 'en')).toBe('Monday');
  expect(weekdayInWords('2027-01-04', 'en', true)).toBe('Monday, January 4');
  const now = new Date('2026-07-01T12:00:00Z');
  expect(zoneInWords('America/New_York', 'en', now)).toBe('Eastern time');
  expect(zoneInWords('America/Chicago', 'es', now)).toBe('hora central');
  // Juneau kept Pacific time once, and Detroit no summer time.
  expect(zoneInWords('America/Juneau', 'en', now)).toBe('Alaska time');
  expect(zoneInWords('America/Detroit', 'en', now)).toBe('Eastern time');
});

test('the zone is told in the states whose clocks differ', () => {
  const several = STATES.filter((state) => state.has_several_time_zones).map(({ state }) => state);
  expect(several.toSorted().join(' ')).toBe('ak az fl id in ks ky mi nd ne nv or sd tn tx');
});
