import { readFileSync } from 'node:fs';
import type { CheerioAPI } from 'cheerio';
import { checkCompleted, figureList } from './data-figures.ts';
import type { Figures } from './known-counts.ts';
import { PARTNERS, SEATS } from './known-world.ts';

const words = JSON.parse(readFileSync('views/locales/en.json', 'utf8'));
const { totals, report } = words as Record<'totals' | 'report', Record<string, string>>;
const STATUS_OF = turned(words.totals.status);
const ORIGIN_OF = turned(words.report.origin);
const POSITION_OF = turned(words.report.position);
const TYPE_OF = turned({ phone: totals.phone!, email: totals.email! });
const LANGUAGE_OF = turned({ en: 'English', es: 'Spanish', ht: 'Haitian Creole', '': totals.not_said! });
const PARTNER_OF = turned({ ...PARTNERS, '': totals.no_partner! });
const QUEUE_STATE_OF = turned(words.report.letters.states);
const QUEUE_REASON_OF = turned({ ...words.report.letters.reasons, '': '' });
const LEGISLATOR_OF = new Map(SEATS.map(({ name, legislator_id }) => [name, legislator_id]));
const DIVISION_OF = new Map(SEATS.map(({ division, division_id }) => [division, division_id]));

/** By the title of a section, what the labels of its table stand for. */
const KEY_OF: Record<string, (label: string) => string> = {
  [totals.by_day!]: (label) => `day/${dayOf(label)}`,
  [totals.by_legislator!]: (label) => `legislator/${legislatorOf(label)}`,
  [totals.by_division!]: (label) => `division/${DIVISION_OF.get(label) ?? stateOf(label)}`,
  [totals.by_partner!]: (label) => `partner/${known(PARTNER_OF, label)}`,
  [totals.by_letter_answers!]: (label) => `letter_answers/${legislatorOf(label)}`,
  [totals.by_language!]: (label) => `language/${known(LANGUAGE_OF, label)}`,
  [totals.by_message_language!]: (label) => `message_language/${known(LANGUAGE_OF, label)}`,
  [totals.by_variant!]: (label) => {
    const [type, variant] = label.split(': ') as [string, string];
    return `variant/${known(TYPE_OF, type)}@${variant === report.no_variant ? '' : variant}`;
  },
};

type Add = (name: string, number: unknown) => void;

/**
 * The figures in the tables, lists and sentences of the totals page, the report page or the page of a figure for the press, in
 * English. A table under a title of which nobody has said what is true is an Error.
 */
export function figuresOfPage($: CheerioAPI): Figures {
  const { figures, add } = figureList();
  for (const table of $('main table').toArray()) {
    const title = $(table).closest('section').find('h2').first().text();
    const rows = $(table).find('tbody tr').toArray();
    if (title === totals.by_type) {
      let type = '';
      for (const row of rows) {
        const group = $(row).find('th[scope=rowgroup]').text();
        if (group) type = known(TYPE_OF, group);
        else addOutcome(add, cellsOf($, row), type);
      }
      continue;
    }
    for (const row of rows) addCells(add, title, cellsOf($, row), $);
  }
  const sentences = $('main').text();
  for (const name of ['self_reported', 'server_accepted', 'offline'])
    add(name, sentenceNumber(sentences, [totals[name], totals[`${name}_one`], totals[`${name}_other`]]));
  for (const item of $('#unknown-codes li').toArray()) addCode(add, $(item).text());
  for (const item of $('#set-aside li').toArray()) addSetAside(add, $(item).text());
  for (const item of $('#replies p').toArray()) addProposal(add, $(item).text());
  for (const [name, number] of correctionsOf($, [words.totals.corrections.title, words.figure.before]))
    add(name, number);
  return figures;
}

/** What the page of a figure, or that of the published tables, says was taken out since, or put back. */
export function figuresSince($: CheerioAPI): Figures {
  return Object.fromEntries(correctionsOf($, [words.figure.since, words.tables.later_title]));
}

