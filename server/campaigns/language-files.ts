import { join } from 'node:path';
import type { FileFault } from '../errors.ts';
import { displayPath, filesOf, readText } from '../yaml/read-text.ts';
import type { CampaignPage, MessageTemplate } from './campaign.ts';
import { PLAIN_NAMES, readMessageFile } from './message-files.ts';
import { afterComments } from './needs-review.ts';
import { pageHtml } from './page-text.ts';
import { faultAt } from './template-syntax.ts';

/** What the folder of one language holds. */
export interface LanguageFiles {
  page?: CampaignPage;
  templates: MessageTemplate[];
  faults: FileFault[];
  /** Names of files that are there though something is wrong with them: they are not missing too. */
  faulty: Set<string>;
}

/** Reads the page and the messages of one language. */
export async function readLanguage(folder: string, language: string): Promise<LanguageFiles> {
  const { names, fault } = await filesOf(join(folder, language));
  const faulty = new Set(fault ? PLAIN_NAMES : []);
  const read: LanguageFiles = { templates: [], faults: fault ? [fault] : [], faulty };
  for (const name of names) {
    const path = join(folder, language, name);
    const file = await readText(path);
    if (file.text === undefined) {
      read.faults.push(file.fault ?? leadsNowhere(path));
      read.faulty.add(name);
    } else if (name === 'page.md') readPage(read, displayPath(path), language, file.text);
    else {
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

function readPage(read: LanguageFiles, file: string, language: string, text: string): void {
  const shown = afterComments(text).text;
  const name = text.indexOf('{{', text.length - shown.length);
  if (shown.trim() === '') {
    const message = 'This page is empty. Write the case for what the campaign asks.';
    read.faults.push({ file, line: 1, column: 1, message });
  } else if (name !== -1) {
    const message =
      'Names in braces are for messages. This page is the same for all: write the words themselves.';
    read.faults.push({ file, ...faultAt(text, name, message) });
  } else read.page = { language, html: pageHtml(shown) };
  if (!read.page) read.faulty.add('page.md');
}
