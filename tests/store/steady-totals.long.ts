import { excludeActions, readmitActions } from '../../server/actions/correction-queries.ts';
import { figuresOfReport, figuresOfTotals } from '../support/data-figures.ts';
import { AFTERWARDS, knownReports } from '../support/known-actions.ts';
import type { Figures } from '../support/known-counts.ts';
import { knownEntries } from '../support/known-entries.ts';
import { createTruth } from '../support/known-truth.ts';
import { type KnownWorld, MAIN, makeKnownWorld } from '../support/known-world.ts';
import { figuresOfPage, progressOf } from '../support/page-figures.ts';
import { STORE_KINDS } from '../support/temp-store.ts';
import { startTestApp, type TestApp } from '../support/test-app.ts';
import { enterAll } from '../support/write-history.ts';
import { entryOf } from '../support/write-known.ts';

/** Different answers that each reader waits for. */
const CHANGES = 8;
/** Forms that are under way at once. */
const SUPPORTERS = 12;
const TOMORROW = new Date(AFTERWARDS.getTime() + 86_400_000).toISOString();
const TODAY = `${AFTERWARDS.toISOString().slice(0, 'YYYY-MM-DDTHH'.length)}:00:00.000Z`;

const CAME = ['self_reported', 'server_accepted', 'offline'];
/** The views that add up to what was completed. */
const SUMMED = [
  ...['completed', 'type', 'status', 'day', 'legislator', 'division', 'partner'],
  ...['language', 'message_language', 'variant', ...CAME],
];
const CORRECTED = { slugs: [MAIN.slug], time_zone: MAIN.time_zone };

/** What corrections say, by their names in figures: what was taken out is below zero. */
function correctionsIn(figures: Figures): Figures {
  return Object.fromEntries(
    Object.entries(figures).filter(([name]) => name.startsWith('correct') && !name.endsWith('/none')),
  );
}

/**
 * Expects that no figure is lower than in the answer before, but by what that answer says was taken out since; and that what
 * was counted, before anything was taken out, never gets less.
 */
function expectNoLess(figures: Figures, before: Figures): void {
  const taken = (one: Figures) => -sum(Object.values(correctionsIn(one)).filter((number) => number < 0));
  const corrected = (one: Figures) =>
    sum(
      Object.entries(correctionsIn(one)).flatMap(([name, number]) =>
        /^correction/.test(name) ? [number] : [],
      ),
    );
  expect((figures.completed ?? 0) - corrected(figures)).toBeGreaterThanOrEqual(
    (before.completed ?? 0) - corrected(before),
  );
  const gone = taken(figures) - taken(before);
  const has_new = Object.keys(figures).some((name) => name.startsWith('correct') && !(name in before));
  const has_variants = Object.keys(figures).some((name) => name.startsWith('variant/'));
  const less: Record<string, number> = {};
  for (const [name, number] of Object.entries(before)) {
    const by = number - (figures[name] ?? 0);
    // What is out of an entry gets less when it is put back.
    if (by <= 0 || name.startsWith('correct') || /^entered\/.*\/out$/.test(name)) continue;
    // Pages leave that view out where no variant has a name.
    if (name.startsWith('variant/') && !has_variants) continue;
    // Of what was not completed no correction says how much it took; but it says that it took some.
    const view = isOpen(name) ? 'open' : name.split('/')[0]!;
    less[view] = (less[view] ?? 0) + by;
  }
  for (const [view, by] of Object.entries(less))
    expect([view, has_new, view === 'open' || by <= gone]).toEqual([view, true, true]);
}

function isOpen(name: string): boolean {
  return /(unavailable|started|confirmed|bounced|failed)$/.test(name);
}

