import { mailLinks } from '../../views/assets/mail-links.js';
import { MESSAGE_KINDS, type MessageKind, type MessageTemplate } from '../campaigns/campaign.ts';
import { fittingTemplates } from '../campaigns/choose-template.ts';
import { markNames, partsOf, plainText, type TextPart } from '../campaigns/marked-text.ts';
import { writtenFor } from '../campaigns/messages.ts';
import type { Target } from '../campaigns/targets.ts';
import { lengthsOf, type TextLengths } from '../campaigns/text-lengths.ts';
import { type OtherForm, otherForms, type StandInWords } from '../campaigns/wording-examples.ts';
import { wordsOf } from './message-words.ts';
import type { CampaignPage } from './page.ts';
import type { ReadSource, ShownSource } from './preview-sources.ts';

/** One file's text for one target. */
interface ShownText {
  /** Empty for what is said aloud. */
  subject: TextPart[];
  text: TextPart[];
}

/** What is said in one language. */
interface ShownColumn extends ShownText {
  language: string;
  /** The file of this very wording in this language; undefined where there is none. */
  source: ShownSource | undefined;
  /** Path of the file that is used in the place of one that is not there, '' where nothing is. */
  instead: string;
  lengths: TextLengths;
  /** Whether a link into a mail program can't carry it whole. */
  is_too_long: boolean;
  /** What it says where one thing is otherwise, each that differs. */
  forms: (ShownText & { form: OtherForm })[];
}

/** One message as it is previewed, in every language of the campaign. */
export interface ShownMessage {
  kind: MessageKind;
  wording: MessageTemplate['wording'];
  variant: string;
  columns: ShownColumn[];
}

/** Which message is meant, whatever its language. */
type Wanted = Pick<MessageTemplate, 'kind' | 'wording' | 'variant'>;

/** Somebody to whom messages are shown; what stands in brackets is in the language of the message. */
export interface Shown {
  targetIn: (language: string) => Target;
  standInsIn: (language: string) => StandInWords;
}

/** Every language in which a campaign may say something, that of the offices first. */
export function languagesOf({ campaign }: CampaignPage): string[] {
  return [...new Set([...campaign.message_languages, ...campaign.languages])];
}

/** The messages that this target gets: e-mail, call and machine, each variant of each. */
export function messagesGot({ campaign }: CampaignPage, { position, stance }: Target): Wanted[] {
  const language = campaign.message_languages[0]!;
  return MESSAGE_KINDS.flatMap((kind) =>
    fittingTemplates(campaign, kind, { position: position?.position, stance, language }),
  );
}

/** The messages that have a file of this wording in some language, each once. */
export function messagesWorded({ campaign }: CampaignPage, wording: MessageTemplate['wording']): Wanted[] {
  const own = campaign.templates.filter((template) => template.wording === wording);
  const distinct = own.filter((one, index) => own.findIndex((other) => isSame(one, other)) === index);
  return MESSAGE_KINDS.flatMap((kind) => distinct.filter((template) => template.kind === kind));
}

function isSame(one: Wanted, other: Wanted): boolean {
  return one.kind === other.kind && one.wording === other.wording && one.variant === other.variant;
}

/** One message for one target, in every language side by side. */
export async function shownMessage(
  page: CampaignPage,
  wanted: Wanted,
  { shown, readSource }: { shown: Shown; readSource: ReadSource },
): Promise<ShownMessage> {
  const { kind, wording, variant } = wanted;
  const columns = languagesOf(page).map(async (language): Promise<ShownColumn> => {
    const { campaign } = page;
    const target = shown.targetIn(language);
    const own = campaign.templates.find((one) => one.language === language && isSame(one, wanted));
    const template = own ?? usedInstead(page, wanted, language, target);
    const { subject, text } = template ? written(page, template, target) : NOTHING;
    const plain = { subject: plainText(subject), text: plainText(text) };
    const to = target.legislator.email ?? 'legislator@example.org';
    return {
      language,
      source: own && (await readSource(own.file)),
      instead: own ? '' : (template?.file ?? ''),
      subject,
      text,
      lengths: lengthsOf(plain.text),
      is_too_long: kind === 'email' && mailLinks({ to, ...plain }).is_cut,
      forms: template ? formsOf(page, template, target, shown.standInsIn(language)) : [],
    };
  });
  return { kind, wording, variant, columns: await Promise.all(columns) };
}

const NOTHING: ShownText = { subject: [], text: [] };

/** What an office hears in a language that lacks the file; undefined for a language that nothing is said in. */
function usedInstead(
  { campaign }: CampaignPage,
  { kind, variant }: Wanted,
  language: string,
  { position, stance }: Target,
): MessageTemplate | undefined {
  if (!campaign.message_languages.includes(language)) return undefined;
  const fitting = fittingTemplates(campaign, kind, { position: position?.position, stance, language });
  return fitting.find((one) => one.variant === variant) ?? fitting[0];
}

function written(page: CampaignPage, template: MessageTemplate, target: Target): ShownText {
  const words = wordsOf(page, template.language);
  const { subject, text } = writtenFor(page.campaign, target, { template, words, change: markNames });
  return { subject: partsOf(subject), text: partsOf(text) };
}

function formsOf(page: CampaignPage, template: MessageTemplate, target: Target, words: StandInWords) {
  const usual = JSON.stringify(written(page, template, target));
  return otherForms(page.campaign, target, words)
    .map(([form, other]) => ({ form, ...written(page, template, other) }))
    .filter(({ form: _, ...text }) => JSON.stringify(text) !== usual);
}
