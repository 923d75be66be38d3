import type { BillAction } from '../../server/bills/bill-record.ts';
import type { OrgClassification } from '../../server/legislators/legislator.ts';
import { billAction } from '../fixtures/bills/made-up-record.ts';

/** Actions of January 2026, each written 'day chamber [classes] words': '13 lower referral-committee: Referred to Rules'; '-' for no chamber. */
export function actions(...lines: string[]): BillAction[] {
  return lines.map((line) => {
    const [, day, chamber, classes, description] = /^(\d+) ([a-z-]+)(?: ([^:]+))?: (.*)$/.exec(line)!;
    return billAction(description!, {
      date: `2026-01-${day!.padStart(2, '0')}`,
      chamber: chamber === '-' ? undefined : (chamber as OrgClassification),
      classification: classes?.split(' ') ?? [],
    });
  });
}
