import { hiddenWords } from '../../server/campaigns/hidden-words.ts';
import { newFiles } from '../../server/campaigns/new-files.ts';
import { stateFacts } from '../../server/legislators/states.ts';

/** What is told of a file as line:column message. */
const told = (file: string, source: string) =>
  hiddenWords(file, source).map(({ line, column, message }) => `${line}:${column} ${message}`);

test.each([
  ['en/phone.hbs', 'Hello.\n{{! why: It would save lives.\n\nI ask {{legislator.name}} to help.', 2, 4, '}}'],
  ['en/phone.hbs', 'Hello.\n{{! why: {{legislator.name}} knows.', 2, 2, '}}'],
  ['en/phone.hbs', '{{!-- one\nHello.\n{{!-- two --}}\nBye.', 1, 3, '--}}'],
  ['en/page.md', 'Water\n\n<!-- one\nWater is life.\n<!-- two -->\n', 3, 5, '-->'],
])('a note of %s that reads %j hides what follows, and is told', (file, source, line, last, ends) => {
  const message = `This note goes on to line ${last}, and hides what stands between. End it with ${ends} where the note ends.`;
  expect(told(file, source)).toEqual([`${line}:1 ${message}`]);
});

test.each([
  ['en/phone.hbs', 'Hello.\n{{! It would put seat belts on every bus. }}', 'take {{! and }} away'],
  ['en/phone.hbs', 'Hello.\n{{!-- It would put seat belts on every bus. --}}', 'take {{!-- and --}} away'],
  ['en/page.md', '# Why\n\n<!-- It would put seat belts on every bus. -->', 'take <!-- and --> away'],
])('a sentence in a note amid %s is told: nobody sees it', (file, source, how) => {
  expect(told(file, source)).toEqual([expect.stringContaining('Nobody sees these words')]);
  expect(told(file, source)[0]).toContain(how);
});

test.each([
  [
    'en/phone.hbs',
    '{{!-- All that stands above the text is a note, {{legislator.name}} or not. --}}\nHello.',
  ],
  ['en/phone.hbs', '{{! needs review }}\n{{! Ada wrote this one after the meeting in May. }}\nHello.'],
  ['en/phone.hbs', 'Hello.\n{{! Note: Ada wrote this one after the meeting in May. }}'],
  ['en/phone.hbs', 'Hello.\n{{! WRITE HERE: Why do you ask for this? One short sentence. }}'],
  ['en/phone.hbs', 'Hello.\n{{! shorter than that }}'],
  ['es/page.md', 'Agua.\n\n<!-- Nota: Ada escribió esto después de la reunión de mayo. -->'],
])('a note of %s that reads %j is left alone', (file, source) => {
  expect(told(file, source)).toEqual([]);
});

test('of a new campaign no note is told', () => {
  const { state, jurisdiction_id, name } = stateFacts('ne');
  const files = newFiles({
    slug: 'water',
    state: { state, jurisdiction_id, name, chambers: ['legislature'] },
    bills: [{ identifier: 'LB 12', session: '2027', chamber: 'legislature' }],
    companions: [],
    ask: 'support',
    title: {},
    summary: {},
    languages: ['en', 'es', 'ht', 'fr'],
    message_languages: ['en'],
    goal: 100,
    dates: {},
    partners: [],
  } as unknown as Parameters<typeof newFiles>[0]);
  const texts = [...files].filter(([file]) => /\.(hbs|md)$/.test(file));
  expect(texts.length).toBeGreaterThan(10);
  expect(texts.flatMap(([file, text]) => told(file, text))).toEqual([]);
});
