import type { Campaign } from '../campaigns/campaign.ts';
import { stateFacts } from '../legislators/states.ts';
import type { FindAddressee } from '../mail/addressee.ts';
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
  return ({ campaign_slug, legislator_id }) => {
    const named = campaigns.byName(campaign_slug);
    const is_its_name = named && [named.slug, ...named.former_slugs].includes(campaign_slug);
    const campaign = is_its_name ? named : undefined;
    // A folder with a fault, or one that is being renamed: by the time that it is back the letter goes on.
    if (!campaign) return { state: 'waits', addressee: undefined };
    const roster = rosters.get(campaign.state)?.roster;
    if (!roster) return { state: 'waits', addressee: undefined };
    const legislator = roster.legislator(legislator_id);
    if (!legislator?.email) return { state: 'not_a_target', addressee: undefined };
    const { time_zone } = stateFacts(campaign.state);
    const offices = { hours: campaign.office_hours, time_zone };
    const addressee = { campaign, legislator, address: legislator.email, offices };
    const phase = campaignPhase(campaign, now());
    if (phase === 'live') return { state: 'open', addressee };
    return { state: WAITING.includes(phase) ? 'waits' : 'over', addressee };
  };
}
