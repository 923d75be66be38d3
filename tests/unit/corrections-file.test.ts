import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { formatFault } from '../../server/errors.ts';
import { correctionSchema } from '../../server/legislators/correction-schema.ts';
import { CORRECTIONS_FILE, readCorrections } from '../../server/legislators/corrections-file.ts';
import { knownKeysOf } from '../../server/yaml/known-keys.ts';
import { folderOf } from '../fixtures/people/folder.ts';

/** What is read of a file, its faults as line:column: message. */
async function read(text: string) {
  const folder = folderOf({ [CORRECTIONS_FILE]: text });
  const { corrections, faults, is_unreadable } = await readCorrections(folder);
  const told = faults.map((fault) => formatFault(fault).slice(`${folder}/${CORRECTIONS_FILE}:`.length));
  return { corrections, told, is_unreadable };
}

const GOOD = `- state: fl
  date: 2026-11-20
  note: "Read out on the phone: by the office itself."
  change:
    person_id: ocd-person/1
    office: capitol
    voice: 850-555-0101
`;
const LEFT = `- state: ga
  date: 2026-11-18
  note: Resigned.
  source: https://example.org/release
  left_office: ocd-person/2
`;
const NEW = `- state: fl
  date: 2026-11-17
  note: Sworn in.
  new_member:
    chamber: lower
    district: 13
    name: Ada Sample
    offices:
      - classification: capitol
        voice: 8505550102
    links:
      - url: https://example.org/ada
`;

test('each kind of entry is read, with the place where it stands', async () => {
  const { corrections, told } = await read(`# A note.\n${GOOD}\n${LEFT}# Another.\n${NEW}`);
  expect(told).toEqual([]);
  expect(corrections).toEqual([
    expect.objectContaining({
      state: 'fl',
      date: '2026-11-20',
      change: { person_id: 'ocd-person/1', office: 'capitol', voice: '850-555-0101' },
      place: expect.objectContaining({ line: 2, column: 3 }),
    }),
    expect.objectContaining({ source: 'https://example.org/release', left_office: 'ocd-person/2' }),
    expect.objectContaining({
      new_member: {
        chamber: 'lower',
        district: '13',
        name: 'Ada Sample',
        offices: [{ classification: 'capitol', voice: '8505550102' }],
        links: [{ url: 'https://example.org/ada' }],
      },
    }),
  ]);
});

test('no file, an empty one, and one of notes alone hold no corrections and no faults', async () => {
  const none = { corrections: [], faults: [], is_unreadable: false };
  expect(await readCorrections(folderOf({}))).toEqual(none);
  for (const text of ['', '\n', '# - state: fl\n#   date: 2026-11-20\n', '---\n'])
    expect(await read(text)).toEqual({ corrections: [], told: [], is_unreadable: false });
});

