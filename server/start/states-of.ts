import type { Campaign } from '../campaigns/campaign.ts';

/** The states of campaigns, each once. */
export function statesOf(campaigns: readonly Campaign[]): string[] {
  return [...new Set(campaigns.map(({ state }) => state))];
}
