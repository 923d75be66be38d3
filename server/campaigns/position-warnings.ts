import { isSameBill } from '../bills/bill-record.ts';
import type { KnownBills } from '../bills/known-bills.ts';
import { byNumber } from '../by-number.ts';
import { didYouMean } from '../yaml/nearest.ts';
import type { Campaign } from './campaign.ts';
import type { CampaignWarning } from './campaign-warning.ts';
import { newestSession } from './located-bills.ts';

/** Positions and passages of a day that is still to come for the state (an ISO date), and positions on bills or of sessions that are not the campaign's. */
export function positionWarnings(campaign: Campaign, known: KnownBills, today: string): CampaignWarning[] {
  return [...daysToCome(campaign, today), ...otherBills(campaign, known), ...otherSessions(campaign)];
}

function daysToCome({ positions, bills }: Campaign, today: string): CampaignWarning[] {
  const told = `This day is still to come: in the state it is ${today}.`;
  return [
    ...positions.flatMap(({ date }, index) => {
      if (date <= today) return [];
      const message = `${told} Write the day on which it happened.`;
      return [{ path: ['positions', index, 'date'], message }];
    }),
    ...bills.flatMap(({ passed = [] }, index) =>
      passed.flatMap(({ date }, nth) => {
        if (date <= today) return [];
        const message = `${told} Until then the chamber is taken not to have passed the bill.`;
        return [{ path: ['bills', index, 'passed', nth, 'date'], message }];
      }),
    ),
  ];
}

/** Of a session from which the campaign names no bill: a past one needs its bill, and there is none to come after the newest. */
function otherSessions({ bills, positions }: Campaign): CampaignWarning[] {
  const sessions = [...new Set(bills.map(({ session }) => session))];
  const newest = newestSession({ bills });
  return positions.flatMap(({ bill, session }, index) => {
    if (sessions.includes(session)) return [];
    const is_later = byNumber(session, newest) > 0;
    if (bill !== undefined && !is_later) return [];
    const how = is_later ? 'Correct it.' : "Correct it, or say by 'bill' which bill of that session it was.";
    const message = `The campaign names no bill of the session '${session}'.${didYouMean(session, sessions)} ${how}`;
    return [{ path: ['positions', index, 'session'], message }];
  });
}

function otherBills({ bills, positions }: Campaign, known: KnownBills): CampaignWarning[] {
  const all = [...bills, ...known.bills.map(({ record }) => record)];
  return positions.flatMap(({ bill, session }, index) => {
    // Of a session from which the campaign names no bill, it may be any.
    if (bill === undefined || !bills.some((one) => one.session === session)) return [];
    if (all.some((one) => isSameBill(one, { identifier: bill, session }))) return [];
    const then = bills.filter((one) => one.session === session).map(({ identifier }) => identifier);
    const message = `'${bill}' is none of the campaign's bills of ${session}.${didYouMean(bill, then)} They are: ${then.join(', ')}.`;
    return [{ path: ['positions', index, 'bill'], message }];
  });
}
