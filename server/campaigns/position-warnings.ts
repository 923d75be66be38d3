import { isSameBill } from '../bills/bill-record.ts';
import type { KnownBills } from '../bills/known-bills.ts';
import { didYouMean } from '../yaml/nearest.ts';
import type { Campaign } from './campaign.ts';
import type { CampaignWarning } from './campaign-warning.ts';

/** Positions of a day that is still to come for the state (an ISO date), and those on bills that are not the campaign's. */
export function positionWarnings(campaign: Campaign, known: KnownBills, today: string): CampaignWarning[] {
  return [...daysToCome(campaign, today), ...otherBills(campaign, known)];
}

function daysToCome({ positions }: Campaign, today: string): CampaignWarning[] {
  return positions.flatMap(({ date }, index) => {
    if (date <= today) return [];
    const message = `This day is still to come: in the state it is ${today}. Write the day on which it happened.`;
    return [{ path: ['positions', index, 'date'], message }];
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
