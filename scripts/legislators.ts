import { join } from 'node:path';
import { formatFault } from '../server/errors.ts';
import { type CorrectedRosters, correctRosters } from '../server/legislators/corrected-rosters.ts';
import { readCorrections } from '../server/legislators/corrections-file.ts';
import { type ImportReport, importRoster } from '../server/legislators/import-roster.ts';
import { openRosters } from '../server/legislators/roster.ts';
import { rosterAge } from '../server/legislators/roster-age.ts';
import { type RosterSummary, summarizeRoster, vacantInWords } from '../server/legislators/roster-summary.ts';
import { STATES } from '../server/legislators/states.ts';
import { readEnvironment, readSettings } from '../server/settings.ts';
import { oneOf, readArguments, runCommand, UsageError } from './command-line.ts';
import { correctionRow, correctionsText } from './correction-report.ts';

const HELP = `npm run legislators -- import STATE --people PATH --boundaries PATH [--boundaries PATH] [--as-of DATE]
  Makes the roster of a state (its postal code: fl) from files. Nothing is changed where it fails.
  --people      the OpenStates bulk CSV (.csv), a people tarball (.tgz), or a folder of people YAML
  --boundaries  a Census cartographic boundary zip, or GeoJSON; once for each chamber
  --as-of       the day the members are true of, as 2026-08-05; today where it is not said

npm run legislators -- status
  For each state at hand: members, vacant seats, missing e-mail and phone, source, date and age. Below them your own
  corrections (legislators.overrides.yaml beside the campaigns), and which of them can be taken out.
  A state whose files are damaged is named, and what helps.

--format json  prints the report of either as JSON; use 'npm run --silent legislators' to get it alone.
Rosters are kept under DATA_DIR (./data where it is not set).
`;

const now = () => new Date();
const sample_dir = join(import.meta.dirname, '../sample-data');

async function main(): Promise<void> {
  const { values, positionals } = readArguments({
    allowPositionals: true,
    options: {
      people: { type: 'string' },
      boundaries: { type: 'string', multiple: true },
      'as-of': { type: 'string' },
      format: { type: 'string', default: 'text' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return void process.stdout.write(HELP);
  const [command, ...rest] = positionals;
  const format = oneOf(['text', 'json'] as const, values.format, '--format');
  const { data_dir, campaigns_dir, is_production } = readSettings(readEnvironment());
  const asJson = format === 'json' ? toJson : undefined;
  if (command === 'import') {
    const [state] = rest;
    if (!state || rest.length > 1) {
      const many = values.boundaries ? ', and --boundaries stands before each file' : '';
      throw new UsageError(`import takes one state: its postal code, as in import fl${many}.`);
    }
    if (!values.people) throw new UsageError('import needs --people PATH.');
    if (!values.boundaries) throw new UsageError('import needs --boundaries PATH.');
    const { people, boundaries } = values;
    const as_of = values['as-of'] ?? now().toISOString().slice(0, 10);
    const report = await importRoster({
      state,
      people,
      boundaries,
      as_of,
      data_dir,
      now,
    });
    for (const note of report.notes) process.stderr.write(`${note}\n`);
    process.stdout.write((asJson ?? importText)(report));
    return;
  }
  if (command === 'status' && rest.length === 0) {
    const rosters = await openRosters({ data_dir, sample_dir, allow_sample: !is_production });
    const read = await readCorrections(campaigns_dir);
    const corrected = correctRosters({ rosters, corrections: () => read, now });
    process.stdout.write((asJson ?? statusText)(statusRows(corrected)));
    for (const fault of rosters.faults) process.stderr.write(`${fault.message}\n`);
    for (const fault of read.faults) process.stderr.write(`${formatFault(fault)}\n`);
    const waiting = read.corrections.filter(({ state }) => !rosters.get(state));
    for (const { state, place } of waiting)
      process.stderr.write(
        `${formatFault({ ...place, message: `The legislators of '${state}' are not at hand.` })}\n`,
      );
    if (rosters.faults.length + read.faults.length > 0) process.exitCode = 1;
    return;
  }
  throw new UsageError(command ? `'${positionals.join(' ')}' is not a command.` : 'Say import or status.');
}

const toJson = (report: unknown) => `${JSON.stringify(report, null, 2)}\n`;

function importText(report: ImportReport): string {
  return `${report.state}: ${inWords(report)}\nsource: ${report.source}, as of ${report.as_of}\n`;
}

/** '160 seats, 158 members, vacant: House 78 and 113', and what is missing. */
function inWords(summary: RosterSummary): string {
  const { seats, members, vacant_seats, without_email, without_phone } = summary;
  return `${seats} seats, ${members} members, vacant: ${vacantInWords(vacant_seats)}\nwithout e-mail: ${without_email}, without phone: ${without_phone}`;
}

function statusRows(rosters: CorrectedRosters) {
  return STATES.flatMap(({ state }) => {
    const place = rosters.get(state);
    if (!place) return [];
    const { roster, boundaries, corrections } = place;
    const { source, as_of, is_sample } = roster;
    const { days, election_passed } = rosterAge(roster, state, now());
    return [
      {
        state,
        ...summarizeRoster(roster),
        source,
        as_of,
        age_in_days: days,
        election_passed: election_passed ?? null,
        is_sample,
        has_boundaries: boundaries !== undefined,
        corrections: corrections.map((one) => correctionRow(one, roster.legislator)),
      },
    ];
  });
}

function statusText(rows: ReturnType<typeof statusRows>): string {
  if (rows.length === 0)
    return 'No roster is at hand. npm run legislators -- --help says how to import one.\n';
  return rows
    .map((row) => {
      const election = row.election_passed ? `; an election has passed since, on ${row.election_passed}` : '';
      const age = `${row.age_in_days} day${row.age_in_days === 1 ? '' : 's'} old`;
      const origin = row.is_sample
        ? 'made-up sample, for trying things out'
        : `source: ${row.source}, as of ${row.as_of} (${age}${election})`;
      const map = row.has_boundaries
        ? ''
        : 'no boundaries: districts are asked of OpenStates with a key, or picked from the list\n';
      return `${row.state}: ${inWords(row)}\n${origin}\n${map}${correctionsText(row.corrections)}`;
    })
    .join('\n');
}

await runCommand('legislators', main);
