import { campaignTexts } from '../../server/campaigns/campaign-texts.ts';
import { dateWarnings } from '../../server/campaigns/date-warnings.ts';
import { lengthWarnings } from '../../server/campaigns/length-warnings.ts';
import { pageWarnings } from '../../server/campaigns/page-warnings.ts';
import { readingsOf } from '../../server/campaigns/reading-warnings.ts';
import { formatFault } from '../../server/errors.ts';
import { type MadeUpCampaign, madeUpCampaign } from '../fixtures/campaigns/made-up-campaign.ts';

const EASY = 'We ask them for clean water every day. '.repeat(6);
const HARD =
  'Comprehensive environmental legislation necessitates extraordinary administrative cooperation between municipalities. ';

/** How every text of a campaign reads whose files are these, page.md among them. */
function readings(files: Record<string, string>, special: MadeUpCampaign = {}) {
  const { 'en/page.md': page, ...messages } = files;
  const campaign = madeUpCampaign({ files: messages, ...special });
  const pages = page === undefined ? [] : [{ language: 'en', file: 'en/page.md', text: page }];
  return readingsOf(campaignTexts(campaign, pages), {
    sourceOf: (file) => files[file],
    placeOf: (path) => ({ file: `campaign.yaml ${path.join('.')}`, line: 1, column: 1 }),
  });
}

test('a hard text is told with its grade, where its longest sentence stands, and with what helps', () => {
  const email = `Subject: Water\n\nDear {{legislator.name}},\n\n${EASY}\n${HARD.repeat(6)}`;
  const [told, ...others] = readings({ 'en/email.hbs': email });
  expect(others).toEqual([]);
  expect(told).toMatchObject({ file: 'en/email.hbs', line: 6, column: 1, is_hard: true });
  expect(told!.message).toMatch(
    /^Reading grade \d\d(\.\d)? \(Flesch-Kincaid\); 8 or below is read with ease\. The longest sentence has 9 words: 'Comprehensive environmental legislation necessitates …'\. Make two or three of it,/,
  );
});

