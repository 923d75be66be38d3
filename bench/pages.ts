// The pages that a link leads to, against an Express app that sends the same bytes and does nothing else.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { OperationalError } from '../server/errors.ts';
import { findState } from '../server/legislators/states.ts';
import { type RawAnswer, rawAnswer } from '../tests/support/raw-answer.ts';
import type { BareAnswers } from './bare-express.ts';
import type { BenchOptions } from './bench-options.ts';
import { forSeconds, load, type Question, question } from './load.ts';
import { benchFolder, FLORIDA_MEMBERS, writeMadeUpStates } from './made-up-states.ts';
import { askersShare, type BenchProcess, startApp, startBare, workEach } from './processes.ts';
import { inTurn, type MeasuredRatio, median, ratioOfRounds } from './ratio.ts';

const CONNECTIONS = 32;

import { SLUG } from './action-forms.ts';

const UPPER = FLORIDA_MEMBERS.filter(({ current_role }) => current_role.org_classification === 'upper');
const LOWER = FLORIDA_MEMBERS.filter(({ current_role }) => current_role.org_classification === 'lower');

/** As shared: plain, by a partner, in Spanish, and both. */
const CAMPAIGN = ['', '?partner=jira', '?lang=es', '?lang=es&partner=jira'].map(
  (query) => `/campaigns/${SLUG}${query}`,
);
/** Of forty places all over the state. */
const ACT = UPPER.map((senator, index) => {
  const divisions = [senator, LOWER[index * 3]!].map(({ current_role }) => current_role.division_id);
  return `/campaigns/${SLUG}/act?${new URLSearchParams(divisions.map((id) => ['division', id]))}`;
});
const PAGES = [
  { page: 'campaign page', paths: CAMPAIGN, floor: 0.5, aim: 0.7 },
  { page: 'act page', paths: ACT, floor: 0.35, aim: 0.45 },
];
const ASKED_BY: { who: string; headers: Record<string, string> }[] = [
  { who: 'as programs ask for it', headers: { accept: '*/*' } },
  {
    who: 'as browsers do, packed',
    headers: { accept: 'text/html,application/xhtml+xml,*/*;q=0.8', 'accept-encoding': 'gzip, deflate, br' },
  },
];

/** Answers a second of the campaign page and of the act page, as a share of what Express alone reaches with the same bytes. */
export async function benchPages({ is_quick, rounds, say }: BenchOptions): Promise<MeasuredRatio[]> {
  const { folder, drop } = benchFolder();
  const running: BenchProcess[] = [];
  try {
    await writeMadeUpStates(folder, [findState('fl')!]);
    const app = await startApp(folder, {});
    running.push(app);
    const ratios: MeasuredRatio[] = [];
    for (const { page, paths, floor, aim } of PAGES)
      for (const { who, headers } of ASKED_BY) {
        say(`Loading the ${page}, ${who}.`);
        const answers = await answersOf(app, paths, headers);
        const file = join(folder, 'answers.json');
        writeFileSync(file, JSON.stringify(bareAnswers(paths, answers)));
        const bare = await startBare(folder, file);
        running.push(bare);
        const same = await answersOf(bare, paths, headers);
        if (!same.every(({ body }, index) => body.equals(answers[index]!.body)))
          throw new OperationalError('wrong_figure', `Express alone sends other bytes of the ${page}.`);
        const visits = paths.map((path): Question[] => [question(path, { headers })]);
        const seconds = is_quick ? 0.2 : 1;
        // Both are slow until what they do often has been compiled.
        for (const server of [app, bare]) await load(server.url, forSeconds(visits, seconds), CONNECTIONS);
        let asked = 0;
        const shares: number[] = [];
        const rate = (server: BenchProcess, like: RawAnswer[]) => async () => {
          const before = process.cpuUsage();
          const loaded = await load(server.url, forSeconds(visits, seconds), CONNECTIONS);
          if (server === app) asked += loaded.questions;
          else shares.push(askersShare(before, loaded.seconds));
          checkLength(page, loaded.bytes / loaded.questions, like);
          return loaded.questions / loaded.seconds;
        };
        const since = app.busy();
        const pairs = await inTurn(rounds ?? (is_quick ? 2 : 10), rate(bare, same), rate(app, answers));
        const name = `${page} against Express alone, ${who}`;
        const say_rate = (figure: number) => `${Math.round(figure)} a second`;
        const ratio = ratioOfRounds(pairs, { name, floor, aim, say: say_rate });
        const askers = `; whoever asked Express took ${Math.round(100 * median(shares))} % of a core`;
        ratios.push({ ...ratio, figures: ratio.figures + workEach(app, since, asked) + askers });
        await bare.end();
        running.pop();
      }
    return ratios;
  } finally {
    for (const one of running) await one.end();
    drop();
  }
}

async function answersOf({ url }: BenchProcess, paths: string[], headers: Record<string, string>) {
  const answers: RawAnswer[] = [];
  for (const path of paths) {
    const answer = await rawAnswer(`${url}${path}`, headers);
    if (answer.status !== 200)
      throw new OperationalError('wrong_figure', `${path} answers ${answer.status}.`);
    answers.push(answer);
  }
  return answers;
}

/** What Express needs to know to send the same: of our headers those alone that say what the body is. */
function bareAnswers(paths: string[], answers: RawAnswer[]): BareAnswers {
  return Object.fromEntries(
    answers.map(({ headers, text, body }, index) => {
      const encoding = headers['content-encoding'];
      const type = { 'Content-Type': headers['content-type']! };
      const sent = encoding
        ? {
            headers: { ...type, 'Content-Encoding': encoding, Vary: 'Accept-Encoding' },
            packed: body.toString('base64'),
          }
        : { headers: type, text };
      return [paths[index]!, sent];
    }),
  );
}

/** Ids are new in every answer: packed, it is some bytes longer or shorter, and shorter where many ask for the same. */
function checkLength(page: string, bytes: number, like: RawAnswer[]): void {
  const wanted = like.reduce((sum, { transferred }) => sum + transferred, 0) / like.length;
  if (Math.abs(bytes / wanted - 1) < 0.06) return;
  const message = `An answer of the ${page} has ${Math.round(bytes)} bytes under load, and ${Math.round(wanted)} without.`;
  throw new OperationalError('wrong_figure', message);
}
