import { type CorrectionOutcome, kindOf } from '../legislators/correction.ts';
import type { CorrectionKind } from '../legislators/correction-schema.ts';
import { dayIn } from '../words/dates.ts';
import { type CampaignPage, placeOf } from './page.ts';

/** What a card says of a correction: that there was one, since when it is so, and where that is known from. */
export interface CorrectionLine {
  text: string;
  source: string | undefined;
}

/** The corrections that are in force for a legislator. */
export function correctionsOf(page: CampaignPage, legislator_id: string): CorrectionOutcome[] {
  return inForce(page).filter((one) => one.legislator_id === legislator_id);
}

/** Those by which members of a district have left. */
export function departuresFrom(page: CampaignPage, division_id: string): CorrectionOutcome[] {
  return inForce(page).filter((one) => one.division_id === division_id && one.correction.left_office);
}

function inForce(page: CampaignPage): CorrectionOutcome[] {
  return placeOf(page).corrections.filter(({ state }) => state === 'applied');
}

/** Corrections as lines of a card. The note stays with those who wrote it: it may hold what was told in confidence. */
export function correctionLines(page: CampaignPage, corrections: CorrectionOutcome[]): CorrectionLine[] {
  return corrections.map(({ correction }) => ({
    text: page.t(`act.corrected.${kindOf(correction)}`, {
      date: dayIn(page.t, correction.date),
    }),
    source: correction.source,
  }));
}

/** ISO date of the latest correction of a kind; undefined where there is none. */
export function latestOf(corrections: CorrectionOutcome[], kind: CorrectionKind): string | undefined {
  const dates = corrections.flatMap(({ correction }) => (kindOf(correction) === kind ? correction.date : []));
  return dates.toSorted().at(-1);
}
