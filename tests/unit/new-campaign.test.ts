import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import { chamberFiledIn } from '../../server/bills/filed-in.ts';
import { campaignFileSchema } from '../../server/campaigns/campaign-schema.ts';
import { readMessageFile } from '../../server/campaigns/message-files.ts';
import type { NewCampaign } from '../../server/campaigns/new-campaign.ts';
import { newFiles } from '../../server/campaigns/new-files.ts';
import { placesToWrite } from '../../server/campaigns/places-to-write.ts';
import { putCampaign, slugFault } from '../../server/campaigns/put-campaign.ts';
import { readCampaign } from '../../server/campaigns/read-campaigns.ts';
import { STATES, stateCalled, stateFacts } from '../../server/legislators/states.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'statehouse-new-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** What an organizer has said who has said no more than is needed. */
function plan(changes: Partial<NewCampaign> = {}, state = 'fl'): NewCampaign {
  const bills = stateFacts(state).chambers.map((chamber, index) => ({
    identifier: ['SB 316', 'HB 419'][index]!,
    session: '2026',
    chamber,
  }));
  return {
    slug: 'clean-water',
    state: stateFacts(state),
    bills,
    companions: [],
    ask: 'support',
    title: {},
    summary: {},
    languages: ['en'],
    message_languages: ['en'],
    goal: 500,
    dates: {},
    partners: [],
    ...changes,
  };
}

/** The campaign of a plan, read from the disk as the app reads it. */
async function made(campaign: NewCampaign) {
  putCampaign(folder, campaign.slug, newFiles(campaign));
  return readCampaign(folder, campaign.slug, ['en', 'es']);
}

const LANGUAGES = ['en', 'es', 'ht', 'vi'];

/** Languages of the page, and of messages. */
const LANGUAGE_SETS = [
  [['en'], ['en']],
  [['es'], ['es']],
  [
    ['en', 'es', 'ht'],
    ['en', 'es', 'ht'],
  ],
  [['vi'], ['en', 'vi']],
] as const;

test.each(['support', 'oppose'] as const)(
  'in every state, with any languages, what is written for a campaign that asks to %s has no fault',
  (ask) => {
    const seen = new Set<string>();
    for (const { state, jurisdiction_id } of STATES) {
      for (const [languages, message_languages] of LANGUAGE_SETS) {
        const files = newFiles(
          plan({ ask, languages: [...languages], message_languages: [...message_languages] }, state),
        );
        const checked = campaignFileSchema.safeParse(parse(files.get('campaign.yaml')!));
        expect([state, checked.error?.issues]).toEqual([state, undefined]);
        expect(checked.data).toMatchObject({ jurisdiction_id, ask, status: 'draft', goal: 500 });
        for (const [path, text] of files) {
          const [language, name] = path.split('/');
          // E-mails differ from state to state by the sender's address.
          const shape = text.replace(`, ${state.toUpperCase()} {{`, ', {{');
          if (name?.endsWith('.hbs') && !seen.has(shape))
            expect([path, readMessageFile(path, name, language!, text).faults]).toEqual([path, []]);
          seen.add(shape);
        }
      }
    }
  },
);

// Of the others these differ by their names alone.
test.each(
  ['fl', 'ne', 'dc', 'pr'].flatMap((state) =>
    (['support', 'oppose'] as const).map((ask) => [state, ask] as const),
  ),
)('in %s a new campaign that asks to %s is read whole', async (state, ask) => {
  const read = await made(plan({ ask, languages: LANGUAGES, message_languages: LANGUAGES }, state));
  expect(read.faults).toEqual([]);
  expect(read.campaign).toMatchObject({ state, ask });
});

test.each([
  [['en'], ['en']],
  [['es'], ['en', 'es']],
  [['es'], ['es']],
  [
    ['es', 'en'],
    ['en', 'es'],
  ],
  [
    ['ht', 'en'],
    ['en', 'ht'],
  ],
  [['vi'], ['en', 'vi']],
])(
  'with a page in %j and messages in %j it has no fault and lacks no text',
  async (languages, message_languages) => {
    const { faults, gaps } = await made(plan({ languages, message_languages }));
    expect(faults).toEqual([]);
    expect(gaps.filter(({ message }) => !message.startsWith('Statehouse itself'))).toEqual([]);
  },
);

