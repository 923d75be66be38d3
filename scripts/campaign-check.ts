// npm run campaign -- check: what is wrong with campaigns, before anyone sees them.

import { type CheckParts, type FindingKind, type Findings, findingsOf } from './check-findings.ts';
import { type CheckFormat, formatFindings } from './check-formats.ts';

/** How a check is told. */
export interface CheckOptions {
  format: CheckFormat;
  /** Whether text tells the grade of every text, and not only of those that are too hard. JSON always does. */
  with_grades: boolean;
}

/** Prints all that is wrong or doubtful in every campaign, or in the one named; a fault sets the exit code to 1. */
export async function checkCampaigns(
  parts: CheckParts,
  slug: string | undefined,
  { format, with_grades }: CheckOptions,
): Promise<void> {
  const found = await findingsOf(parts, slug);
  const all = found.findings.filter(({ kind }) => kind !== 'grade' || with_grades || format === 'json');
  // A terminal shows the end of what is long: what has to be mended stands right above the summary.
  const isFault = ({ kind }: { kind: FindingKind }) => kind === 'fault';
  const told = format === 'text' ? all.toSorted((a, b) => Number(isFault(a)) - Number(isFault(b))) : all;
  for (const sentence of found.unchecked) process.stderr.write(`${sentence}\n`);
  process.stdout.write(formatFindings(told, format));
  process.stderr.write(`${summaryOf(found)}\n`);
  if (found.findings.some(isFault)) process.exitCode = 1;
}

/** What the summary says of each kind that was found; faults are told where there are none too. */
const COUNTED: [FindingKind, one: string, more: string][] = [
  ['warning', 'warning', 'warnings'],
  ['missing', 'text missing in a language', 'texts missing in a language'],
  ['needs_review', 'text to be reviewed', 'texts to be reviewed'],
  ['correction', 'correction to take out', 'corrections to take out'],
  ['hint', 'hint', 'hints'],
];

function summaryOf({ findings, campaigns, corrections }: Findings): string {
  const count = (number: number, one: string, more = `${one}s`) => `${number} ${number === 1 ? one : more}`;
  const numberOf = (wanted: FindingKind) => findings.filter(({ kind }) => kind === wanted).length;
  const parts = [
    count(campaigns, 'campaign'),
    ...(corrections > 0 ? [count(corrections, 'correction')] : []),
    numberOf('fault') === 0 ? 'no faults' : count(numberOf('fault'), 'fault'),
    ...COUNTED.flatMap(([kind, one, more]) => (numberOf(kind) > 0 ? [count(numberOf(kind), one, more)] : [])),
  ];
  return parts.join(', ');
}
