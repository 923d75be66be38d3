import type { PositionName } from '../bills/position.ts';
import type { Campaign, MessageKind, MessageTemplate, Stance } from './campaign.ts';
import type { Target } from './targets.ts';

/** Who is to get a message, and in which language. */
export interface TemplateRequest {
  target: Pick<Target, 'position' | 'stance'>;
  /** The language to say it in. */
  language: string;
  /** Chooses among the variants of one wording. */
  pickVariant: (variants: string[]) => string;
}

/**
 * The file by which one of these messages is written for a target: of the variants that fit, the one that is picked. The
 * wording goes before the variant: a wording that lacks the variant of a visit says another of its own, which is then
 * what is counted, and not that variant of a less particular wording.
 */
export function chooseTemplate(
  campaign: Campaign,
  kind: MessageKind,
  { target, language, pickVariant }: TemplateRequest,
): MessageTemplate {
  const { position, stance } = target;
  const fitting = fittingTemplates(campaign, kind, { position: position?.position, stance, language });
  const variants = fitting.map((template) => template.variant);
  const variant = variants.length > 1 ? pickVariant(variants) : variants[0];
  return fitting.find((template) => template.variant === variant) ?? fitting[0]!;
}

/** To whom something is to be said, as far as it decides which file says it. */
export interface Addressee {
  /** Undefined where nothing is known of them. */
  position: PositionName | undefined;
  stance: Stance;
  /** The language asked for. */
  language: string;
}

/**
 * The variants of the wording that an addressee gets. The language asked for comes first, then the first of the
 * campaign's; within a language the most particular wording wins: of their position, then of their stance, then the plain
 * one. A language without any voicemail text that fits says its call script to the machine too. Throws where the campaign
 * was not checked.
 */
export function fittingTemplates(
  campaign: Pick<Campaign, 'slug' | 'message_languages' | 'templates'>,
  kind: MessageKind,
  { position, stance, language }: Addressee,
): MessageTemplate[] {
  const kinds: MessageKind[] = kind === 'voicemail' ? ['voicemail', 'phone'] : [kind];
  for (const spoken of [language, campaign.message_languages[0]!]) {
    for (const one of kinds) {
      const written = campaign.templates.filter(
        (template) => template.kind === one && template.language === spoken,
      );
      for (const wording of [position, stance, 'plain']) {
        const fitting = written.filter((template) => template.wording === wording);
        if (fitting.length > 0) return fitting;
      }
    }
  }
  throw new Error(`campaign '${campaign.slug}' has no ${kind} in '${language}'`);
}

/** The very same wording and variant in another language: any other text would put words into a mouth unseen. */
export function translationOf(
  campaign: Pick<Campaign, 'templates'>,
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
