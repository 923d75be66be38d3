import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { campaignJsonSchema } from '../../server/campaigns/campaign-schema.ts';
import { readCampaign, readCampaigns } from '../../server/campaigns/read-campaigns.ts';
import { STATES } from '../../server/legislators/states.ts';

const SETTINGS = `title: Clean water
summary: We ask for clean water in every home.
jurisdiction_id: ocd-jurisdiction/country:us/state:fl/government
bills:
  - identifier: SB 1
    session: 2026
    chamber: upper
ask: support
goal: 100
`;
const WHOLE: Record<string, string> = {
  'campaign.yaml': SETTINGS,
  'en/page.md': 'Clean water is for all.\n',
  'en/email.hbs':
    'Subject: Clean water\n\nDear {{legislator.name}},\n\nPlease support {{bill.identifier}}.\n',
  'en/phone.hbs': 'Hello. My name is {{supporter.name}}.\n',
};

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'statehouse-campaigns-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Writes a whole campaign with some files changed; null leaves one out. */
function write(changes: Record<string, string | Buffer | null> = {}, slug = 'clean-water'): string {
  for (const [name, content] of Object.entries({ ...WHOLE, ...changes })) {
    const path = join(folder, slug, name);
    mkdirSync(dirname(path), { recursive: true });
    if (content !== null) writeFileSync(path, content);
  }
  return join(folder, slug);
}

/** What is wrong with the campaign, as 'file:line:column message'. */
async function faults(slug = 'clean-water'): Promise<string[]> {
  const read = await readCampaign(folder, slug);
  expect(read.campaign === undefined).toBe(read.faults.length > 0);
  return read.faults.map(
    ({ file, line, column, message }) =>
      `${file.slice(join(folder, slug).length + 1)}:${line}:${column} ${message}`,
  );
}

test('a whole campaign is read with what its file leaves out filled in', async () => {
  write();
  const { campaign } = await readCampaign(folder, 'clean-water');
  expect(campaign).toMatchObject({
    slug: 'clean-water',
    state: 'fl',
    bills: [{ identifier: 'SB 1', session: '2026', chamber: 'upper' }],
    dates: {},
    targets: { chambers: ['upper', 'lower', 'legislature'] },
    office_hours: {
      opens: '08:00',
      closes: '17:00',
      days: ['monday', 'tuesday', 'wednesday', 'thursday', 'friday'],
      holidays: [],
    },
    email: { send: false },
    asks_reply: true,
    positions: [],
    partners: [],
    languages: ['en'],
    message_languages: ['en'],
    next_steps: [],
  });
  expect(campaign!.pages.en!.html).toBe('<p>Clean water is for all.</p>\n');
  expect(campaign!.templates.map(({ kind, wording, variant }) => [kind, wording, variant])).toEqual([
    ['email', 'plain', ''],
    ['phone', 'plain', ''],
  ]);
});

test('offices keep the hours that the file gives, and the usual ones where it gives none', async () => {
  const hoursOf = async (text: string) => {
    write({ 'campaign.yaml': `${SETTINGS}office_hours: ${text}\n` });
    return (await readCampaign(folder, 'clean-water')).campaign!.office_hours;
  };
  expect(await hoursOf('{opens: 9:30, closes: "13:00", days: [saturday], holidays: [2026-12-25]}')).toEqual({
    opens: '09:30',
    closes: '13:00',
    days: ['saturday'],
    holidays: ['2026-12-25'],
  });
  expect(await hoursOf('{holidays: [2026-12-25]}')).toEqual({
    ...(await hoursOf('{}')),
    holidays: ['2026-12-25'],
  });
});

