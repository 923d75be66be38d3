import type { Campaign } from './campaign.ts';
import type { CampaignWarning } from './campaign-warning.ts';

/** Warns of a partner who has the name of an earlier one: on pages and in reports nobody could tell the two apart. */
export function partnerWarnings({ partners }: Pick<Campaign, 'partners'>): CampaignWarning[] {
  const seen = new Map<string, string>();
  return partners.flatMap(({ code, name }, index) => {
    const key = name.trim().replaceAll(/\s+/g, ' ').toLowerCase();
    const first = seen.get(key);
    if (first === undefined) {
      seen.set(key, code);
      return [];
    }
    const message = `The partners '${first}' and '${code}' have the same name, so on pages and in reports nobody can tell them apart. If they are one, take one out; if not, name what sets them apart.`;
    return [{ path: ['partners', index, 'name'], message }];
  });
}
