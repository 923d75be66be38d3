import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { stripVTControlCharacters } from 'node:util';
import { newCampaign } from '../../scripts/campaign-new.ts';
import { Cancelled } from '../../scripts/cancelled.ts';
import { readCampaign } from '../../server/campaigns/read-campaigns.ts';
import { createOpenStates } from '../../server/legislators/openstates-client.ts';
import { createRequestBudget } from '../../server/legislators/request-budget.ts';
import { apiAction, apiBill, apiSponsorship, companionTo } from '../fixtures/openstates/bills.ts';
import { madeUpFlorida } from '../fixtures/openstates/made-up.ts';
import { folderOf } from '../fixtures/people/folder.ts';
import { STUB_KEY, type StubOpenStates, startStubOpenStates } from '../support/stub-openstates.ts';
import { until } from '../support/until.ts';

const ROOT = join(import.meta.dirname, '../..');
const now = () => new Date('2026-02-10T15:00:00Z');

let stub: StubOpenStates;
let campaigns_dir: string;
beforeAll(async () => {
  stub = await startStubOpenStates();
});
afterAll(() => stub.close());
beforeEach(() => {
  campaigns_dir = folderOf({});
  stub.behave('serve');
  stub.requests.length = 0;
  const bills = [
    apiBill('SB 316', {
      title: 'An act of "water"',
      actions: [
        apiAction('2025-11-03', 'Filed', 'upper', { classification: ['filing'] }),
        apiAction('2025-11-18', 'Referred to Judiciary', 'upper', { classification: ['referral-committee'] }),
      ],
      sponsorships: [apiSponsorship('Smith'), apiSponsorship('Jones', undefined, false)],
      related_bills: [companionTo('HB 419')],
    }),
    apiBill('HB 419', { related_bills: [companionTo('SB 316')] }),
  ];
  stub.states = [{ ...madeUpFlorida(), bills }];
});

const client = ({ key = STUB_KEY, per_day = 250 } = {}) =>
  createOpenStates({
    url: stub.url,
    key,
    budget: createRequestBudget({ file: join(folderOf({}), 'requests.json'), per_minute: 10, per_day, now }),
    now,
  });

const NEEDED = { state: 'fl', bill: ['SB 316'], session: '2026', ask: 'support' };

/** Makes a campaign without a terminal; gives back what was said on the way and at the end. */
async function make(
  slug: string | undefined,
  flags: Parameters<typeof newCampaign>[1],
  parts: Partial<Parameters<typeof newCampaign>[2]> = {},
) {
  const said: string[] = [];
  let printed = '';
  await newCampaign(slug, flags, {
    campaigns_dir,
    client: undefined,
    now,
    stopped: new AbortController().signal,
    terminal: undefined,
    say: (line) => void said.push(line),
    print: (text) => (printed += text),
    ...parts,
  });
  return { said, printed };
}

const yamlOf = (slug = 'water') => readFileSync(join(campaigns_dir, slug, 'campaign.yaml'), 'utf8');

test('with what is needed and no key it asks nothing, makes the folder and says the next steps', async () => {
  const { said, printed } = await make('water', NEEDED);
  expect(said).toEqual([expect.stringMatching(/^Without a key of OpenStates .* You can do without\.$/)]);
  const { campaign, faults } = await readCampaign(campaigns_dir, 'water');
  expect(faults).toEqual([]);
  expect(campaign).toMatchObject({
    title: { en: 'Support SB 316' },
    bills: [{ identifier: 'SB 316', session: '2026', chamber: 'upper' }],
    languages: ['en'],
    goal: 500,
  });
  expect(printed).toMatch(/^1\. Open these files.*\n.*water\/campaign\.yaml$/m);
  expect(printed).toMatch(/^2\. .*\n {3}npm run campaign -- check water$/m);
  expect(printed).toMatch(/^3\. See it .*\n {3}npm run campaign -- preview water$/m);
  expect(printed).toMatch(
    /^4\. .*'status: live'.* On your own computer only you can see it\.\n {3}For others the campaign needs a server/m,
  );
  expect(printed).toMatch(/^The number of the bill stands in campaign\.yaml, page\.md and flyer\.md\./m);
  for (const name of ['campaign.yaml', 'en/page.md', 'en/flyer.md'])
    expect(readFileSync(join(campaigns_dir, 'water', name), 'utf8')).toContain('SB 316');
  expect(readdirSync(campaigns_dir)).toEqual(['water']);
});

