import type { Campaign } from '../campaigns/campaign.ts';
import type { Legislator } from '../legislators/legislator.ts';
import { stateFacts } from '../legislators/states.ts';
import type { FindAddressee } from '../mail/addressee.ts';
import { readMailAddress } from '../mail/mail-address.ts';
import { campaignPhase } from './campaign-phase.ts';
import type { Parts } from './parts.ts';

/** Phases in which a letter that was handed in waits for the campaign to go on. */
const WAITING = ['paused', 'draft', 'scheduled'];

/** Whether supporters are asked to act on a campaign now. */
export function isUnderWay(campaign: Campaign, now: Date): boolean {
  return campaignPhase(campaign, now) === 'live';
}

/** Where letters go, by what campaigns' files and rosters say at the moment. */
export function addresseesIn({
  campaigns,
  rosters,
  now,
}: Pick<Parts, 'campaigns' | 'rosters' | 'now'>): FindAddressee {
  return ({ campaign_slug, legislator_id, division_id }) => {
    const named = campaigns.byName(campaign_slug);
    const is_its_name = named && [named.slug, ...named.former_slugs].includes(campaign_slug);
    const campaign = is_its_name ? named : undefined;
    // A folder with a fault, or one that is being renamed: by the time that it is back the letter goes on.
    if (!campaign) return { state: 'waits', addressee: undefined };
    const roster = rosters.get(campaign.state)?.roster;
    if (!roster) return { state: 'waits', addressee: undefined };
    const legislator = roster.legislator(legislator_id);
    const { time_zone } = stateFacts(campaign.state);
    const offices = { hours: campaign.office_hours, time_zone };
    const address = writableOf(legislator);
    const known = legislator ?? someoneAt(legislator_id, division_id);
    const addressee = { campaign, legislator: known, address, offices };
    if (!legislator || address === '' || !isAsked(campaign, legislator))
      return { state: 'not_a_target', addressee };
    const phase = campaignPhase(campaign, now());
    if (phase === 'live') return { state: 'open', addressee };
    return { state: WAITING.includes(phase) ? 'waits' : 'over', addressee };
  };
}

/** The address, where a mail can be written to it: sources have some that no server takes. */
function writableOf(legislator: Legislator | undefined): string {
  const address = legislator?.email ?? '';
  return readMailAddress(address)?.address === address ? address : '';
}

/** Whether a campaign's file still lets anybody be asked to write to them; what they did on the bill meanwhile is no matter. */
function isAsked({ targets }: Campaign, { id, current_role }: Legislator): boolean {
  const named = [...targets.extra, ...(targets.fallback ? [targets.fallback] : [])];
  return (
    targets.chambers.includes(current_role.org_classification) ||
    named.some(({ person_id }) => person_id === id)
  );
}

/** Who has left, and whom no roster names any more. */
function someoneAt(id: string, division_id: string): Legislator {
  const current_role = { title: '', org_classification: 'upper', district: '', division_id } as const;
  return { id, name: '', party: '', current_role, offices: [], links: [] };
}
