import { readFlyer } from '../../server/campaigns/flyer-text.ts';

const read = (source: string) => readFlyer('en/flyer.md', 'en', source);
const faultsOf = (source: string) =>
  read(source).faults.map(({ line, column, message }) => `${line}:${column} ${message}`);

test('a heading is the ask; paragraphs and items of lists are what to say', () => {
  const { flyer, faults } = read(
    '<!-- needs review -->\n<!-- A note,\nand more. -->\n\n# Ask for\nclean water\n\nHello, neighbour\nof mine.\n\n- One.\n- Two.\n\n1. Three.\n',
  );
  expect(faults).toEqual([]);
  // The heading ends with its line, as everywhere in Markdown.
  expect(flyer).toEqual({
    language: 'en',
    file: 'en/flyer.md',
    ask: 'Ask for',
    say: [
      { text: 'clean water', is_item: false },
      { text: 'Hello, neighbour of mine.', is_item: false },
      { text: 'One.', is_item: true },
      { text: 'Two.', is_item: true },
      { text: 'Three.', is_item: true },
    ],
  });
});

test('a flyer of its heading alone is whole', () => {
  expect(read('# Ask').flyer).toMatchObject({ ask: 'Ask', say: [] });
});

test.each([
  ['', '1:1 This flyer is empty.'],
  ['<!-- needs review -->\n', '1:1 This flyer is empty.'],
  ['Ask for water', '1:1 A flyer begins with what it asks'],
  ['\n\n## Ask', '3:1 A flyer begins with what it asks'],
  ['# ', '1:1 The heading is empty.'],
  ['<!--\nnote\n-->\n# Ask\n\n**Hello**', '6:1 A flyer prints'],
  ['# Ask\n\n# Again', '3:1 A flyer has one heading'],
  ['# Ask\n\nHello, **you**.', '3:8 A flyer prints a heading, paragraphs and lists'],
  ['# Ask\n\n![x](y.png)', '3:1 A flyer prints'],
  ['# Ask\n\n<b>Hello</b>', '3:1 A flyer prints'],
  ['# Ask\n\n> Hello', '3:1 A flyer prints'],
  ['# Ask\n\nDear {{legislator.name}}', '3:6 Names in braces are for messages.'],
])('%j is told where it is wrong', (source, message) => {
  const [first] = faultsOf(source);
  expect(first).toContain(message);
  expect(read(source).flyer).toBeUndefined();
});
