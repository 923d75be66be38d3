import type { RequestHandler } from 'express';
import type { Campaign } from '../campaigns/campaign.ts';
import { rosterAge } from '../legislators/roster-age.ts';
import { describeError } from '../log.ts';
import type { Site } from './page.ts';
import { requestIdOf } from './request-ids.ts';

/** The process lives. */
export function health(): RequestHandler {
  return (_req, res) => {
    res.json({ status: 'ok' });
  };
}

/**
 * The process can serve: the store is reached, campaigns are loaded, and each has a roster, whose age is told. 503 and why,
 * where not. What is at hand of bills is told with when it was fetched, and keeps nobody from being served.
 */
export function ready({ parts }: Site): RequestHandler {
  return async (_req, res) => {
    const request_id = requestIdOf(res);
    const store = await parts.pingStore().then(
      () => true,
      (error: unknown) => {
        parts.log('error', 'store_unreachable', { request_id, ...describeError(error) });
        return false;
      },
    );
    const campaigns = parts.campaigns.all();
    const states = [...new Set(campaigns.map((campaign) => campaign.state))];
    const rosters = states.map((state) => {
      const roster = parts.rosters.get(state)?.roster;
      const age = roster && rosterAge(roster, state, parts.now());
      return {
        state,
        at_hand: roster !== undefined,
        is_sample: roster?.is_sample ?? false,
        source: roster?.source ?? null,
        as_of: roster?.as_of ?? null,
        age_in_days: age?.days ?? null,
        election_passed: age?.election_passed ?? null,
        election_unseen: age?.election_unseen ?? null,
        checked_at: roster?.checked_at ?? null,
      };
    });
    const billsOf = (campaign: Campaign) => {
      const roster = parts.rosters.get(campaign.state)?.roster;
      const known = roster ? parts.knownBills(campaign, roster).bills : [];
      return known.map(({ record: { identifier, session, fetched_at } }) => ({
        slug: campaign.slug,
        identifier,
        session,
        fetched_at,
      }));
    };
    // Nobody but their writers sees drafts, and what is put away asks for nobody's legislators.
    const wanted = campaigns.filter(({ status }) => status !== 'draft' && status !== 'archived');
    const is_public = ({ state }: { state: string }) =>
      campaigns.some((campaign) => campaign.status !== 'draft' && campaign.state === state);
    const is_wanted = ({ state }: { state: string }) => wanted.some((campaign) => campaign.state === state);
    const is_ready =
      store && campaigns.length > 0 && rosters.filter(is_wanted).every((roster) => roster.at_hand);
    const status = is_ready ? 200 : 503;
    res.status(status).json({
      status: is_ready ? 'ok' : 'not ready',
      store,
      campaigns: campaigns.filter(({ status }) => status !== 'draft').map(({ slug }) => slug),
      // Campaigns with faults in their files keep nobody from being served; drafts are not named.
      broken_campaigns: parts.campaigns
        .broken()
        .filter(({ is_draft }) => !is_draft)
        .map(({ slug, faults, is_served }) => ({ slug, faults: faults.length, serves_last: is_served })),
      rosters: rosters.filter(is_public),
      bills: wanted.flatMap((campaign) => billsOf(campaign)),
      // Entries that are left out of the corrections: they keep nobody from being served.
      correction_faults: parts.rosters.faults().length,
    });
  };
}
