import { figuresOfTotals } from '../support/data-figures.ts';
import { AFTERWARDS, type KnownReport, knownReports } from '../support/known-actions.ts';
import type { Figures } from '../support/known-counts.ts';
import { zoneOfSlug } from '../support/known-days.ts';
import { createTruth } from '../support/known-truth.ts';
import { type KnownWorld, MAIN, makeKnownWorld } from '../support/known-world.ts';
import { figuresOfPage, progressOf } from '../support/page-figures.ts';
import { STORE_KINDS } from '../support/temp-store.ts';
import { startTestApp, type TestApp } from '../support/test-app.ts';

/** Different answers that each reader waits for. */
const CHANGES = 8;
/** Forms that are under way at once. */
const SUPPORTERS = 12;
const TODAY = `${AFTERWARDS.toISOString().slice(0, 'YYYY-MM-DDTHH'.length)}:00:00.000Z`;

/** What each view adds up to, by the name of the view; of kinds what is completed alone. */
function sumsOf(figures: Figures): Record<string, number> {
  const sums: Record<string, number> = {};
  for (const [name, number] of Object.entries(figures)) {
    const view = /^(self_reported|server_accepted|offline)$/.test(name) ? 'came' : name.split('/')[0]!;
    const isOpen = /(unavailable|started|confirmed|bounced|failed)$/.test(name);
    if (!isOpen) sums[view] = (sums[view] ?? 0) + number;
  }
  return sums;
}

/** Expects that all views add up to the same number of completed actions, and gives that back. */
function expectAgreement(figures: Figures): number {
  const sums = sumsOf(figures);
  const { completed } = sums;
  expect(sums).toEqual(Object.fromEntries(Object.keys(sums).map((view) => [view, completed])));
  return completed ?? 0;
}

describe.each(STORE_KINDS)('$name, while supporters act', ({ create }) => {
  let world: KnownWorld;
  let database: Awaited<ReturnType<typeof create>>;
  let app: TestApp;

  beforeEach(async () => {
    world = await makeKnownWorld();
    database = await create();
    const settings = { lookups_per_minute: 1_000_000 };
    const clock = { allow_sample: false, now: () => AFTERWARDS };
    app = await startTestApp({ ...world, ...clock, settings, database_url: database.database_url });
  });
  afterEach(async () => {
    await app.close();
    await database.drop();
    world.drop();
  });

  test('each answer agrees with itself, no public figure goes down, and at the end all is exact', async () => {
    const truth = createTruth();
    const reports = knownReports({ seed: 3, count: 1_000_000 });
    let isOver = false;
    const report = ({ action, nonce }: KnownReport) => {
      const { status_code, origin, action_date: _, ...context } = action;
      const form = { status_code, origin, nonce, expires_at: '2027-01-01T00:00:00.000Z' };
      return app.parts.action_log.log({ context, ...form, time_zone: zoneOfSlug(action.campaign_slug) });
    };
    const supporter = async () => {
      for (const next of reports) {
        const { counted } = await report(next);
        expect(counted).toBe(next.counts);
        truth.add({ ...next, action: { ...next.action, action_date: TODAY } });
        if (isOver) return;
      }
    };
    const supporters = Array.from({ length: SUPPORTERS }, supporter);

    const links = { all: await app.reportLink(MAIN.slug), one: await app.reportLink(MAIN.slug, 'group-1') };
    const get = async (path: string) => {
      const answer = await app.get(path);
      expect([path, answer.status]).toEqual([path, 200]);
      return answer;
    };
    /** Reads until the number of completed actions has changed often enough. */
    const reader = async (read: () => Promise<number>) => {
      const seen = new Set<number>();
      while (seen.size <= CHANGES) seen.add(await read());
    };
    let before: Figures = {};
    const totals = async () => {
      const figures = figuresOfTotals(JSON.parse((await get(`/campaigns/${MAIN.slug}/totals.json`)).text));
      const lower = Object.entries(before).filter(([name, number]) => (figures[name] ?? 0) < number);
      expect(lower).toEqual([]);
      before = figures;
      return expectAgreement(figures);
    };
    const data = async (link: string, isAll: boolean) => {
      const answer = await get(`/reports/${MAIN.slug}/report.json?link=${link}`);
      const { totals: own, coalition } = JSON.parse(answer.text);
      const completed = expectAgreement(figuresOfTotals(own));
      if (isAll) expect(coalition.completed_actions).toBe(completed);
      else expect(coalition.completed_actions).toBeGreaterThanOrEqual(completed);
      return completed;
    };
    const page = async () => {
      const { $ } = await get(`/reports/${MAIN.slug}?link=${links.all}`);
      return expectAgreement({ ...figuresOfPage($), completed: progressOf($)[0]! });
    };
    try {
      await Promise.all([
        reader(totals),
        reader(() => data(links.all, true)),
        reader(() => data(links.one, false)),
        reader(page),
      ]);
    } finally {
      isOver = true;
      await Promise.all(supporters);
    }
    const last = JSON.parse((await get(`/reports/${MAIN.slug}/report.json?link=${links.all}`)).text);
    expect(figuresOfTotals(last.totals)).toEqual(truth.figures(MAIN));
  });
});
