import { publishDue } from '../../server/reports/published-tables.ts';
import type { Store } from '../../server/store/open-store.ts';
import { figuresOfReport } from './data-figures.ts';
import { entryFigures } from './entry-figures.ts';
import { type KnownReport, knownReports } from './known-actions.ts';
import {
  EARLY_CORRECTIONS,
  EXCLUSIONS,
  type KnownCorrection,
  LATE_CORRECTIONS,
} from './known-corrections.ts';
import type { FigureScope, Figures } from './known-counts.ts';
import { type KnownEntry, knownEntries } from './known-entries.ts';
import { knownLetters } from './known-letters.ts';
import { type KnownReply, knownReplies } from './known-replies.ts';
import { createTruth, type Truth } from './known-truth.ts';
import { createVisitTruth, knownVisits } from './known-visits.ts';
import { KNOWN_CAMPAIGNS, type KnownCampaign, MAIN } from './known-world.ts';
import type { TestApp } from './test-app.ts';
import { together } from './view-figures.ts';
import { correct, countVisits, enterAll, noteReplies } from './write-history.ts';
import { countKnown, insertKnown, logKnown } from './write-known.ts';

/** The moment at which a figure is fixed, when all is there; what comes after is not of it. */
export const FIXED_AT = new Date('2026-12-03T14:20:00.000Z');
/** How much there is of everything. */
export interface HistorySize {
  actions: number;
  /** Those that go the way of supporters' forms, which takes longer. */
  logged: number;
  visits: number;
  /** Of each day: what counting anew takes grows with them. */
  hours: number;
  /** When the tables are published, first and last: days that are dense take seconds to find out what of them can be shown. */
  published_at: [first: string, last: string];
  /** Whether all is counted anew at the end too. */
  is_recounted: boolean;
}

/** Two lists of figures that should be the same, and where the first is told. */
export interface Compared {
  where: string;
  told: Figures;
  right: Figures;
}

/** All that was written, and all that is true of it. */
export interface KnownHistory {
  truth: Truth;
  /** Everything that is true of a campaign, not of its actions alone. */
  figures: (campaign: KnownCampaign, scope?: FigureScope) => Figures;
  entries: KnownEntry[];
  /** What became of a report or a reply and should not have. */
  wrong: (KnownReport | KnownReply)[];
  /** What was told while only those were counted that came one by one. */
  logged: Compared[];
  /** The campaigns of which counting anew found something else: before the bulk of the actions was written, and at the end. */
  mended: { before: string[]; after: string[] };
  /** What was completed, by two things at once, when the tables were published first and last. */
  crossed: { published_at: string; figures: Figures }[];
  /** Writes more: of what is known to be true. */
  enter: (store: Store, entries: KnownEntry[]) => Promise<void>;
  correct: (store: Store, corrections: readonly KnownCorrection[]) => Promise<void>;
}

/** Has the product count, enter, hear, correct and publish all that is known. */
export async function writeHistory(
  app: TestApp,
  { actions, logged: few, visits, hours, published_at, is_recounted }: HistorySize,
  { isSqlite }: { isSqlite: boolean },
): Promise<KnownHistory> {
  const { store } = app;
  /** Entries that came after the figure. */
  const late = new Set<string>();
  const truth = createTruth({
    exclusions: EXCLUSIONS,
    is_crossed: true,
    // A figure is of what was done up to its hour; what was entered by then, up to its day.
    isEarly: ({ origin, action_date }, day, source) =>
      origin === 'offline' && late.has(source)
        ? false
        : action_date <= FIXED_AT.toISOString() || (origin === 'offline' && day <= '2026-12-03'),
  });
  const visited = createVisitTruth();
  let heard = knownReplies([], 5);
  const letters = knownLetters(7, 400);
  const entries: KnownEntry[] = [];
  const figures: KnownHistory['figures'] = (campaign, scope) =>
    together(
      truth.figures(campaign, scope),
      visited.figures(campaign, scope),
      entryFigures(entries, campaign, { ...scope, outOf: truth.outOf }),
      scope?.partner === undefined ? heard.figures(campaign, scope) : {},
      scope?.partner === undefined ? letters.figures(campaign, scope) : {},
    );
  const enter: KnownHistory['enter'] = async (to, list) => {
    await enterAll(to, list);
    for (const { entry, entered_at } of list) if (entered_at > FIXED_AT.toISOString()) late.add(entry.id);
    for (const entry of list) truth.enter(entry);
    entries.push(...list);
  };
  const correctAll: KnownHistory['correct'] = async (to, list) => {
    for (const correction of list) {
      await correct(to, correction);
      truth.correct(correction);
    }
  };
  const known = function* (reports: Iterable<KnownReport>) {
    for (const report of reports) {
      truth.add(report);
      yield report;
    }
  };

  const first = [...known(knownReports({ seed: 1, count: few, hours }))];
  heard = knownReplies(first, 5);
  const wrong: KnownHistory['wrong'] = await logKnown(store, first);
  wrong.push(...(await noteReplies(store, heard.replies)));
  await letters.write(store);
  const came = [...knownVisits({ seed: 2, count: visits })];
  for (const visit of came) visited.add(visit);
  await countVisits(store, came);
  await enter(store, knownEntries('first', 3, '2026-11-03'));
  await correctAll(store, EARLY_CORRECTIONS);
  const logged: Compared[] = [];
  for (const campaign of KNOWN_CAMPAIGNS) {
    const told = figuresOfReport((await reportOf(app, campaign)) as never);
    logged.push({ where: campaign.slug, told, right: figures(campaign) });
  }
  const before = await countKnown(store);

  await insertKnown(store, known(knownReports({ seed: 2, count: actions - few, hours })), { isSqlite });
  if ((await countKnown(store)).length === 0) throw new Error('what was written was counted before');
  const crossed: KnownHistory['crossed'] = [];
  const publish = async (now: Date) => {
    crossed.push({ published_at: now.toISOString(), figures: truth.crossed(MAIN) });
    const { time_zone } = MAIN;
    while ((await publishDue({ store, campaign: MAIN, time_zone, now })).length > 0);
  };
  await publish(new Date(published_at[0]));
  await enter(store, knownEntries('second', 4, '2026-12-01'));
  await correctAll(store, LATE_CORRECTIONS);
  await publish(new Date(published_at[1]));
  const after = is_recounted ? await countKnown(store) : [];
  return {
    truth,
    figures,
    entries,
    wrong,
    logged,
    mended: { before, after },
    crossed,
    enter,
    correct: correctAll,
  };
}

/** The report of a campaign as the server holds it: the organizer's, or a partner's own. */
export function reportOf(
  { parts }: TestApp,
  { slug }: KnownCampaign,
  { is_sample = false, partner = '' }: FigureScope = {},
) {
  return parts.readReport(parts.campaigns.get(slug)!, { partner, is_sample });
}
