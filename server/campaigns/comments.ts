/** Comments, and blank lines among them, that stand above everything else of a template. */
const LEADING = /^(?:\s*\{\{~?!(?:--[\s\S]*?--|(?!--)[\s\S]*?)~?\}\})+[^\S\n]*(?:\n(?:[^\S\n]*\n)*)?/;
const PAGE_COMMENT = /<!--[\s\S]*?-->/g;

/** What stands in a template below its first comments, and where that begins; `line` and `column` count from 1. */
export function belowComments(template: string): { text: string; line: number; column: number } {
  const [above = ''] = LEADING.exec(template) ?? [];
  const lines = above.split('\n');
  return { text: template.slice(above.length), line: lines.length, column: lines.at(-1)!.length + 1 };
}

/** A page without its comments, each line where it was; an unclosed comment stays. */
export function withoutComments(page: string): string {
  const end = endOfComments(page);
  const commented = page.slice(0, end);
  return commented.replace(PAGE_COMMENT, (comment) => comment.replace(/[^\n]/g, '')) + page.slice(end);
}

/** Where the last comment ends, 0 where none does: to look for the end of each that begins after it would take for ever. */
export function endOfComments(page: string): number {
  const last = page.lastIndexOf('-->');
  return last === -1 ? 0 : last + '-->'.length;
}
