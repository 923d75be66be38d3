// npm run bench: how long things take, each side by side with what it is compared to.
import { oneOf, readArguments, runCommand, UsageError } from '../scripts/command-line.ts';
import { readEnvironment, readSettings } from '../server/settings.ts';
import type { TimedRatio } from './ratio.ts';
import { benchTotals } from './totals.ts';

const HELP = `npm run bench [-- NAME] [--format table|json] [--most N] [--rounds N] [--postgres]
  How long things take, as ratios of what is timed side by side in the same run. How far it is goes to standard error.
  totals      the totals of N actions against those of 10,000, every figure checked first
  --format    table (for reading) or json: a list of {name, ratio, spread, floor, aim}; use 'npm run --silent bench'
  --most      actions in the larger database: 10000000 where nothing is said, which takes about six minutes and 3 GB
  --rounds    how often both sides are timed: 100 where nothing is said
  --postgres  on PostgreSQL: in databases of its own beside the one of DATABASE_URL, where that is one, or in one that is
              started for it; where DATABASE_URL is one, that is so without this too. SQLite otherwise. Ended early, it leaves
              databases called 'statehouse bench …' beside yours: drop these.
`;

const BENCHES = { totals: benchTotals };

async function main(): Promise<void> {
  const { values, positionals } = readArguments({
    args: process.argv.slice(2),
    allowPositionals: true,
    options: {
      help: { type: 'boolean', default: false },
      format: { type: 'string', default: 'table' },
      most: { type: 'string', default: '10000000' },
      rounds: { type: 'string', default: '100' },
      postgres: { type: 'boolean', default: false },
    },
  });
  if (values.help) return void process.stdout.write(HELP);
  const format = oneOf(['table', 'json'] as const, values.format, '--format');
  const names = Object.keys(BENCHES) as (keyof typeof BENCHES)[];
  const asked = positionals.length === 0 ? names : positionals.map((one) => oneOf(names, one, 'NAME'));
  const options = {
    most: countOf(values.most, '--most', 10_000),
    rounds: countOf(values.rounds, '--rounds', 1),
    server_url: serverUrl(values.postgres),
    say: (line: string) => void process.stderr.write(`${line}\n`),
  };
  const ratios: TimedRatio[] = [];
  for (const name of asked) ratios.push(...(await BENCHES[name](options)));
  process.stdout.write(format === 'json' ? json(ratios) : table(ratios));
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

function json(ratios: TimedRatio[]): string {
  const promised = ratios.map(({ name, ratio, spread, floor, aim }) => ({ name, ratio, spread, floor, aim }));
  return `${JSON.stringify(promised, null, 2)}\n`;
}

function table(ratios: TimedRatio[]): string {
  const lines = ratios.map(({ name, ratio, spread, floor, aim, base_ms, ms }) => [
    name,
    ratio.toFixed(2),
    `± ${(spread / 2).toFixed(2)}`,
    `at most ${floor}`,
    `at most ${aim}`,
    `${ms.toFixed(1)} ms : ${base_ms.toFixed(1)} ms`,
  ]);
  const rows = [['what', 'ratio', 'half of all rounds within', 'floor', 'aim', 'medians'], ...lines];
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  return rows
    .map(
      (row) =>
        `${row
          .map((cell, column) => cell.padEnd(widths[column]!))
          .join('  ')
          .trimEnd()}\n`,
    )
    .join('');
}

// Node would end without a word to those who clear away what was filled.
for (const [signal, code] of [
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const)
  process.once(signal, () => process.exit(code));
await runCommand('bench', main);
