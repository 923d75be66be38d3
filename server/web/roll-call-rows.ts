import type { BillRecord, RollCall } from '../bills/bill-record.ts';
import { setsPositions } from '../bills/passage-votes.ts';
import { dayIn } from '../words/dates.ts';
import { chamberIn } from '../words/names.ts';
import type { CampaignPage } from './page.ts';

/**
 * The roll calls of a bill as rows of a table, the newest first; `is_own_words` marks what is the legislature's own wording,
 * `named` are the roll calls that the organizer names.
 */
export function rollCallRows(page: CampaignPage, record: BillRecord, named: string[]) {
  return record.roll_calls
    .toSorted((one, other) => other.date.localeCompare(one.date))
    .map((roll_call) => ({
      date: dayIn(page.t, roll_call.date),
      who: whoVoted(page, roll_call),
      motion: roll_call.motion,
      result: resultIn(page, roll_call),
      ...countsOf(roll_call),
      source: roll_call.source,
      counts_here: setsPositions(roll_call, named),
    }));
}

function whoVoted(page: CampaignPage, { is_floor, chamber, organization }: RollCall) {
  return is_floor && chamber
    ? { text: chamberIn(page.t, page.campaign.state, chamber), is_own_words: false }
    : { text: organization, is_own_words: true };
}

function resultIn({ t }: CampaignPage, { result }: RollCall) {
  if (result === 'pass') return { text: t('bill.votes.passed'), is_own_words: false };
  if (result === 'fail') return { text: t('bill.votes.failed'), is_own_words: false };
  return { text: result, is_own_words: true };
}

/** How many said what; all but yes and no (absent, excused …) are others. Undefined where no one's choice was written down. */
function countsOf({ votes }: RollCall) {
  if (votes.length === 0) return { counts: undefined };
  const yes = votes.filter(({ option }) => option === 'yes').length;
  const no = votes.filter(({ option }) => option === 'no').length;
  return { counts: [yes, no, votes.length - yes - no] };
}
