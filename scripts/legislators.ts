import { join } from 'node:path';
import { formatFault, OperationalError } from '../server/errors.ts';
import { correctRosters } from '../server/legislators/corrected-rosters.ts';
import { readCorrections } from '../server/legislators/corrections-file.ts';
import { type ImportReport, importRoster } from '../server/legislators/import-roster.ts';
import { openRosters, spareBoundaries } from '../server/legislators/open-rosters.ts';
import { pullRosters } from '../server/legislators/pull-rosters.ts';
import type { PullResult } from '../server/legislators/pull-state.ts';
import { summarizeRoster } from '../server/legislators/roster-summary.ts';
import { createSourceClient } from '../server/legislators/source-client.ts';
import { findState, STATES, type StateFacts } from '../server/legislators/states.ts';
import { readEnvironment, readSettings, type Settings } from '../server/settings.ts';
import { oneOf, readArguments, runCommand, UsageError } from './command-line.ts';
import { showPullProgress } from './pull-progress.ts';
import { inWords, statusRows, statusText } from './roster-status.ts';

const HELP = `npm run legislators -- pull STATE [STATE …] | all
  Downloads the members and districts of these states (postal codes: fl ga), without a key. A state is put in place whole,
  or stays as it was; what has not changed is not fetched again, and an interrupted pull goes on where it was.
  PEOPLE_URL, BOUNDARIES_URL, BOUNDARIES_VINTAGE and ZIP_DISTRICTS_URL say from where.

npm run legislators -- import STATE --people PATH --boundaries PATH [--boundaries PATH] [--as-of DATE]
  Makes the roster of a state (its postal code: fl) from files. Nothing is changed where it fails.
  --people      the OpenStates bulk CSV (.csv), a people tarball (.tgz), or a folder of people YAML
  --boundaries  a Census cartographic boundary zip, or GeoJSON; once for each chamber
  --as-of       the day the members are true of, as 2026-08-05; today where it is not said

npm run legislators -- status
  For each state at hand: members, vacant seats, missing e-mail and phone, source, date and age. Below them your own
  corrections (legislators.overrides.yaml beside the campaigns), and which of them can be taken out.
  A state whose files are damaged is named, and what helps.

--format json  prints the report as JSON; use 'npm run --silent legislators' to get it alone.
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
  const settings = readSettings(readEnvironment());
  const { data_dir, campaigns_dir, is_production } = settings;
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
  if (command === 'pull') return pull(statesOf(rest), format, settings);
  if (command === 'status' && rest.length === 0) {
    const rosters = await openRosters({ data_dir, sample_dir, allow_sample: !is_production });
    const read = await readCorrections(campaigns_dir);
    const corrected = correctRosters({ rosters, corrections: () => read, now });
    const rows = statusRows(corrected, now);
    process.stdout.write(asJson ? asJson(rows) : statusText(rows, now));
    for (const fault of rosters.faults) process.stderr.write(`${fault.message}\n`);
    for (const fault of [...read.faults, ...read.hints]) process.stderr.write(`${formatFault(fault)}\n`);
    const waiting = read.corrections.filter(({ state }) => !rosters.get(state));
    for (const { state, place } of waiting)
      process.stderr.write(
        `${formatFault({ ...place, message: `The legislators of '${state}' are not at hand.` })}\n`,
      );
    if (rosters.faults.length + read.faults.length > 0) process.exitCode = 1;
    return;
  }
  throw new UsageError(
    command ? `'${positionals.join(' ')}' is not a command.` : 'Say pull, import or status.',
  );
}

/** The states that the command line names; UsageError where there is none, or one is none. */
function statesOf(given: string[]): StateFacts[] {
  const codes = given.map((code) => code.toLowerCase());
  if (codes.length === 0)
    throw new UsageError('pull takes states by their postal codes, as in pull fl ga, or all.');
  if (codes.includes('all')) return [...STATES];
  const unknown = codes.find((code) => !findState(code));
  if (unknown !== undefined)
    throw new UsageError(`'${unknown}' is not a state. Give its postal code, for example fl.`);
  return [...new Set(codes)].map((code) => findState(code)!);
}

async function pull(states: StateFacts[], format: 'text' | 'json', settings: Settings): Promise<void> {
  const { data_dir, people_url, boundaries_url, boundaries_vintage, zip_districts_url } = settings;
  const hosts = {
    people: new URL(people_url).host,
    boundaries: new URL(boundaries_url.replaceAll(/[{}]/g, '')).host,
  };
  const progress = showPullProgress(process.stderr, states.length, hosts);
  const rows: ReturnType<typeof pullRow>[] = [];
  try {
    const results = pullRosters(states, {
      fetchSource: createSourceClient({ now }),
      people_url,
      boundaries: { url: boundaries_url, vintage: boundaries_vintage },
      zips_url: zip_districts_url,
      data_dir,
      now,
      spareBoundaries: (state) => spareBoundaries(sample_dir, state),
      onProgress: progress.onProgress,
    });
    for await (const result of results) {
      progress.finish();
      rows.push(pullRow(result));
    }
  } catch (error) {
    if (!(error instanceof OperationalError)) throw error;
    // The people of all states can't be had: none of those that are left was changed.
    const left = states.slice(rows.length);
    const failed = { result: 'failed' as const, notes: [], error: error.message };
    rows.push(...left.map(({ state }) => ({ state, ...failed })));
  } finally {
    progress.stop();
  }
  if (format === 'json') process.stdout.write(toJson(rows));
  else process.stdout.write(rows.map(pullText).join(''));
  // What fails for all is told once.
  const told = rows.flatMap(({ notes, error }) => (error ? [...notes, error] : notes));
  for (const note of new Set(told)) process.stderr.write(`${note}\n`);
  if (rows.some(({ error }) => error)) process.exitCode = 1;
}

function pullRow(result: PullResult) {
  const { state } = result;
  if (result.kind === 'failed')
    return { state, result: result.kind, notes: [], error: `${state}: ${result.error.message}` };
  if (result.kind === 'unchanged') return { state, result: result.kind, notes: [] };
  const { roster } = result.place;
  const { source, as_of } = roster;
  const notes = result.notes.map((note) => `${state}: ${note}`);
  return { state, result: result.kind, ...summarizeRoster(roster), source, as_of, notes };
}

function pullText(row: ReturnType<typeof pullRow>): string {
  if (row.result === 'failed') return `${row.state}: failed, nothing was changed\n`;
  if (!('members' in row)) return `${row.state}: unchanged\n`;
  return `${row.state}: ${inWords(row)}\nsource: ${row.source}, as of ${row.as_of}\n`;
}

const toJson = (report: unknown) => `${JSON.stringify(report, null, 2)}\n`;

function importText(report: ImportReport): string {
  return `${report.state}: ${inWords(report)}\nsource: ${report.source}, as of ${report.as_of}\n`;
}

await runCommand('legislators', main);