test('the example beside the campaigns holds nothing as it comes, and three good entries once its signs are taken away', async () => {
  const text = readFileSync(`campaigns/${CORRECTIONS_FILE}`, 'utf8');
  expect(await read(text)).toMatchObject({ corrections: [], told: [] });
  const [, ...example] = text.split('\n#\n');
  const { corrections, told } = await read(example.join('\n\n').replaceAll(/^# ?/gm, ''));
  expect(told).toEqual([]);
  expect(corrections.map((one) => Object.keys(one).filter((key) => /_|change/.test(key)))).toEqual([
    ['change'],
    ['left_office'],
    ['new_member'],
  ]);
});

test('the example in the README has no fault, and the README names every key', async () => {
  const [, text] = readFileSync('campaigns/README.md', 'utf8').split('\n## Corrections of legislators\n');
  const [section] = text!.split('\n## ');
  const { corrections, told } = await read(/```yaml\n([\s\S]*?)```/.exec(section!)![1]!);
  expect([corrections.length, told]).toEqual([3, []]);
  for (const path of [[], ['change'], ['new_member']])
    for (const key of knownKeysOf(correctionSchema, path))
      expect(section).toMatch(new RegExp(`\\b${key}\\b`));
});

test.each([
  ['an unclosed quote', '  note: "Resigned.', '3:9: This quote is never closed.'],
  ['a second colon', '  note: Resigned: so they say', '3:9: There is a second colon'],
  ['a line that stands out', ' note: Resigned.', '3:1: This line begins at the wrong place.'],
])('%s in one entry leaves the others as they are', async (_name, line, message) => {
  const broken = `- state: fl\n  date: 2026-11-20\n${line}\n  left_office: ocd-person/3\n`;
  const { corrections, told } = await read(`${broken}${GOOD}${LEFT}`);
  expect(corrections.map(({ place }) => place.line)).toEqual([5, 12]);
  expect(told).toEqual([expect.stringContaining(message)]);
});

test.each([
  ['- state: fl\n  note: Resigned.\n', "1:3: 'date' is missing. Add it: it must be a day of the calendar"],
  [LEFT.replace('ga', 'zz'), "1:10: 'state' must be the postal code of a state"],
  [LEFT.replace('ga', 'GA'), "1:10: 'state' must be the postal code of a state in small letters"],
  [LEFT.replace('2026-11-18', '18 Nov'), "2:9: 'date' must be a day of the calendar, written YYYY-MM-DD"],
  [LEFT.replace('2026-11-18', '2026-11-31'), "2:9: 'date' must be a day of the calendar"],
  [LEFT.replace(/ {2}note.*\n/, ''), "1:3: 'note' is missing. Add it"],
  [LEFT.replace('Resigned.', ''), "3:3: 'note' has no value"],
  [LEFT.replace('https://example.org/release', 'the news'), "4:11: 'source' must be a web address"],
  [LEFT.replace('https:', 'javascript:'), "4:11: 'source' must be a web address"],
  [LEFT.replace('ocd-person/2', 'Jane'), "5:16: 'left_office' must be the OpenStates id of a legislator"],
  [
    LEFT.replace('left_office', 'left_ofice'),
    "5:3: There is no key 'left_ofice' here. Did you mean 'left_office'?",
  ],
  [
    LEFT.replace(/ {2}left.*\n/, ''),
    '1:3: This entry must have state, date and note, and one of change, left_office',
  ],
  [`${GOOD}  left_office: ocd-person/1\n`, "5:5: 'change' stands beside left_office: make two entries"],
  [GOOD.replace('850-555-0101', '555-0101'), "7:12: 'voice' must be a telephone number that can be dialed"],
  [GOOD.replace('850-555-0101', '850-055-01012'), "7:12: 'voice' must be a telephone number"],
  [GOOD.replace(/ {4}office.*\n/, ''), "5:5: 'office' is missing. Add it: it must be capitol or district."],
  [GOOD.replace('capitol', 'home'), "6:13: 'office' must be capitol or district."],
  [
    GOOD.replace(/ {4}voice.*\n/, ''),
    "5:5: 'voice' is missing. Add it: it is the new telephone number; or add email.",
  ],
  [`${GOOD}    email: a@example.org\n`, "8:12: 'email' stands beside voice: make two entries of them."],
  [GOOD.replace(/voice.*/, 'email: a at example.org'), "7:12: 'email' must be an e-mail address"],
  [NEW.replace('lower', 'legislature'), "5:14: 'chamber' names legislature, which this state does not have"],
  [NEW.replace('name: Ada', 'nmae: Ada'), "7:5: There is no key 'nmae' here. Did you mean 'name'?"],
  [
    NEW.replace(/ {8}voice.*\n/, ''),
    "9:9: 'voice' is missing. Add it: it is the telephone number of the office",
  ],
  ['- just words\n', '1:3: This entry must have state, date and note'],
  ['-\n', '1:1: This entry has no value'],
])('%j is told where it is wrong, and how it is mended; the next entry stands', async (entry, message) => {
  const { corrections, told } = await read(`${entry}${NEW.replaceAll('Ada', 'Bea')}`);
  expect(told).toEqual([expect.stringContaining(message)]);
  expect(told[0]).toMatch(/[.?"]$/);
  expect(corrections.map(({ new_member }) => new_member?.name)).toEqual(['Bea Sample']);
});

test('what stands outside of the list is told, and its entries hold', async () => {
  const indented = GOOD.replaceAll(/^/gm, '  ').trimEnd();
  const { corrections, told } = await read(`corrections:\n${indented}\n`);
  expect(told).toEqual([
    expect.stringMatching(/^1:1: This file must be a list of corrections: each begins with/),
  ]);
  expect(corrections.length).toBe(1);
  expect((await read('state: fl\n')).told).toEqual([expect.stringMatching(/^1:1: This file must be a list/)]);
});

test('of two entries about the same thing the first counts, and the second is told; another day or person is another thing', async () => {
  const again = GOOD.replace('0101', '0109');
  const twins = await read(`${GOOD}${again}${LEFT}${LEFT}${NEW}${NEW.replace('Ada', 'ADA')}`);
  expect(twins.corrections.map(({ place }) => place.line)).toEqual([1, 15, 25]);
  expect(twins.told).toEqual([
    expect.stringMatching(/^8:3: This says once more what the entry in line 1 is about\. That one counts/),
    expect.stringMatching(/^20:3: .* line 15 /),
    expect.stringMatching(/^37:3: .* line 25 /),
  ]);
  const others = await read(
    `${GOOD}${again.replace('11-20', '11-21')}${again.replace('person/1', 'person/9')}`,
  );
  expect([others.corrections.length, others.told]).toEqual([3, []]);
});

test('a file that can not be read is said to be so, and one with another name is found', async () => {
  const folder = folderOf({});
  mkdirSync(join(folder, CORRECTIONS_FILE));
  expect(await readCorrections(folder)).toMatchObject({
    corrections: [],
    faults: [{ message: expect.stringMatching(/^A file is expected here/) }],
    is_unreadable: true,
  });
  for (const name of ['legislators.overrides.yml', 'legislator.override.yaml', `${CORRECTIONS_FILE}.txt`]) {
    const other = folderOf({});
    writeFileSync(join(other, name), GOOD);
    const { faults } = await readCorrections(other);
    expect(faults.map(formatFault)).toEqual([
      `${other}/${name}:1:1: Rename this file to ${CORRECTIONS_FILE}, or it is not read (your system may hide its ending).`,
    ]);
  }
});
