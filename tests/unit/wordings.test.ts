import { POSITIONS } from '../../server/bills/position.ts';
import type { Campaign, Stance, TargetRules } from '../../server/campaigns/campaign.ts';
import { readCampaign } from '../../server/campaigns/read-campaigns.ts';
import { unaskedWarnings, wordingWarnings } from '../../server/campaigns/wording-warnings.ts';
import { producible, textsMet } from '../../server/campaigns/wordings.ts';
import { type MadeUpCampaign, madeUpCampaign } from '../fixtures/campaigns/made-up-campaign.ts';

const EXTRA = { person_id: 'ocd-person/1', reason: { en: 'Chairs the committee.' } };
const EMAIL = 'Subject: Water\n\nPlease help.';
const FOR_IT = ['sponsor', 'cosponsor', 'voted_yes', 'says_support'];
const AGAINST_IT = ['voted_no', 'says_oppose'];
const UNKNOWN = ['none', 'not_voting', 'on_committee', 'undecided'];

const positionsOf = (campaign: Campaign) =>
  producible(campaign).map(({ position = 'none', stance }) => `${position} ${stance}`);
const as = (stance: Stance, positions: string[]) => positions.map((one) => `${one} ${stance}`);

test.each<[ask: Campaign['ask'], stances: Stance[], positions: string[]]>([
  ['support', ['ally'], as('ally', FOR_IT)],
  ['oppose', ['ally'], as('ally', AGAINST_IT)],
  ['support', ['opponent'], as('opponent', AGAINST_IT)],
  ['oppose', ['opponent'], as('opponent', FOR_IT)],
  ['support', ['unknown'], as('unknown', UNKNOWN)],
  ['oppose', ['unknown'], as('unknown', UNKNOWN)],
  ['support', ['unknown', 'opponent'], [...as('unknown', UNKNOWN), ...as('opponent', AGAINST_IT)]],
])('a campaign to %s that asks %j meets these positions and no others', (ask, stances, positions) => {
  expect(positionsOf(madeUpCampaign({ ask, targets: { stances } })).toSorted()).toEqual(positions.toSorted());
});

test.each([
  ['extra', { extra: [EXTRA] }],
  ['fallback', { fallback: EXTRA }],
])('with legislators named as %s every position can be met, whatever stances are asked', (_, named) => {
  const found = producible(madeUpCampaign({ targets: { stances: ['opponent'], ...named } }));
  expect(found.map(({ position }) => position)).toEqual([undefined, ...POSITIONS]);
});

const warningsOf = (special: MadeUpCampaign) =>
  wordingWarnings(madeUpCampaign(special)).map(
    ({ file, line, column, message }) => `${file}:${line}:${column} ${message}`,
  );

test('a file for a stance or a position that is not asked is told, with what to add', () => {
  const files = {
    'en/email.ally.hbs': EMAIL,
    'en/email.voted_no.hbs': EMAIL,
    'en/phone.sponsor@short.hbs': 'Hello.',
    'en/phone.sponsor@long.hbs': 'Hello there.',
  };
  expect(warningsOf({ files, targets: { stances: ['unknown', 'opponent'] } })).toEqual([
    "en/email.ally.hbs:1:1 Nobody of the stance 'ally' is asked: targets.stances are unknown, opponent. Add 'ally' there, or take this file out.",
    "en/phone.sponsor@short.hbs:1:1 The position 'sponsor' makes the stance 'ally', and nobody of the stance 'ally' is asked: targets.stances are unknown, opponent. Add 'ally' there, or take this file out.",
  ]);
  expect(warningsOf({ files })).toEqual([]);
  // Whoever opposes the bill is the ally of a campaign against it.
  const of_oppose = warningsOf({ files, ask: 'oppose', targets: { stances: ['unknown', 'opponent'] } });
  expect(of_oppose.map((warning) => warning.split(':')[0])).toEqual([
    'en/email.ally.hbs',
    'en/email.voted_no.hbs',
  ]);
});