test('notes, links, headings and code of a page do not count', () => {
  const text = `# ${HARD}\n\n<!-- ${HARD} -->\n\n${EASY.replaceAll('water', `[water](https://example.org/${HARD.replaceAll(' ', '-')})`)}\n\n\`${HARD}\``;
  expect(readings({ 'en/page.md': text })).toEqual([expect.objectContaining({ value: 2.3, is_hard: false })]);
});

test('a message is graded by the hardest way in which it comes out', () => {
  const phone = `${EASY}{{#if position}}${HARD.repeat(6)}{{/if}}`;
  expect(readings({ 'en/phone.hbs': phone })).toEqual([expect.objectContaining({ is_hard: true })]);
});

test('a summary is told where campaign.yaml has it in that language', () => {
  const summary = { en: EASY, es: 'Pedimos agua limpia para todos. '.repeat(6) };
  expect(readings({}, { summary }).map(({ file, value }) => [file, value])).toEqual([
    ['campaign.yaml summary.en', 2.3],
    ['campaign.yaml summary.es', 64.8],
  ]);
});

const lengths = (files: Record<string, string>, special: MadeUpCampaign = {}) =>
  lengthWarnings(madeUpCampaign({ files, ...special })).map(formatFault);

test('a Subject is as long as it comes out with long names, not as it is written', () => {
  const of = (subject: string) => lengths({ 'en/email.hbs': `Subject: ${subject}\n\nPlease help.` });
  expect(of('a'.repeat(78))).toEqual([]);
  expect(of('{{#if position}}Thank you{{else}}Please help{{/if}} with clean water in our state')).toEqual([]);
  expect(of(`{{legislator.title}} {{legislator.name}}: ${'a'.repeat(39)}`)).toEqual([
    'en/email.hbs:1:1: With long names the Subject has 80 letters, and mail programs cut it off after 78. Put what matters first, and shorten it.',
  ]);
});

test('an e-mail that no mail link can carry is told, with how much to take out', () => {
  const of = (letters: number) =>
    lengths({ 'en/email.hbs': `Subject: Water\n\n${'word '.repeat(letters / 5)}` });
  expect(of(1000)).toEqual([]);
  const [told, ...others] = of(1500);
  expect(others).toEqual([]);
  expect(told).toMatch(
    /^en\/email\.hbs:3:1: With long names this e-mail has 1499 letters: too long for a link/,
  );
  const spare = Number(/by about (\d+) letters\.$/.exec(told!)![1]);
  expect(of(1500 - spare - 5)).toEqual([]);
  expect(of(1500 - spare + 30)).toHaveLength(1);
  expect(told).not.toContain('Web forms');
  expect(of(2100)[0]).toContain('Web forms of legislatures may refuse it too.');
});

test('a call script takes half a minute at most, and what a machine hears a minute', () => {
  const words = (count: number) => 'word '.repeat(count);
  expect(lengths({ 'en/phone.hbs': words(75), 'en/voicemail.hbs': words(100) })).toEqual([]);
  const [phone, voicemail] = lengths({ 'en/phone.hbs': words(90), 'en/voicemail.hbs': words(101) });
  expect(phone).toMatch(
    /^en\/phone\.hbs:1:1: This script has 90 words, which take about 36 seconds to say\. 75 fit/,
  );
  expect(voicemail).toMatch(
    /^en\/voicemail\.hbs:1:1: This has 101 words, and some machines stop before the end\./,
  );
});

const TODAY = '2026-11-20';
const dates = (special: MadeUpCampaign) =>
  dateWarnings(madeUpCampaign(special), TODAY).map(({ path, message }) => `${path.join('.')}: ${message}`);
const bill = (session_ends: string) => [
  { identifier: 'SB 1', session: '2026', chamber: 'upper' as const, roll_calls: [], session_ends },
];
const hours = (...holidays: string[]) => ({ ...madeUpCampaign().office_hours, holidays });

test('days that are to come or left out are no matter', () => {
  expect(dates({})).toEqual([]);
  expect(
    dates({
      dates: { starts: '2026-11-01', ends: TODAY },
      bills: bill(TODAY),
      office_hours: hours('2026-11-11', TODAY),
    }),
  ).toEqual([]);
});

test('a last day, a session and holidays that are past are told, with what helps', () => {
  expect(dates({ bills: bill('2026-03-13'), office_hours: hours('2026-07-03', '2026-11-11') })).toEqual([
    'bills.0.session_ends: The session of SB 1 is over (in the state it is 2026-11-20), so what legislators did on it is told as of the past. If the bill is filed again, name the new one.',
    'office_hours.holidays: Every holiday that is listed is past (in the state it is 2026-11-20). Add those to come, or supporters are sent to closed offices.',
  ]);
  expect(dates({ dates: { starts: '2026-12-01' }, bills: bill('2026-11-30') })).toEqual([
    'bills.0.session_ends: The session of SB 1 ends before the campaign starts, on 2026-12-01. Correct one of the two days, or name the bill of the session to come.',
  ]);
});

test('of a campaign that is over only that is told', () => {
  const over = {
    dates: { ends: '2026-11-19' },
    bills: bill('2026-03-13'),
    office_hours: hours('2026-07-03'),
  };
  expect(dates(over)).toEqual([
    'dates.ends: This day is past (in the state it is 2026-11-20): the campaign asks nothing any more. Give it a later day if it goes on.',
  ]);
});

test.each([
  ['See <https://example.org>.', undefined],
  ['Use `<b>` here, and 3 < 4 > 2.', undefined],
  ['#WaterForAll is our sign.', undefined],
  ['one\n\nHere <b>so</b> and <i>so</i>', '3:6 HTML does nothing here'],
  ['one ![a](https://example.org/a.png)', '1:5 Pictures are not shown'],
  ['[words] (https://example.org)', '1:1 This link can not be shown.'],
  ['###Why', '1:1 Put a space after ### to make this a heading.'],
])('of a page that reads %j is told: %s', (text, told) => {
  const places = pageWarnings('en/page.md', text).map(
    ({ line, column, message }) => `${line}:${column} ${message}`,
  );
  expect(places).toEqual(told === undefined ? [] : [expect.stringContaining(told)]);
});
