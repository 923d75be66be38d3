// What `legislators -- status` says of the corrections that organizers made.
import { type CorrectionOutcome, kindOf } from '../server/legislators/correction.ts';
import type { Legislator } from '../server/legislators/legislator.ts';

const WORDS = { change: 'changed', left_office: 'has left office', new_member: 'new member' };

/** One correction as `status` tells of it; `at` is file:line:column. */
export function correctionRow(
  { correction, state, message, legislator_id }: CorrectionOutcome,
  legislatorOf: (id: string) => Legislator | undefined,
) {
  const { change, new_member, date, note, source, place } = correction;
  const found = legislator_id === undefined ? undefined : legislatorOf(legislator_id);
  return {
    kind: kindOf(correction),
    date,
    note,
    source: source ?? null,
    legislator_id: legislator_id ?? null,
    name: new_member?.name ?? found?.name ?? null,
    changed_to: change?.voice ?? change?.email ?? null,
    state,
    can_be_taken_out: state === 'caught_up' || state === 'superseded',
    message,
    at: `${place.file}:${place.line}:${place.column}`,
  };
}

/** Corrections in words, two lines each; those that do nothing say so first. '' where there are none. */
export function correctionsText(rows: ReturnType<typeof correctionRow>[]): string {
  if (rows.length === 0) return '';
  const lines = rows.map((row) => {
    const who = row.name ?? row.legislator_id;
    const what = row.changed_to ? `${WORDS[row.kind]} to ${row.changed_to}` : WORDS[row.kind];
    const in_vain = row.state === 'no_fit' ? 'Does nothing. ' : '';
    const source = row.source ? ` ${row.source}` : '';
    return `  ${row.date} ${who}: ${what}. Note: ${row.note}${source}\n    ${in_vain}${row.message} (${row.at})\n`;
  });
  return `corrections, ${rows.length}:\n${lines.join('')}`;
}