test('a byte-order mark and line ends of Windows change neither the texts nor the places of faults', async () => {
  const windows = (text: string) => `\uFEFF${text.replaceAll('\n', '\r\n')}`;
  write(Object.fromEntries(Object.entries(WHOLE).map(([name, text]) => [name, windows(text)])));
  const { campaign } = await readCampaign(folder, 'clean-water');
  expect(campaign!.title).toEqual({ en: 'Clean water' });
  expect(campaign!.templates[0]).toMatchObject({
    subject: 'Clean water',
    text: 'Dear {{legislator.name}},\n\nPlease support {{bill.identifier}}.',
  });
  write({
    'campaign.yaml': windows(SETTINGS.replace('goal', 'gaol')),
  });
  expect(await faults()).toEqual([expect.stringMatching(/^campaign\.yaml:9:1 /)]);
  write({ 'en/phone.hbs': windows('Hello.\n{{oops}}') });
  expect(await faults()).toEqual([expect.stringMatching(/^en\/phone\.hbs:2:3 /)]);
});

// What an author may type into campaign.yaml, put in place of a line or after it.
test.each([
  ['title: Clean water', 'title: Clean water: now', '1:8', /second colon.* title: "Clean water: now"\.$/],
  [
    'goal: 100',
    'goal: 100\npartners:\n  - code: jira\n    name: Jax: rights for all # ours',
    '12:11',
    /second colon.* name: "Jax: rights for all"\.$/,
  ],
  ['title: Clean water', 'title: Say: "now"', '1:8', /between single quotes: title: 'Say: "now"'\.$/],
  ['title: Clean water', `title: Don't: "now"`, '1:8', /second colon.* title: "Clean water: now"\.$/],
  ['title: Clean water', 'title Clean water', '1:1', /colon with a space after it is missing/],
  ['title: Clean water', 'title: Clean water #now', '1:20', /follows # is left out here/],
  ['title: Clean water', 'title: “Clean water”', '1:8', /quotes are curly/],
  ['title: Clean water', 'title: “Clean water: now”', '1:8', /quotes are curly/],
  ['title: Clean water', 'title: @water', '1:8', /between double quotes/],
  ['title: Clean water', 'title: *water', '1:8', /\* is put between quotes/],
  ['title: Clean water', 'title: *water* now', '1:8', /\* is put between quotes/],
  ['title: Clean water', 'title: &water', '1:8', /& or \* is put between quotes/],
  ['title: Clean water', 'title: !water', '1:8', /! is put between quotes/],
  ['title: Clean water', 'title: "Clean" water', '1:16', /text goes on after its end/],
  ['title: Clean water', "title: 'Don't wait'", '1:12', /quote within the quotes/],
  ['title: Clean water', 'title: "a\\qb"', '1:10', /Write it twice/],
  ['title: Clean water', 'title:\n - Clean water', '2:2', /'title' must be a line of text/],
  ['title: Clean water', 'title: 2026', '1:8', /'title' must be a line of text; put it between quotes/],
  ['title: Clean water', 'title: #1 water', '1:1', /'title' has no value.* # is put between quotes/],
  ['title: Clean water', 'title: ""', '1:8', /'title' is empty/],
  ['title: Clean water', 'title: - Clean water', '1:8', /A list begins on a line of its own/],
  ['ask: support', ' ask: support', '8:2', /Begin this line at the left margin/],
  ['ask: support', 'ask: support\n---', '9:1', /Take that line out/],
  ['    chamber: upper', '    chamber: senate', '7:14', /'chamber' must be upper .the Senate., lower/],
  ['    chamber: upper', '    chamber: upper\n    url: www.example.org', '8:10', /begins with https/],
  ['    chamber: upper', '    chamber: upper\n    url: "javascript:alert(1)"', '8:10', /begins with https/],
  ['goal: 100', 'goal: 1,000', '9:7', /'goal' must be a whole number without quotes or commas/],
  ['goal: 100', 'goal: -5', '9:7', /'goal' must be at least 1/],
  ['goal: 100', 'goal: 1.5', '9:7', /'goal' must be a whole number/],
  ['goal: 100', 'goal: 100\nlanguages: [en, en]', '10:17', /'languages' has 'en' twice/],
  ['goal: 100', 'goal: 100\nlanguages: English', '10:12', /must be a list of language codes/],
  ['goal: 100', 'goal: 100\nlanguages: [../en]', '10:13', /must be a language code/],
  ['goal: 100', 'goal: 100\nlanguages: [en, es', '10:12', /This \[ is never closed/],
  ['goal: 100', 'goal: 100\ndates: 2026-11-30', '10:8', /'dates' must have starts, ends or both/],
  [
    'goal: 100',
    'goal: 100\ntargets: {chambers: [upper, legislature]}',
    '10:29',
    /names legislature, which this state does not have: the chambers are upper and lower/,
  ],
  ['goal: 100', 'goal: 100\noffice_hours:', '10:1', /'office_hours' has no value: .* opens, closes, days or/],
  [
    'goal: 100',
    'goal: 100\ntargets: {comittee: current}',
    '10:11',
    /no key 'comittee' here\. Did you mean 'committee'\? Known are: chambers, committee, stances, extra, fallback\./,
  ],
  ['goal: 100', 'goal: 100\ntargets: {committee: Rules}', '10:22', /'committee' must be current: those who/],
  [
    'goal: 100',
    'goal: 100\ntargets: {stances: [friend]}',
    '10:21',
    /'stances' must be one of: ally, opponent,/,
  ],
  [
    'goal: 100',
    'goal: 100\ntargets: {fallback: {person_id: ocd-person/1}}',
    '10:21',
    /'reason' is missing\. Add it: it must be a line of text/,
  ],
  [
    'goal: 100',
    'goal: 100\ntargets:\n  fallback: {person_id: ocd-person/1, reason: {es: Preside.}}',
    '11:47',
    /'reason' has no text in 'en', the first of the languages/,
  ],
  ['goal: 100', 'goal: 100\noffice_hours: 8-5', '10:15', /'office_hours' must have opens, closes, days or/],
  ['goal: 100', 'goal: 100\nasks_reply: no', '10:13', /'asks_reply' must be true or false/],
  [
    'goal: 100',
    'goal: 100\noffice_hours: {open: 8:00}',
    '10:16',
    /no key 'open' here\. Did you mean 'opens'/,
  ],
  [
    'goal: 100',
    'goal: 100\noffice_hours: {opens: 8 am}',
    '10:23',
    /'opens' must be a time of day from 00:00/,
  ],
  ['goal: 100', 'goal: 100\noffice_hours: {opens: 8}', '10:23', /'opens' must be a time of day from 00:00/],
  ['goal: 100', 'goal: 100\noffice_hours: {closes: 24:00}', '10:24', /'closes' must be a time of day/],
  [
    'goal: 100',
    'goal: 100\noffice_hours:\n  opens: 9:00\n  closes: 09:00',
    '12:11',
    /'closes' must come after 09:00, when the offices open\./,
  ],
  [
    'goal: 100',
    'goal: 100\noffice_hours: {opens: 18:00}',
    '10:15',
    /'closes' is missing\. Add it: it must come after 18:00/,
  ],
  ['goal: 100', 'goal: 100\noffice_hours: {days: []}', '10:22', /'days' is empty: name at least one day/],
  ['goal: 100', 'goal: 100\noffice_hours: {days: monday}', '10:22', /'days' must be a list of days in small/],
  ['goal: 100', 'goal: 100\noffice_hours: {days: [Mon]}', '10:23', /'days' must be one of: sunday, monday,/],
  [
    'goal: 100',
    'goal: 100\noffice_hours: {days: [friday, friday]}',
    '10:31',
    /'days' has 'friday' twice: keep one/,
  ],
  [
    'goal: 100',
    'goal: 100\noffice_hours:\n  holidays:\n    - 2026-12-25\n    - 2026-11-31',
    '13:7',
    /'holidays' must be days of the calendar, written YYYY-MM-DD, for example 2026-12-25/,
  ],
  [
    'goal: 100',
    'goal: 100\noffice_hours: {holidays: 2026-12-25}',
    '10:26',
    /'holidays' must be a list of days/,
  ],
  [
    'goal: 100',
    'goal: 100\noffice_hours: {holidays: [2026-12-25, 2026-12-25]}',
    '10:39',
    /'holidays' has '2026-12-25' twice/,
  ],
  ['state:fl', 'state:ne', '7:14', /names upper, .* legislature is the only chamber/],
  ['goal: 100', `goal: 100\npartners: [{code: ${'a'.repeat(51)}, name: A}]`, '10:19', /50 letters at most/],
  [
    'goal: 100',
    `goal: 100\npartners: [{code: a, name: ${'a'.repeat(101)}}]`,
    '10:28',
    /'name' must be 100 letters at most/,
  ],
  [
    'goal: 100',
    `goal: 100\nclosing: ${'a'.repeat(2001)}`,
    '10:10',
    /'closing' must be 2,000 letters at most/,
  ],
  [
    'goal: 100',
    `goal: 100\nclosing: {en: Thanks, es: ${'a'.repeat(2001)}}`,
    '10:27',
    /'es' must be 2,000 letters at most/,
  ],
  [
    'goal: 100',
    `goal: 100\nnext_steps: [{label: ${'a'.repeat(201)}, url: https://example.org}]`,
    '10:22',
    /'label' must be 200 letters at most/,
  ],
  [
    'goal: 100',
    `goal: 100\ntargets: {fallback: {person_id: ocd-person/1, reason: ${'a'.repeat(301)}}}`,
    '10:55',
    /'reason' must be 300 letters at most/,
  ],
  ['goal: 100', 'goal: 100\nbils: []', '10:1', /no key 'bils' here\. Known are/],
  ['goal: 100', 'goal: 100\n"constructor": 1', '10:1', /no key 'constructor'/],
  ['goal: 100', 'goal: 100\n__proto__: {ask: oppose}', '10:1', /no key '__proto__'/],
  ['goal: 100', 'goal: 100\n1: one', '10:1', /no key '1'/],
  ['goal: 100', 'goal: 100\n<<: {ask: oppose}', '10:1', /no key '<<'/],
  [
    'goal: 100',
    'goal: 100\npartners:\n - jira',
    '11:4',
    /must be a list of partners, each with code and name/,
  ],
])('in campaign.yaml %j written as %j is told at %s', async (line, changed, place, message) => {
  expect(SETTINGS).toContain(line);
  write({ 'campaign.yaml': SETTINGS.replace(line, changed) });
  const found = await faults();
  expect(found).toEqual([expect.stringMatching(new RegExp(`^campaign\\.yaml:${place} `))]);
  expect(found[0]).toMatch(message);
});

test.each([
  ['nothing', ''],
  ['a comment alone', '# later\n'],
  ['a word', 'hello'],
  ['a list', '- title: a\n'],
])('a campaign.yaml that holds %s is told to be a list of keys and values', async (_, text) => {
  write({ 'campaign.yaml': text });
  expect(await faults()).toEqual([
    expect.stringMatching(/^campaign\.yaml:1:1 This file must be a list of keys/),
  ]);
});

test('a few lines that grow to fill the memory are refused where they begin', async () => {
  const lines = ['a0: &a0 [x, x, x, x, x, x, x, x, x]'];
  for (let step = 1; step < 12; step += 1)
    lines.push(
      `a${step}: &a${step} [${Array(9)
        .fill(`*a${step - 1}`)
        .join(', ')}]`,
    );
  write({ 'campaign.yaml': lines.join('\n') });
  expect(await faults()).toEqual([expect.stringMatching(/^campaign\.yaml:1:5 .* between quotes/)]);
});

test.each([
  ['brackets', '['.repeat(90_000)],
  ['braces', '{a: '.repeat(20_000)],
  ['steps', Array.from({ length: 400 }, (_, step) => `${' '.repeat(step)}a:`).join('\n')],
])('%s in one another without end are a fault, not a crash', async (_, text) => {
  write({ 'campaign.yaml': text });
  expect((await faults()).length).toBeGreaterThan(0);
});

test.each(['campaign.yaml', 'en/page.md', 'en/email.hbs'])(
  '%s that is not text is told at the first sign that is none',
  async (name) => {
    write({ [name]: Buffer.from([0x50, 0x4b, 0x03, 0x04, 0x00, 0xff]) });
    expect(await faults()).toEqual([
      expect.stringContaining(`${name}:1:3 This sign is not text. Save the file`),
    ]);
    write({ [name]: Buffer.from('one\ntwo é', 'latin1') });
    expect(await faults()).toEqual([expect.stringContaining(`${name}:2:5 This sign is not text.`)]);
    write({ [name]: Buffer.from('\uFEFFtitle: a', 'utf16le') });
    expect(await faults()).toEqual([
      expect.stringContaining(`${name}:1:1 This file is saved in UTF-16. Save it anew`),
    ]);
  },
);

test.each(['campaign.yaml', 'en/page.md', 'en/phone.hbs'])(
  '%s that is huge is refused unread',
  async (name) => {
    write({ [name]: 'a'.repeat(5_000_000) });
    expect(await faults()).toEqual([expect.stringContaining(`${name}:1:1 This file is too large: 100 kB`)]);
  },
);

test('a folder, a circle or a dead link in place of a file is a fault of that file alone', async () => {
  const campaign = write({ 'campaign.yaml': null });
  mkdirSync(join(campaign, 'campaign.yaml'));
  expect(await faults()).toEqual([expect.stringMatching(/^campaign\.yaml:1:1 A file is expected here/)]);
  rmSync(join(campaign, 'campaign.yaml'), { recursive: true });
  symlinkSync('campaign.yaml', join(campaign, 'campaign.yaml'));
  expect(await faults()).toEqual([expect.stringMatching(/^campaign\.yaml:1:1 This can't be read \(ELOOP\)/)]);
  rmSync(join(campaign, 'campaign.yaml'));
  write();
  rmSync(join(campaign, 'en/email.hbs'));
  symlinkSync('elsewhere.hbs', join(campaign, 'en/email.hbs'));
  expect(await faults()).toEqual([
    expect.stringMatching(/^en\/email\.hbs:1:1 This is a link to a file that/),
  ]);
  rmSync(join(campaign, 'en'), { recursive: true });
  symlinkSync('en', join(campaign, 'en'));
  expect(await faults()).toEqual([expect.stringMatching(/^en:1:1 This can't be read \(ELOOP\)/)]);
});

test('a campaign and its files may be links', async () => {
  const campaign = write({ 'en/phone.hbs': null }, 'whole');
  writeFileSync(join(folder, 'phone.txt'), 'Hello.');
  symlinkSync('../../phone.txt', join(campaign, 'en/phone.hbs'));
  symlinkSync('whole', join(folder, 'linked'));
  symlinkSync('nowhere', join(folder, 'moved'));
  symlinkSync('phone.txt', join(folder, 'not-a-folder'));
  const read = await readCampaigns(folder);
  expect(read.campaigns.map(({ slug }) => slug)).toEqual(['linked', 'whole']);
  expect(read.faults.map(({ file, message }) => [file, message])).toEqual([
    [join(folder, 'moved/campaign.yaml'), expect.stringContaining('This file is missing. Copy one')],
  ]);
});

test('a folder whose name is no address is named; files beside the folders, and hidden folders, are passed over', async () => {
  write({}, 'Clean Water');
  write({}, '__proto__');
  write({}, '.draft');
  writeFileSync(join(folder, 'README.md'), 'Campaigns');
  const read = await readCampaigns(folder);
  expect(read.campaigns).toEqual([]);
  expect(read.faults.map(({ file, message }) => [file, message])).toEqual([
    [
      join(folder, 'Clean Water/campaign.yaml'),
      expect.stringContaining("'Clean Water' becomes a web address"),
    ],
    [join(folder, '__proto__/campaign.yaml'), expect.stringContaining("'__proto__' becomes a web address")],
  ]);
});

test.each([
  ['en/email.hbs', 'en/Email.hbs', "'Email.hbs'. Did you mean 'email.hbs'?"],
  ['en/phone.hbs', 'en/phone.txt', "'phone.txt'. Did you mean 'phone.hbs'?"],
  ['en/page.md', 'en/page.txt', "'page.txt'. Did you mean 'page.md'?"],
])('%s misnamed as %s is one fault: it is not missing too', async (name, misnamed, message) => {
  write({ [name]: null, [misnamed]: WHOLE[name]! });
  expect(await faults()).toEqual([
    expect.stringContaining(`${misnamed}:1:1 No message is called ${message}`),
  ]);
});

test.each([
  'title: "“Clean water”"',
  'title: >-\n  “Clean water.”',
  'title: ‘Tis the season for y’all’s water',
  'title: “Clean” water, says “Jira”',
  "title: 'Clean water' #note",
  'title: Clean water # a note',
  'title: Water #note',
  'title: Clean water\n  #note',
])('%j is as its author means it', async (line) => {
  write({ 'campaign.yaml': SETTINGS.replace('title: Clean water', line) });
  expect(await faults()).toEqual([]);
});

test('a misnamed campaign.yaml or folder hides no fault of the texts', async () => {
  write({ 'campaign.yaml': null, 'campaign.yaml.txt': SETTINGS, 'en/email.hbs': 'Subject: A\n\n{{foo}}' });
  expect((await faults()).map((fault) => fault.split(' ')[0])).toEqual([
    'campaign.yaml:1:1',
    'en/email.hbs:3:3',
  ]);
  rmSync(join(folder, 'clean-water'), { recursive: true });
  write({
    'en/page.md': null,
    'en/email.hbs': null,
    'en/phone.hbs': null,
    'EN/email.hbs': 'Subject: A\n\n{{foo}}',
  });
  rmSync(join(folder, 'clean-water/en'), { recursive: true });
  expect((await faults()).map((fault) => fault.split(' ')[0])).toEqual([
    'campaign.yaml:1:1',
    'EN/email.hbs:3:3',
  ]);
});

test.each([
  ['en/email.hbs', 'en/email.hbs.txt', 'en/email.hbs.txt:1:1', /^The name of this file .* to email\.hbs /],
  ['en/page.md', 'en/page.md.txt', 'en/page.md.txt:1:1', /Rename it to page\.md /],
  ['campaign.yaml', 'campaign.yaml.txt', 'campaign.yaml:1:1', /there is a 'campaign\.yaml\.txt'\. Rename/],
  ['campaign.yaml', 'campaign.yml', 'campaign.yaml:1:1', /there is a 'campaign\.yml'\. Rename/],
])('%s saved as %s is told once, with the name to give it', async (name, misnamed, place, message) => {
  write({ [name]: null, [misnamed]: WHOLE[name]! });
  const [fault, ...others] = await faults();
  expect(others).toEqual([]);
  expect(fault!.slice(0, place.length)).toBe(place);
  expect(fault!.slice(place.length + 1)).toMatch(message);
});

test.each(['es-MX', 'es_mx', 'Spanish', 'Español', 'espanol'])(
  'a language whose folder is called %s is told once, with the name to give it',
  async (named) => {
    write({
      'campaign.yaml': `${SETTINGS}languages: [en, es]\nmessage_languages: [en, es]\n`,
      [`${named}/page.md`]: 'Agua',
    });
    expect(await faults()).toEqual([
      `campaign.yaml:10:17 There is no folder 'es' for this language, but a folder '${named}'. Rename it to es.`,
    ]);
  },
);

test('keys of both languages at the margin are told each, and no text of theirs as missing', async () => {
  const title = 'title:\nen: Clean water\nes: Agua limpia';
  write({ 'campaign.yaml': SETTINGS.replace('title: Clean water', title) });
  const how = "Put two spaces before it, so that it belongs to 'title'.";
  expect(await faults()).toEqual([
    `campaign.yaml:2:1 There is no key 'en' here. ${how}`,
    `campaign.yaml:3:1 There is no key 'es' here. ${how}`,
  ]);
});

test('a language whose folder is written with capitals is told once, with the name to give it', async () => {
  write({ 'EN/page.md': 'Water', 'en/page.md': null, 'en/email.hbs': null, 'en/phone.hbs': null });
  rmSync(join(folder, 'clean-water/en'), { recursive: true });
  expect(await faults()).toEqual([
    "campaign.yaml:1:1 The folder of 'en' is named 'EN'. Rename it with small letters.",
  ]);
});

test('faults of campaign.yaml and of the texts are all told at once', async () => {
  write({ 'campaign.yaml': SETTINGS.replace('ask: support', 'ask: maybe'), 'en/page.md': '' });
  expect((await faults()).map((fault) => fault.split(' ')[0])).toEqual([
    'campaign.yaml:8:6',
    'en/page.md:1:1',
  ]);
  write({ 'campaign.yaml': 'title: "Clean', 'en/page.md': '' });
  expect((await faults()).map((fault) => fault.split(' ')[0])).toEqual([
    'campaign.yaml:1:8',
    'en/page.md:1:1',
  ]);
});

test('a stance that is misspelt in the name of a file is told with the one that was meant', async () => {
  write({ 'en/phone.opponnent@short.hbs': 'Hello.' });
  expect(await faults()).toEqual([expect.stringContaining("Did you mean 'opponent'?")]);
});

test('what editors and systems leave beside the files is passed over', async () => {
  write({ 'en/.phone.hbs.swp': 'x', 'en/phone.hbs~': 'x', 'en/.DS_Store': 'x', 'en/Thumbs.db': 'x' });
  expect(await faults()).toEqual([]);
});

test.each([
  ['Subjekt: Clean water\n\nDear all', '1:1', "There is no 'Subjekt' here. Did you mean 'Subject'?"],
  ['Dear all,\n\nplease.', '1:1', 'The Subject is missing.'],
  ['\nSubject: Clean water\n\nDear all', '1:1', 'The Subject is missing.'],
  ['Subject:\n\nDear all', '1:1', 'The Subject is empty.'],
  ['Subject: one\nSubject: two\n\nDear all', '2:1', 'There is a second Subject.'],
  ['Subject: one\nDear all,\n\nplease.', '2:1', 'Put a blank line between'],
  ['Subject: one\n \n\n', '3:1', 'The text is missing.'],
  ['Subject: one', '1:1', 'The text is missing.'],
  ['', '1:1', 'The Subject is missing.'],
  ['subject:   {{oops}}\n\nDear all', '1:14', "There is no name 'oops'."],
  ['Subject: one\n\nDear {{\nall', '3:6', 'This {{ is never closed.'],
  ['{{! a note }}\n\n{{!-- {{oops}} --}}\nSubject: {{oops}}\n\nDear all', '4:12', "There is no name 'oops'."],
  ['{{! a }}Subject: {{oops}}\n\nDear all', '1:20', "There is no name 'oops'."],
  ['{{! a\nnote }}\nSubject: one\n\nDear {{oops}}', '5:8', "There is no name 'oops'."],
  ['{{! a note }}\nSubject: {{#if reason}}b{{/if}}\n\nDear all', '2:1', 'For every legislator'],
  ['{{! a note }}\nSubject: b\n\n{{#if reason}}c{{/if}}', '4:1', 'For every legislator'],
  ['{{! a note }}\nDear all', '2:1', 'The Subject is missing.'],
  ['{{! never closed\nSubject: one\n\nDear all', '1:1', 'This comment is never closed. End it with }}.'],
])('an e-mail that reads %j is told at %s', async (text, place, message) => {
  write({ 'en/email.hbs': text });
  expect(await faults()).toEqual([expect.stringContaining(`en/email.hbs:${place} ${message}`)]);
});

test('a page with names in braces, and a script with nothing in it, are told', async () => {
  write({ 'en/page.md': 'Clean water\nis in {{bill.identifier}}.', 'en/phone.hbs': ' \n' });
  expect(await faults()).toEqual([
    expect.stringMatching(/^en\/page\.md:2:7 Names in braces are for messages\./),
    expect.stringMatching(/^en\/phone\.hbs:1:1 This file is empty\./),
  ]);
});

test('comments above a text are nobody’s to read, in messages and on pages', async () => {
  write({
    'en/page.md':
      '<!-- needs review -->\nClean <!-- or fresh -->water\n\n<!-- two\nlines {{x}} -->\n\nfor all.',
    'en/email.hbs': '{{! needs review }}\n{{!-- {{x}} --}}\n\nSubject: Water\n\nDear all.',
    'en/phone.hbs': '{{! needs review }}\n\nHello.\n\n{{! Breathe. }}\nBye.',
  });
  const { campaign, faults } = await readCampaign(folder, 'clean-water');
  expect(faults).toEqual([]);
  expect(campaign!.pages.en!.html).toBe('<p>Clean water</p>\n<p>for all.</p>\n');
  expect(campaign!.templates).toMatchObject([
    { kind: 'email', line: 4, subject: 'Water', text: 'Dear all.' },
    { kind: 'phone', line: 3, text: 'Hello.\n\n{{! Breathe. }}\nBye.' },
  ]);
});

test('texts with nothing but comments, and comments that never end, are told where they begin', async () => {
  write({ 'en/page.md': '<!-- a -->\n', 'en/phone.hbs': '{{! a }}\n\n' });
  expect(await faults()).toEqual([
    expect.stringMatching(/^en\/page\.md:1:1 This page is empty\./),
    expect.stringMatching(/^en\/phone\.hbs:\d:1 This file is empty\./),
  ]);
  write({ 'en/page.md': 'Water\n <!-- a\n', 'en/phone.hbs': '{{! a\nHello' });
  expect(await faults()).toEqual([
    expect.stringMatching(/^en\/page\.md:2:2 This comment is never closed\. End it with -->\./),
    expect.stringMatching(/^en\/phone\.hbs:1:1 This \{\{ is never closed\./),
  ]);
});

test('every fault of a campaign is told at once', async () => {
  write({ 'en/email.hbs': 'Subject: {{one}}\n\n{{two}}', 'en/phone.hbs': '{{three}}\n{{four}}' });
  expect((await faults()).map((fault) => fault.split(' ')[0])).toEqual([
    'en/email.hbs:1:12',
    'en/email.hbs:3:3',
    'en/phone.hbs:1:3',
    'en/phone.hbs:2:3',
  ]);
});

test('HTML, scripts and pictures of a page are not let through', async () => {
  write({ 'en/page.md': '# Why\n<script>x</script>\n[a](javascript:x) ![b](https://example.org/b.png)' });
  const { campaign } = await readCampaign(folder, 'clean-water');
  const { html } = campaign!.pages.en!;
  expect(html).toContain('<h2>Why</h2>');
  expect(html).not.toMatch(/<script|href="javascript|<img/);
});

test('a folder of campaigns that is not there is named with the setting that says where it is', async () => {
  await expect(readCampaigns(join(folder, 'nowhere'))).rejects.toMatchObject({
    code: 'campaigns_missing',
    message: expect.stringContaining('Set CAMPAIGNS_DIR'),
  });
});

test('every state that has legislators can have a campaign, and no other', async () => {
  cpSync(write(), join(folder, 'other'), { recursive: true });
  for (const { state, jurisdiction_id, chambers } of STATES) {
    const settings = SETTINGS.replace(/ocd-jurisdiction.*/, jurisdiction_id);
    write({ 'campaign.yaml': settings.replace('chamber: upper', `chamber: ${chambers[0]}`) });
    expect((await readCampaign(folder, 'clean-water')).campaign?.state).toBe(state);
  }
  for (const wrong of ['fl', 'Florida', 'ocd-jurisdiction/country:us/state:FL/government']) {
    write({ 'campaign.yaml': SETTINGS.replace(/ocd-jurisdiction.*/, wrong) });
    expect(await faults()).toEqual([expect.stringContaining("'jurisdiction_id' must be the OCD id")]);
  }
  const states = campaignJsonSchema()
    .match(/state:\(([a-z|]+)\)/)![1]!
    .split('|');
  expect(states.toSorted()).toEqual(
    STATES.map(({ state }) => state)
      .filter((state) => !['dc', 'pr'].includes(state))
      .toSorted(),
  );
});
