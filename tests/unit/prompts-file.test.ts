import { promptsIn, readPrompts } from '../../server/campaigns/prompts-file.ts';

const faultsOf = (source: string) =>
  readPrompts('en/prompts.md', source).faults.map(
    ({ file, line, column, message }) => `${file}:${line}:${column}: ${message}`,
  );
const PLEASE =
  'Only a list of questions stands here. Begin each with a - and a space, at the start of its line.';

test('the questions of a list are read as plain words, whatever mark they begin with', () => {
  expect(readPrompts('', '- Why **now**?\n- How would\n  it touch you?\n').prompts).toEqual([
    'Why now?',
    'How would it touch you?',
  ]);
  expect(readPrompts('', '1. Why?\n\n2. [How](https://example.org)?\n').prompts).toEqual(['Why?', 'How?']);
  expect(readPrompts('', '<!-- needs review -->\n\n* Why?\n').prompts).toEqual(['Why?']);
});

test.each<[source: string, faults: string[]]>([
  ['', ['1:1: This file is empty. Write one to five questions, each after a - and a space.']],
  ['<!-- later -->\n', ['1:1: This file is empty. Write one to five questions, each after a - and a space.']],
  ['Why now?\n', [`1:1: ${PLEASE}`]],
  ['<!--\nnote\n-->\n# Think\n\n- Why?\n', [`4:1: ${PLEASE}`]],
  ['- Why?\n\nThank you.\n', [`3:1: ${PLEASE}`]],
  ['- Why?\n  - How?\n', [`2:5: ${PLEASE}`]],
  ['- Why?\n-\n- How?\n', ['2:1: This question is empty. Write it after the - and a space.']],
  [
    `- Why?\n- ${'x'.repeat(141)}\n`,
    ['2:3: This question has 141 letters. Keep each to 140, so that it is read.'],
  ],
  [
    '- a\n- b\n- c\n- d\n- e\n- f\n- g\n',
    ['6:3: This is the 6th question. Keep to 5, so that they are read.'],
  ],
  [
    '- Why, {{legislator.name}}?\n',
    ['1:8: Names in braces are for messages. These questions are the same for all: write the words.'],
  ],
])('%j has the faults %j', (source, faults) => {
  expect(faultsOf(source)).toEqual(faults.map((fault) => `en/prompts.md:${fault}`));
});

test('a page shows the prompts of its language, else those of the first, else none', () => {
  const languages = ['en', 'es'];
  const prompts = { en: ['Why?'], es: ['¿Por qué?'] };
  expect(promptsIn({ languages, prompts }, 'es')).toEqual({ language: 'es', questions: ['¿Por qué?'] });
  expect(promptsIn({ languages, prompts: { en: ['Why?'] } }, 'es')?.language).toBe('en');
  expect(promptsIn({ languages, prompts: { es: ['¿Por qué?'] } }, 'en')).toBeUndefined();
});
