// npm run legislators -- import | status: real legislators for the app.
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { OperationalError } from '../server/errors.ts';
import { type ImportReport, importRoster } from '../server/legislators/import-roster.ts';
import { openRosters } from '../server/legislators/roster.ts';
import { rosterAge } from '../server/legislators/roster-age.ts';
import { summarizeRoster, vacantInWords } from '../server/legislators/roster-summary.ts';
import { STATES } from '../server/legislators/states.ts';
import { readEnvironment, readSettings, SettingsError } from '../server/settings.ts';

const HELP = `npm run legislators -- import STATE --people PATH --boundaries PATH [--boundaries PATH] [--as-of YYYY-MM-DD]
  Reads a state's members and districts from files and makes the app use them, once it is started again.
  --people      a people tarball of OpenStates (.tgz), a folder of its people YAML, or its bulk CSV
  --boundaries  a Census cartographic boundary zip, or the same as GeoJSON; once for each chamber
  --as-of       the day on which the people were true; today where it is not said

npm run legislators -- status [--format table|json]
  What is at hand for each state, and how old it is.
`;

/** Something the person who runs the command can mend. */
class UsageError extends Error {}

const now = new Date();

async function main(): Promise<void> {
  const { values, positionals } = parseArguments();
  const [command, ...rest] = positionals;
  if (values.help) return void process.stdout.write(HELP);
  const { data_dir } = readSettings(readEnvironment());
  if (command === 'import' && rest.length === 1) return importState(rest[0]!, values, data_dir);
  if (command === 'status' && rest.length === 0) return showStatus(values.format, data_dir);
  throw new UsageError(`Say import with one state, or status.\n\n${HELP}`);
}

type Values = ReturnType<typeof parseArguments>['values'];

function parseArguments() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        people: { type: 'string' },
        boundaries: { type: 'string', multiple: true },
        'as-of': { type: 'string' },
        format: { type: 'string', default: 'table' },
        help: { type: 'boolean', default: false },
      },
    });
  } catch (error) {
    throw new UsageError(`${(error as Error).message}\n\n${HELP}`);
  }
}

async function importState(state: string, values: Values, data_dir: string): Promise<void> {
  if (!values.people || !values.boundaries)
    throw new UsageError(`Say where the files are: --people and --boundaries.\n\n${HELP}`);
  const today = now.toISOString().slice(0, 10);
  const as_of = values['as-of'] ?? today;
  if (!z.iso.date().safeParse(as_of).success) throw new UsageError('--as-of is a day, written YYYY-MM-DD.');
  if (as_of > today) throw new UsageError('--as-of lies in the future.');
  const report = await importRoster({
    state,
    people: values.people,
    boundaries: values.boundaries,
    as_of,
    data_dir,
    now,
  });
  for (const note of report.notes) process.stderr.write(`${note}\n`);
  process.stdout.write(`${inWords(report)}\n`);
}

function inWords(report: Omit<ImportReport, 'notes'>): string {
  return `${report.state}: ${report.seats} seats, ${report.members} members, vacant: ${vacantInWords(report.vacant_seats)}
  without e-mail: ${report.without_email}, without phone: ${report.without_phone}
  source: ${report.source}, as of ${report.as_of}`;
}

async function showStatus(format: string, data_dir: string): Promise<void> {
  if (format !== 'table' && format !== 'json') throw new UsageError('--format is table or json.');
  const sample_dir = join(import.meta.dirname, '../sample-data');
  const rosters = await openRosters({ data_dir, sample_dir, allow_sample: true });
  const states = STATES.flatMap(({ state }) => {
    const roster = rosters.get(state)?.roster;
    if (!roster) return [];
    const { days, election_passed } = rosterAge(roster, state, now);
    const { source, as_of, is_sample } = roster;
    return [
      { state, ...summarizeRoster(roster), source, as_of, is_sample, age_in_days: days, election_passed },
    ];
  });
  if (format === 'json') return void process.stdout.write(`${JSON.stringify(states, null, 2)}\n`);
  for (const state of states) {
    const age = `  age: ${state.age_in_days} days${state.election_passed ? `; an election has passed on ${state.election_passed}` : ''}`;
    process.stdout.write(
      `${inWords(state)}${state.is_sample ? ' (made up: import real ones)' : `\n${age}`}\n`,
    );
  }
}

await main().catch((error: unknown) => {
  const isExpected =
    error instanceof UsageError || error instanceof OperationalError || error instanceof SettingsError;
  process.stderr.write(
    `${isExpected ? error.message : error instanceof Error ? error.stack : String(error)}\n`,
  );
  process.exitCode = 1;
});
