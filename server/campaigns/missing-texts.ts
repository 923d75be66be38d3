import { join } from 'node:path';
import type { FileFault } from '../errors.ts';
import { displayPath } from '../yaml/read-text.ts';
import type { YamlFile } from '../yaml/yaml-faults.ts';
import type { CampaignFile } from './campaign-schema.ts';
import type { LanguageFiles } from './language-files.ts';

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
      const meant = folders.includes(language) ? undefined : folders.find((name) => isMeant(name, language));
      if (meant !== undefined) {
        if (list === 'message_languages' && settings.languages.includes(language)) return [];
        const message = `There is no folder '${language}' for this language, but a folder '${meant}'. Rename it to ${language}.`;
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

/** Whether a folder seems to be that of a language though it has another name: 'Spanish', 'español', 'es-MX'. */
function isMeant(folder: string, language: string): boolean {
  const name = bare(folder);
  if (new RegExp(`^${language}[-_ ]`).test(name)) return true;
  const named = ['en', language].flatMap((shown_in) => {
    const whole = new Intl.DisplayNames([shown_in], { type: 'language', fallback: 'none' }).of(language);
    return whole === undefined ? [] : [whole, ...whole.split(' ')];
  });
  return named.some((one) => bare(one) === name);
}

/** Small letters without accents: they get lost in names of folders. */
const bare = (name: string) => name.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

function hasText(read: LanguageFiles, list: 'languages' | 'message_languages'): boolean {
  return read.templates.length > 0 || (list === 'languages' && read.page !== undefined);
}

function isThere(read: LanguageFiles, name: string): boolean {
  if (name === 'page.md') return read.page !== undefined;
  return read.templates.some(({ kind, wording }) => wording === 'plain' && name === `${kind}.hbs`);
}
