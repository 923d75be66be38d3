import { readReportTotals } from '../server/actions/totals.ts';
import { OperationalError } from '../server/errors.ts';
import { figuresOfTotals } from '../tests/support/data-figures.ts';
import { AFTERWARDS, knownReports } from '../tests/support/known-actions.ts';
import { createTruth, type Truth, wrongFigures } from '../tests/support/known-truth.ts';
import { KNOWN_CAMPAIGNS, type KnownWorld, MAIN, PARTNERS } from '../tests/support/known-world.ts';
import { startTestApp, type TestApp } from '../tests/support/test-app.ts';
import { countKnown, insertKnown } from '../tests/support/write-known.ts';

/** The running app on actions of which all is known. */
export interface KnownApp extends TestApp {
  /** The token of the organizer's report of the main campaign. */
  link: string;
  /** How many there are. */
  actions: () => number;
  /** Writes more until there are so many, counts what is in the log, and makes sure that every figure is right. */
  growTo: (actions: number) => Promise<void>;
}

const UNLIMITED = 1_000_000_000;
/** A connection that was kept is closed by the server after five seconds, perhaps while the next question is on its way. */
const ONCE = { connection: 'close' };

/** Starts the app on an empty database, which can be filled. */
export async function startKnownApp({
  world,
  database_url,
  say,
}: {
  world: KnownWorld;
  database_url: string;
  say: (line: string) => void;
}): Promise<KnownApp> {
  const app = await startTestApp({
    ...world,
    database_url,
    allow_sample: false,
    now: () => AFTERWARDS,
    settings: { lookups_per_minute: UNLIMITED },
  });
  const truth = createTruth();
  const link = await app.reportLink(MAIN.slug);
  let actions = 0;
  const growTo = async (wanted: number) => {
    // Others at each size, over all days: small or large, it looks the same.
    const known = function* () {
      for (const report of knownReports({ seed: wanted, count: wanted - actions })) {
        truth.add(report);
        yield report;
      }
    };
    const step = Math.ceil(wanted / 10);
    let next = step;
    await insertKnown(app.store, known(), {
      isSqlite: database_url.startsWith('sqlite:'),
      onWritten: (rows) => {
        if (actions + rows < next) return;
        next = actions + rows + step;
        say(`${inWords(actions + rows)} of ${inWords(wanted)} actions are written.`);
      },
    });
    actions = wanted;
    say(`Counting ${inWords(actions)} actions.`);
    await countKnown(app.store);
    await checkFigures(app, truth, link);
    say(`Every figure of ${inWords(actions)} actions is exact.`);
  };
  return { ...app, link, actions: () => actions, growTo };
}

/** 10,000,000 */
export function inWords(number: number): string {
  return number.toLocaleString('en-US');
}

/** Compares what the app tells with what is so: for organizers and partners, as its code and as its pages for programs tell it. */
async function checkFigures(app: TestApp, truth: Truth, link: string): Promise<void> {
  const check = (what: string, totals: object, right: Record<string, number>) => {
    const [wrong] = wrongFigures(figuresOfTotals(totals), right);
    if (wrong) throw new OperationalError('wrong_figure', `${what}: ${wrong}.`);
  };
  for (const campaign of KNOWN_CAMPAIGNS)
    for (const partner of [undefined, '', ...Object.keys(PARTNERS)]) {
      const scope = { is_sample: false, ...(partner === undefined ? {} : { partner }) };
      const totals = await readReportTotals(app.store, campaign, { ...scope, now: AFTERWARDS });
      check(`${campaign.slug}, ${partner ?? 'all'}`, totals, truth.figures(campaign, scope));
    }
  const right = truth.figures(MAIN);
  const report = JSON.parse((await app.get(`/reports/${MAIN.slug}/report.json?link=${link}`, ONCE)).text);
  check('report.json', report.totals, right);
  const published = Object.entries(right).filter(([name]) => !/^(status|division|variant)\//.test(name));
  const totals = JSON.parse((await app.get(`/campaigns/${MAIN.slug}/totals.json`, ONCE)).text);
  check('totals.json', totals, Object.fromEntries(published));
}
