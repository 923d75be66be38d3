import Handlebars from 'handlebars';
import { dayInWords } from '../calendar.ts';
import type { OrgClassification } from '../legislators/legislator.ts';
import type { Bill, Campaign, Message, MessageKind, MessageTemplate, Position } from './campaign.ts';
import type { Target } from './targets.ts';

/** What the messages to one target are written from. */
export interface MessageRequest {
  target: Target;
  language: string;
  /** Stand for what the supporter has not typed: '[your name]' … */
  supporter: { name: string; street: string; city: string; zip: string };
  /** 'Florida' */
  state_name: string;
  /** 'Senate', 'House' … */
  chamberName: (chamber: OrgClassification) => string;
  /** Chooses among the variants of one wording. */
  pickVariant: (variants: string[]) => string;
}

/** The e-mail, the call script and what to say to a machine, for one target. */
export function messagesFor(campaign: Campaign, request: MessageRequest): Record<MessageKind, Message> {
  const names = namesFor(campaign, request);
  const write = (kind: MessageKind): Message => {
    const template = chooseTemplate(campaign, kind, request);
    return {
      kind,
      language: template.language,
      variant: template.variant,
      subject: render(template.subject, names).replace(/\s+/g, ' ').trim(),
      text: render(template.text, names).trim(),
    };
  };
  return { email: write('email'), phone: write('phone'), voicemail: write('voicemail') };
}

/**
 * The most particular wording wins: of the target's position, then of its stance, then the plain one. Without any
 * voicemail text the call script is said to the machine too. Throws where the campaign was not checked.
 */
export function chooseTemplate(
  campaign: Campaign,
  kind: MessageKind,
  { target, language, pickVariant }: Pick<MessageRequest, 'target' | 'language' | 'pickVariant'>,
): MessageTemplate {
  const wordings = [target.position?.position, target.stance, 'plain'];
  const written = campaign.templates.filter(
    (template) => template.kind === kind && template.language === language,
  );
  for (const wording of wordings) {
    const fitting = written.filter((template) => template.wording === wording);
    if (fitting.length === 0) continue;
    const variants = fitting.map((template) => template.variant);
    const variant = variants.length > 1 ? pickVariant(variants) : variants[0];
    return fitting.find((template) => template.variant === variant) ?? fitting[0]!;
  }
  if (kind === 'voicemail') return chooseTemplate(campaign, 'phone', { target, language, pickVariant });
  throw new Error(`campaign '${campaign.slug}' has no ${kind} in '${language}'`);
}

const POSITION_LABELS: Record<Position['position'], string> = {
  sponsor: 'sponsored',
  cosponsor: 'cosponsored',
  voted_yes: 'voted yes on',
  voted_no: 'voted no on',
  not_voting: 'did not vote on',
  on_committee: 'was on the committee that had',
  says_support: 'supported',
  says_oppose: 'opposed',
  undecided: 'was undecided on',
};

/** The values of every name in TEMPLATE_NAMES. */
function namesFor(
  campaign: Campaign,
  { target, language, supporter, state_name, chamberName }: MessageRequest,
) {
  const { legislator, district, position } = target;
  const bills = campaign.bills.map((bill) => billNames(bill, chamberName));
  const own = campaign.bills.findIndex((bill) => bill.chamber === district.org_classification);
  return {
    campaign: { title: campaign.title, ask: campaign.ask },
    state: { name: state_name },
    bill: bills[Math.max(0, own)],
    bills,
    legislator: {
      title: legislator.current_role.title,
      name: legislator.name,
      given_name: legislator.given_name ?? '',
      family_name: legislator.family_name ?? '',
      party: legislator.party,
      district: district.district,
      chamber_name: chamberName(district.org_classification),
    },
    position: position && {
      name: position.position,
      label: POSITION_LABELS[position.position],
      bill: position.bill ?? bills[Math.max(0, own)]!.identifier,
      session: position.session,
      date: dayInWords(position.date, language),
    },
    supporter,
  };
}

function billNames(
  { identifier, session, chamber, title = '', url = '' }: Bill,
  chamberName: MessageRequest['chamberName'],
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
