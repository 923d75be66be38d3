// What the counts of variants tell, and what they do not.
import { ACTION_TYPES } from '../server/actions/action.ts';
import type { VariantCount } from '../server/actions/totals.ts';
import type { Campaign } from '../server/campaigns/campaign.ts';
import { weightOf } from '../server/campaigns/variants.ts';

/** Completed actions of one type below which shares would only mislead. */
export const FEWEST_TO_COMPARE = 100;

/**
 * Lines that compare the variants of each type, as far as that can be done: the share of each beside what its weight alone
 * would give, and the range that chance leaves around that. The range is two standard errors of a share, taken from half as
 * many actions: one supporter often acts twice, with one variant. '' where nothing was counted of any variant.
 */
export function comparedVariants(
  by_variant: VariantCount[],
  campaign: Pick<Campaign, 'variants' | 'templates'> | undefined,
): string {
  const lines = ACTION_TYPES.flatMap((type) => {
    const counts = by_variant.filter((one) => one.type === type && one.variant !== '');
    return counts.length === 0 ? [] : comparison(type, counts, campaign);
  });
  return lines.length === 0 ? '' : `\nVariants, those of one type side by side\n${lines.join('\n')}\n`;
}

function comparison(
  type: VariantCount['type'],
  counts: VariantCount[],
  campaign: Pick<Campaign, 'variants' | 'templates'> | undefined,
): string[] {
  const all = counts.reduce((sum, { completed_actions }) => sum + completed_actions, 0);
  const names = new Set(
    campaign?.templates
      .filter(({ kind, variant }) => kind === type && variant !== '')
      .map((one) => one.variant),
  );
  if (!campaign || counts.some(({ variant }) => !names.has(variant)))
    return [
      `  ${type}: one of them is not in use now. It was counted at another time, so the shares can't be compared.`,
    ];
  if (names.size < 2) return [`  ${type}: there is one variant, and nothing to compare it with.`];
  if (all < FEWEST_TO_COMPARE)
    return [
      `  ${type}: ${all} in all. Below ${FEWEST_TO_COMPARE} differences are mostly chance, so no shares are shown.`,
    ];
  const weights = [...names].reduce((sum, name) => sum + weightOf(campaign, name), 0);
  const shares = [...names].map((name) => {
    const count = counts.find(({ variant }) => variant === name)?.completed_actions ?? 0;
    const expected = weightOf(campaign, name) / weights;
    const range = 2 * Math.sqrt((expected * (1 - expected)) / (all / 2));
    const is_chance = Math.abs(count / all - expected) <= range;
    const between = `${percent(Math.max(0, expected - range))} to ${percent(Math.min(1, expected + range))}`;
    return `  ${type}@${name}: ${percent(count / all)} of ${all}. By its weight, chance alone gives ${between}: ${is_chance ? 'no difference is shown' : 'this is more than chance'}.`;
  });
  return [
    ...shares,
    '    This holds if the weights were the same all along, and if every text of this type has all of these variants.',
  ];
}

function percent(share: number): string {
  return `${Math.round(share * 100)}%`;
}
