import type { FileFault } from '../errors.ts';
import type { Campaign, MessageTemplate } from './campaign.ts';
import { wordingName } from './variant-faults.ts';
import { wordingsOf } from './variants.ts';

/** What makes the counts of variants say less than they seem to, each told at its file. */
export function variantWarnings({ templates, message_languages }: Campaign): FileFault[] {
  const first = templates.filter(({ language }) => language === message_languages[0]);
  const varied = wordingsOf(templates).filter((texts) => texts.length > 1);
  return [
    ...varied.flatMap(unnamed),
    ...wordingsOf(first).flatMap((texts) => lacking(texts, first)),
    ...uncounted(first),
  ];
}

const at = ({ file }: MessageTemplate, message: string): FileFault => ({ file, line: 1, column: 1, message });

/** A file without a name among variants is counted as one that has no variants at all. */
function unnamed(texts: MessageTemplate[]): FileFault[] {
  const { variant } = texts.find((text) => text.variant !== '')!;
  const message = `Each supporter gets this text or one with a name, such as @${variant}, by chance. This one has no name, so it is counted together with every text that has no variants. Give it a name too.`;
  return texts.filter((text) => text.variant === '').map((text) => at(text, message));
}

/** Where one wording has a variant that another lacks, the other's take its place and are counted for more people. */
function lacking(texts: MessageTemplate[], all: MessageTemplate[]): FileFault[] {
  const own = texts.map(({ variant }) => variant);
  if (own.every((name) => name === '')) return [];
  const elsewhere = all.filter(({ kind }) => kind === texts[0]!.kind).map(({ variant }) => variant);
  const missing = [...new Set(elsewhere)].filter((name) => name !== '' && !own.includes(name));
  return missing.map((name) => {
    const file = `${wordingName(texts[0]!)}@${name}.hbs`;
    const message = `There is no ${file}: whoever would get @${name} gets this text, or another of the same wording, and is counted there. So the counts of variants can't be compared. Write that file.`;
    return at(texts[0]!, message);
  });
}

/** A call is counted by its script, whatever was said to the machine. */
function uncounted(texts: MessageTemplate[]): FileFault[] {
  const scripts = texts.filter(({ kind }) => kind === 'phone').map(({ variant }) => variant);
  return texts
    .filter(({ kind, variant }) => kind === 'voicemail' && variant !== '' && !scripts.includes(variant))
    .map((text) => {
      const message = `Calls are counted by the variant of the call script, and no call script is named @${text.variant}. Give both the same name.`;
      return at(text, message);
    });
}