test('whatever was said stands in campaign.yaml, with signs that YAML would read otherwise', async () => {
  const { campaign, faults } = await made(
    plan({
      bills: [
        {
          identifier: 'SB 316',
          session: '2026',
          chamber: 'upper',
          title: 'An "act": # water',
          url: 'https://example.org/a?b=c#d',
        },
      ],
      companions: [{ identifier: 'HB 419', session: '2026', chamber: 'lower', title: 'Same\\' }],
      title: { en: 'Clean water: "now" # yes', es: "Agua, 'ya'" },
      summary: { en: '- 100%' },
      languages: ['en', 'es'],
      dates: { starts: '2026-01-01', ends: '2026-02-01' },
      partners: [{ code: '12', name: 'Neighbors: united' }],
    }),
  );
  expect(faults).toEqual([]);
  expect(campaign).toMatchObject({
    bills: [{ identifier: 'SB 316', title: 'An "act": # water', url: 'https://example.org/a?b=c#d' }],
    title: { en: 'Clean water: "now" # yes', es: "Agua, 'ya'" },
    summary: { en: '- 100%', es: 'Pida a sus legisladores que apoyen el SB 316.' },
    dates: { starts: '2026-01-01', ends: '2026-02-01' },
    partners: [{ code: '12', name: 'Neighbors: united' }],
    next_steps: [{ label: { en: 'Read SB 316' }, url: 'https://example.org/a?b=c#d' }],
  });
  expect(campaign!.bills).toHaveLength(1);
});

test('a companion is asked for too once the first sign and one space of its lines are taken away', async () => {
  const companions = [{ identifier: 'HB 7', session: '2026', chamber: 'lower' as const, title: 'Water' }];
  const files = newFiles(plan({ companions, bills: plan().bills.slice(0, 1) }));
  const [head, tail] = files.get('campaign.yaml')!.split('of each line\n  # away.\n');
  const [companion, ...rest] = tail!.split('\n\n');
  files.set(
    'campaign.yaml',
    [`${head}of each line\n  # away.\n${companion!.replace(/^# /gm, '')}`, ...rest].join('\n\n'),
  );
  putCampaign(folder, 'clean-water', files);
  const { campaign, faults } = await readCampaign(folder, 'clean-water');
  expect(faults).toEqual([]);
  expect(campaign!.bills).toMatchObject([{ identifier: 'SB 316' }, { identifier: 'HB 7', title: 'Water' }]);
});

test('every key that stands as a note is right once it is taken in', async () => {
  const files = newFiles(plan());
  const lines = files.get('campaign.yaml')!.split('\n');
  // Notes in words end in a sign or go on from line to line; keys and what is below them do neither.
  const taken = lines.map((line) =>
    /^# (?: *- )? *[a-z_]+:(?: |$)(?!.*[.]$)/.test(line) && !/^# (draft|upper|yaml)/.test(line)
      ? line.slice(2)
      : line,
  );
  files.set('campaign.yaml', taken.join('\n'));
  // Weights are of wordings that there are.
  for (const name of ['short', 'long']) files.set(`en/email@${name}.hbs`, files.get('en/email.hbs')!);
  putCampaign(folder, 'clean-water', files);
  const { campaign, faults } = await readCampaign(folder, 'clean-water');
  expect(faults).toEqual([]);
  expect(campaign).toMatchObject({
    dates: { starts: '2026-01-15' },
    partners: [{ code: 'neighbors' }],
    embed_origins: ['https://neighbors.example.org'],
    next_steps: [{ url: 'https://example.org' }],
    targets: { stances: ['unknown', 'opponent'] },
    office_hours: { opens: '08:00', holidays: ['2026-12-25', '2027-01-01'] },
    positions: [{ position: 'says_support', session: '2026' }],
    closing: { en: 'Thank you for your calls.' },
    successor: 'https://example.org',
    former_slugs: ['old-name'],
    short_link: 'short-name',
    variants: { short: 2, long: 1 },
  });
});