test('every answer can be a flag', async () => {
  await make('water', {
    state: 'Florida',
    bill: ['SB 316, HB 419@2027', 'X 5@lower'],
    session: '2026',
    ask: 'OPPOSE',
    title: ['Water', 'es=Agua'],
    summary: ['We ask.', 'es=Pedimos.'],
    languages: 'en,es',
    'message-languages': 'es en',
    goal: '1,500',
    starts: '2026-01-01',
    ends: '2026-02-10',
    partner: ['jira=Jacksonville Immigrant Rights Alliance', 'b=B = C'],
  });
  expect((await readCampaign(campaigns_dir, 'water')).campaign).toMatchObject({
    bills: [
      { identifier: 'SB 316', session: '2026', chamber: 'upper' },
      { identifier: 'HB 419', session: '2027', chamber: 'lower' },
      { identifier: 'X 5', session: '2026', chamber: 'lower' },
    ],
    ask: 'oppose',
    title: { en: 'Water', es: 'Agua' },
    summary: { en: 'We ask.', es: 'Pedimos.' },
    languages: ['en', 'es'],
    message_languages: ['es', 'en'],
    goal: 1500,
    dates: { starts: '2026-01-01', ends: '2026-02-10' },
    partners: [{ code: 'jira' }, { code: 'b', name: 'B = C' }],
  });
  expect(yamlOf()).not.toContain('WRITE HERE');
});

test('what is said to offices is in their language first', async () => {
  await make('water', { ...NEEDED, languages: 'es' });
  await make('agua', { ...NEEDED, bill: ['PS 5'], state: 'pr', languages: 'en,es' });
  expect((await readCampaign(campaigns_dir, 'water')).campaign!.message_languages).toEqual(['en', 'es']);
  expect((await readCampaign(campaigns_dir, 'agua')).campaign!.message_languages).toEqual(['es', 'en']);
});

test.each([
  [
    undefined,
    {},
    [/name of the campaign/, /--state fl/, /--bill "SB 316"/, /--session 2026/, /--ask support/],
  ],
  ['water', { ...NEEDED, session: undefined }, [/--session 2026/]],
  ['Water', NEEDED, [/'Water' becomes a web address/]],
  [
    'water',
    {
      state: 'florda',
      bill: ['water'],
      session: '{{a}}',
      ask: 'maybe',
      goal: '0',
      starts: '2026-13-01',
      languages: 'English',
      partner: ['jira'],
      chamber: 'senate',
    },
    [
      /'florda' is no state\. Did you mean 'Florida'\?/,
      /'water' is no bill/,
      /'\{\{a\}\}' is no session/,
      /'maybe' is no ask/,
      /'0' is no goal/,
      /'2026-13-01' is no day/,
      /'English' is no language code/,
      /'jira' is no partner/,
      /'senate' is no chamber/,
    ],
  ],
  ['water', { ...NEEDED, starts: '2026-02-01', ends: '2026-01-31' }, [/2026-01-31 is before 2026-02-01/]],
  [
    'water',
    { ...NEEDED, ends: '2026-02-09' },
    [/^2026-02-09 is past: today is 2026-02-10\. Write a last day/],
  ],
  ['water', { ...NEEDED, bill: ['SB 316, water'] }, [/^'water' is no bill/]],
  ['water', { ...NEEDED, title: ['es=Agua'] }, [/text in 'es'.*--languages en,es/]],
  ['water', { ...NEEDED, partner: ['a=B', 'a=C'] }, [/Two partners have the code 'a'/]],
  ['water', { ...NEEDED, bill: ['SB 316', 'sb0316'] }, [/named twice/]],
  [
    'water',
    { ...NEEDED, bill: ['LD 5'], state: 'me' },
    [/LD 5 does not tell in which chamber.*"LD 5@2026@upper"/],
  ],
  ['water', { ...NEEDED, bill: ['LB 5@upper'], state: 'ne' }, [/Nebraska has no chamber 'upper'/]],
])(
  'without a terminal %j with %j is refused, each reason in a sentence, and nothing is written',
  async (slug, flags, reasons) => {
    const error = await make(slug, flags).catch((reason: unknown) => reason);
    const lines = (error as Error).message.split('\n');
    for (const reason of reasons) expect(lines).toContainEqual(expect.stringMatching(reason));
    expect(lines).toHaveLength(reasons.length);
    expect(readdirSync(campaigns_dir)).toEqual([]);
  },
);

