import { join } from 'node:path';
import type { FileFault } from '../errors.ts';
import type { Campaign, MessageTemplate } from './campaign.ts';
import type { CampaignFile } from './campaign-schema.ts';
import type { LanguageFiles } from './language-files.ts';
import { displayPath } from './read-text.ts';
import type { YamlFile } from './yaml-faults.ts';

/** What was read of a campaign, and where its files lie. */
interface CampaignFiles {
  folder: string;
  settings: CampaignFile;
  /** By language. */
  files: Map<string, LanguageFiles>;
  /** Names of the folders in the campaign's. */
  folders: string[];
  yaml: YamlFile;
}

/**
 * What a campaign can't do without, told where the language is named: the first language has a page, the first message
 * language a plain e-mail and script, and each of the others some text at all.
 */
export function missingFiles({
  folder,
  settings,
  files,
  folders,
  yaml,
}: CampaignFiles): Omit<FileFault, 'file'>[] {
  const lacking = (list: 'languages' | 'message_languages', names: string[], what: string) =>
    settings[list].flatMap((language, index) => {
      const read = files.get(language)!;
      const place = yaml.positionOf([list, index]);
      const named = folderOf(folders, language);
      if (named !== language) {
        if (list === 'message_languages' && settings.languages.includes(language)) return [];
        const message = `The folder of '${language}' is named '${named}'. Rename it with small letters.`;
        return [{ ...place, message }];
      }
      if (index > 0 && hasText(read, list)) return [];
      const missing = names.filter((name) => !read.faulty.has(name) && !isThere(read, name));
      if (missing.length === 0) return [];
      const paths = missing.map((name) => displayPath(join(folder, language, name))).join(' and ');
      const message = `There is no ${what} in '${language}'. Write ${paths}, or name other ${list}.`;
      return [{ ...place, message }];
    });
  return [
    ...lacking('languages', ['page.md'], 'page'),
    ...lacking('message_languages', ['email.hbs', 'phone.hbs'], 'message for all legislators'),
  ];
}

/** The folder of a language: by its own name or, where that is not there, by the same in capitals. Some systems take both for one. */
export function folderOf(folders: string[], language: string): string {
  if (folders.includes(language)) return language;
  return folders.find((name) => name.toLowerCase() === language) ?? language;
}

function hasText(read: LanguageFiles, list: 'languages' | 'message_languages'): boolean {
  return read.templates.length > 0 || (list === 'languages' && read.page !== undefined);
}

function isThere(read: LanguageFiles, name: string): boolean {
  if (name === 'page.md') return read.page !== undefined;
  return read.templates.some(({ kind, wording }) => wording === 'plain' && name === `${kind}.hbs`);
}

/** A text that is lacking in a language: where in campaign.yaml that is told, and what is shown instead. */
export interface Gap {
  path: PropertyKey[];
  message: string;
}

/**
 * Every text that a whole campaign has in the first language and lacks in another, and every language of its pages that
 * the program itself does not speak.
 */
export function gapsOf(campaign: Campaign, interface_languages: string[] | undefined): Gap[] {
  return [...interfaceGaps(campaign, interface_languages), ...pageGaps(campaign), ...messageGaps(campaign)];
}

function interfaceGaps({ languages }: Campaign, spoken: string[] | undefined): Gap[] {
  return languages.flatMap((language, index) => {
    if (!spoken || spoken.includes(language)) return [];
    const message = `Statehouse itself does not speak '${language}' yet, so no page is shown in it. It speaks: ${spoken.join(', ')}.`;
    return [{ path: ['languages', index], message }];
  });
}

function pageGaps({ languages, pages, next_steps, title, summary }: Campaign): Gap[] {
  const first = languages[0]!;
  const lines = [
    { name: 'title', path: ['title'], text: title },
    { name: 'summary', path: ['summary'], text: summary },
    ...next_steps.map(({ label }, index) => ({
      name: 'label',
      path: ['next_steps', index, 'label'],
      text: label,
    })),
  ];
  return languages.slice(1).flatMap((language, index): Gap[] => {
    const instead = `Pages in '${language}' show the one in '${first}'.`;
    const page = pages[language]
      ? []
      : [{ path: ['languages', index + 1], message: `There is no ${language}/page.md. ${instead}` }];
    const lacking = lines
      .filter(({ text }) => text[language] === undefined)
      .map(({ name, path, text }) => {
        const how =
          Object.keys(text).length > 1
            ? 'Add it.'
            : `Write one line for each language: ${Object.keys(text)[0]} and ${language}.`;
        return { path, message: `There is no '${name}' in '${language}'. ${instead} ${how}` };
      });
    return [...page, ...lacking];
  });
}

/** Messages are wanted in each message language and, to read beside them, in each language of the pages. */
function messageGaps({ languages, message_languages, templates }: Campaign): Gap[] {
  const first = message_languages[0]!;
  const others = [...new Set([...message_languages, ...languages])].filter((language) => language !== first);
  return others.flatMap((language) => {
    const offered = message_languages.indexOf(language);
    const path = offered === -1 ? ['languages', languages.indexOf(language)] : ['message_languages', offered];
    const own = templates.filter((template) => template.language === language);
    return templates
      .filter((template) => template.language === first && !own.some((other) => isSame(other, template)))
      .map((template) => {
        const what = `There is no ${language}/${nameOf(template)}.`;
        return {
          path,
          message: `${what} ${offered === -1 ? NO_TRANSLATION : `Another wording in '${language}' is used where one fits, else the one in '${first}'.`}`,
        };
      });
  });
}

const NO_TRANSLATION = 'The message stands without a translation for those who read that language.';

function isSame(one: MessageTemplate, other: MessageTemplate): boolean {
  return one.kind === other.kind && one.wording === other.wording && one.variant === other.variant;
}

/** The name of a message's file: 'email.ally@short.hbs'. */
function nameOf({ kind, wording, variant }: MessageTemplate): string {
  return `${kind}${wording === 'plain' ? '' : `.${wording}`}${variant && `@${variant}`}.hbs`;
}