test('each language of the pages gets questions and a flyer, and every letter a place for the answers', async () => {
  const { campaign } = await made(
    plan({ ask: 'oppose', languages: LANGUAGES, message_languages: [...LANGUAGES, 'fr'] }),
  );
  expect(Object.keys(campaign!.flyers).toSorted()).toEqual(LANGUAGES.toSorted());
  expect(Object.keys(campaign!.prompts).toSorted()).toEqual(LANGUAGES.toSorted());
  expect(campaign!.prompts.ht).toHaveLength(3);
  expect(campaign!.flyers.es!.ask).toBe('Pida a sus legisladores que se opongan al SB 316 y al HB 419');
  expect(campaign!.flyers.ht!.say.map(({ text }) => text)).toContain('Tanpri kanpe kont SB 316 ak HB 419.');
  const letters = campaign!.templates.filter(({ kind }) => kind === 'email');
  expect(letters).toHaveLength(15);
  for (const { text } of letters) expect(text).toMatch(/\n\n\{\{supporter\.own_words\}\}\n\n/);
});

test.each(['en', 'es', 'ht'])('in %s allies and opponents are told what they did', (language) => {
  const files = newFiles(plan({ languages: [language], message_languages: [language] }));
  for (const kind of ['email.ally', 'email.opponent', 'phone.ally', 'phone.opponent', 'voicemail.ally'])
    expect(files.get(`${language}/${kind}.hbs`)).toContain('{{position.label}} {{position.bill}}');
});

test('what is still to be written is warned of, each at its place, and shown to nobody', async () => {
  const { campaign, warnings } = await made(plan({ title: { en: 'Water' } }));
  const places = warnings.map(
    ({ file, line }) => `${file.slice(join(folder, 'clean-water').length + 1)}:${line}`,
  );
  expect(places).toEqual([
    'campaign.yaml:12',
    'en/email.hbs:11',
    'en/email.opponent.hbs:7',
    'en/page.md:11',
    'en/page.md:14',
    'en/phone.hbs:7',
    'en/voicemail.hbs:6',
    'en/voicemail.opponent.hbs:6',
  ]);
  expect(warnings[0]!.message).toBe(
    'Here something is still to be written: What is asked, and why, in en. Write it, and take this note out.',
  );
  expect(campaign!.pages.en!.html).not.toMatch(/WRITE|<!--/);
  expect(JSON.stringify([campaign!.title, campaign!.summary])).not.toContain('WRITE');
});

test.each([
  ['Why? Say it. }}', 'Why? Write it, and take this note out.'],
  ['why not -->', 'why not Write it'],
  ['', '^Here something is still to be written\\. Write it'],
])('a note that goes on with %j is told in short', (rest, told) => {
  expect(placesToWrite('a', `x\n {{! WRITE HERE: ${rest}`)).toEqual([
    { file: 'a', line: 2, column: 6, message: expect.stringMatching(told.replaceAll('?', '\\?')) },
  ]);
});

test.each(['support', 'oppose'] as const)(
  'asked to %s, a new page gives the case alone: what to do is asked by the program, while there is something to do',
  async (ask) => {
    const { campaign } = await made(plan({ ask, languages: LANGUAGES }));
    for (const language of LANGUAGES) expect(campaign!.pages[language]!.html.match(/<h\d/g)).toHaveLength(1);
  },
);

test('a new page names the session as people write it', () => {
  const bills = [{ identifier: 'SB 1', session: '2027_28', chamber: 'upper' as const }];
  const files = newFiles(plan({ bills, languages: ['en', 'es', 'ht'] }));
  expect(files.get('en/page.md')).toContain('SB 1 of the 2027–2028 session');
  expect(files.get('es/page.md')).toContain('SB 1 de la sesión de 2027–2028');
  expect(files.get('ht/page.md')).toContain('SB 1, sesyon 2027–2028');
});

