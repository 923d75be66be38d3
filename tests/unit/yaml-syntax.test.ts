import { readYaml } from '../../server/yaml/yaml-faults.ts';

/** The fault of a text as line:column: message. */
function faultOf(text: string): string {
  const read = readYaml('campaign.yaml', text);
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
