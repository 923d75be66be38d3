import { readFileSync } from 'node:fs';
import type { CheerioAPI } from 'cheerio';
import { checkCompleted, figureList } from './data-figures.ts';
import type { Figures } from './known-truth.ts';
import { PARTNERS, SEATS } from './known-world.ts';

const words = JSON.parse(readFileSync('views/locales/en.json', 'utf8'));
const { totals, report } = words as Record<'totals' | 'report', Record<string, string>>;
const STATUS_OF = turned(words.totals.status);
const ORIGIN_OF = turned(words.report.origin);
const TYPE_OF = turned({ phone: totals.phone!, email: totals.email! });
const LANGUAGE_OF = turned({ en: 'English', es: 'Spanish', ht: 'Haitian Creole', '': totals.not_said! });
const PARTNER_OF = turned({ ...PARTNERS, '': totals.no_partner! });
const LEGISLATOR_OF = new Map(SEATS.map(({ name, legislator_id }) => [name, legislator_id]));
const DIVISION_OF = new Map(SEATS.map(({ division, division_id }) => [division, division_id]));

/** By the title of a section, what the labels of its table stand for. */
const KEY_OF: Record<string, (label: string) => string> = {
  [totals.by_day!]: (label) => `day/${new Date(`${label} UTC`).toISOString().slice(0, 10)}`,
  [totals.by_legislator!]: (label) => `legislator/${legislatorOf(label)}`,
  [totals.by_division!]: (label) => `division/${DIVISION_OF.get(label) ?? stateOf(label)}`,
  [totals.by_partner!]: (label) => `partner/${known(PARTNER_OF, label)}`,
  [totals.by_language!]: (label) => `language/${known(LANGUAGE_OF, label)}`,
  [totals.by_message_language!]: (label) => `message_language/${known(LANGUAGE_OF, label)}`,
  [totals.by_variant!]: (label) => {
    const [type, variant] = label.split(': ') as [string, string];
    return `variant/${known(TYPE_OF, type)}@${variant === report.no_variant ? '' : variant}`;
  },
};

/**
 * The figures in the tables and sentences of the totals page or the report page, in English. A table under a title of which
 * nobody has said what is true is an Error.
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
    const keyOf = KEY_OF[title];
    if (!keyOf) throw new Error(`nobody has said what is true of the table '${title}'`);
    for (const row of rows) {
      const [label, ...cells] = cellsOf($, row) as [string, ...string[]];
      // By partner reports have the visits first.
      const number = title === totals.by_partner && cells.length > 1 ? cells[1]! : cells[0]!;
      add(keyOf(label), numberIn(number));
    }
  }
  const sentences = $('main').text();
  for (const name of ['self_reported', 'server_accepted', 'offline'])
    add(name, sentenceNumber(sentences, [totals[name], totals[`${name}_one`], totals[`${name}_other`]]));
  return figures;
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
function addOutcome(add: (name: string, number: unknown) => void, cells: string[], type: string): void {
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

function stateOf(label: string): string {
  return label === 'Florida' ? 'ocd-division/country:us/state:fl' : label;
}

function numberIn(text: string): number {
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
