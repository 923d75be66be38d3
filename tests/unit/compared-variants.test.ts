import { comparedVariants } from '../../scripts/compared-variants.ts';
import { madeUpCampaign } from '../fixtures/campaigns/made-up-campaign.ts';

const EMAIL = 'Subject: Water\n\nPlease help.';
const campaign = {
  ...madeUpCampaign({
    files: { 'en/email@a.hbs': EMAIL, 'en/email@b.hbs': EMAIL, 'en/phone@a.hbs': 'Hello.' },
  }),
  variants: { a: 3 },
};
const counted = (counts: Record<string, number>) =>
  Object.entries(counts).map(([key, completed_actions]) => {
    const [type, variant] = key.split('@') as ['email' | 'phone', string];
    return { type, variant, completed_actions };
  });

test('without variants, or before anything is counted of one, nothing is said', () => {
  expect(comparedVariants(counted({ 'email@': 500, 'phone@': 500 }), campaign)).toBe('');
  expect(comparedVariants([], campaign)).toBe('');
});

test('below a hundred actions no share is shown', () => {
  const said = comparedVariants(counted({ 'email@a': 74, 'email@b': 25, 'email@': 900 }), campaign);
  expect(said).toContain(
    '  email: 99 in all. Below 100 differences are mostly chance, so no shares are shown.\n',
  );
  expect(said).not.toContain('%');
});

test('from a hundred on each share stands beside what chance makes of its weight', () => {
  expect(comparedVariants(counted({ 'email@a': 130, 'email@b': 70 }), campaign).split('\n')).toEqual([
    '',
    'Variants, those of one type side by side',
    '  email@a: 65% of 200. By its weight, chance alone gives 66% to 84%: this is more than chance.',
    '  email@b: 35% of 200. By its weight, chance alone gives 16% to 34%: this is more than chance.',
    expect.stringMatching(/^ {4}This holds if the weights were the same all along,/),
    '',
  ]);
  expect(comparedVariants(counted({ 'email@a': 140, 'email@b': 60 }), campaign)).toMatch(
    /email@a: 70% of 200\..*: no difference is shown\.\n.*email@b: 30% of 200\./,
  );
});

test('a variant of which nothing is counted yet is part of the comparison', () => {
  expect(comparedVariants(counted({ 'email@a': 200 }), campaign)).toContain('email@b: 0% of 200.');
});

test('what is alone, switched off, or of a campaign that is gone, is not compared', () => {
  expect(comparedVariants(counted({ 'phone@a': 500 }), campaign)).toContain('phone: there is one variant');
  const old = counted({ 'email@a': 500, 'email@old': 500 });
  for (const known of [campaign, undefined])
    expect(comparedVariants(old, known)).toContain('email: one of them is not in use now.');
});
