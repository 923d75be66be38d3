import { type Document, isScalar, visit } from 'yaml';

/** A slip that YAML itself tells of in words or at a place that help nobody; `offset` counts characters from 0. */
export interface Slip {
  offset: number;
  message: string;
}

const NO_SPACE = 'A colon with a space after it is missing here. Write it like this:';
/** Longest value that is shown to say how its line is written, in letters. */
const SHOWN = 40;
/** Likewise of a text that is shown between quotes. */
const LONGEST_TEXT = 120;

/** The first line that begins with a key and its value without a space between: for YAML one text, to which the lines below may belong. */
export function lackingSpace(document: Document, source: string): Slip | undefined {
  let found: Slip | undefined;
  visit(document, {
    Scalar: (_, node) => {
      if (node.type !== 'PLAIN' || !node.range) return undefined;
      const [offset] = node.range;
      const line_start = source.lastIndexOf('\n', offset - 1) + 1;
      if (!/^ *(?:- +)?$/.test(source.slice(line_start, offset))) return undefined;
      const [, key, value = ''] = /^([a-z][a-z_]+):([^\s:/][^\n\r]*)/.exec(source.slice(offset)) ?? [];
      if (key === undefined) return undefined;
      const written = value.replace(/\s+#.*$/, '').trimEnd();
      const like = written.length > SHOWN ? 'goal: 1000' : `${key}: ${written}`;
      found = { offset, message: `${NO_SPACE} ${like}` };
      if (!/[.?!]$/.test(found.message)) found.message += '.';
      return visit.BREAK;
    },
  });
  return found;
}

/** Where a text between quotes ends too early, since a quote of the same kind stands in it; `offset` is that of what goes on. */
export function quoteWithin(document: Document, source: string, offset: number): Slip | undefined {
  let found: Slip | undefined;
  visit(document, {
    Scalar: (_, node) => {
      if (!isScalar(node) || !node.type?.startsWith('QUOTE') || !node.range) return undefined;
      const [start, end] = node.range;
      if (end > offset || source.slice(end, offset).trim() !== '') return undefined;
      const quote = source[start]!;
      if (!source.slice(offset).split('\n', 1)[0]!.trimEnd().endsWith(quote)) return undefined;
      const how =
        quote === '"'
          ? 'Type single ones inside: "every \'kid\' counts".'
          : 'Put double ones around the whole text: "Don\'t wait".';
      found = { offset: end - 1, message: `There is a quote within the quotes: the text ends here. ${how}` };
      return visit.BREAK;
    },
  });
  return found;
}

/** How a text with a colon in it is written behind its key: `before` is the line up to the text, `rest` what follows. */
export function inQuotes(before: string, rest: string): string {
  const key = /([\w-]+):\s*$/.exec(before)?.[1];
  const text = rest.replace(/\s+#.*$/, '').trim();
  const [quote, name] = text.includes('"') ? ["'", 'single'] : ['"', 'double'];
  const is_shown =
    key !== undefined && text.length <= LONGEST_TEXT && !text.includes(quote) && !text.includes('\\');
  return is_shown
    ? `Put the whole text between ${name} quotes: ${key}: ${quote}${text}${quote}.`
    : 'Put the whole text between double quotes: title: "Clean water: now".';
}

/** The first key of the whole file that stands one space in, as where a # was taken away before it. */
export function shiftedKey(source: string, top_keys: readonly string[]): Slip | undefined {
  for (const { index, 1: key } of source.matchAll(/^ ([a-z_]+):(?=\s|$)/gm)) {
    if (!top_keys.includes(key!)) continue;
    const message = `Begin this line at the left margin: take the space before '${key}' away.`;
    return { offset: index + 1, message };
  }
  return undefined;
}