function sum(numbers: number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

/** What each view adds up to, by the name of the view; of kinds what is completed alone. */
function sumsOf(figures: Figures): Record<string, number> {
  const sums: Record<string, number> = {};
  for (const [name, number] of Object.entries(figures)) {
    if (isOpen(name) || !SUMMED.includes(name.split('/')[0]!)) continue;
    const view = CAME.includes(name) ? 'came' : name.split('/')[0]!;
    sums[view] = (sums[view] ?? 0) + number;
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

  test('and organizers correct and enter, each answer agrees with itself, no figure goes down but by what the answer says was taken out, and at the end all is exact', async () => {
    const truth = createTruth();
    const reports = knownReports({ seed: 3, count: 1_000_000 });
    let isOver = false;
    const supporter = async () => {
      for (const next of reports) {
        const { counted } = await app.parts.action_log.log(entryOf(next));
        expect(counted).toBe(next.counts);
        truth.add({ ...next, action: { ...next.action, action_date: TODAY } });
        if (isOver) return;
      }
    };
    const supporters = Array.from({ length: SUPPORTERS }, supporter);
    /** Takes out what came from a partner or a block, or was entered, and puts it back, over and over. */
    const organizer = async () => {
      const entries = knownEntries('steady', 8, '2026-12-02').filter(
        ({ entry }) => entry.campaign_slug === MAIN.slug && entry.status_code !== 'unavailable',
      );
      const made = (nth: number, way: string) => ({
        id: `${way}-${nth}`,
        campaign_slug: MAIN.slug,
        made_at: new Date(AFTERWARDS.getTime() + 1000 * nth + (way === 'in' ? 500 : 0)).toISOString(),
        reason: `${way} ${nth}`,
      });
      let nth = 0;
      for (const known of entries) {
        if (isOver) break;
        await enterAll(app.store, [known]);
        truth.enter(known);
        for (const criteria of [
          { entry: known.entry.id },
          { partner: `group-${1 + (nth % 5)}` },
          { block: 'block-0' },
          { from: TODAY, to: TOMORROW },
        ]) {
          nth += 1;
          const out = await excludeActions(app.store, CORRECTED, { ...made(nth, 'out'), criteria });
          if (out.length === 0) continue;
          const back = await readmitActions(app.store, CORRECTED, {
            ...made(nth, 'in'),
            readmits: `out-${nth}`,
          });
          expect(typeof back).toBe('object');
          corrections += 2;
        }
      }
    };
    let corrections = 0;
    const organizing = organizer();

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
    /** Of one answer after the other: that it agrees with itself, and with the one before. */
    const follow = () => {
      let before: Figures = {};
      return (figures: Figures) => {
        expectNoLess(figures, before);
        before = figures;
        return expectAgreement(figures);
      };
    };
    const totals = (agrees = follow()) => {
      return async () =>
        agrees(figuresOfTotals(JSON.parse((await get(`/campaigns/${MAIN.slug}/totals.json`)).text)));
    };
    const data = (link: string, isAll: boolean, agrees = follow()) => {
      return async () => {
        const answer = await get(`/reports/${MAIN.slug}/report.json?link=${link}`);
        const told = JSON.parse(answer.text);
        const completed = agrees(figuresOfReport(told));
        if (isAll) expect(told.coalition.completed_actions).toBe(completed);
        else expect(told.coalition.completed_actions).toBeGreaterThanOrEqual(completed);
        return completed;
      };
    };
    const page = (path: string, agrees = follow()) => {
      return async () => {
        const { $ } = await get(path);
        return agrees({ ...figuresOfPage($), completed: progressOf($)[0]! });
      };
    };
    try {
      await Promise.all([
        reader(totals()),
        reader(data(links.all, true)),
        reader(data(links.one, false)),
        reader(page(`/campaigns/${MAIN.slug}/totals`)),
        reader(page(`/reports/${MAIN.slug}?link=${links.all}`)),
      ]);
    } finally {
      isOver = true;
      await Promise.all([...supporters, organizing]);
    }
    const last = JSON.parse((await get(`/reports/${MAIN.slug}/report.json?link=${links.all}`)).text);
    const figures = figuresOfTotals(last.totals);
    const changes = correctionsIn(figures);
    expect(figures).toEqual({ ...truth.figures(MAIN), ...changes });
    // All was put back.
    expect(corrections).toBeGreaterThan(3);
    expect(last.totals.corrections.length).toBe(corrections);
    expect(
      sum(last.totals.corrections.map((one: { completed_actions: number }) => one.completed_actions)),
    ).toBe(0);
  });
});
