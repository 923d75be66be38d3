import { dirname, join } from 'node:path';
import type { FileFault } from '../errors.ts';
import { displayPath, filesOf, readText } from '../yaml/read-text.ts';
import type { CampaignPage, MessageTemplate } from './campaign.ts';
import { withoutComments } from './comments.ts';
import { type FlyerText, readFlyer } from './flyer-text.ts';
import { hiddenWords } from './hidden-words.ts';
import { PLAIN_NAMES, readMessageFile } from './message-files.ts';
import { pageHtml } from './page-text.ts';
import { pageWarnings } from './page-warnings.ts';
import { placesToWrite } from './places-to-write.ts';
import { readPrompts } from './prompts-file.ts';
import { faultAt } from './template-syntax.ts';

/** What the folder of one language holds. */
export interface LanguageFiles {
  page?: CampaignPage;
  page_source?: PageSource;
  prompts?: string[];
  flyer?: FlyerText;
  templates: MessageTemplate[];
  faults: FileFault[];
  /** What of the page is hardly meant so, and words that notes hide: these stop nothing. */
  warnings: FileFault[];
  /** Names of files that are there though something is wrong with them: they are not missing too. */
  faulty: Set<string>;
  /** Where something is still to be written. */
  to_write: FileFault[];
}

/** The Markdown of a page, and the file as faults name it. */
export interface PageSource {
  language: string;
  file: string;
  text: string;
}

/** Reads the page, the flyer, the prompts and the messages of one language. */
export async function readLanguage(folder: string, language: string): Promise<LanguageFiles> {
  const { names, fault } = await filesOf(join(folder, language));
  const faulty = new Set(fault ? PLAIN_NAMES : []);
  const faults = fault ? [fault] : [];
  const read: LanguageFiles = { templates: [], faults, warnings: [], faulty, to_write: [] };
  for (const name of names) {
    const path = join(folder, language, name);
    const file = await readText(path, [dirname(folder), folder]);
    read.to_write.push(...placesToWrite(displayPath(path), file.text ?? ''));
    read.warnings.push(...hiddenWords(displayPath(path), file.text ?? ''));
    if (file.text === undefined) {
      read.faults.push(file.fault ?? leadsNowhere(path));
      read.faulty.add(name);
    } else if (name === 'page.md') readPage(read, displayPath(path), language, file.text);
    else if (name === 'prompts.md') {
      const { prompts, faults } = readPrompts(displayPath(path), file.text);
      read.faults.push(...faults);
      if (prompts) read.prompts = prompts;
    } else if (name === 'flyer.md') {
      const { flyer, faults } = readFlyer(displayPath(path), language, file.text);
      read.faults.push(...faults);
      if (flyer) read.flyer = flyer;
    } else {
      const { template, faults, meant } = readMessageFile(displayPath(path), name, language, file.text);
      read.faults.push(...faults);
      if (template) read.templates.push(template);
      if (meant !== undefined) read.faulty.add(meant);
    }
  }
  return read;
}

/** The system named this file, yet it is not there: a link to what was moved. */
function leadsNowhere(path: string): FileFault {
  const message = 'This is a link to a file that is not there. Put the file itself here.';
  return { file: displayPath(path), line: 1, column: 1, message };
}

function readPage(read: LanguageFiles, file: string, language: string, source: string): void {
  const text = withoutComments(source);
  const name = text.indexOf('{{');
  const unclosed = text.indexOf('<!--');
  if (text.trim() === '') {
    const message = 'This page is empty. Write the case for what the campaign asks.';
    read.faults.push({ file, line: 1, column: 1, message });
  } else if (unclosed !== -1) {
    const message = 'This comment is never closed. End it with -->.';
    read.faults.push({ file, ...faultAt(text, unclosed, message) });
  } else if (name !== -1) {
    const message =
      'Names in braces are for messages. This page is the same for all: write the words themselves.';
    read.faults.push({ file, ...faultAt(text, name, message) });
  } else {
    read.page = { language, html: pageHtml(text) };
    read.page_source = { language, file, text };
    read.warnings.push(...pageWarnings(file, text));
  }
  if (!read.page) read.faulty.add('page.md');
}
