import { mailLinks } from '../../views/assets/mail-links.js';
import type { ActionType } from '../actions/action.ts';
import type { Message } from '../campaigns/campaign.ts';
import { messagesFor } from '../campaigns/messages.ts';
import type { Target } from '../campaigns/targets.ts';
import { pickFrom } from '../campaigns/variants.ts';
import type { Legislator } from '../legislators/legislator.ts';
import { isAtLarge } from '../legislators/undrawn-districts.ts';
import { districtIn, nameIn, partyIn, shortNameIn } from '../words/names.ts';
import { scriptOf } from './call-script.ts';
import { correctionLines, correctionsOf, latestOf } from './corrections.ts';
import { hoursInWords } from './hours-in-words.ts';
import { type Composed, hashOf, knownVariant, lettersWords, ownWordsOf } from './letter.ts';
import type { LetterOffer } from './letter-offer.ts';
import { askFirst, messageLanguageOf, wordsOf } from './message-words.ts';
import { canBeReached, numbersOf, officesOf, sitesOf } from './office-contacts.ts';
import type { AskedReply } from './office-reply.ts';
import { type CampaignPage, placeOf, sayOn } from './page.ts';
import { positionsInWords } from './position-words.ts';
import { datedBy } from './roster-date.ts';

/** What is special about this drawing of the page. */
export interface ActOptions {
  composed?: Composed;
  /** A line on one card: what was just noted. */
  notice?: { legislator_id: string; text: string };
  /** What is asked of the call that was just counted, above whoever comes next. */
  asked?: AskedReply;
  /** OpenStates id of the one whose call stands open; '' for the next who was not reached. */
  open?: string;
  /** Whether their e-mail stands open in the place of the call. */
  way?: 'email';
  /** An outcome that came too late to be counted without asking. */
  confirm?: { type: string; action_id: string; status_code: string; outcome: string; who: string };
}

interface CardState extends ActOptions {
  anchor: string;
  is_done: boolean;
  /** Where a letter to them waits to be confirmed: the way to write it once more. */
  again: string | undefined;
  /** The ways in which this target was reached in this visit: their forms would count a second time. */
  counted: ActionType[];
  /** The one whose call stands open. */
  is_open: boolean;
  /** Whether the campaign asks them still; else only the letter that was begun is shown. */
  is_asked: boolean;
  /** Undefined where no letter to them is sent from here. */
  offer: LetterOffer | undefined;
}

/** All that the view needs to draw one target. */
export type Card = ReturnType<typeof targetCard>;

/** One target as the act page shows it. */
export function targetCard(page: CampaignPage, target: Target, state: CardState) {
  const { legislator, district } = target;
  const { campaign, site } = page;
  const messages = messagesFor(campaign, {
    target,
    language: messageLanguageOf(page),
    page_language: page.visit.page_language,
    wordsIn: (language) => wordsOf(page, language),
    pickVariant: pickFrom(page.visit.variants),
  });
  const composed = state.composed?.legislator_id === legislator.id ? state.composed : undefined;
  const variant = composed ? knownVariant(campaign, composed.variant) : messages.email.variant;
  const letter = composed ?? begunLetter(page, messages.email);
  const actionId = (type: ActionType, message_language: string, messageVariant: string) => {
    const context = {
      campaign_slug: campaign.slug,
      type,
      legislator_id: legislator.id,
      division_id: district.division_id,
      partner: page.visit.partner,
      page_language: page.visit.page_language,
      message_language,
      variant: messageVariant,
      is_sample: page.is_sample,
    };
    const ids = page.is_preview ? site.parts.preview_ids : site.parts.action_ids;
    const at = site.parts.now();
    const action_id = ids.issue(context, { now: at, nonce: site.parts.newId() });
    page.issued.push({ action_id, context, at });
    return action_id;
  };
  const corrections = correctionsOf(page, legislator.id);
  const added = latestOf(corrections, 'new_member');
  return {
    anchor: state.anchor,
    legislator_id: legislator.id,
    division_id: district.division_id,
    is_at_large: isAtLarge(district),
    who: nameIn(page.t, legislator),
    short: shortNameIn(page.t, legislator),
    party: partyIn(page.t, legislator.party),
    district_name: districtIn(page.t, district),
    positions: positionsInWords(page, target),
    is_constituent: target.is_constituent,
    reason: target.reason && reasonInWords(page, target),
    is_done: state.is_done,
    again: state.again,
    is_asked: state.is_asked,
    open: composed ? 'email' : state.is_open ? wayOpen(state, legislator) : undefined,
    notice: state.notice?.legislator_id === legislator.id ? state.notice.text : undefined,
    phone: {
      ...numbersOf(page, legislator),
      hours: hoursInWords(page),
      // Chosen in a conversation, by whether someone at the office speaks it.
      is_language_chosen: page.visit.message_language !== '',
      ask_first: askFirst(page),
      script: scriptOf(messages.phone),
      voicemail: scriptOf(messages.voicemail),
      action_id: actionId('phone', messages.phone.language, messages.phone.variant),
      is_counted: state.counted.includes('phone'),
    },
    email: {
      ...emailOf(legislator, letter, variant, actionId('email', letter.language, variant)),
      ...lettersWords(page, letter.language),
      own_words: ownWordsOf(page, letter.language),
      translation: messages.email.translation,
      is_counted: state.counted.includes('email'),
      send: state.counted.includes('email') ? undefined : state.offer,
    },
    can_be_reached: canBeReached(legislator),
    offices: officesOf(page, legislator),
    links: sitesOf(legislator),
    // Someone who was added here is not in the source.
    source: added === undefined ? placeOf(page).roster.source : undefined,
    corrections: correctionLines(page, corrections),
    ...datedBy(page, district.org_classification, added),
  };
}

/** The way to reach someone that is unfolded; the call, where nothing else was asked for of them. */
function wayOpen({ open, way }: CardState, { id }: Legislator): ActionType {
  return way !== undefined && open === id ? way : 'phone';
}

type Draft = Omit<Composed, 'legislator_id' | 'variant'>;

/** A letter as it is drawn at first. Where own words are asked for, it holds their place beside the text. */
function begunLetter(page: CampaignPage, { language, subject, text, draft }: Message): Draft {
  const begun = { language, subject, text, typed: {} };
  if (!ownWordsOf(page, language)) return begun;
  return { ...begun, again: { draft, finished: hashOf(text), placed: '' } };
}

function emailOf(legislator: Legislator, draft: Draft, variant: string, action_id: string) {
  const to = legislator.email ?? '';
  return {
    to,
    language: draft.language,
    contact_url: legislator.links[0]?.url,
    subject: draft.subject,
    text: draft.text,
    typed: draft.typed,
    faults: Object.fromEntries((draft.faults ?? []).map(({ field, message }) => [field, message])),
    again: draft.again,
    composed: 'legislator_id' in draft && draft.faults === undefined,
    links: mailLinks({ to, subject: draft.subject, text: draft.text }),
    variant,
    action_id,
  };
}

/** Why everybody is asked to contact someone, or those none of whose own legislators is asked. */
function reasonInWords(page: CampaignPage, { legislator, reason, is_fallback }: Target): string {
  return page.t(is_fallback ? 'act.asked_instead' : 'act.asked_because', {
    who: nameIn(page.t, legislator),
    reason: sayOn(page, reason!),
  });
}
