import type { BillRecord } from '../bills/bill-record.ts';
import { isSameBill } from '../bills/bill-record.ts';
import type { KnownBill, KnownBills } from '../bills/known-bills.ts';
import type { Bill } from '../campaigns/campaign.ts';
import { sessionInWords } from '../campaigns/session-words.ts';
import { dayIn } from '../words/dates.ts';
import { chamberIn } from '../words/names.ts';
import { passagesInWords, standingInWords } from './bill-whereabouts.ts';
import type { CampaignPage } from './page.ts';
import { rollCallRows } from './roll-call-rows.ts';
import { todayIn } from './targeting.ts';

/** How many actions stand open; all before them are folded. */
const RECENT = 5;

/** Each bill of the campaign as the page shows it, then companions that it does not name. */
export function billsIn(page: CampaignPage, known: KnownBills) {
  const { bills } = page.campaign;
  const companions = known.bills.filter(({ record }) => !bills.some((bill) => isSameBill(record, bill)));
  return [
    ...bills.map((bill) =>
      billView(
        page,
        bill,
        known.bills.find(({ record }) => isSameBill(record, bill)),
      ),
    ),
    ...companions.map((companion) => ({ ...billView(page, undefined, companion), is_companion: true })),
  ];
}

/** A bill that the campaign names, or that OpenStates tells of, or both. */
function billView(page: CampaignPage, own: Bill | undefined, known: KnownBill | undefined) {
  const { t, campaign } = page;
  const record = known?.record;
  const { identifier, session, chamber } = own ?? record!;
  const is_over = own?.session_ends ? todayIn(page) > own.session_ends : known?.is_over;
  return {
    identifier,
    label: t('campaign.bill', {
      identifier,
      session: sessionInWords(campaign, session, t.language),
      chamber: chamberIn(t, campaign.state, chamber),
    }),
    title: own?.title ?? record?.title,
    url: own?.url ?? record?.source,
    is_companion: false,
    passed_says_campaign: passagesInWords(page, own),
    stands: known && standingInWords(page, known, is_over === false),
    over: is_over ? overInWords(page, own?.session_ends ?? record?.session_end) : undefined,
    ...(record && historyOf(page, record, own?.roll_calls ?? [])),
  };
}

function overInWords({ t }: CampaignPage, ended: string | undefined): string {
  return ended ? t('bill.over', { date: dayIn(t, ended) }) : t('bill.over_undated');
}

/** What OpenStates keeps of a bill, the newest first. */
function historyOf(page: CampaignPage, record: BillRecord, named: string[]) {
  const actions = record.actions.toReversed().map(({ date, description }) => ({
    date: dayIn(page.t, date),
    description,
  }));
  const namesOf = (is_primary: boolean) =>
    record.sponsorships.filter((one) => one.is_primary === is_primary).map(({ name }) => name);
  return {
    recent: actions.slice(0, RECENT),
    earlier: actions.slice(RECENT),
    sponsors: namesOf(true),
    cosponsors: namesOf(false),
    roll_calls: rollCallRows(page, record, named),
  };
}
