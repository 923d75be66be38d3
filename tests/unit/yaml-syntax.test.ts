import { readYaml } from '../../server/yaml/yaml-faults.ts';

/** The fault of a text as line:column: message. */
function faultOf(text: string, top_keys: string[] = []): string {
  const read = readYaml('campaign.yaml', text, { top_keys });
  if (!('fault' in read)) throw new Error('This text has no fault.');
  const { line, column, message } = read.fault;
  return `${line}:${column}: ${message}`;
}

const TAB = 'This line begins with a tab. Use spaces: two for each step inwards.';
const PLACE = 'This line begins at the wrong place. Give it as many spaces as the lines it belongs with.';

test.each([
  ['below a key', 'dates:\n\tstarts: 2026-11-01\n', `2:1: ${TAB}`],
  ['below a key that stands further in', 'a:\n  b: 1\n\tc: 2\n', `3:1: ${TAB}`],
  ['in an entry of a list', '- a: 1\n\tb: 2\n', `2:1: ${TAB}`],
  ['in an entry of a list, behind spaces', 'a:\n  - b: 1\n  \tc: 2\n', `3:3: ${TAB}`],
  ['within brackets', 'bills: [{identifier: SB 1,\n\tsession: "2026"}]\n', `2:1: ${TAB}`],
  ['behind a -', '-\ta: 1\n', '1:2: Here is a tab. Put a space in its place.'],
])('a tab %s is told as a tab', (_name, text, told) => {
  expect(faultOf(text)).toBe(told);
});

test.each([
  ['a key that follows a list', '- a\nb: 1\n', `2:1: ${PLACE}`],
  ['an entry before the column of the others', 'a:\n  - b\n - c\n', `3:2: ${PLACE}`],
  ['an entry with a key before the column of the others', 'a:\n  - b: 1\n - c: 2\n', `3:2: ${PLACE}`],
  ['an entry before the column of the first', ' - b\n- c\n', `2:1: ${PLACE}`],
])('%s is told as a line at the wrong place', (_name, text, told) => {
  expect(faultOf(text)).toBe(told);
});

test('text behind the end of another is told to be put between quotes', () => {
  expect(faultOf('title: "Clean" water\n')).toMatch(/^1:16: Here text goes on after its end\. Put the whole/);
});

test.each([
  ['title: "Every "kid" counts"\n', /^1:15: There is a quote within the quotes: .* Type single ones inside/],
  ['a:\n  en: "For every "kid""\n', /^2:18: There is a quote within the quotes/],
  ["title: 'Don't wait'\n", /^1:12: There is a quote within the quotes: .* Put double ones around the whole/],
])('a quote within the quotes of %j is told as one', (text, told) => {
  expect(faultOf(text)).toMatch(told);
});

const NO_COLON = 'A colon with a space after it is missing here. Write it like this:';

test.each([
  ['before a line with a key', 'status:live\n\ntitle: Water\n', `1:1: ${NO_COLON} status: live.`],
  ['below a line with a key', 'ask: support\ngoal:1000\n', `2:1: ${NO_COLON} goal: 1000.`],
  ['alone below a key', 'dates:\n  ends:2027-03-31 # the last\n', `2:3: ${NO_COLON} ends: 2027-03-31.`],
  ['in an entry of a list', 'bills:\n  - identifier:SB 1\n', `2:5: ${NO_COLON} identifier: SB 1.`],
])('a missing space behind a colon %s is told in its line', (_name, text, told) => {
  expect(faultOf(text)).toBe(told);
});

test('an address on a line of its own is no key', () => {
  expect(readYaml('campaign.yaml', 'url:\n  https://example.org\n')).toHaveProperty('yaml');
});

test.each([
  ['behind a list', 'partners:\n  - code: a\n    name: A\n\n next_steps:\n   - label: B\n', 5],
  ['at the start of the file', ' status: live\ntitle: Water\n', 1],
  ['behind a text', 'title: Water\n status: live\n', 2],
])('a key one space in %s is told in its line', (_name, text, line) => {
  const told = faultOf(text, ['status', 'title', 'partners', 'next_steps']);
  expect(told).toMatch(new RegExp(`^${line}:2: Begin this line at the left margin: `));
});

test('a file of as many lines as are let in is read, with a line end after the last or without, and one more is too many', () => {
  const lines = (count: number) => Array.from({ length: count }, () => '# a').join('\n');
  expect(readYaml('campaign.yaml', lines(5000))).toHaveProperty('yaml');
  expect(readYaml('campaign.yaml', `${lines(5000)}\n`)).toHaveProperty('yaml');
  const told = '5001:1: This file is too long: 5000 lines are the most. Shorten it.';
  expect(faultOf(lines(5001))).toBe(told);
  expect(faultOf(`${lines(5001)}\n`)).toBe(told);
  expect(faultOf(`${lines(5000)}\n\n`)).toBe(told);
});
