// npm run bench: what the app does in a second or takes, each side by side with what it is compared to.
import { oneOf, readArguments, runCommand, UsageError } from '../scripts/command-line.ts';
import { readEnvironment, readSettings } from '../server/settings.ts';
import type { BenchOptions } from './bench-options.ts';
import { holds, type MeasuredRatio } from './ratio.ts';
import { asJson, asMarkdown, asTable } from './table.ts';

const HELP = `npm run bench [-- NAME …] [--format table|json|markdown] [--rounds N] [--strict] [--quick]
  What the app reaches, as ratios of what is measured side by side in the same run: all of them, in less than fifteen minutes,
  or those named. How far it is goes to standard error.
  pages       the campaign page and the act page against Express alone with the same bytes
  actions     actions acknowledged after a durable commit against the same app without a store, on SQLite and PostgreSQL
  districts   the districts of a point against PostGIS and PostgreSQL's own polygons, by round trip
  start       time and memory of the start, with Florida's boundaries and with every state's, as shares of what they may be
  journey     the whole journey with two processes on PostgreSQL against one
  totals      the totals of 100,000, a million and ten million actions against those of 10,000, every figure checked first
  weight      bytes, requests and first view of the journey on a slow phone, as shares of what they may be
  soak        ten minutes of visits at four fifths of what the app can serve: memory, errors, counts; only where it is named
  --format    table (for reading), json: a list of {name, ratio, spread, floor, aim}; use 'npm run --silent bench', or markdown
  --rounds    how often both sides are measured: where nothing is said, as often as each takes to be steady
  --strict    ends with 1 where a ratio is on the wrong side of its floor
  --quick     tiny sizes, to see that each still runs: what they come to says nothing
  --most      totals: actions in the largest database, 10000000 where nothing is said, which takes about six minutes and 3 GB
  --postgres  totals: on PostgreSQL, in databases of its own beside the one of DATABASE_URL, where that is one, or in one that
              is started for it; where DATABASE_URL is one, that is so without this too. SQLite otherwise. Ended early, it
              leaves databases called 'statehouse bench …' beside yours: drop these.
  --postgis   districts: the address of a PostgreSQL with PostGIS in which a table may be made, as POSTGIS_URL also says it.
              Else PostGIS in WebAssembly.
`;

type Bench = (options: BenchOptions) => Promise<MeasuredRatio[]>;

/** Each with what it needs, a browser or two databases, only where it is asked for. */
const BENCHES = {
  pages: async () => (await import('./pages.ts')).benchPages,
  actions: async () => (await import('./actions.ts')).benchActions,
  districts: async () => (await import('./districts.ts')).benchDistricts,
  start: async () => (await import('./starts.ts')).benchStart,
  journey: async () => (await import('./journey.ts')).benchJourney,
  totals: async () => (await import('./totals.ts')).benchTotals,
  weight: async () => (await import('./weight.ts')).benchWeight,
  soak: async () => {
    const { benchSoak } = await import('./soak.ts');
    return async ({ is_quick, say }) =>
      (await benchSoak({ minutes: is_quick ? 1 : 10, say })).map(({ base_mb, mb, ...ratio }) => {
        return { ...ratio, figures: `${mb} MB : ${base_mb} MB` };
      });
  },
} satisfies Record<string, () => Promise<Bench>>;

const FORMATS = { table: asTable, json: asJson, markdown: asMarkdown };

async function main(): Promise<void> {
  const { values, positionals } = readArguments({
    args: process.argv.slice(2),
    allowPositionals: true,
    options: {
      help: { type: 'boolean', default: false },
      format: { type: 'string', default: 'table' },
      rounds: { type: 'string' },
      strict: { type: 'boolean', default: false },
      quick: { type: 'boolean', default: false },
      most: { type: 'string', default: '10000000' },
      postgres: { type: 'boolean', default: false },
      postgis: { type: 'string' },
    },
  });
  if (values.help) return void process.stdout.write(HELP);
  const format = oneOf(Object.keys(FORMATS) as (keyof typeof FORMATS)[], values.format, '--format');
  const names = Object.keys(BENCHES) as (keyof typeof BENCHES)[];
  const asked =
    positionals.length === 0
      ? names.filter((one) => one !== 'soak')
      : positionals.map((one) => oneOf(names, one, 'NAME'));
  const options: BenchOptions = {
    is_quick: values.quick,
    rounds: values.rounds === undefined ? undefined : countOf(values.rounds, '--rounds', 1),
    most: countOf(values.most, '--most', 10_000),
    server_url: serverUrl(values.postgres),
    postgis_url: values.postgis ?? (process.env.POSTGIS_URL || undefined),
    say: (line) => void process.stderr.write(`${line}\n`),
  };
  const ratios: MeasuredRatio[] = [];
  for (const name of asked) {
    const bench = await BENCHES[name]();
    ratios.push(...(await bench(options)));
  }
  process.stdout.write(FORMATS[format](ratios));
  // A figure that is not what it should be is an answer, and not a failure to give one, but to whoever says so.
  if (values.strict && !ratios.every((one) => holds(one, 'floor'))) process.exitCode = 1;
}

function countOf(given: string, option: string, least: number): number {
  const count = Number(given);
  if (Number.isSafeInteger(count) && count >= least) return count;
  throw new UsageError(`${option} takes a whole number from ${least} on.`);
}

/** The database that the app uses is left alone: those of a benchmark lie beside it. */
function serverUrl(is_postgres: boolean): string | undefined {
  const { database_url } = readSettings(readEnvironment());
  if (!database_url.startsWith('sqlite:')) return database_url;
  return is_postgres ? 'embedded' : undefined;
}

// Node would end without a word to those who clear away what was filled.
for (const [signal, code] of [
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const)
  process.once(signal, () => process.exit(code));
await runCommand('bench', main);
