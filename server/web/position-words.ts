import { billOfPosition } from '../campaigns/messages.ts';
import type { KnownPosition } from '../campaigns/positions.ts';
import { sessionInWords } from '../campaigns/session-words.ts';
import type { Seen } from '../campaigns/sight.ts';
import type { OrgClassification } from '../legislators/legislator.ts';
import { dayIn } from '../words/dates.ts';
import type { CampaignPage } from './page.ts';

/** What a legislator did, in the page's language, with where that is known from. */
export interface PositionWords {
  /** 'Sponsor, 2026 session (HB 419)', 'Voted no on HB 419 on March 3, 2026'. */
  label: string;
  /** Words of the link to the source: 'Source, November 3, 2025'. */
  source_label: string;
  source: string;
}

/** Positions whose words say the day themselves. */
const DATED = ['voted_yes', 'voted_no', 'not_voting'];

/**
 * A position in words. Of sessions that are not known to run still it is told as of the past. `chamber` is the
 * legislator's, `committee` the one on which they sit, where its name is known.
 */
function positionWords(
  page: CampaignPage,
  position: KnownPosition,
  { chamber, committee = '' }: { chamber: OrgClassification; committee?: string },
): PositionWords {
  const { t, campaign } = page;
  const date = dayIn(t, position.date);
  const names = {
    bill: billOfPosition(campaign, position, chamber) ?? t('act.the_bill'),
    session: sessionInWords(campaign, position.session, t.language),
    date,
    committee,
  };
  const { position: name, is_current, by } = position;
  const past = t(`act.position.${name}`, names);
  const label = is_current ? t(`act.position_now.${name}`, { ...names, defaultValue: past }) : past;
  // OpenStates does not tell when a sponsor signed, nor since when someone sits on a committee.
  const is_dated = by === 'campaign' && !DATED.includes(name);
  return {
    label: name === 'on_committee' && committee !== '' ? `${label} (${committee})` : label,
    source_label: is_dated ? t('act.position_source', { date }) : t('act.position_source_only'),
    source: position.source,
  };
}

/** Everything that counts of what a legislator did on the bill, in words, the most telling first. */
export function positionsInWords(
  page: CampaignPage,
  { positions, district, committee }: Seen,
): PositionWords[] {
  const chamber = district.org_classification;
  const words = positions.map((position) => positionWords(page, position, { chamber, committee }));
  // A companion that has the same said of it under the same name says nothing new.
  return words.filter(({ label }, index) => words.findIndex((one) => one.label === label) === index);
}