test('only texts that nobody has reviewed are marked so, in their first line', () => {
  const files = newFiles(plan({ languages: LANGUAGES, message_languages: LANGUAGES }));
  const marked = [...files].filter(([, text]) => /^(\{\{!|<!--) needs review (\}\}|-->)\n/.test(text));
  expect(new Set(marked.map(([name]) => name.split('/')[0]))).toEqual(new Set(['ht', 'vi']));
  expect(marked).toHaveLength(24);
  expect(files.get('vi/email.hbs')).toBe(`{{! needs review }}\n${files.get('en/email.hbs')}`);
  expect(files.get('campaign.yaml')).toMatch(/^ {2}ht: ".*" # needs review$/m);
});

test('no text says the contrary of what is asked', () => {
  const texts = (ask: 'support' | 'oppose') =>
    [...newFiles(plan({ ask, languages: ['en', 'es'], message_languages: ['en', 'es'] }))]
      .filter(([name]) => name !== 'campaign.yaml')
      .map(([, text]) => text)
      .join('\n');
  expect(texts('support')).not.toMatch(/oppos(e|ing)\b|op[oó]n/i);
  expect(texts('oppose')).not.toMatch(/support(ing)?\b|apoy/i);
});

test('a folder that is there stays as it is, and nothing is left aside', () => {
  mkdirSync(join(folder, 'clean-water'));
  writeFileSync(join(folder, 'clean-water', 'mine.txt'), 'mine');
  writeFileSync(join(folder, 'a-file'), 'mine');
  for (const slug of ['clean-water', 'a-file'])
    expect(() => putCampaign(folder, slug, newFiles(plan()))).toThrow(
      /^There is a campaign '.*' already: .* Nothing was written\./,
    );
  expect(() => putCampaign(join(folder, 'a-file'), 'x', newFiles(plan()))).toThrow(/can't be written/);
  expect(readdirSync(join(folder, 'clean-water'))).toEqual(['mine.txt']);
  expect(readdirSync(folder).toSorted()).toEqual(['a-file', 'clean-water']);
});

test('a folder that can not be written whole is not there at all', () => {
  const files = new Map([...newFiles(plan()), ['en', 'a file where a folder is']]);
  expect(() => putCampaign(folder, 'clean-water', files)).toThrow(
    expect.objectContaining({ code: 'campaign_unwritable' }),
  );
  expect(existsSync(join(folder, 'clean-water'))).toBe(false);
  expect(readdirSync(folder)).toEqual([]);
});

test('campaign.yaml begins with the way to its schema, and is a draft', () => {
  putCampaign(folder, 'clean-water', newFiles(plan()));
  const lines = readFileSync(join(folder, 'clean-water/campaign.yaml'), 'utf8').split('\n');
  expect(lines[0]).toBe('# yaml-language-server: $schema=../campaign.schema.json');
  expect(lines).toContain('status: draft');
});

test.each(['Clean-Water', 'clean water', '-a', 'a--b', '../a', '', 'a'.repeat(61)])(
  '%j is no name for a campaign',
  (slug) => {
    expect(slugFault(slug)).toMatch(/web address|missing/);
  },
);

test.each([
  ['fl', 'SB 316', 'upper'],
  ['fl', 'HJR 5', 'lower'],
  ['ca', 'AB 12', 'lower'],
  ['ny', 'A01234', 'lower'],
  ['nj', 'S. 12', 'upper'],
  ['vt', 'H.123', 'lower'],
  ['ia', 'hf 5', 'lower'],
  ['al', 'A 12', undefined],
  ['me', 'LD 12', undefined],
  ['nh', 'CACR 4', undefined],
  ['fl', '316', undefined],
  ['ne', 'LB 5', 'legislature'],
  ['dc', 'B26-0123', 'legislature'],
  ['pr', 'PS 12', 'upper'],
  ['pr', 'PC0012', 'lower'],
  ['pr', 'RCC 3', 'lower'],
])('in %s, %s was filed in: %s', (state, identifier, chamber) => {
  expect(chamberFiledIn(state, identifier)).toBe(chamber);
});

test.each([
  ['fl', 'fl'],
  ['FL', 'fl'],
  ['Florida', 'fl'],
  ['new  YORK', 'ny'],
  ['D.C.', 'dc'],
  ['Washington, DC', 'dc'],
  ['Washington', 'wa'],
  ['Puerto Rico', 'pr'],
  ['florda', undefined],
  ['', undefined],
])('%j is the state: %s', (typed, state) => {
  expect(stateCalled(typed)?.state).toBe(state);
});
