import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { FileFault } from '../errors.ts';
import { displayPath, filesOf, readText } from '../yaml/read-text.ts';
import { readYaml } from '../yaml/yaml-faults.ts';

/** The first line of a text that nobody has read yet who speaks its language: a comment of Handlebars or of Markdown. */
const MARKED_TEXT = /^\s*(\{\{~?!(--)?\s*needs review\s*(--)?~?\}\}|<!--\s*needs review\s*-->)/i;
/** The same in campaign.yaml: on the line of the text, or above it. */
const MARKED_LINE = /(?:^|\s)(#\s*needs review\b)/i;
/** In a locale file: a key beside the groups of its strings. */
const LOCALE_MARK = 'needs_review';

/** The texts of a campaign that say of themselves that they need a review, each with what to do. They are no faults. */
export async function campaignNeedsReview(campaigns_dir: string, slug: string): Promise<FileFault[]> {
  const folder = join(campaigns_dir, slug);
  const settings = join(folder, 'campaign.yaml');
  const { text = '' } = await readText(settings);
  // Of a folder that can't be read its campaign.yaml has told already.
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const languages = entries.filter((entry) => entry.isDirectory() && /^[a-z]{2,3}$/.test(entry.name));
  const notes = markedLines(displayPath(settings), text);
  for (const { name: language } of languages.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
    for (const name of (await filesOf(join(folder, language))).names) {
      const path = join(folder, language, name);
      const { text: source = '' } = await readText(path);
      if (!MARKED_TEXT.test(source)) continue;
      notes.push({ file: displayPath(path), line: 1, column: 1, message: toDo(language, 'line') });
    }
  }
  return notes;
}

/** The files of the interface's own strings that need a review. */
export async function localesNeedReview(locales_dir: string): Promise<FileFault[]> {
  const notes: FileFault[] = [];
  for (const name of (await filesOf(locales_dir)).names) {
    const path = join(locales_dir, name);
    const { text = '' } = await readText(path);
    // JSON is YAML too, and read as such it tells where its keys stand.
    const read = readYaml(displayPath(path), text);
    if ('fault' in read || !isMarked(read.yaml.value)) continue;
    const at = read.yaml.keyPositionOf([LOCALE_MARK]);
    notes.push({ file: displayPath(path), ...at, message: toDo(name.replace(/\.json$/, ''), 'line') });
  }
  return notes;
}

function isMarked(strings: unknown): boolean {
  return typeof strings === 'object' && strings !== null && LOCALE_MARK in strings;
}

/** Each marked line of campaign.yaml; its language is that of the line, or of the next where the mark stands alone. */
function markedLines(file: string, yaml: string): FileFault[] {
  const lines = yaml.split('\n');
  return lines.flatMap((line, index): FileFault[] => {
    const found = MARKED_LINE.exec(line);
    if (!found) return [];
    const is_alone = line.trim().startsWith('#');
    const [, language] = /^\s*(?:- )?([a-z]{2,3}):/.exec(is_alone ? (lines[index + 1] ?? '') : line) ?? [];
    const column = found.index + found[0].indexOf('#') + 1;
    return [{ file, line: index + 1, column, message: toDo(language, 'comment') }];
  });
}

function toDo(language: string | undefined, mark: 'line' | 'comment'): string {
  const name = language && new Intl.DisplayNames(['en'], { type: 'language' }).of(language);
  return `Needs review: someone who speaks ${name ?? 'its language'} should read this text. Take this ${mark} out then.`;
}
