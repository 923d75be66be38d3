import type { KnownBill } from '../bills/known-bills.ts';
import type { Whereabouts } from '../bills/whereabouts.ts';
import { calendarDay } from '../calendar.ts';
import type { Bill } from '../campaigns/campaign.ts';
import { stateFacts } from '../legislators/states.ts';
import { dayIn } from '../words/dates.ts';
import { theChamberIn } from '../words/names.ts';
import type { CampaignPage } from './page.ts';
import { todayIn } from './targeting.ts';

/** What a bill has come to for good, whether its session is over or not. */
const DONE: readonly Whereabouts['stage'][] = ['failed', 'signed', 'vetoed'];

/** The key of what is said of a stage, where it has another name than the stage. */
const TOLD: Partial<Record<Whereabouts['stage'], string>> = {
  passed_one: 'next_chamber',
  passed_all: 'all_chambers',
};

/** Where a bill stands, in words. `committees`, in the legislature's own words, end the sentence of `text`. */
export interface StandingInWords {
  /** Which chambers passed it, and when. */
  passed: string[];
  /** Without its full stop. */
  text: string;
  committees: { name: string; since: string }[];
  /** 'As of November 28, 2026, by OpenStates.' */
  as_of: string;
}

/**
 * Where a bill stood when OpenStates last told of it: in the present tense only where its session is known to run, else in
 * the past. It may have been told before its session ended, so nothing is said of the end itself but its day.
 */
export function standingInWords(page: CampaignPage, known: KnownBill, is_running: boolean): StandingInWords {
  const { t } = page;
  const { record, whereabouts } = known;
  const day = (iso: string) => dayIn(page.t, iso);
  const theChamber = (chamber: typeof record.chamber) => theChamberIn(t, page.campaign.state, chamber);
  const { stage, committees } = whereabouts;
  // In the second chamber's committee it is in committee for readers, and the sentence before says that one passed it.
  const told = stage === 'passed_one' && committees.length > 0 ? 'in_committee' : (TOLD[stage] ?? stage);
  const tense = DONE.includes(stage) ? 'done' : is_running ? 'now' : 'over';
  const fetched = calendarDay(new Date(record.fetched_at), stateFacts(page.campaign.state).time_zone);
  return {
    passed: whereabouts.passed.map(({ chamber, date }) =>
      t('bill.passed', { chamber: theChamber(chamber), date: day(date) }),
    ),
    text: t(`bill.stage.${tense}.${told}`, {
      chamber: theChamber(whereabouts.chamber ?? record.chamber),
      date: day(record.first_action_date),
    }),
    committees: committees.map(({ name, since }) => ({
      name,
      since: t(is_running ? 'bill.committee_since' : 'bill.committee_from', { date: day(since) }),
    })),
    as_of: t('bill.as_of', { date: day(fetched) }),
  };
}

/** What the organizers say of the chambers that have passed their bill, each with its source. */
export function passagesInWords(page: CampaignPage, bill: Bill | undefined) {
  const today = todayIn(page);
  return (bill?.passed ?? [])
    .filter(({ date }) => date <= today)
    .map(({ chamber, date, source }) => ({
      text: page.t('bill.passed', {
        chamber: theChamberIn(page.t, page.campaign.state, chamber),
        date: dayIn(page.t, date),
      }),
      source,
    }));
}
