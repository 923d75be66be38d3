import { isScalar, parse, parseDocument, stringify, visit } from 'yaml';
import { type Mutation, type Original, placeAt, spliced } from './mutation.ts';
import { colonOf, yamlSourceOf } from './yaml-entries.ts';

/** Other ways of writing the same campaign.yaml. */
export function yamlRewritings(original: Original): Mutation[] {
  const { source, plain, same } = yamlSourceOf(original);
  const value = parse(source);
  const lines = source.split('\n');
  const is_text: boolean[] = [];
  // Within a text of several lines everything counts.
  visit(parseDocument(source), (_, node) => {
    if (!isScalar(node) || !node.range || !source.slice(node.range[0], node.range[1]).trim().includes('\n'))
      return;
    const [first, last] = [placeAt(source, node.range[0]).line, placeAt(source, node.range[1] - 1).line];
    for (let line = first; line <= last; line += 1) is_text[line - 1] = true;
  });
  const padded = lines.map((line, index) => (is_text[index] ? line : `${line}  `)).join('\n');
  const noted = lines.map((line, index) => (is_text[index] ? line : `# note\n\n${line}`)).join('\n');
  const reversed = Object.fromEntries(Object.entries(value).toReversed());
  const spare = original.pick(plain);
  return [
    same('written anew', stringify(value)),
    same('as JSON', JSON.stringify(value)),
    same('keys in another order', stringify(reversed)),
    same('four spaces a step', stringify(value, { indent: 4 })),
    same(
      'every text quoted',
      stringify(value, { defaultStringType: 'QUOTE_DOUBLE', defaultKeyType: 'PLAIN' }),
    ),
    same('spaces at the ends of lines', padded),
    same('notes and empty lines between', noted),
    same('--- at the top', `---\n${source}`),
    same('no line end at the end', source.trimEnd()),
    same('a tab behind a colon', spliced(source, colonOf(spare), spare.value_at, ':\t')),
    same('more spaces behind a colon', spliced(source, colonOf(spare), spare.value_at, ':   ')),
    same('a space before a colon', spliced(source, colonOf(spare), colonOf(spare), ' ')),
  ];
}
