import type { KnownBills } from '../bills/known-bills.ts';
import type { Roster } from '../legislators/legislator.ts';
import { didYouMean } from '../yaml/nearest.ts';
import type { Campaign } from './campaign.ts';
import type { CampaignWarning } from './campaign-warning.ts';
import { BEFORE_ALL, decidersIn } from './deciders.ts';
import { askedChambers, doneChambers, type Located, locate, newestSession } from './located-bills.ts';
import { seatOf } from './seats.ts';

/** People whom a campaign names and who are no members by this roster, and a committee of which nobody knows the members. */
export function peopleWarnings(campaign: Campaign, known: KnownBills, roster: Roster): CampaignWarning[] {
  return [
    ...strangers(campaign, roster),
    ...ofDoneChambers(campaign, known, roster),
    ...unknownCommittee(campaign, known, roster),
  ];
}

/** Whether a campaign names any legislator, who could be compared with a roster. */
export function namesPeople({ positions, targets: { extra, fallback } }: Campaign): boolean {
  return positions.length > 0 || extra.length > 0 || fallback !== undefined;
}

function strangers({ positions, targets }: Campaign, roster: Roster): CampaignWarning[] {
  const { extra, fallback } = targets;
  const ids = roster.legislators.map(({ id }) => id);
  const asked = [
    ...extra.map(({ person_id }, index) => ({ person_id, path: ['targets', 'extra', index, 'person_id'] })),
    ...(fallback ? [{ person_id: fallback.person_id, path: ['targets', 'fallback', 'person_id'] }] : []),
  ].map((one) => ({ ...one, so: 'Nobody is asked in their place.' }));
  const told = positions
    .map(({ person_id }, index) => ({ person_id, path: ['positions', index, 'person_id'] }))
    .filter(({ person_id }, index, all) => all.findIndex((one) => one.person_id === person_id) === index)
    .map((one) => ({ ...one, so: 'They may have left; nothing depends on it.' }));
  return [...asked, ...told]
    .filter(({ person_id }) => !ids.includes(person_id))
    .map(({ person_id, path, so }) => {
      const message = `No member of the legislature has this id, as of ${roster.as_of}.${didYouMean(person_id, ids)} ${so}`;
      return { path, message };
    });
}

/** Legislators whom a campaign names, and whose chamber is done with the bill: nobody is asked to contact them any more. */
function ofDoneChambers(
  { targets, ...rest }: Campaign,
  known: KnownBills,
  roster: Roster,
): CampaignWarning[] {
  const done = doneChambers({ ...rest, targets }, known, roster);
  const { extra, fallback } = targets;
  return [
    ...extra.map(({ person_id }, index) => ({ person_id, path: ['targets', 'extra', index, 'person_id'] })),
    ...(fallback ? [{ person_id: fallback.person_id, path: ['targets', 'fallback', 'person_id'] }] : []),
  ].flatMap(({ person_id, path }) => {
    const seat = seatOf(roster, person_id);
    if (!seat || !done.includes(seat.district.org_classification)) return [];
    const message = `${seat.legislator.name} sits in a chamber that has passed the bill, so nobody is asked to contact them now.`;
    return [{ path, message }];
  });
}

/** Where only those who decide next are to be asked, the chambers in which nobody knows who sits on the committee. */
function unknownCommittee(campaign: Campaign, known: KnownBills, roster: Roster): CampaignWarning[] {
  if (campaign.targets.committee !== 'current') return [];
  const session = newestSession(campaign);
  const bills = locate(campaign, known, roster);
  const unknown = askedChambers(campaign, known, roster)
    .filter((chamber) => decidersIn(chamber, campaign, known, roster).kind === 'all')
    // Before a whole chamber, everyone there does decide next.
    .filter((chamber) => !bills.some((bill) => bill.chamber === chamber && isBeforeAll(bill)));
  if (unknown.length === 0) return [];
  const message = `Nobody here knows who sits on the committee that has the bill (${unknown.join(', ')}), so everyone in the chamber is asked. Run npm run campaign -- sync ${campaign.slug}, or name the members under positions as on_committee, of session ${session}.`;
  return [{ path: ['targets', 'committee'], message }];
}

const isBeforeAll = ({ known }: Located) =>
  known !== undefined && BEFORE_ALL.includes(known.whereabouts.stage);
