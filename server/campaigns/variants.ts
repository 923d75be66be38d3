import type { Campaign, MessageTemplate } from './campaign.ts';

/** What decides which variants a visit gets. */
export type VariedCampaign = Pick<Campaign, 'variants' | 'templates'>;

/** How often a variant is drawn, compared with others; one that campaign.yaml does not name weighs 1. */
export function weightOf({ variants }: Pick<Campaign, 'variants'>, variant: string): number {
  return Object.hasOwn(variants, variant) ? variants[variant]! : 1;
}

/** The texts of one wording in one language: variants of each other, where there are several. */
export function wordingsOf(templates: MessageTemplate[]): MessageTemplate[][] {
  const groups = Map.groupBy(templates, ({ language, kind, wording }) => `${language}/${kind}.${wording}`);
  return [...groups.values()];
}

/**
 * The variants of one visit, the one that goes first before others: of each wording it gets the first of these that the
 * wording has. So all that one supporter says and reads has the same name after @, as far as there is a file of that name.
 * Those drawn before (`begun`) stay first. Of any wording each variant is drawn as often as its weight among that wording's
 * own says: names are drawn one after the other, by weight, from those left (R. D. Luce, Individual Choice Behavior, 1959).
 * Names that decide nothing are left out: two variants leave one name, and a campaign without variants none.
 */
export function drawVariants(campaign: VariedCampaign, begun: string[], random: () => number): string[] {
  const choices = wordingsOf(campaign.templates)
    .filter((texts) => texts.length > 1)
    .map((texts) => texts.map(({ variant }) => variant));
  const names = [...new Set(choices.flat())].toSorted();
  const order = [...new Set(begun)].filter((name) => names.includes(name));
  const left = names.filter((name) => !order.includes(name));
  while (left.length > 0) order.push(...left.splice(drawOne(campaign, left, random()), 1));
  return order.filter((name) => choices.some((variants) => pickFrom(order)(variants) === name));
}

/** The index of one of these names, drawn by weight. */
function drawOne(campaign: VariedCampaign, names: string[], chance: number): number {
  const weights = names.map((name) => weightOf(campaign, name));
  let point = chance * weights.reduce((sum, weight) => sum + weight, 0);
  const index = weights.findIndex((weight) => {
    point -= weight;
    return point < 0;
  });
  return index === -1 ? names.length - 1 : index;
}

/** Picks among the variants of one wording the one that goes first in a visit. */
export function pickFrom(drawn: string[]): (variants: string[]) => string {
  return (variants) => drawn.find((name) => variants.includes(name)) ?? variants[0]!;
}
