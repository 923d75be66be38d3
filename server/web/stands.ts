import type { KnownBills } from '../bills/known-bills.ts';
import { STANCES, type Stance } from '../campaigns/campaign.ts';
import { createSight, type Seen } from '../campaigns/sight.ts';
import type { OrgClassification, Roster } from '../legislators/legislator.ts';
import { membersInOrder } from '../legislators/place-members.ts';
import { stateFacts } from '../legislators/states.ts';
import { chamberIn, districtIn, nameIn, partyIn } from '../words/names.ts';
import { stanceBar } from './bill-chart.ts';
import { type CampaignPage, placeOf } from './page.ts';
import { positionsInWords } from './position-words.ts';
import { rosterDate } from './roster-date.ts';
import { todayIn } from './targeting.ts';

/**
 * Who stands where: every member who sits today counted by chamber and stance, each chamber with its bar, and those who did
 * or said anything on the bills, grouped by stance, each group by chamber and name. 503 where no roster is at hand.
 */
export function standsIn(page: CampaignPage, known: KnownBills) {
  const { roster } = placeOf(page);
  const members = membersOf(page, known, roster);
  const { chambers } = stateFacts(page.campaign.state);
  return {
    dated: rosterDate(page),
    stances: STANCES.map((stance) => ({ stance, label: stanceIn(page, stance) })),
    chambers: chambers
      .map((chamber) => ({
        chamber,
        here: members.filter(({ district }) => district.org_classification === chamber),
      }))
      .filter(({ here }) => here.length > 0)
      .map(({ chamber, here }) => chamberRow(page, chamber, here)),
    groups: groupsOf(page, members, chambers),
  };
}

/** What a stance is called for readers, who may not keep in mind what the campaign asks: 'Against the bill, as we ask'. */
function stanceIn({ t, campaign }: CampaignPage, stance: Stance): string {
  return t(`bill.stance.${campaign.ask}.${stance}`);
}

/** Everyone who holds a seat; whoever has left one is in no district any more. */
function membersOf(page: CampaignPage, known: KnownBills, roster: Roster): Seen[] {
  const see = createSight(page.campaign, { known, roster, today: todayIn(page) });
  return roster.districts.flatMap((district) =>
    roster.representation(district.division_id)!.legislators.map((legislator) => see(district, legislator)),
  );
}

function chamberRow(page: CampaignPage, chamber: OrgClassification, members: Seen[]) {
  const countOf = (stance: Stance) => members.filter((member) => member.stance === stance).length;
  const counts = { ally: countOf('ally'), opponent: countOf('opponent'), unknown: countOf('unknown') };
  return {
    name: chamberIn(page.t, page.campaign.state, chamber),
    counts,
    members: members.length,
    bar: stanceBar(counts),
  };
}

function groupsOf(page: CampaignPage, members: Seen[], chambers: readonly OrgClassification[]) {
  const active = members.filter(({ positions }) => positions.length > 0);
  const names = membersInOrder(active.map(({ legislator }) => legislator));
  const inOrder = active.toSorted(
    (one, other) =>
      chambers.indexOf(one.district.org_classification) -
        chambers.indexOf(other.district.org_classification) ||
      names.indexOf(one.legislator) - names.indexOf(other.legislator),
  );
  return STANCES.map((stance) => ({
    label: stance === 'unknown' ? page.t('bill.stands.unknown_yet_did') : stanceIn(page, stance),
    rows: inOrder
      .filter((member) => member.stance === stance)
      .map((member) => ({
        legislator_id: member.legislator.id,
        who: nameIn(page.t, member.legislator),
        role: [partyIn(page.t, member.legislator.party), districtIn(page.t, member.district)]
          .filter(Boolean)
          .join(' · '),
        did: positionsInWords(page, member),
      })),
  })).filter(({ rows }) => rows.length > 0);
}
