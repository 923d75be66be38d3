// What `legislators -- status` says: each state at hand, and the corrections over it.

import type { CorrectedRosters } from '../server/legislators/corrected-rosters.ts';
import { type CorrectionOutcome, kindOf } from '../server/legislators/correction.ts';
import type { Legislator } from '../server/legislators/legislator.ts';
import { rosterAge } from '../server/legislators/roster-age.ts';
import { type RosterSummary, summarizeRoster, vacantInWords } from '../server/legislators/roster-summary.ts';
import { STATES } from '../server/legislators/states.ts';

/** '160 seats, 158 members, vacant: House 78 and 113', and what is missing. */
export function inWords(summary: RosterSummary): string {
  const { seats, members, vacant_seats, without_email, without_phone } = summary;
  return `${seats} seats, ${members} members, vacant: ${vacantInWords(vacant_seats)}\nwithout e-mail: ${without_email}, without phone: ${without_phone}`;
}

/** Each state at hand as `status` tells of it, in the order of the postal codes' table. */
export function statusRows(rosters: CorrectedRosters, now: () => Date) {
  return STATES.flatMap(({ state }) => {
    const place = rosters.get(state);
    if (!place) return [];
    const { roster, boundaries, corrections } = place;
    const { source, as_of, is_sample, checked_at } = roster;
    const { days, election_passed, election_unseen } = rosterAge(roster, state, now());
    return [
      {
        state,
        ...summarizeRoster(roster),
        source,
        as_of,
        age_in_days: days,
        election_passed: election_passed ?? null,
        election_unseen: election_unseen ?? null,
        checked_at: checked_at ?? null,
        is_sample,
        has_boundaries: boundaries !== undefined,
        corrections: corrections.map((one) => correctionRow(one, roster.legislator)),
      },
    ];
  });
}

/** The same in words. */
export function statusText(rows: ReturnType<typeof statusRows>, now: () => Date): string {
  if (rows.length === 0)
    return 'No roster is at hand. npm run legislators -- --help says how to import one.\n';
  return rows
    .map((row) => {
      const election = electionText(row);
      const age = `${row.age_in_days} day${row.age_in_days === 1 ? '' : 's'} old`;
      const looked = row.checked_at ? `; looked for newer ones ${onDay(row.checked_at, now())}` : '';
      const origin = row.is_sample
        ? 'made-up sample, for trying things out'
        : `source: ${row.source}, as of ${row.as_of} (${age}${election}${looked})`;
      const map = row.has_boundaries
        ? ''
        : 'no boundaries: districts are asked of OpenStates with a key, or picked from the list\n';
      return `${row.state}: ${inWords(row)}\n${origin}\n${map}${correctionsText(row.corrections)}`;
    })
    .join('\n');
}

/** What an election means for a roster, where it means something. */
function electionText({ election_passed, election_unseen }: ReturnType<typeof statusRows>[number]): string {
  if (election_passed) return `; an election has passed since, on ${election_passed}`;
  if (!election_unseen) return '';
  return `; the election of ${election_unseen} may not be in it yet: hardly anyone is said to sit since then`;
}

/** 'today', 'on 2026-11-20'. */
function onDay(moment: string, now: Date): string {
  const day = moment.slice(0, 10);
  return day === now.toISOString().slice(0, 10) ? 'today' : `on ${day}`;
}

const WORDS = { change: 'changed', left_office: 'has left office', new_member: 'new member' };

/** One correction as `status` tells of it; `at` is file:line:column. */
function correctionRow(
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
function correctionsText(rows: ReturnType<typeof correctionRow>[]): string {
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
