import { holds, isAtLeast, type MeasuredRatio } from './ratio.ts';

/** A list of what is promised of each ratio, and nothing else. */
export function asJson(ratios: MeasuredRatio[]): string {
  const promised = ratios.map(({ name, ratio, spread, floor, aim }) => ({ name, ratio, spread, floor, aim }));
  return `${JSON.stringify(promised, null, 2)}\n`;
}

const HEADS = ['what', 'ratio', 'half of all rounds within', 'floor', 'aim', 'holds', 'of'];

/** For reading in a terminal, with how many hold at the end. */
export function asTable(ratios: MeasuredRatio[]): string {
  const rows = [HEADS, ...ratios.map(rowOf)];
  const widths = HEADS.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  const lines = rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column]!))
      .join('  ')
      .trimEnd(),
  );
  return `${lines.join('\n')}\n\n${inSum(ratios)}\n`;
}

/** Ready to be put into a page of documentation. */
export function asMarkdown(ratios: MeasuredRatio[]): string {
  const rows = [HEADS, HEADS.map(() => '---'), ...ratios.map(rowOf)];
  return `${rows.map((row) => `| ${row.join(' | ')} |`).join('\n')}\n\n${inSum(ratios)}\n`;
}

function rowOf(one: MeasuredRatio): string[] {
  const bound = isAtLeast(one) ? 'at least' : 'at most';
  const { name, ratio, spread, floor, aim, figures } = one;
  const digits = ratio < 10 ? 2 : 0;
  return [
    name,
    ratio.toFixed(digits),
    `± ${(spread / 2).toFixed(digits)}`,
    `${bound} ${floor}`,
    `${bound} ${aim}`,
    verdict(one),
    figures,
  ];
}

function verdict(one: MeasuredRatio): string {
  if (holds(one, 'aim')) return 'yes, the aim too';
  if (holds(one, 'floor')) return 'yes';
  const beside = Math.round(Math.abs(one.ratio / one.floor - 1) * 100);
  return isAtLeast(one) ? `NO: below its floor by ${beside} %` : `NO: above its floor by ${beside} %`;
}

/** How many hold: the line at the end. */
export function inSum(ratios: MeasuredRatio[]): string {
  const held = ratios.filter((one) => holds(one, 'floor')).length;
  const reached = ratios.filter((one) => holds(one, 'aim')).length;
  return `${held} of ${ratios.length} hold; ${reached} reach their aim.`;
}
