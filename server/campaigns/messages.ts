import Handlebars from 'handlebars';
import { OWN_WORDS, putOwnWords, withPlace } from '../../views/assets/mail-links.js';
import type { Position, PositionName } from '../bills/position.ts';
import type { Legislator, OrgClassification } from '../legislators/legislator.ts';
import type { Bill, Campaign, Message, MessageKind, MessageTemplate, MessageText } from './campaign.ts';
import { chooseTemplate, type TemplateRequest, translationOf } from './choose-template.ts';
import { inLanguage } from './local-text.ts';
import { newestSession } from './located-bills.ts';
import { sessionInWords } from './session-words.ts';
import type { Target } from './targets.ts';

/** What one language calls that of which messages speak. */
export interface MessageWords {
  /** Stand for what the supporter has not typed: '[your name]' … */
  supporter: { name: string; street: string; city: string; zip: string };
  /** 'Florida' */
  state_name: string;
  /** 'Senate', 'House' … */
  chamberName: (chamber: OrgClassification) => string;
  /** 'Senator', 'Representative' … */
  titleOf: (legislator: Legislator) => string;
  /** What goes between 'you' and the bill: 'sponsored', 'voted no on' …; `is_current` where its session still runs. */
  positionLabel: (position: PositionName, is_current: boolean) => string;
  /** What stands for a bill that nobody names: 'the bill'. */
  the_bill: string;
  /** A day from its ISO date: 'November 3, 2025'. */
  dayInWords: (iso: string) => string;
}

/** What the messages to one target are written from. */
export interface MessageRequest extends TemplateRequest {
  target: Target;
  /** The language that the supporter reads. */
  page_language: string;
  wordsIn: (language: string) => MessageWords;
}

/** The e-mail, the call script and what to say to a machine, for one target. */
export function messagesFor(campaign: Campaign, request: MessageRequest): Record<MessageKind, Message> {
  // The three messages and their translations share what each language calls things.
  const byLanguage = new Map<string, Record<string, unknown>>();
  const namesIn = (language: string) => {
    const names =
      byLanguage.get(language) ?? namesFor(campaign, request.target, language, request.wordsIn(language));
    byLanguage.set(language, names);
    return names;
  };
  const write = (kind: MessageKind): Message => {
    const template = chooseTemplate(campaign, kind, request);
    const translated = translationOf(campaign, template, request.page_language);
    const { written, ...message } = filledIn(template, namesIn(template.language));
    return {
      kind,
      variant: template.variant,
      ...message,
      draft: withPlace(written),
      translation: translated && textOf(filledIn(translated, namesIn(translated.language))),
    };
  };
  return { email: write('email'), phone: write('phone'), voicemail: write('voicemail') };
}

/** A message, and its text with the place of own words in it where its file has one. */
function filledIn(
  template: MessageTemplate,
  names: Record<string, unknown>,
): MessageText & { written: string } {
  const written = render(template.text, names).trim();
  return {
    language: template.language,
    subject: render(template.subject, names).replace(/\s+/g, ' ').trim(),
    text: putOwnWords(written, '').trim(),
    written,
  };
}

function textOf({ language, subject, text }: MessageText): MessageText {
  return { language, subject, text };
}

/** The text of one file for one target, in the file's language. `change` may change the values of names before they are put in. */
export function writtenFor(
  campaign: Campaign,
  target: Target,
  {
    template,
    words,
    change = (names) => names,
  }: { template: MessageTemplate; words: MessageWords; change?: (names: Names) => Names },
): MessageText {
  return textOf(filledIn(template, change(namesFor(campaign, target, template.language, words))));
}

/** The values of names by name; those of a group in one more. */
export type Names = Record<string, unknown>;

/** The values of every name in TEMPLATE_NAMES, in one language. */
function namesFor(
  campaign: Campaign,
  { legislator, district, position, is_constituent, reason, committee }: Target,
  language: string,
  { supporter, state_name, chamberName, titleOf, positionLabel, the_bill, dayInWords }: MessageWords,
) {
  const bills = campaign.bills.map((bill) => ({
    ...billNames(bill, chamberName),
    session: sessionInWords(campaign, bill.session, language),
  }));
  const own = campaign.bills.indexOf(billBefore(campaign, district.org_classification));
  return {
    campaign: { title: inLanguage(campaign.title, language).text, ask: campaign.ask },
    state: { name: state_name },
    bill: bills[own],
    bills,
    legislator: {
      title: titleOf(legislator),
      name: legislator.name,
      given_name: legislator.given_name ?? '',
      family_name: legislator.family_name ?? '',
      party: legislator.party,
      district: legislator.current_role.district,
      chamber_name: chamberName(district.org_classification),
    },
    position: position && {
      name: position.position,
      label: positionLabel(position.position, position.is_current),
      bill: billOfPosition(campaign, position, district.org_classification) ?? the_bill,
      session: sessionInWords(campaign, position.session, language),
      date: dayInWords(position.date),
    },
    committee: { name: committee },
    reason: reason ? inLanguage(reason, language).text : '',
    is_constituent,
    supporter: { ...supporter, own_words: OWN_WORDS },
  };
}

/** The bill that a legislator is asked about: of the newest session that filed in their chamber, or the first of that session. */
function billBefore(campaign: Campaign, chamber: OrgClassification): Bill {
  const session = newestSession(campaign);
  const newest = campaign.bills.filter((bill) => bill.session === session);
  return newest.find((bill) => bill.chamber === chamber) ?? newest[0]!;
}

/**
 * The bill that a position is about: the one that it names, else the campaign's of that session, that of the legislator's
 * chamber first; undefined where the campaign has none of that session.
 */
export function billOfPosition(
  campaign: Campaign,
  { bill, session }: Position,
  chamber: OrgClassification,
): string | undefined {
  const then = campaign.bills.filter((one) => one.session === session);
  return bill ?? (then.find((one) => one.chamber === chamber) ?? then[0])?.identifier;
}

function billNames(
  { identifier, chamber, title = '', url = '' }: Bill,
  chamberName: MessageWords['chamberName'],
) {
  return { identifier, chamber_name: chamberName(chamber), title, url };
}

const compiled = new Map<string, HandlebarsTemplateDelegate>();

/** Texts are plain: nothing is escaped here, views escape the whole. */
function render(template: string, names: Record<string, unknown>): string {
  const run =
    compiled.get(template) ?? Handlebars.compile(template, { noEscape: true, knownHelpersOnly: true });
  compiled.set(template, run);
  return run(names);
}
