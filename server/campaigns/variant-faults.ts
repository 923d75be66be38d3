import { didYouMean } from '../yaml/nearest.ts';
import type { MessageTemplate } from './campaign.ts';
import type { CampaignFile } from './campaign-schema.ts';
import type { LanguageFiles } from './language-files.ts';
import { readFileName } from './message-files.ts';
import { weightOf, wordingsOf } from './variants.ts';

/** Something that the weights of variants say wrong: its path in campaign.yaml, and what it is. */
interface VariantFault {
  path: PropertyKey[];
  message: string;
}

/** Weights of names that no file has, and wordings of which every variant is switched off. */
export function variantFaults(
  { variants, message_languages }: Pick<CampaignFile, 'variants' | 'message_languages'>,
  files: Map<string, LanguageFiles>,
): VariantFault[] {
  const read = [...files.values()];
  const templates = read.flatMap((one) => one.templates);
  // A file that can't be read has its name all the same.
  const faulty = read.flatMap((one) => [...one.faulty]).flatMap((name) => readFileName(name) ?? []);
  const names = [...new Set([...templates, ...faulty].map(({ variant }) => variant))]
    .filter((name) => name !== '')
    .toSorted();
  const unknown = Object.keys(variants)
    .filter((name) => !names.includes(name))
    .map((name) => ({ path: ['variants', name], message: whyUnknown(name, names) }));
  const off = wordingsOf(templates.filter(({ language }) => message_languages.includes(language))).filter(
    (texts) => texts.every(({ variant }) => weightOf({ variants }, variant) === 0),
  );
  if (off.length === 0) return unknown;
  const silent = off.map(([first]) => wordingName(first!)).join(', ');
  const message = `0 switches a variant off, and of ${silent} no other is left. Give one of them 1 or more, or take its files out.`;
  return [...unknown, { path: ['variants', off[0]![0]!.variant], message }];
}

function whyUnknown(name: string, names: string[]): string {
  const known =
    names.length > 0
      ? `Names are: ${names.join(', ')}.`
      : 'There are no variants yet: email@a.hbs and email@b.hbs would be two.';
  return `No file has '${name}' after @ in its name.${didYouMean(name, names)} ${known}`;
}

/** A text by its language and file, without the variant: 'en/email.ally'. */
export function wordingName({ language, kind, wording }: MessageTemplate): string {
  return `${language}/${kind}${wording === 'plain' ? '' : `.${wording}`}`;
}
