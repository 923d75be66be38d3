import Handlebars from 'handlebars';
import type { PositionName } from '../bills/position.ts';
import { dayInWords } from '../calendar.ts';
import type { Legislator, OrgClassification } from '../legislators/legislator.ts';
import type { Bill, Campaign, Message, MessageKind, MessageTemplate, MessageText } from './campaign.ts';
import { inLanguage } from './local-text.ts';
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
  /** What goes between 'you' and the bill: 'sponsored', 'voted no on' … */
  positionLabel: (position: PositionName) => string;
}

/** What the messages to one target are written from. */
export interface MessageRequest {
  target: Target;
  /** The language to say it in. */
  language: string;
  /** The language that the supporter reads. */
  page_language: string;
  wordsIn: (language: string) => MessageWords;
  /** Chooses among the variants of one wording. */
  pickVariant: (variants: string[]) => string;
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
    return {
      kind,
      variant: template.variant,
      ...filledIn(template, namesIn(template.language)),
      translation: translated && filledIn(translated, namesIn(translated.language)),
    };
  };
  return { email: write('email'), phone: write('phone'), voicemail: write('voicemail') };
}

function filledIn(template: MessageTemplate, names: Record<string, unknown>): MessageText {
  return {
    language: template.language,
    subject: render(template.subject, names).replace(/\s+/g, ' ').trim(),
    text: render(template.text, names).trim(),
  };
}

/**
 * The language asked for comes first, then the first of the campaign's; within a language the most particular wording wins:
 * of the target's position, then of its stance, then the plain one. A language without any voicemail text that fits says
 * its call script to the machine too. Throws where the campaign was not checked.
 */
export function chooseTemplate(
  campaign: Campaign,
  kind: MessageKind,
  request: Pick<MessageRequest, 'target' | 'language' | 'pickVariant'>,
): MessageTemplate {
  const kinds: MessageKind[] = kind === 'voicemail' ? ['voicemail', 'phone'] : [kind];
  for (const language of [request.language, campaign.message_languages[0]!]) {
    for (const one of kinds) {
      const written = campaign.templates.filter(
        (template) => template.kind === one && template.language === language,
      );
      const found = mostParticular(written, request);
      if (found) return found;
    }
  }
  throw new Error(`campaign '${campaign.slug}' has no ${kind} in '${request.language}'`);
}

function mostParticular(
  written: MessageTemplate[],
  { target, pickVariant }: Pick<MessageRequest, 'target' | 'pickVariant'>,
): MessageTemplate | undefined {
  for (const wording of [target.position?.position, target.stance, 'plain']) {
    const fitting = written.filter((template) => template.wording === wording);
    if (fitting.length === 0) continue;
    const variants = fitting.map((template) => template.variant);
    const variant = variants.length > 1 ? pickVariant(variants) : variants[0];
    return fitting.find((template) => template.variant === variant) ?? fitting[0]!;
  }
  return undefined;
}

/** The very same wording and variant in another language: any other text would put words into a mouth unseen. */
function translationOf(
  campaign: Campaign,
  { kind, wording, variant, language }: MessageTemplate,
  page_language: string,
): MessageTemplate | undefined {
  if (language === page_language) return undefined;
  return campaign.templates.find(
    (other) =>
      other.language === page_language &&
      other.kind === kind &&
      other.wording === wording &&
      other.variant === variant,
  );
}

/** The values of every name in TEMPLATE_NAMES, in one language. */
function namesFor(
  campaign: Campaign,
  { legislator, district, position }: Target,
  language: string,
  { supporter, state_name, chamberName, titleOf, positionLabel }: MessageWords,
) {
  const bills = campaign.bills.map((bill) => billNames(bill, chamberName));
  const own = campaign.bills.findIndex((bill) => bill.chamber === district.org_classification);
  return {
    campaign: { title: inLanguage(campaign.title, language).text, ask: campaign.ask },
    state: { name: state_name },
    bill: bills[Math.max(0, own)],
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
      label: positionLabel(position.position),
      bill: position.bill ?? bills[Math.max(0, own)]!.identifier,
      session: position.session,
      date: dayInWords(position.date, language),
    },
    supporter,
  };
}

function billNames(
  { identifier, session, chamber, title = '', url = '' }: Bill,
  chamberName: MessageWords['chamberName'],
) {
  return { identifier, session, chamber_name: chamberName(chamber), title, url };
}

const compiled = new Map<string, HandlebarsTemplateDelegate>();

/** Texts are plain: nothing is escaped here, views escape the whole. */
function render(template: string, names: Record<string, unknown>): string {
  const run =
    compiled.get(template) ?? Handlebars.compile(template, { noEscape: true, knownHelpersOnly: true });
  compiled.set(template, run);
  return run(names);
}
