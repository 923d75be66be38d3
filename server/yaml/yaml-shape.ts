/** Most lines of a file, and most signs of a line: many times what authors write. */
const MOST_LINES = 5000;
const LONGEST_LINE = 5000;

/**
 * What makes a text too much to be read as YAML, whatever stands in it; `line` and `column` count from 1. A parser compares
 * each key with those before it, and looks for the start of a line from each of its words: a file of 100 kB that is one line,
 * or all keys, would keep it busy for minutes.
 */
export function shapeFault(source: string): { line: number; column: number; message: string } | undefined {
  let line = 1;
  let start = 0;
  // What follows the last line end is no line where nothing stands there.
  while (start < source.length) {
    const found = source.indexOf('\n', start);
    const end = found === -1 ? source.length : found;
    if (end - start > LONGEST_LINE)
      return {
        line,
        column: LONGEST_LINE + 1,
        message: `This line is too long: ${LONGEST_LINE} signs are the most. Make several of it.`,
      };
    if (line > MOST_LINES)
      return {
        line,
        column: 1,
        message: `This file is too long: ${MOST_LINES} lines are the most. Shorten it.`,
      };
    line += 1;
    start = end + 1;
  }
  return undefined;
}
