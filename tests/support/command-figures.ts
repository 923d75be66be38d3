import { checkCompleted, figureList } from './data-figures.ts';
import type { Figures } from './known-counts.ts';
import { PARTNERS, SEATS } from './known-world.ts';

const CODE_OF = new Map(Object.entries(PARTNERS).map(([code, name]) => [name, code]));
const DIVISION_OF = new Map(SEATS.map(({ division, division_id }) => [division, division_id]));
const LEGISLATOR_OF = new Map(SEATS.map(({ name, legislator_id }) => [name, legislator_id]));

/** The figures in what `npm run report -- SLUG` prints for reading. */
export function figuresOfCommand(text: string): Figures {
  const { figures, add } = figureList();
  const number = (pattern: RegExp) => Number(pattern.exec(text)?.[1]);
  add('completed', number(/^\S+: (\d+) completed/));
  add('self_reported', number(/reported by supporters (\d+),/));
  add('server_accepted', number(/accepted by mail servers (\d+),/));
  add('offline', number(/offline (\d+)\n/));
  const [, table = ''] = text.split(/\nby +what +outcome +actions +completed\n/);
  for (const line of table
    .split('\n\n')[0]!
    .split('\n')
    .filter((one) => one !== '')) {
    const [, dimension, named, status_code = '', actions, completed] =
      /^(\w+) +(\S.*?)(?: {2,}([a-z]+))? +(\d+) +(\d+)$/.exec(line) as unknown as string[];
    const name = `${dimension}/${keyOf(dimension!, named!)}${status_code && `/${status_code}`}`;
    add(name, Number(actions));
    checkCompleted(name, Number(actions), Number(completed));
  }
  return figures;
}

function keyOf(dimension: string, named: string): string {
  if (named === 'no partner' || named === 'not said') return '';
  if (dimension === 'partner') return CODE_OF.get(named) ?? named;
  if (dimension === 'variant') return named.replace(' without a variant', '@');
  if (dimension === 'division') return divisionOf(named);
  // The title stands before the name.
  return LEGISLATOR_OF.get(named.slice(named.indexOf(' ') + 1)) ?? named;
}

function divisionOf(named: string): string {
  if (named === 'Florida') return 'ocd-division/country:us/state:fl';
  return DIVISION_OF.get(named) ?? named;
}
