/** Lines of a file from `start` up to `end`, which is not among them; both count from 0. */
interface Lines {
  start: number;
  end: number;
}

/** An entry of a list, from the line of its -. */
export interface EntryPiece extends Lines {
  /** How many signs stand before the -. */
  indent: number;
  /** The key that stands in the line of the -; undefined where none does. */
  key: string | undefined;
  /** Whether a space stands after the -, as YAML wants it. */
  has_space: boolean;
}

/** Lines behind an entry that belong to none; `start` is the first that says something. */
export interface StrayPiece extends Lines {
  /** How many spaces stand before it. */
  indent: number;
}

/** A list in YAML, cut where its entries begin and end. */
export interface ListPieces {
  /** What stands before the first entry. */
  head: Lines;
  entries: EntryPiece[];
  strays: StrayPiece[];
}

interface Dash extends Omit<EntryPiece, keyof Lines> {
  /** The column of its keys, from 0. */
  keys: number;
}

/**
 * Cuts a list by how far in its lines stand, whatever they hold. What belongs to an entry stands further in than its -, and
 * a list within it further in than its keys: so a - that stands no further in than the keys above it begins another entry,
 * one that slipped out of the column; and so does one further in that comes before a key with which entries begin here. A
 * line that stands no further in than the - above it, and is no entry, is a stray.
 */
export function piecesOf(lines: string[]): ListPieces {
  const pieces: ListPieces = { head: { start: 0, end: lines.length }, entries: [], strays: [] };
  const first_keys = new Set<string>();
  let open: Lines = pieces.head;
  /** A - in this column or before it begins an entry. */
  let deepest = ANYWHERE;
  /** A line in this column or before it belongs to no entry. */
  let edge = NOWHERE;
  for (const [start, line] of lines.entries()) {
    const dash = dashOf(lines, start);
    const begins = dash && (isWithin(line, deepest) || first_keys.has(dash.key ?? ''));
    if (!begins && !(hasWords(line) && isWithin(line, edge))) continue;
    open.end = start;
    open = { start, end: lines.length };
    if (begins) {
      const { keys, ...told } = dash;
      const entry = Object.assign(open, told);
      pieces.entries.push(entry);
      if (told.key !== undefined) first_keys.add(told.key);
      [deepest, edge] = [keys, told.indent];
    } else if (isDivider(line)) {
      edge = ANYWHERE;
    } else {
      pieces.strays.push(Object.assign(open, { indent: indentOf(line) }));
      edge = NOWHERE;
    }
  }
  return pieces;
}

const [ANYWHERE, NOWHERE] = [Number.POSITIVE_INFINITY, -1];
const indentOf = (line: string) => /^ */.exec(line)![0].length;
/** What begins with a tab stands in no column that one could compare. */
const isWithin = (line: string, column: number) =>
  column === ANYWHERE || (indentOf(line) <= column && !/^ *\t/.test(line));
/** Says something: neither empty nor a note. */
const hasWords = (line: string) => /^\s*[^\s#]/.test(line);
/** --- and ... between documents say nothing. */
const isDivider = (line: string) => /^(---|\.\.\.)\s*$/.test(line);

/** The - at the start of a line: before a space, at the end of it, or right before a key. */
function dashOf(lines: string[], index: number): Dash | undefined {
  const found = /^([ \t]*)-([ \t]*)(.*)$/.exec(lines[index]!);
  if (!found) return undefined;
  const [, { length: indent }, gap, rest] = found as unknown as [string, string, string, string];
  const key = /^(\w+):(?=\s|$)/.exec(rest)?.[1];
  const has_space = gap !== '' || rest === '';
  if (!has_space && key === undefined) return undefined;
  if (rest !== '' && !rest.startsWith('#'))
    return { indent, key, has_space, keys: indent + 1 + Math.max(1, gap.length) };
  let next = index + 1;
  while (next < lines.length && !hasWords(lines[next]!)) next += 1;
  const below = indentOf(lines[next] ?? '');
  return { indent, key, has_space, keys: below > indent ? below : indent + 2 };
}
