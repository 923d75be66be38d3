import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type FileFault, formatFault } from '../../server/errors.ts';
import { correctionSchema } from '../../server/legislators/correction-schema.ts';
import { CORRECTIONS_FILE, readCorrections } from '../../server/legislators/corrections-file.ts';
import { knownKeysOf } from '../../server/yaml/known-keys.ts';
import { folderOf } from '../fixtures/people/folder.ts';

/** What is read of a file, its faults as line:column: message. */
async function read(text: string) {
  const folder = folderOf({ [CORRECTIONS_FILE]: text });
  const { corrections, faults, hints, is_unreadable } = await readCorrections(folder);
  const inShort = (list: FileFault[]) =>
    list.map((fault) => formatFault(fault).slice(`${folder}/${CORRECTIONS_FILE}:`.length));
  return { corrections, told: inShort(faults), hints: inShort(hints), is_unreadable };
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
  const none = { corrections: [], faults: [], hints: [], is_unreadable: false };
  expect(await readCorrections(folderOf({}))).toEqual(none);
  for (const text of ['', '\n', '# - state: fl\n#   date: 2026-11-20\n', '---\n'])
    expect(await read(text)).toEqual({ corrections: [], told: [], hints: [], is_unreadable: false });
});

test('the example beside the campaigns holds nothing as it comes, and good entries once the # alone is taken away, as it says', async () => {
  const text = readFileSync(`campaigns/${CORRECTIONS_FILE}`, 'utf8');
  expect(await read(text)).toMatchObject({ corrections: [], told: [], hints: [] });
  expect(text).toContain('take the # away from each line of an example, and nothing else');
  const [notes, ...examples] = text.split('\n\n');
  const { corrections, told, hints } = await read(
    [notes, ...examples.map((one) => one.replaceAll(/^#/gm, ''))].join('\n\n'),
  );
  expect([told, hints]).toEqual([[], []]);
  // One alone, the others left as they are.
  for (const [index, example] of examples.entries())
    expect(await read(text.replace(example, example.replaceAll(/^#/gm, '')))).toMatchObject({
      corrections: [corrections[index]!.note].map((note) => ({ note })),
      told: [],
      hints: [],
    });
  expect(corrections.map((one) => Object.keys(one).filter((key) => /_|change/.test(key)))).toEqual([
    ['change'],
    ['left_office'],
    ['new_member'],
  ]);
});

test('the example in campaigns/MORE.md has no fault, and every key is named there', async () => {
  const [, text] = readFileSync('campaigns/MORE.md', 'utf8').split('\n## Corrections of legislators\n');
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
  ['a line behind a list', '  note:\n    - So\n    it: is', '5:1: This line begins at the wrong place.'],
  ['text behind a quote', '  note: "So" they say', '3:14: Here text goes on after its end.'],
])('%s in one entry leaves the others as they are', async (_name, line, message) => {
  const broken = `- state: fl\n  date: 2026-11-20\n${line}\n  left_office: ocd-person/3\n`;
  const { corrections, told } = await read(`${broken}${GOOD}${LEFT}`);
  const next = broken.split('\n').length;
  expect(corrections.map(({ place }) => place.line)).toEqual([next, next + 7]);
  expect(told).toEqual([expect.stringContaining(message)]);
});

const in1 = (text: string, by = ' ') => text.replaceAll(/^(?=.)/gm, by);

test.each([
  ['the first entry one space in', `${in1(GOOD)}${LEFT}`, ['1:2: This entry begins 1 space further in']],
  ['the second entry one space in', `${GOOD}${in1(LEFT)}`, ['8:2: This entry begins 1 space further in']],
  [
    'the second entry as far in as the keys of the first',
    `${GOOD}${in1(LEFT, '  ')}`,
    ['8:3: This entry begins 2 spaces further in than others. Take 2 spaces away from the start'],
  ],
  ['the second entry deep in the first', `${GOOD}${in1(LEFT, '    ')}`, ['8:5: This entry begins 4 spaces']],
  ['all entries one space in', in1(`${GOOD}${LEFT}`), []],
  [
    'no space after a -',
    `${GOOD}${LEFT.replace('- ', '-')}`,
    ['8:1: After this - a space is missing. Put it in: - state:'],
  ],
  [
    'no space after the first -, which stands further in',
    `${in1(GOOD).replace('- ', '-')}${LEFT}`,
    ['1:2: This entry begins 1 space', '1:2: After this - a space is missing.'],
  ],
  ['a line of --- between', `${GOOD}---\n${LEFT}`, []],
])('both entries hold with %s, which is told as a hint where it is a slip', async (_name, text, slips) => {
  const { corrections, told, hints } = await read(text);
  expect(corrections.map(({ change, left_office }) => change?.voice ?? left_office)).toEqual([
    '850-555-0101',
    'ocd-person/2',
  ]);
  expect(told).toEqual([]);
  expect(hints).toEqual(slips.map((slip) => expect.stringContaining(slip)));
});

test('the lists within an entry do not begin others, however far in they stand', async () => {
  const flush = NEW.replaceAll(/^ {2}(?= {4}(- c| {2}v|- u))/gm, '');
  expect(flush).toContain('\n    - classification: capitol\n      voice');
  for (const text of [flush, in1(flush), in1(NEW, '    ')]) {
    const { corrections, told, hints } = await read(`${text}${in1(GOOD)}`);
    expect([corrections.length, told]).toEqual([2, []]);
    expect(corrections[0]!.new_member).toMatchObject({ offices: [{ voice: '8505550102' }], links: [{}] });
    expect(hints.length).toBe(text === in1(flush) ? 0 : 1);
  }
});

test('a fault in an entry without a space after its - is told where it stands in the file', async () => {
  const { told } = await read(LEFT.replace('- state: ga', '-state: zz').replace('  date', '  datum'));
  expect(told).toEqual([
    expect.stringMatching(/^1:9: 'state' must/),
    expect.stringMatching(/^2:3: There is no key 'datum' here/),
  ]);
});

test.each([
  ['a line of prose', 'Left in November, they say', '8:1'],
  ['a line of prose with a colon', 'left in November:', '8:1'],
  ['prose of several lines, with a list in it', 'Left:\n     - two of them\nAnd so on', '8:1'],
  ['a key at the margin', 'source: https://example.org/news', '8:1'],
  ['a line with a dash from a word processor', '\u2013 state: fl', '8:1'],
  ['a drawn line', '------', '8:1'],
  ['something behind a line of ---', '---\n  Left', '9:3'],
])('%s between two entries is told, and both hold', async (_name, line, place) => {
  const { corrections, told } = await read(`${GOOD}${line}\n${LEFT}`);
  expect(corrections.map((one) => one.place.line)).toEqual([1, 8 + line.split('\n').length]);
  expect(told).toEqual([
    expect.stringMatching(
      new RegExp(
        `^${place}: This line belongs to none of the corrections: each begins with a - and a space\\.`,
      ),
    ),
  ]);
});

test.each([
  ['  date: 2026-11-18', '\tdate: 2026-11-18', '9:1: This line begins with a tab. Use spaces'],
  ['  left_office', '\tleft_office', '12:1: This line begins with a tab. Use spaces'],
  ['  left_office', '  \tleft_office', '12:3: This line begins with a tab. Use spaces'],
  ['- state', '\t- state', '8:1: This line begins with a tab. Use spaces'],
  ['- state', '-\tstate', '8:2: Here is a tab. Put a space in its place.'],
])('of a tab in place of %j the tab is told, and the entries around it hold', async (space, tab, message) => {
  const { corrections, told, hints } = await read(`${GOOD}${LEFT.replace(space, tab)}${NEW}`);
  expect(corrections.map(({ place }) => place.line)).toEqual([1, 13]);
  expect([told, hints]).toEqual([[expect.stringContaining(message)], []]);
});

test('a new member whom nobody can reach, and a name that is not written as it is spoken, are hints; the entry holds', async () => {
  const bare = NEW.replace(/ {4}offices[\s\S]*/, '');
  const REACH = /^7:11: Nobody can reach this new member: add email, an office with voice, or links/;
  const only = (line: string) => `${bare}    ${line}\n`;
  expect((await read(bare)).hints).toEqual([expect.stringMatching(REACH)]);
  const post = 'offices: [{classification: capitol, address: 1 Example Street}]';
  expect((await read(only(post))).hints).toEqual([expect.stringMatching(REACH)]);
  for (const way of [
    'email: ada@example.org',
    'links: [{url: "https://example.org"}]',
    'offices: [{classification: district, voice: 850-555-0101}]',
  ])
    expect((await read(only(way))).hints).toEqual([]);
  const named = async (name: string) => (await read(NEW.replace('Ada Sample', name))).hints;
  for (const title of ['Rep. Ada Sample', 'Senator Ada Sample', 'Assemblywoman Ada Sample'])
    expect(await named(title)).toEqual([expect.stringMatching(/^7:11: 'name' begins with a title/)]);
  expect(await named('Sample, Ada')).toEqual([expect.stringMatching(/^7:11: 'name' has a comma in it/)]);
  for (const name of ['Ada Sample, Jr.', 'Ada Sample, III', 'Sen Sample', 'Repunzel Sample', 'Del Sample'])
    expect(await named(name)).toEqual([]);
  expect((await read(bare)).corrections.length).toBe(1);
});

test('ids in capital letters are those of OpenStates, and two entries about one are told', async () => {
  const { corrections, told } = await read(`${LEFT}${LEFT.replace('ocd-person/2', 'OCD-Person/AB')}`);
  expect([corrections.map((one) => one.left_office), told]).toEqual([['ocd-person/2', 'ocd-person/ab'], []]);
  const twins = await read(`${LEFT.replace('/2', '/ab')}${LEFT.replace('/2', '/AB')}`);
  expect(twins.told).toEqual([expect.stringMatching(/^6:3: This says once more/)]);
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
  [`${GOOD}    was: (850) 555-0101\n`, "8:10: 'was' is the wrong number; here it is the same as voice."],
  [`${GOOD}    was: none\n`, "8:10: 'was' must be a telephone number"],
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
