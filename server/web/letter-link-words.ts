import { calendarDay } from '../calendar.ts';
import { zoneOfDivision } from '../legislators/states.ts';
import type { Letter, LetterContent, MoveOutcome } from '../mail/letter.ts';
import { type EndReason, isOver, TIME_LIMITS } from '../mail/letter-states.ts';
import type { LetterRight } from '../mail/letter-token.ts';
import { dayIn } from '../words/dates.ts';
import { closedNotice } from './campaign.ts';
import { isPageOver } from './campaign-phase.ts';
import { whoIs } from './letter-link-page.ts';
import { leavingInWords } from './letter-offer.ts';
import type { Page } from './page.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** For how many days an address gets no mail once its owner has said 'this was not me'. */
const REFUSES_DAYS = TIME_LIMITS.keep_ms / DAY_MS;

/** What a page says. */
export interface Said {
  heading: string;
  lead: string;
  /** More sentences below it, a paragraph each. */
  notes: string[];
  /** Why somebody of the campaign looks at the letter first; empty where nobody does. */
  held: string[];
}

/** A letter that a link belongs to, on the page that it opens. */
export interface OpenLetter {
  page: Page;
  letter: Letter;
  content: LetterContent | undefined;
  /** The keyed hash of its writer's address; '' once that is erased. */
  sender: string;
}

/** What is asked before a letter is confirmed, withdrawn or disowned. */
export async function question(opened: OpenLetter, right: LetterRight): Promise<Said> {
  const { page, letter } = opened;
  const { t } = page;
  const who = whoIs(page, letter.legislator_id);
  if (right === 'withdraw')
    return plain(t('letter_link.withdraw.title'), t('letter_link.withdraw.lead', { who }));
  if (right === 'not-me') {
    const lead = isOver(letter.state) ? 'lead_over' : 'lead';
    return plain(t('letter_link.not_me.title'), t(`letter_link.not_me.${lead}`, { who, days: REFUSES_DAYS }));
  }
  const held = heldFor(opened);
  return {
    heading: t('letter_link.confirm.title'),
    lead: t('letter_link.confirm.lead', { who }),
    notes: held.length > 0 ? [] : await whenItGoes(opened),
    held,
  };
}

/** What a letter's state means to its writer, after what following the link has done; '' where it was only looked at. */
export async function standing(opened: OpenLetter, outcome: MoveOutcome | ''): Promise<Said> {
  const { page, letter } = opened;
  const { t } = page;
  const who = whoIs(page, letter.legislator_id);
  const { state } = letter;
  if (state === 'confirmed') return confirmed(opened, outcome === 'done_before');
  if (state === 'sending' || state === 'accepted' || state === 'bounced') {
    const date = dayIn(t, calendarDay(new Date(letter.changed_at), zoneOfDivision(letter.division_id)));
    return plain(t(`letter_link.${state}.title`), t(`letter_link.${state}.lead`, { who, date }));
  }
  const reason = letter.reason || whyTooLate(opened);
  if (reason === undefined)
    return plain(t('letter_link.confirm.not_now'), t('letter_link.confirm.not_now_lead'));
  const names = { who, hours: TIME_LIMITS.confirm_ms / HOUR_MS, days: TIME_LIMITS.keep_ms / DAY_MS };
  const erased = opened.content === undefined ? [t('letter_link.erased')] : [];
  const title = t(`letter_link.ended.${state === 'confirming' ? 'expired' : state}`);
  return plain(title, t(`letter_link.over.${reason}`, names), erased);
}

/** Why a letter that nobody confirmed can't be confirmed any more; undefined where it can, or nobody knows why not. */
export function whyTooLate({ page, letter }: OpenLetter): EndReason | undefined {
  const { campaign, place, site } = page;
  const now = site.parts.now();
  if (now.getTime() - Date.parse(letter.handed_in_at) >= TIME_LIMITS.confirm_ms) return 'not_confirmed';
  if (letter.deliver_by !== '' && now.getTime() >= Date.parse(letter.deliver_by)) return 'too_late';
  if (campaign && isPageOver({ ...page, campaign })) return 'campaign_over';
  return place && !place.roster.legislator(letter.legislator_id)?.email ? 'not_a_target' : undefined;
}

async function confirmed(opened: OpenLetter, is_again: boolean): Promise<Said> {
  const { page, letter } = opened;
  const { t } = page;
  const heading = t('letter_link.confirmed.title');
  const before = is_again ? [t('letter_link.confirmed.before')] : [];
  const held = heldFor(opened);
  if (held.length > 0) return { heading, lead: t('letter_link.confirmed.lead_held'), notes: before, held };
  const goes = await whenItGoes(opened);
  const lead = t('letter_link.confirmed.lead', { who: whoIs(page, letter.legislator_id) });
  return plain(heading, lead, [...before, ...goes, t('letter_link.confirmed.receipt')]);
}

/** What was done by a link just now that ends a letter. */
export function ended({ page, letter }: OpenLetter, right: 'withdraw' | 'not-me'): Said {
  const { t } = page;
  const who = whoIs(page, letter.legislator_id);
  if (right === 'withdraw')
    return plain(t('letter_link.withdraw.done'), t('letter_link.withdraw.done_lead', { who }));
  // It may have left while the page with the button was open.
  const has_left = ['sending', 'accepted', 'bounced'].includes(letter.state);
  const lead = `letter_link.not_me.${has_left ? 'done_lead_sent' : 'done_lead'}`;
  return plain(t('letter_link.not_me.done'), t(lead, { who, days: REFUSES_DAYS }), [
    t('letter_link.not_me.done_note'),
  ]);
}

/** A page with words of its own alone. */
export function plain(heading: string, lead: string, notes: string[] = []): Said {
  return { heading, lead, notes, held: [] };
}

function heldFor({ page, letter }: OpenLetter): string[] {
  return letter.held.map((reason) => page.t(`letter_link.held.${reason}`));
}

/** About when it leaves, and what to do where that is too late; nothing where nobody can say. */
async function whenItGoes({ page, letter }: OpenLetter): Promise<string[]> {
  const { campaign, place, site, t } = page;
  const legislator = place?.roster.legislator(letter.legislator_id);
  if (!campaign || !legislator) return [];
  if (closedNotice({ ...page, campaign }) !== undefined) return [t('letter_link.goes.paused')];
  const { id: legislator_id, email = '' } = legislator;
  const expected = (await site.parts.letters.expected(campaign, [{ legislator_id, email }])).get(
    legislator_id,
  );
  if (expected === undefined) return [];
  if (typeof expected === 'string') return [t('letter_link.goes.not_sent')];
  const when = leavingInWords({ ...page, campaign }, expected.goes_at);
  const key = letter.state === 'confirmed' ? 'confirmed' : 'confirm';
  return [
    t(`letter_link.${key}.when`, { when }),
    t(expected.is_in_time ? 'letter_link.goes.why' : 'letter_link.goes.too_late'),
  ];
}