test('with a key it fills in what OpenStates knows, and says it in plain words', async () => {
  const { said } = await make('water', NEEDED, { client: client() });
  expect(said).toEqual([
    'SB 316 (2026): An act of "water"',
    '  filed in: Senate',
    '  where it is: Senate, in Judiciary since 2025-11-18',
    '  last action: 2025-11-18 Referred to Judiciary',
    '  sponsors: Smith',
    '  companions: HB 419',
    'HB 419 (2026): An example act of HB 419',
    '  filed in: House',
    '  where it is: House, filed; no committee is known to have it',
    '  last action: 2025-11-13 Filed',
    '  sponsors: none is known',
    '  companions: SB 316',
    'session 2026: 2026 Regular Session, ends on 2026-03-13',
    'HB 419, a companion, stands in campaign.yaml as a note: take the signs before it away to ask for it too.',
  ]);
  expect((await readCampaign(campaigns_dir, 'water')).campaign!.bills).toMatchObject([
    { identifier: 'SB 316', title: 'An act of "water"', url: 'https://example.org/bills/SB316' },
  ]);
  expect(yamlOf()).toMatch(/^# {3}- identifier: "HB 419"\n# {5}session: "2026"\n# {5}chamber: lower$/m);
  expect(stub.requests).toHaveLength(3);
});

test('an official title that is too long for the file is left out, and the campaign is whole', async () => {
  const [{ bills: _, ...florida }] = stub.states as [(typeof stub.states)[number]];
  stub.states = [{ ...florida, bills: [apiBill('SB 316', { title: 'An act '.repeat(200) })] }];
  await make('water', NEEDED, { client: client() });
  const { campaign, faults } = await readCampaign(campaigns_dir, 'water');
  expect(faults).toEqual([]);
  expect(campaign!.bills[0]!.title).toBeUndefined();
});

test.each([
  ['the key is wrong', { key: 'x'.repeat(20) }, [], /does not (know|accept)|key/i],
  [
    'there is no such bill',
    {},
    ['no such bill', 'serve'],
    /^OpenStates has no bill SB 316 of the session 2026 .* What you said of it is taken as it is\.$/,
  ],
  ['all of the day is spent', { per_day: 0 }, [], /day|today/],
  ['OpenStates is away', {}, ['server error'], /OpenStates/],
])(
  'where %s the folder is made all the same, and the reason said once',
  async (_case, options, behaviours, reason) => {
    if (behaviours.length > 0) stub.behave(...behaviours);
    const { said } = await make(
      'water',
      { ...NEEDED, bill: ['SB 316', 'HB 9'] },
      { client: client(options) },
    );
    expect(said[0]).toMatch(reason);
    expect(said.filter((one) => one === said[0])).toHaveLength(1);
    expect((await readCampaign(campaigns_dir, 'water')).campaign!.bills).toHaveLength(2);
  },
);

test('of a bill that OpenStates does not have in that session it says which sessions there are', async () => {
  const { said } = await make('water', { ...NEEDED, session: '2031' }, { client: client() });
  expect(said[1]).toBe(
    '  The newest sessions that OpenStates has there: 2026 (2026 Regular Session), 2025 (2025 Regular Session)',
  );
});

/** A terminal whose keys are pressed once something is shown. */
function terminal() {
  const input = Object.assign(new PassThrough(), { isTTY: true, setRawMode: () => input });
  const output = Object.assign(new PassThrough(), { isTTY: true, columns: 200, rows: 50 });
  let shown = '';
  output.on('data', (chunk) => {
    shown += stripVTControlCharacters(String(chunk));
  });
  const answer = async (question: string, keys: string) => {
    await until(() => shown.includes(question));
    shown = '';
    input.write(keys);
  };
  return { streams: { input, output } as never, answer, whatIsShown: () => shown };
}
const ENTER = '\r';
const DOWN = '\u001B[B';
const CLEAR = '\u0015';

test('at a terminal it asks for what is missing, one after another, and again where an answer can not be read', async () => {
  const { streams, answer } = terminal();
  const made = make(undefined, {}, { terminal: streams, client: client() });
  await answer('A name for the campaign', `My Water${ENTER}`);
  await answer("'My Water' becomes a web address", `${CLEAR}water${ENTER}`);
  await answer('Which state?', `Florida${ENTER}`);
  await answer('Which bill?', `SB 316${ENTER}`);
  await answer('Another bill', ENTER);
  await answer('2026: 2026 Regular Session', ENTER);
  await answer('What do you ask', `${DOWN}${ENTER}`);
  await answer('HB 419 is its companion in the House. Ask for it too?', ENTER);
  await answer('Languages of your page', `,es${ENTER}`);
  await answer('The title of the campaign, in English', `${CLEAR}Water${ENTER}`);
  await answer('What you ask, and why, in a sentence or two, in English', ENTER);
  await answer('The title of the campaign, in Spanish', `Agua${ENTER}`);
  await answer('What you ask, and why, in a sentence or two, in Spanish', ENTER);
  await answer('How many calls', `0${ENTER}`);
  await answer('The first day', `2026-02-30${ENTER}`);
  await answer("'2026-02-30' is no day", `${CLEAR}2026-03-01${ENTER}`);
  await answer('The last day', ENTER);
  await answer('A partner', `jira=Jacksonville Immigrant Rights Alliance${ENTER}`);
  await answer('Another partner', ENTER);
  await answer('Is this right?', ENTER);
  await made;
  const { campaign, faults } = await readCampaign(campaigns_dir, 'water');
  expect(faults).toEqual([]);
  expect(campaign).toMatchObject({
    ask: 'oppose',
    title: { en: 'Water', es: 'Agua' },
    summary: { en: 'Ask your legislators to oppose SB 316 and HB 419.' },
    bills: [{ identifier: 'SB 316' }, { identifier: 'HB 419', chamber: 'lower' }],
    languages: ['en', 'es'],
    goal: 5000,
    dates: { starts: '2026-03-01' },
    partners: [{ code: 'jira' }],
  });
  expect(yamlOf()).toMatch(/WRITE HERE: What is asked, and why, in en and es\./);
});

test('at the end all answers are shown, and each can be given again, with what followed from it', async () => {
  const { streams, answer, whatIsShown } = terminal();
  const made = make('water', {}, { terminal: streams });
  await answer('for example Florida', `FL${ENTER}`);
  await answer('for example SB 316', `HB 1234, SB 567${ENTER}`);
  await answer('Another bill', ENTER);
  await answer('Usually the year, 2027, or two, 2027-2028.', `2026${ENTER}`);
  await answer('What do you ask', ENTER);
  await answer('Languages of your page', ENTER);
  await answer('The title of the campaign', ENTER);
  await answer('What you ask, and why', ENTER);
  await answer('How many calls', ENTER);
  await answer('The first day', ENTER);
  await answer('The last day', `2026-02-09${ENTER}`);
  await answer('2026-02-09 is past: today is 2026-02-10.', `${CLEAR}2026-02-10${ENTER}`);
  await answer('A partner', ENTER);

  await until(() => whatIsShown().includes('Is this right?'));
  for (const shown of [
    'Address: /campaigns/water',
    'Bill: HB 1234, session 2026, filed in the House',
    'Bill: SB 567, session 2026, filed in the Senate',
    'Languages: English',
    'Title: Support HB 1234 and SB 567',
    'Summary, until you write it: Ask your legislators to support HB 1234 and SB 567.',
    'Last day: 2026-02-10.',
    'Partners: none',
  ])
    expect(whatIsShown()).toContain(shown);
  // The languages: what is said in the first stays, what is new is asked.
  await answer('Is this right?', `${DOWN.repeat(6)}${ENTER}`);
  await answer('Languages of your page', `,es${ENTER}`);
  await answer('What you ask, and why, in a sentence or two, in English', ENTER);
  await answer('The title of the campaign, in Spanish', `Agua${ENTER}`);
  await answer('What you ask, and why, in a sentence or two, in Spanish', ENTER);
  // The bills: the title that was made up from them is proposed anew.
  await answer('Is this right?', `${DOWN.repeat(3)}${ENTER}`);
  await answer('Which bill?', `SB 568 and SB 568${ENTER}`);
  await answer('Another bill', ENTER);
  await answer('Which bill?', `SB 568${ENTER}`);
  await answer('Another bill', ENTER);
  await answer('The title of the campaign, in English', ENTER);
  await answer('in a sentence or two, in English', ENTER);
  await answer('The title of the campaign, in Spanish', `Agua${ENTER}`);
  await answer('in a sentence or two, in Spanish', ENTER);
  await answer('Title, English: Support SB 568', `${DOWN.repeat(9)}${ENTER}`);
  await answer('The first day', ENTER);
  await answer('The last day', ENTER);
  await answer('Is this right?', ENTER);
  expect((await made).said).toContain('The bill SB 568 is named twice. Name each once.');
  const { campaign, faults } = await readCampaign(campaigns_dir, 'water');
  expect(faults).toEqual([]);
  expect(campaign).toMatchObject({
    title: { en: 'Support SB 568', es: 'Agua' },
    bills: [{ identifier: 'SB 568', session: '2026' }],
    languages: ['en', 'es'],
    dates: {},
  });
  expect(campaign!.bills).toHaveLength(1);
});

test('at a terminal the chamber is asked where a name does not tell, and nothing else that was said', async () => {
  const { streams, answer } = terminal();
  const made = make('water', { ...NEEDED, state: 'me', bill: ['LD 5'] }, { terminal: streams });
  await answer('In which chamber was LD 5 filed?', `${DOWN}${ENTER}`);
  await made;
  expect((await readCampaign(campaigns_dir, 'water')).campaign!.bills).toMatchObject([{ chamber: 'lower' }]);
});

test('stopped by Ctrl+C at a question, or while a bill is looked up, it leaves nothing behind', async () => {
  const { streams, answer } = terminal();
  const made = make('water', {}, { terminal: streams });
  const outcome = expect(made).rejects.toThrow(Cancelled);
  await answer('Which state?', '\u0003');
  await outcome;

  const stop = new AbortController();
  stub.behave('silence');
  const looking = expect(make('water', NEEDED, { client: client(), stopped: stop.signal })).rejects.toThrow(
    Cancelled,
  );
  await until(() => stub.requests.length > 0);
  stop.abort();
  await looking;
  expect(readdirSync(campaigns_dir)).toEqual([]);
});

test('the command without a terminal says what is missing and fails; with it all it makes the folder', async () => {
  const run = (...args: string[]) =>
    new Promise<{ code: number; stdout: string; stderr: string }>((resolve) => {
      const env = {
        PATH: process.env.PATH,
        CAMPAIGNS_DIR: campaigns_dir,
        DATA_DIR: folderOf({}),
        OPENSTATES_API_KEY: '',
      };
      execFile(
        process.execPath,
        ['scripts/campaign.ts', ...args],
        { cwd: ROOT, env },
        (error, stdout, stderr) => resolve({ code: error ? Number(error.code) : 0, stdout, stderr }),
      );
    });
  const [missing, made] = await Promise.all([
    run('new', 'water', '--state', 'fl', '--bill', 'SB 316', '--ask', 'support'),
    run('new', 'clean', '--state', 'fl', '--bill', 'SB 316', '--session', '2026', '--ask', 'support'),
  ]);
  expect(missing).toMatchObject({ code: 1, stdout: '' });
  expect(missing.stderr).toMatch(
    /^Say the session: --session 2026\..*\nHow it goes: npm run campaign -- --help\n$/,
  );
  expect(made).toMatchObject({ code: 0, stdout: expect.stringMatching(/clean is made\. It is a draft/) });
});
