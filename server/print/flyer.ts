import type { Campaign } from '../campaigns/campaign.ts';
import type { FlyerPart } from '../campaigns/flyer-text.ts';
import { inLanguage } from '../campaigns/local-text.ts';
import { unprintable } from './letters.ts';
import { type QrCode, qrCode } from './qr-code.ts';
import type { ShortLink } from './short-link.ts';

/** What Statehouse itself says on a flyer, in the flyer's language. */
export interface FlyerWords {
  /** Stands above all else on a flyer of a preview; '' otherwise. */
  preview: string;
  /** The ask, where no flyer.md has it. */
  ask: string;
  /** Stands above what to say: 'What you can say'. */
  say_title: string;
  /** What to say, where no flyer.md has it; fits any bill. */
  say: string[];
  /** How to go on, in steps beside the code. */
  steps: string[];
  /** Stands above the address: 'Or type this address'. */
  type_it: string;
  privacy: string;
  /** Who hands it out, '' for nobody in particular. */
  partner: string;
  /** What the code is, for those who can't see it. */
  code_label: string;
}

/** All that one flyer says. */
export interface Flyer extends Omit<FlyerWords, 'say'> {
  language: string;
  title: string;
  /** '' where it says the ask over again. */
  summary: string;
  say: FlyerPart[];
  link: ShortLink;
  code: QrCode;
}

/** Makes the flyer of a campaign in a language: from its flyer.md or, where there is none, from words that fit any bill. */
export function flyerOf(
  { flyers, title, summary }: Pick<Campaign, 'flyers' | 'title' | 'summary'>,
  { language, words, link }: { language: string; words: FlyerWords; link: ShortLink },
): Flyer {
  const written = flyers[language];
  const ask = written?.ask ?? words.ask;
  const summed_up = inLanguage(summary, language).text;
  return {
    ...words,
    language,
    ask,
    title: inLanguage(title, language).text,
    summary: bare(summed_up) === bare(ask) ? '' : summed_up,
    say: written && written.say.length > 0 ? written.say : words.say.map((text) => ({ text, is_item: true })),
    link,
    code: qrCode(link.url),
  };
}

/** A sentence without what does not change what it says. */
function bare(text: string): string {
  return text
    .toLowerCase()
    .replace(/[\p{P}\s]+/gu, ' ')
    .trim();
}

/** The signs of a flyer that its PDF can't have: empty where it can be made. */
export function unprintableOn(flyer: Flyer): string[] {
  const { preview, ask, title, summary, say_title, say, steps, type_it, privacy, partner, link } = flyer;
  const texts = [
    preview,
    ask,
    title,
    summary,
    say_title,
    ...say.map(({ text }) => text),
    ...steps,
    type_it,
    privacy,
  ];
  return unprintable([...texts, partner, link.to_type, '•'].join(''));
}
