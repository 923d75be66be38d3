import type { MessageTemplate } from '../../server/campaigns/campaign.ts';
import { chooseTemplate } from '../../server/campaigns/choose-template.ts';
import { variantWarnings } from '../../server/campaigns/variant-warnings.ts';
import { drawVariants, pickFrom, type VariedCampaign } from '../../server/campaigns/variants.ts';
import { madeUpCampaign } from '../fixtures/campaigns/made-up-campaign.ts';
import { madeUpTarget } from '../fixtures/campaigns/made-up-target.ts';

/** A campaign of these files alone: 'email.ally@short', 'es/phone'. */
function campaignOf(files: string[], variants: Record<string, number> = {}) {
  const templates = files.map((file): MessageTemplate => {
    const [, language = 'en', kind, wording = 'plain', variant = ''] =
      /^(?:(\w+)\/)?(\w+)(?:\.(\w+))?(?:@(\w+))?$/.exec(file)!;
    return { kind, language, wording, variant, file, subject: '', text: file } as MessageTemplate;
  });
  return { ...madeUpCampaign(), templates, variants };
}

/** The same numbers from 0 up to 1 in each run. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1664525 + 1013904223) % 2 ** 32;
    return state / 2 ** 32;
  };
}

/** How often each variant of one wording is said in so many visits. */
function countsOf(campaign: VariedCampaign, variants: string[], visits: number): Record<string, number> {
  const random = seeded(20261128);
  const counts: Record<string, number> = Object.fromEntries(variants.map((name) => [name, 0]));
  for (let visit = 0; visit < visits; visit += 1)
    counts[pickFrom(drawVariants(campaign, [], random))(variants)]! += 1;
  return counts;
}

/** Pearson's chi-square of what was counted against what the weights say. */
function chiSquare(counts: Record<string, number>, weights: Record<string, number>): number {
  const sum = (list: number[]) => list.reduce((total, one) => total + one, 0);
  const share = sum(Object.values(counts)) / sum(Object.values(weights));
  return sum(
    Object.entries(weights).map(([name, weight]) => (counts[name]! - weight * share) ** 2 / (weight * share)),
  );
}

// 99.9 of 100 honest draws stay below these, by degrees of freedom (one less than there are variants).
const CRITICAL = [0, 10.83, 13.82, 16.27];

test.each<[files: string[], weights: Record<string, number>]>([
  [['email@a', 'email@b'], { a: 1, b: 1 }],
  [['email@a', 'email@b'], { a: 2, b: 1 }],
  [['email@a', 'email@b', 'email@c'], { a: 5, b: 3, c: 1 }],
  // What one wording says is by its own variants alone, whatever others have.
  [['email@a', 'email@b', 'phone@b', 'phone@c', 'phone@d'], { a: 1, b: 3, c: 2, d: 4 }],
])('of %j each is drawn as often as %j says, in every wording', (files, variants) => {
  const campaign = campaignOf(files, variants);
  for (const kind of ['email', 'phone']) {
    const own = files.filter((file) => file.startsWith(kind)).map((file) => file.split('@')[1]!);
    if (own.length === 0) continue;
    const counts = countsOf(campaign, own, 6000);
    const weights = Object.fromEntries(own.map((name) => [name, variants[name]!]));
    expect(chiSquare(counts, weights)).toBeLessThan(CRITICAL[own.length - 1]!);
  }
});

test('a variant that campaign.yaml does not name weighs 1, the file without a name too', () => {
  const counts = countsOf(campaignOf(['email', 'email@b'], { b: 3 }), ['', 'b'], 6000);
  expect(chiSquare(counts, { '': 1, b: 3 })).toBeLessThan(CRITICAL[1]!);
});

test('a visit holds no more than decides: nothing without variants, one name of two, and one for all that share names', () => {
  const drawn = (files: string[]) => drawVariants(campaignOf(files), [], () => 0);
  expect(drawn(['email', 'phone', 'email.ally@only'])).toEqual([]);
  expect(drawn(['email@a', 'email@b'])).toEqual(['a']);
  expect(drawn(['email', 'email@b'])).toEqual(['']);
  expect(drawn(['email@a', 'email@b', 'phone@a', 'phone@b', 'es/email@a', 'es/email@b'])).toEqual(['a']);
  expect(drawn(['email@short', 'email@long', 'phone@warm', 'phone@plain'])).toEqual(['long', 'plain']);
});

test('what was drawn stays, whatever chance says later; what is no variant any more is drawn anew', () => {
  const campaign = campaignOf(['email@a', 'email@b', 'phone@c', 'phone@d']);
  const random = seeded(7);
  for (let visit = 0; visit < 50; visit += 1) {
    const drawn = drawVariants(campaign, [], random);
    expect(drawn.length).toBe(2);
    expect(drawVariants(campaign, drawn, random)).toEqual(drawn);
  }
  expect(drawVariants(campaign, ['b'], () => 0.99)).toEqual(['b', 'd']);
  expect(drawVariants(campaign, ['gone', 'b', 'b', 'c'], () => 0)).toEqual(['b', 'c']);
});

test('a wording goes before the variant: one that lacks it says another of its own', () => {
  const campaign = campaignOf(['email@a', 'email@b', 'email.ally@a', 'phone', 'es/email@a', 'es/email@b']);
  const fileFor = (variant: string, position?: 'sponsor', language = 'en') =>
    chooseTemplate(campaign, 'email', {
      target: madeUpTarget({ position }),
      language,
      pickVariant: pickFrom([variant]),
    }).file;
  expect(fileFor('b')).toBe('email@b');
  expect(fileFor('b', 'sponsor')).toBe('email.ally@a');
  expect(fileFor('a', 'sponsor')).toBe('email.ally@a');
  expect(
    chooseTemplate({ ...campaign, message_languages: ['en', 'es'] }, 'email', {
      target: madeUpTarget(),
      language: 'es',
      pickVariant: pickFrom(['b']),
    }).file,
  ).toBe('es/email@b');
});

test('what makes counts of variants say less than they seem to is told at the file', () => {
  const told = (files: string[]) =>
    variantWarnings(campaignOf(files)).map(({ file, message }) => `${file}: ${message}`);
  expect(told(['email@a', 'email@b', 'email.ally', 'phone', 'voicemail'])).toEqual([]);
  expect(told(['email', 'email@b', 'phone'])).toEqual([
    expect.stringMatching(
      /^email: Each supporter gets this text or one with a name, such as @b, by chance\./,
    ),
  ]);
  expect(told(['email@a', 'email@b', 'email.ally@a', 'phone'])).toEqual([
    expect.stringMatching(
      /^email\.ally@a: There is no en\/email\.ally@b\.hbs: whoever would get @b gets this/,
    ),
  ]);
  expect(told(['email', 'phone@a', 'phone@b', 'voicemail@x', 'voicemail@y'])).toEqual([
    expect.stringMatching(/^voicemail@x: .* no call script is named @x\./),
    expect.stringMatching(/^voicemail@y: .* no call script is named @y\./),
  ]);
});
