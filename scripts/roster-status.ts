// What `legislators -- status` says: each state at hand, and the corrections over it.
import type { CorrectedRosters } from '../server/legislators/corrected-rosters.ts';
import { rosterAge } from '../server/legislators/roster-age.ts';
import { type RosterSummary, summarizeRoster, vacantInWords } from '../server/legislators/roster-summary.ts';
import { STATES } from '../server/legislators/states.ts';
import { correctionRow, correctionsText } from './correction-report.ts';

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
    const { days, election_passed } = rosterAge(roster, state, now());
    return [
      {
        state,
        ...summarizeRoster(roster),
        source,
        as_of,
        age_in_days: days,
        election_passed: election_passed ?? null,
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
      const election = row.election_passed ? `; an election has passed since, on ${row.election_passed}` : '';
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

/** 'today', 'on 2026-11-20'. */
function onDay(moment: string, now: Date): string {
  const day = moment.slice(0, 10);
  return day === now.toISOString().slice(0, 10) ? 'today' : `on ${day}`;
}