function addCells(add: Add, title: string, [label, ...cells]: string[], $: CheerioAPI): void {
  if (title === words.totals.by_offline) return addEntered(add, [label!, ...cells]);
  if (title === words.totals.by_replies) return addReplies(add, label!, cells);
  if (title === totals.by_letters) {
    const [state, reason = ''] = label!.split(': ') as [string, string?];
    return add(
      `letters/${known(QUEUE_STATE_OF, state)}/${known(QUEUE_REASON_OF, reason)}`,
      numberIn(cells[0]!),
    );
  }
  const keyOf = KEY_OF[title];
  if (!keyOf) throw new Error(`nobody has said what is true of the table '${title}'`);
  const key = keyOf(label!);
  if (cells.length === 1) return add(key, numberIn(cells[0]!));
  if (title !== totals.by_partner || cells.length !== 3)
    throw new Error(`nobody has said what is true of the row ${[label, ...cells]}`);
  const [visits, actions] = cells.slice(0, 2).map(numberIn) as [number, number];
  add(key.replace('partner/', 'partner_visits/'), visits);
  add(key, actions);
  const rate = (100 * (actions - enteredOf($, label!))) / visits;
  const told =
    visits < 20 ? '–' : (rate < 10 ? Math.round(rate * 10) / 10 : Math.round(rate)).toLocaleString('en-US');
  if (cells[2] !== told) throw new Error(`${key}: ${cells[2]} for every 100 visits, and it is ${told}`);
}

/** The completed actions of a partner that the page says were entered, and not taken out. */
function enteredOf($: CheerioAPI, partner: string): number {
  return $('#offline tbody tr')
    .toArray()
    .map((row) => cellsOf($, row))
    .filter(([, outcome = '', , of_partner]) => {
      const status = known(STATUS_OF, outcome.split(', ')[1]!);
      return of_partner === partner && !/^(unavailable|started|confirmed|bounced|failed)$/.test(status);
    })
    .reduce((sum, cells) => sum + numberIn(cells.at(-2)!) - numberIn(cells.at(-1)!), 0);
}

function addEntered(add: Add, cells: string[]): void {
  const [day, outcome, legislator, partner, ...rest] = cells as [string, string, string, string, ...string[]];
  const [type, status] = outcome.split(', ') as [string, string];
  const parts = [
    `entry/${dayOf(day)}`,
    known(TYPE_OF, type),
    known(STATUS_OF, status),
    legislatorOf(legislator),
    known(PARTNER_OF, partner),
    rest.length === 3 ? rest[0] : '',
  ];
  add(parts.join('/'), numberIn(rest.at(-2)!));
}

function addReplies(add: Add, label: string, cells: string[]): void {
  const id = legislatorOf(label);
  for (const [index, reply] of Object.keys(words.report.reply).entries())
    add(`reply/${id}/${reply}`, numberIn(cells[index]!));
  add(`reply_days/${id}/${cells.slice(4).map(dayOf).join('/')}`, 1);
}

function addProposal(add: Add, text: string): void {
  const found = /^(.+): (.+), heard in (\d+) of (\d+) calls\.$/.exec(text);
  if (!found) return;
  const [, name, position, alike, answers] = found as unknown as string[];
  const id = legislatorOf(name!);
  add(`proposed/${id}/${known(POSITION_OF, position!)}`, 1);
  add(`proposed_by/${id}/${alike}/${answers}`, 1);
}

function addSetAside(add: Add, text: string): void {
  const found = /([^ ,]+@[^ :]+): ([\d,]+) came back, nothing sent since (.+)$/.exec(text);
  if (!found) throw new Error(`nobody has said what is true of '${text}'`);
  const [, address, number, day] = found as unknown as string[];
  add(`set_aside/${address}/${dayOf(day!)}`, numberIn(number!));
}

