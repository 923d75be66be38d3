/** What a template may name: a text, something that is so or not (`flag`), a group of names, or a list of groups. */
export type NameTree = { [name: string]: 'text' | 'flag' | NameTree | [NameTree] };

const BILL: NameTree = {
  identifier: 'text',
  session: 'text',
  chamber_name: 'text',
  title: 'text',
  url: 'text',
};

/** Every name that a template may use; campaigns/README.md explains each. `position` is empty where none is known, `committee.name` and `reason` for most. */
export const TEMPLATE_NAMES = {
  campaign: { title: 'text', ask: 'text' },
  state: { name: 'text' },
  bill: BILL,
  bills: [BILL],
  legislator: {
    title: 'text',
    name: 'text',
    given_name: 'text',
    family_name: 'text',
    party: 'text',
    district: 'text',
    chamber_name: 'text',
  },
  position: { name: 'text', label: 'text', bill: 'text', session: 'text', date: 'text' },
  committee: { name: 'text' },
  reason: 'text',
  is_constituent: 'flag',
  supporter: { name: 'text', street: 'text', city: 'text', zip: 'text', own_words: 'text' },
} satisfies NameTree;

/** The names of a group, written out: 'legislator.name', 'legislator.party' … */
export function writtenOut(tree: NameTree, prefix = ''): string[] {
  return Object.entries(tree).flatMap(([name, inner]) => {
    if (inner === 'text' || inner === 'flag' || Array.isArray(inner)) return [`${prefix}${name}`];
    return writtenOut(inner, `${prefix}${name}.`);
  });
}
