import { bareIdentifier } from '../bills/bill-record.ts';
import type { FileFault } from '../errors.ts';
import type { Campaign } from './campaign.ts';
import type { CampaignWarning } from './campaign-warning.ts';
import type { LocalText } from './local-text.ts';
import { faultAt } from './template-syntax.ts';

/** As OpenStates writes them: SB 316, HB0012, B 26-0012, ABX1 2, HB 12A. */
const IDENTIFIER = /^[A-Z][A-Z.]*(?:X\d)?(?: [A-Z]+)* ?\d+(?:-\d+)?[A-Z]?$/;

/** Warns of bills whose name or session does not look like one: OpenStates would know no such bill. */
export function billWarnings({ bills, state }: Pick<Campaign, 'bills' | 'state'>): CampaignWarning[] {
  return bills.flatMap(({ identifier, session }, index): CampaignWarning[] => [
    // Puerto Rico names its bills in words: P. de la C. 12.
    ...(IDENTIFIER.test(identifier) || state === 'pr'
      ? []
      : [{ path: ['bills', index, 'identifier'], message: unlike(identifier) }]),
    ...(/\d/.test(session)
      ? []
      : [
          {
            path: ['bills', index, 'session'],
            message: `The session '${session}' has no number in its name, and every session that OpenStates names has one. Write it as it does, for example 2026.`,
          },
        ]),
  ]);
}

function unlike(identifier: string): string {
  const [, letters, number] = /^([a-z]+)[\s.]*(\d+)$/i.exec(identifier) ?? [];
  const like = letters === undefined ? 'for example SB 316' : `${letters.toUpperCase()} ${number}`;
  return `'${identifier}' does not look like the name of a bill. Write it as the legislature does, letters, a space and the number: ${like}.`;
}

/** Warns of each text of campaign.yaml that names a bill, in letters like those of the campaign's own, that is none of them. */
export function otherBillsInYaml(campaign: Campaign): CampaignWarning[] {
  const { title, summary, closing, partners, next_steps, targets } = campaign;
  const texts: [path: PropertyKey[], text: LocalText | undefined][] = [
    [['title'], title],
    [['summary'], summary],
    [['closing'], closing],
    ...next_steps.map(({ label }, index): [PropertyKey[], LocalText] => [
      ['next_steps', index, 'label'],
      label,
    ]),
    ...partners.flatMap(({ next_steps: own = [] }, index) =>
      own.map(({ label }, nth): [PropertyKey[], LocalText] => [
        ['partners', index, 'next_steps', nth, 'label'],
        label,
      ]),
    ),
    ...targets.extra.map(({ reason }, index): [PropertyKey[], LocalText] => [
      ['targets', 'extra', index, 'reason'],
      reason,
    ]),
    [['targets', 'fallback', 'reason'], targets.fallback?.reason],
  ];
  return texts.flatMap(([path, local = {}]) =>
    Object.entries(local).flatMap(([language, text]) =>
      otherBills(campaign, text).map(({ message }) => ({ path: [...path, language], message })),
    ),
  );
}

/**
 * Warns of a page or a message that names another bill, and of another state's code right before a ZIP code. `isState`
 * tells postal codes of states.
 */
export function strangersInText(
  campaign: Campaign,
  { file, source, isState }: { file: string; source: string; isState: (code: string) => boolean },
): FileFault[] {
  // Notes are shown to nobody. Blanked, not taken out: what follows keeps its place.
  const text = source.replace(/\{\{~?!--[\s\S]*?--~?\}\}|\{\{~?![\s\S]*?\}\}|<!--[\s\S]*?-->/g, (note) =>
    note.replace(/[^\n]/g, ' '),
  );
  return [...otherBills(campaign, text), ...otherStates(campaign, text, isState)].map(
    ({ offset, message }) => ({
      file,
      ...faultAt(text, offset, message),
    }),
  );
}

interface Found {
  offset: number;
  message: string;
}

/** Each bill once, where it is named first. Bills of one letter are passed over: 'A 5' may be anything. */
function otherBills({ bills, positions }: Campaign, text: string): Found[] {
  const own = [...bills.map(({ identifier }) => identifier), ...positions.flatMap(({ bill }) => bill ?? [])];
  const known = new Set(own.map(bareIdentifier));
  const letters = own.flatMap((identifier) => /^[A-Z]{2,}(?= ?\d)/.exec(identifier.toUpperCase())?.[0] ?? []);
  if (letters.length === 0) return [];
  const named = new RegExp(
    `(?<![\\w/=?&.%-])(?:${[...new Set(letters)].join('|')})[ \\u00a0]?\\d+(?![\\w-])`,
    'g',
  );
  const wanted = bills.map(({ identifier }) => identifier).join(', ');
  const found: Found[] = [];
  for (const { 0: name, index: offset } of text.matchAll(named)) {
    if (known.has(bareIdentifier(name))) continue;
    known.add(bareIdentifier(name));
    const message = `'${name}' is named here, and is no bill of this campaign (${wanted}). Correct it, or leave it if another bill is meant.`;
    found.push({ offset, message });
  }
  return found;
}

function otherStates({ state }: Campaign, text: string, isState: (code: string) => boolean): Found[] {
  const own = state.toUpperCase();
  return [...text.matchAll(/\b([A-Z]{2})[^\S\n]+(?=\{\{\s*supporter\.zip\s*\}\})/g)].flatMap(
    ({ 1: code = '', index: offset }) => {
      if (!isState(code) || code === own) return [];
      const message = `'${code}' stands before the ZIP code, and the campaign is one of ${own}. Write ${own}.`;
      return [{ offset, message }];
    },
  );
}
