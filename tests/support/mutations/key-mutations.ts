import { type Mutation, type Original, spliced } from './mutation.ts';
import { type Entry, yamlSourceOf } from './yaml-entries.ts';

const REQUIRED = ['title', 'summary', 'jurisdiction_id', 'bills', 'ask', 'goal'];
const REQUIRED_WITHIN: Record<string, string[]> = {
  bills: ['identifier', 'session', 'chamber'],
  positions: ['person_id', 'position', 'session', 'date', 'source'],
  partners: ['code', 'name'],
  next_steps: ['label', 'url'],
};

/** Changes of campaign.yaml: keys dropped, misspelt and doubled, values of a wrong type, days that are none. */
export function keyMutations(original: Original): Mutation[] {
  const { pick } = original;
  const { source, entries, plain, alone, one, told, put } = yamlSourceOf(original);
  const named = ({ path }: Entry) => path.join('.');

  const dropped = (entry: Entry): Mutation => {
    const next = entry.siblings.find((offset) => offset > entry.key_at);
    const line_start = source.lastIndexOf('\n', entry.key_at) + 1;
    const line_end = source.indexOf('\n', entry.value_end - 1) + 1;
    const content =
      next === undefined
        ? spliced(source, line_start, line_end, '')
        : spliced(source, entry.key_at, next, '');
    const first = Math.min(...entry.siblings);
    return told(
      `${named(entry)} dropped`,
      content,
      first,
      new RegExp(`^'${entry.key}' is missing\\. Add it: `),
    );
  };
  const within = (key: string) =>
    entries.filter(
      ({ path }) => path.length === 3 && path[0] === key && REQUIRED_WITHIN[key]!.includes(String(path[2])),
    );
  const drops = [
    ...REQUIRED.map((key) => dropped(one(key))),
    ...Object.keys(REQUIRED_WITHIN).flatMap((key) => {
      const choice = within(key).filter(({ siblings }) => siblings.length > 1);
      return choice.length > 0 ? [dropped(pick(choice))] : [];
    }),
  ];

  // The keys of variants are names that the organizer gives.
  const known = entries.filter(
    ({ key, path }) => key.length > 3 && path.length <= 3 && (path[0] !== 'variants' || path.length === 1),
  );
  const misspelt = (how: string, change: (key: string) => string) => {
    const entry = pick(known);
    const wrong = change(entry.key);
    const content = spliced(source, entry.key_at, entry.key_at + entry.key.length, wrong);
    const says = new RegExp(`^There is no key '${wrong}' here\\. Did you mean '${entry.key}'\\?`);
    return told(`${named(entry)} with ${how}`, content, entry.key_at, says);
  };
  const misspellings = [
    misspelt('two letters swapped', (key) =>
      `${key.slice(0, 1)}${key[2]}${key[1]}${key.slice(3)}`.replace(/^(.)(.)\2/, '$1$2x'),
    ),
    misspelt('a letter dropped', (key) => key.slice(0, -1)),
    misspelt('a letter twice', (key) => `${key}${key.at(-1)}`),
    misspelt('a capital', (key) => key[0]!.toUpperCase() + key.slice(1)),
    misspelt('hyphens or a space', (key) => (key.includes('_') ? key.replaceAll('_', '-') : `${key} x`)),
    misspelt('an invisible sign', (key) => `${key.slice(0, 2)}\u200b${key.slice(2)}`),
  ];

  const twin = pick(alone);
  const line_of = (entry: Entry) => source.slice(source.lastIndexOf('\n', entry.key_at) + 1, entry.value_end);
  const doubled = spliced(source, twin.value_end, twin.value_end, `\n${line_of(twin)}`);
  const second = twin.value_end + 1 + (twin.key_at - source.lastIndexOf('\n', twin.key_at) - 1);
  const duplicates = [
    told(`${named(twin)} twice`, doubled, second, new RegExp(`^'${twin.key}' is here twice\\. Keep one`)),
    told('goal twice, far apart', `${source}\ngoal: 5\n`, source.length + 1, /^'goal' is here twice/),
  ];

  const wrong = (entry: Entry, words: string, at: 'value' | 'key' = 'value') =>
    told(
      `${named(entry)} as ${JSON.stringify(words)}`,
      put(entry, words),
      at === 'value' ? entry.value_at : entry.key_at,
      new RegExp(`^'${entry.key}' `),
    );
  const top_text = pick(
    plain.filter(({ key }) =>
      ['identifier', 'source', 'name', 'url', 'position', 'chamber', 'ask'].includes(key),
    ),
  );
  const types = [
    wrong(top_text, '[a, b]'),
    wrong(top_text, '{a: b}'),
    wrong(top_text, '12.5'),
    wrong(top_text, 'true'),
    wrong(top_text, '', 'key'),
    wrong(top_text, '~'),
    wrong(
      one('goal'),
      pick(['many', '"1000"', '1,000', '1.5', '-5', '0', '1e400', '.nan', '1000 calls', '#1000'].slice(0, 9)),
    ),
    wrong(one('goal'), 'null'),
    wrong(one('ask'), pick(['Support', 'yes', 'against', 'support oppose'])),
    wrong(one('jurisdiction_id'), pick(['Florida', 'fl', 'ocd-jurisdiction/country:us/state:xx/government'])),
    ...['languages', 'message_languages', 'positions', 'partners', 'next_steps', 'bills'].flatMap((key) => {
      const entry = one(key);
      if (!entry) return [];
      const content = spliced(source, entry.value_at, entry.value_end, `${pick(['text', '12', 'true'])}\n`);
      return [told(`${key} as a word`, content, entry.value_at, new RegExp(`^'${key}' must be a list`))];
    }),
  ];

  const days = entries.filter(
    ({ value_at, is_plain }) => is_plain && /^\d{4}-\d\d-\d\d$/.test(source.slice(value_at, value_at + 10)),
  );
  const dates = [
    '2026-02-30',
    '11/03/2026',
    '2026-13-01',
    '3 Nov 2026',
    '2026-1-5',
    '2026-11-03T00:00:00Z',
    '20261103',
    '2026–11–03',
    '"November 3"',
  ].flatMap((day) => (days.length > 0 ? [wrong(pick(days), day)] : []));

  return [...drops, ...misspellings, ...duplicates, ...types, ...dates];
}
