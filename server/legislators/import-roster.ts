import { OperationalError } from '../errors.ts';
import { readDistricts } from './census-boundaries.ts';
import { makeRoster } from './make-roster.ts';
import { readPeople } from './people-source.ts';
import { createRoster } from './roster.ts';
import { featuresOf, rosterFolder, writeRosterFiles } from './roster-files.ts';
import { type RosterSummary, summarizeRoster } from './roster-summary.ts';
import { findState, type StateFacts } from './states.ts';

const DAY_MS = 86_400_000;
/** A roster this much older than it is said to be would never look old. */
const DOUBTFUL_AGE_MS = 14 * DAY_MS;

/** What is to be imported, and where to. */
export interface ImportRequest {
  state: string;
  /** The bulk CSV, a people tarball or a folder of people YAML. */
  people: string;
  /** Census zips or GeoJSON files: one a chamber, or one with both. */
  boundaries: string[];
  /** ISO date as of which the members are true. */
  as_of: string;
  data_dir: string;
  now: () => Date;
}

/** What an import came to. */
export interface ImportReport extends RosterSummary {
  state: string;
  source: string;
  as_of: string;
  /** What was left out, corrected or doubtful, a sentence each. */
  notes: string[];
}

/**
 * Makes a state's roster from files and puts it in place of the one before, whole or not at all.
 * Throws OperationalError: `unknown_state`, `bad_date`, `people_elsewhere` where too many members have no boundary,
 * and what `readPeople` and `readDistricts` throw. Nothing is changed then.
 */
export async function importRoster(request: ImportRequest): Promise<ImportReport> {
  const facts = knownState(request.state);
  const { state } = facts;
  const as_of = knownDate(request.as_of, request.now());
  const boundaries = await readDistricts(request.boundaries, state);
  const people = await readPeople(request.people, { state, jurisdiction_id: facts.jurisdiction_id, as_of });

  const made = await makeRoster(facts, people, { boundaries, as_of });
  await writeRosterFiles(
    rosterFolder(request.data_dir, state),
    { ...made.data, imported_at: request.now().toISOString() },
    featuresOf(boundaries),
  );
  const summary = summarizeRoster(createRoster(made.data));
  const notes = [...made.notes];
  const { newest } = people;
  if (newest && Date.parse(as_of) - Date.parse(newest) > DOUBTFUL_AGE_MS) {
    notes.push(
      `These people are taken to be true as of ${as_of}, but the newest file is of ${newest}. If you got them then, import them again with --as-of ${newest}: pages warn of old data by that date.`,
    );
  }
  return { ...summary, state, source: people.source, as_of, notes };
}

function knownState(state: string): StateFacts {
  const facts = findState(state);
  if (facts) return facts;
  const message = `'${state}' is not a state. Give its postal code, for example fl, or dc, or pr.`;
  throw new OperationalError('unknown_state', message);
}

function knownDate(text: string, now: Date): string {
  const is_date = /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text));
  if (!is_date || !new Date(text).toISOString().startsWith(text)) {
    const message = `'${text}' is not a date. Give --as-of as year-month-day, for example 2026-08-05.`;
    throw new OperationalError('bad_date', message);
  }
  // Somewhere it is already the next day. A later one would keep the roster from ever looking old.
  if (Date.parse(text) <= now.getTime() + DAY_MS) return text;
  const message = `${text} is still to come. Give --as-of as the day on which the members were found to be in office.`;
  throw new OperationalError('bad_date', message);
}
