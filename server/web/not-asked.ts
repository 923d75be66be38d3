import type { Target, Untargeted, WhyNot } from '../campaigns/targets.ts';
import type { OrgClassification } from '../legislators/legislator.ts';
import { isAtLarge } from '../legislators/undrawn-districts.ts';
import { dayIn } from '../words/dates.ts';
import { chamberIn, districtIn, listIn, nameIn, partyIn } from '../words/names.ts';
import type { CampaignPage } from './page.ts';
import { positionsInWords } from './position-words.ts';

/** The supporter's own legislators who are no target: each with what they did, why they are not asked, and what helps instead. */
export function notAskedCards(page: CampaignPage, untargeted: Untargeted[], targets: Target[]) {
  const { t } = page;
  const others = listIn(
    t,
    targets.map(({ legislator }) => nameIn(t, legislator)),
  );
  return untargeted.map((one, index) => ({
    anchor: `not-asked-${index + 1}`,
    kind: one.why.kind,
    who: t('act.not_asked.title_who', { who: nameIn(t, one.legislator) }),
    party: partyIn(t, one.legislator.party),
    district_name: districtIn(t, one.district),
    division_id: one.district.division_id,
    is_at_large: isAtLarge(one.district),
    positions: positionsInWords(page, one),
    why: whyInWords(page, one),
    instead: others === '' ? t('act.not_asked.instead_share') : t('act.not_asked.instead', { who: others }),
  }));
}

function whyInWords(page: CampaignPage, { why, legislator }: Untargeted): string {
  const { t, campaign } = page;
  const who = nameIn(t, legislator);
  const inWords = (chambers: OrgClassification[]) =>
    listIn(
      t,
      chambers.map((chamber) => chamberIn(t, campaign.state, chamber)),
    );
  return t(`act.not_asked.${keyOf(why)}`, {
    who,
    ...(why.kind === 'passed' && {
      chamber: chamberIn(t, campaign.state, why.passage.chamber),
      bill: why.passage.bill,
      date: dayIn(t, why.passage.date),
    }),
    ...('bill' in why && { bill: why.bill }),
    ...('chambers' in why && { chambers: inWords(why.chambers) }),
    ...('committees' in why && { committees: listIn(t, why.committees) }),
  });
}

function keyOf(why: WhyNot): string {
  if (why.kind === 'stance') return why.stance;
  if (why.kind === 'committee' && why.committees.length === 0) return 'committee_unnamed';
  return why.kind;
}
