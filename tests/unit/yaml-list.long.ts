import { readYamlList } from '../../server/yaml/yaml-list.ts';

const whole = (id: string) => `- id: ${id}
  part:
    name: Ada
    offices:
    - voice: 1
      fax: 2
    links:
      - url: 3
`;
const further = (text: string, spaces: number) => text.replaceAll(/^(?=.)/gm, ' '.repeat(spaces));

/** What people leave between entries, and entries that are broken. */
const SLIPS = [
  'Left in November\n',
  'Left: in November\n   - two of them\n',
  '---\n',
  '---\n  part: x\n',
  '...\n',
  '-----\n',
  '%YAML 1.2\n',
  '# A note\n',
  '   # A note\n',
  '\n\n',
  '-\n',
  '-id\n',
  '* id: 1\n',
  '\u2013 id: 1\n',
  '& b\n',
  '? b\n',
  '}\n',
  '"b\n',
  '- id: "open\n  part: x\n',
  '- id: "open\n  part: x\nb"\n',
  '- id: [open\n  part: x\n',
  '- {id: open\n',
  '- id: 1\n part: x\n',
  '- id: 1\n\tpart: x\n',
  '\t- id: 1\n\t  part: x\n',
  '- id: 1\n  part: |\n    - text\n   b\n',
  '-id: [open\n  part: x\n',
];

test.each(SLIPS)('whatever stands around whole entries, as %j, they hold, in whatever column', (slip) => {
  for (const [first, second] of [0, 1, 2].flatMap((one) => [0, 1, 2].map((two) => [one, two] as const)))
    for (const more of ['', ...SLIPS]) {
      const text = `${more}${further(whole('a'), first)}${slip}${more}${further(whole('b'), second)}${slip}`;
      const { entries, faults, hints } = readYamlList('list.yaml', text, 'entries');
      const ids = entries.flatMap(({ value }) => {
        const [entry] = value as { id?: string; part?: object }[];
        return typeof entry?.part === 'object' ? entry.id : [];
      });
      expect([text, ids]).toEqual([text, ['a', 'b']]);
      const lines = text.split('\n').length;
      for (const { line, column } of [...faults, ...hints])
        expect(line >= 1 && line <= lines && column >= 1).toBe(true);
    }
});

test('entries are told where they stand in the file, whatever stands before them', () => {
  const { entries } = readYamlList(
    'list.yaml',
    `# A note\n${whole('a')}Left\n -id: b\n   part: x\n`,
    'entries',
  );
  expect(entries.map(({ positionOf }) => positionOf([0, 'id']))).toEqual([
    { line: 2, column: 7 },
    { line: 11, column: 7 },
  ]);
  const second = readYamlList('list.yaml', `${whole('a')} -id: b\n   part: x\n`, 'entries').entries[1]!;
  expect([second.keyPositionOf([0, 'id']), second.positionOf([0, 'id'])]).toEqual([
    { line: 9, column: 3 },
    { line: 9, column: 7 },
  ]);
  expect(second.positionOf([0, 'part'])).toEqual({ line: 10, column: 10 });
});