test.each<[ask: Campaign['ask'], stance: Stance, positions: string[], is_shadowed: boolean]>([
  ['support', 'ally', FOR_IT, true],
  ['support', 'ally', FOR_IT.slice(1), false],
  ['support', 'ally', AGAINST_IT, false],
  ['support', 'opponent', AGAINST_IT, true],
  ['oppose', 'ally', AGAINST_IT, true],
  ['oppose', 'ally', FOR_IT, false],
  ['oppose', 'opponent', FOR_IT, true],
  // One of whom nothing is known has no position to be named by.
  ['support', 'unknown', UNKNOWN.slice(1), false],
])(
  'asking to %s, email.%s.hbs beside files for %j: nobody gets it = %j',
  (ask, stance, positions, is_shadowed) => {
    const files = Object.fromEntries(
      [stance, ...positions].map((wording) => [`en/email.${wording}@a.hbs`, EMAIL]),
    );
    const told = warningsOf({ ask, files });
    if (!is_shadowed) return expect(told).toEqual([]);
    expect(told).toEqual([
      `en/email.${stance}@a.hbs:1:1 Nobody gets this text: each position of the stance '${stance}' has a file of its own (${positions.join(', ')}). Take this file out, or one of those.`,
    ]);
  },
);

test('files of another kind or another message language put nothing in the shade', () => {
  const scripts = Object.fromEntries(FOR_IT.map((one) => [`en/phone.${one}.hbs`, 'Hello.']));
  const others = Object.fromEntries(FOR_IT.map((one) => [`es/email.${one}.hbs`, EMAIL]));
  const files = { ...scripts, ...others, 'en/email.ally.hbs': EMAIL };
  expect(warningsOf({ files, message_languages: ['en', 'es'] })).toEqual([]);
});

test('a translation is met where what it translates is, though its own language would say something else', () => {
  const own = Object.fromEntries(FOR_IT.map((one) => [`es/email.${one}.hbs`, EMAIL]));
  const files = { ...own, 'es/email.ally.hbs': EMAIL };
  const both = { languages: ['en', 'es'], message_languages: ['en', 'es'] };
  expect(warningsOf({ ...both, files })).toEqual([
    expect.stringMatching(/^es\/email\.ally\.hbs.*Nobody gets/),
  ]);
  expect(warningsOf({ ...both, files: { ...files, 'en/email.ally.hbs': EMAIL } })).toEqual([]);
});

test('in a language of pages alone, a translation is judged by what it translates', () => {
  const pages = { languages: ['en', 'es'], targets: { stances: ['unknown'] as Stance[] } };
  const files = { 'en/email.ally.hbs': EMAIL, 'es/email.ally.hbs': EMAIL, 'es/email.undecided.hbs': EMAIL };
  expect(warningsOf({ ...pages, files }).map((warning) => warning.split(':')[0])).toEqual([
    'en/email.ally.hbs',
    'es/email.ally.hbs',
  ]);
});

const ASKS =
  '{{#if is_constituent}}I live in your district.{{else}}I live in {{state.name}}.{{/if}} Please help.';

test('where legislators are named for everybody, the texts that never ask who lives there are told at once', () => {
  const files = {
    'en/email.hbs': `Subject: Water\n\n${ASKS}`,
    'en/email.ally@warm.hbs': 'Subject: {{#if is_constituent}}a{{else}}b{{/if}}\n\nI live in your district.',
    'en/phone.hbs': '{{#if position}}{{#unless is_constituent}}Hello.{{/unless}}{{/if}} Please help.',
    'en/voicemail.hbs': '{{#if bill.title}}a{{else if is_constituent}}b{{else}}c{{/if}}',
    'en/voicemail.ally.hbs':
      'is_constituent {{#if position}}a{{else}}b{{/if}} {{!-- {{#if is_constituent}} --}}',
  };
  const told = (targets: Partial<TargetRules>) => unaskedWarnings(madeUpCampaign({ files, targets }));
  expect(told({})).toEqual([]);
  const [warning, ...others] = told({ stances: ['unknown'], extra: [EXTRA] });
  expect([warning!.path, others]).toEqual([['targets', 'extra'], []]);
  expect(warning!.message).toMatch(
    /^By targets\.extra, people who do not live in the district may say these texts, and they do not ask: en\/email\.ally@warm\.hbs, en\/voicemail\.ally\.hbs\. Ask first, in each: \{\{#if is_constituent}}/,
  );
  const [fallback] = told({ fallback: EXTRA });
  expect([fallback!.path, fallback!.message.slice(0, 20)]).toEqual([
    ['targets', 'fallback'],
    'By targets.fallback,',
  ]);
  const [both] = told({ extra: [EXTRA], fallback: { ...EXTRA, person_id: 'ocd-person/2' } });
  expect(both!.message).toMatch(/^By targets\.extra and targets\.fallback, people/);
});

test('every text of the VISIBLE Act is met, and none is doubtful', async () => {
  const { campaign, warnings } = await readCampaign('campaigns', 'visible-act');
  const met = textsMet(campaign!);
  expect(campaign!.templates.filter((template) => !met.has(template))).toEqual([]);
  expect(warnings).toEqual([]);
});
