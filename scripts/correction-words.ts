// How corrections are spoken of at a terminal.
import { type CorrectedCampaign, type Criteria, sumOf } from '../server/actions/criteria-queries.ts';
import { slugsOf } from '../server/actions/totals.ts';
import { numberFormat } from '../server/calendar.ts';
import type { Campaign } from '../server/campaigns/campaign.ts';
import { stateFacts } from '../server/legislators/states.ts';
import { UsageError } from './command-line.ts';
import { clockInWords, hourInWords } from './state-hours.ts';

const LONGEST_REASON = 300;

/** The reason of a correction, on one line; UsageError where it is missing, with one that would fit, or too long. */
export function readReason(given = '', fitting = 'A test of the phone line'): string {
  const reason = given.trim().replaceAll(/\s+/g, ' ');
  if (reason === '')
    throw new UsageError(`Say why, in a sentence that everyone may read: --reason "${fitting}".`);
  refuseControls(reason, '--reason');
  if (reason.length > LONGEST_REASON) throw new UsageError(`--reason has ${LONGEST_REASON} letters at most.`);
  return reason;
}

/** Signs that no one sees and that turn what stands beside them: no terminal and no page is to take them in. */
export function refuseControls(text: string, option: string): void {
  if (/[\p{Cc}\p{Cf}\u2028\u2029]/u.test(text))
    throw new UsageError(`${option} holds signs that can't be seen. Type it anew, in letters alone.`);
}

/** A campaign as corrections see it. */
export function correctedCampaign(campaign: Campaign): CorrectedCampaign {
  return { slugs: slugsOf(campaign), time_zone: stateFacts(campaign.state).time_zone };
}

/** '40 actions, 38 of them completed'. */
export function sumInWords(groups: Parameters<typeof sumOf>[0]): string {
  const { actions, completed_actions } = sumOf(groups);
  return `${actionsInWords(actions)}, ${numberFormat('en').format(completed_actions)} of them completed`;
}

/** '1 action', '1,200 actions'. */
export function actionsInWords(actions: number, kind = 'action'): string {
  return `${numberFormat('en').format(actions)} ${kind}${actions === 1 ? '' : 's'}`;
}

/** What criteria say, one line each: hours by the clock of the state, which is named. */
export function criteriaInWords(
  { from, to, partner, block, entry }: Criteria,
  { state, partners }: Pick<Campaign, 'state' | 'partners'>,
  now: Date,
): string[] {
  const { time_zone } = stateFacts(state);
  const clock = clockInWords(time_zone, now);
  const name = partners.find(({ code }) => code === partner)?.name;
  return [
    ...(from === undefined ? [] : [`from ${hourInWords(from, time_zone)} (${clock})`]),
    ...(to === undefined ? [] : [`up to ${hourInWords(to, time_zone)} (${clock}), not included`]),
    ...(partner === undefined ? [] : [`of the partner ${name ?? partner}`]),
    ...(block === undefined ? [] : [`of the marked block ${block}`]),
    ...(entry === undefined ? [] : [`of the offline entry ${entry}`]),
  ];
}