function addCode(add: Add, text: string): void {
  const found = /^(.+): ([\d,]+) visits?, the last on (.+)$/.exec(text);
  if (!found) throw new Error(`nobody has said what is true of '${text}'`);
  const [, code, number, day] = found as unknown as string[];
  add(`unknown_code/${code === 'Other codes' ? '…' : code}/${dayOf(day!)}`, numberIn(number!));
}

/** What the lists under these titles say of corrections, as lines of the totals and of figures have it. */
function correctionsOf($: CheerioAPI, titles: string[]): [string, number][] {
  return $('main section li')
    .toArray()
    .filter((item) => titles.includes($(item).closest('section').find('h2').first().text()))
    .map((item): [string, number] => {
      const text = $(item).text();
      const found =
        /^(?:On )?(\w+ \d+, \d+)[,:] (?:([\d,]+) (?:completed )?actions?|actions that were not completed),? (?:was|were) (taken out|put back)(?:: |\. Reason: )(.+)$/.exec(
          text,
        );
      if (!found) throw new Error(`nobody has said what is true of '${text}'`);
      const [, day, number, way, reason] = found as unknown as string[];
      const kind = way === 'put back' ? 'readmit' : 'exclude';
      const name = `correction/${kind}/${dayOf(day!)}/${reason}`;
      if (number === undefined) return [`${name}/none`, 1];
      return [name, kind === 'readmit' ? numberIn(number) : -numberIn(number)];
    });
}

/** The number before 'of … actions' beside the bar, and the goal. */
export function progressOf($: CheerioAPI): number[] {
  return (
    $('.progress p')
      .first()
      .text()
      .match(/[\d,]+/g) ?? []
  ).map(numberIn);
}

/** A row by kind: on the page of totals a type has its own part of the table, on that of reports a column. */
function addOutcome(add: Add, cells: string[], type: string): void {
  const isCompleted = cells.at(-1) === totals.yes;
  const number = numberIn(cells.at(-2)!);
  const status = known(STATUS_OF, cells[0]!);
  const name = type || known(TYPE_OF, cells[1]!);
  checkCompleted(`type/${name}/${status}`, number, isCompleted ? number : 0);
  add(type ? `type/${type}/${status}` : `status/${known(ORIGIN_OF, cells[2]!)}/${name}/${status}`, number);
}

function cellsOf($: CheerioAPI, row: Parameters<CheerioAPI>[0] & object): string[] {
  return $(row as never)
    .children()
    .toArray()
    .map((cell) => $(cell).text().trim());
}

/** The number that one of these sentences of the locale has on the page; 0 where none of them is there. */
function sentenceNumber(text: string, sentences: (string | undefined)[]): number {
  for (const sentence of sentences) {
    if (!sentence) continue;
    const [before, after] = sentence.split(/\{\{count[^}]*\}\}/).map((part) => RegExp.escape(part));
    const found = new RegExp(`${before}([\\d,]+)${after}`).exec(text);
    if (found) return numberIn(found[1]!);
  }
  return 0;
}

function legislatorOf(label: string): string {
  if (label === totals.not_said) return '';
  // The title stands before the name.
  return LEGISLATOR_OF.get(label.slice(label.indexOf(' ') + 1)) ?? label;
}

function dayOf(label: string): string {
  return new Date(`${label} UTC`).toISOString().slice(0, 10);
}

function stateOf(label: string): string {
  return label === report.no_district ? 'ocd-division/country:us/state:fl' : label;
}

/** A number as English writes it. */
export function numberIn(text: string): number {
  return Number(text.replaceAll(',', ''));
}

function turned(names: Record<string, string>): Map<string, string> {
  return new Map(Object.entries(names).map(([key, name]) => [name, key]));
}

function known(names: Map<string, string>, label: string): string {
  const name = names.get(label);
  if (name === undefined) throw new Error(`nobody is called '${label}' here`);
  return name;
}
