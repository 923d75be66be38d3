import { readReportTotals } from '../server/actions/totals.ts';
import { OperationalError } from '../server/errors.ts';
import { figuresOfTotals } from '../tests/support/data-figures.ts';
import { AFTERWARDS, knownReports } from '../tests/support/known-actions.ts';
import { createTruth, type Truth, wrongFigures } from '../tests/support/known-truth.ts';
import { KNOWN_CAMPAIGNS, type KnownWorld, MAIN, PARTNERS } from '../tests/support/known-world.ts';
import { startTestApp, type TestApp } from '../tests/support/test-app.ts';
import { countKnown, insertKnown } from '../tests/support/write-known.ts';

/** The running app on so many actions of which all is known. */
export interface KnownApp extends TestApp {
  actions: number;
  /** The token of the organizer's report of the main campaign. */
  link: string;
}

const UNLIMITED = 1_000_000_000;
/** A connection that was kept is closed by the server after five seconds, perhaps while the next question is on its way. */
const ONCE = { connection: 'close' };

/** Starts the app on an empty database, fills that, counts what is in it, and makes sure that every figure is right. */
export async function startKnownApp({
  world,
  database_url,
  actions,
  say,
}: {
  world: KnownWorld;
  database_url: string;
  actions: number;
  say: (line: string) => void;
}): Promise<KnownApp> {
  const app = await startTestApp({
    ...world,
    database_url,
    allow_sample: false,
    now: () => AFTERWARDS,
    settings: { lookups_per_minute: UNLIMITED },
  });
  try {
    const truth = createTruth();
    const known = function* () {
      for (const report of knownReports({ seed: actions, count: actions })) {
        truth.add(report);
        yield report;
      }
    };
    const step = Math.ceil(actions / 10);
    let next = step;
    await insertKnown(app.store, known(), {
      isSqlite: database_url.startsWith('sqlite:'),
      onWritten: (rows) => {
        if (rows < next) return;
        next = rows + step;
        say(`${inWords(rows)} of ${inWords(actions)} actions are written.`);
      },
    });
    say(`Counting ${inWords(actions)} actions.`);
    await countKnown(app.store);
    const link = await app.reportLink(MAIN.slug);
    await checkFigures(app, truth, link);
    say(`Every figure of ${inWords(actions)} actions is exact.`);
    return { ...app, actions, link };
  } catch (error) {
    await app.close();
    throw error;
  }
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
