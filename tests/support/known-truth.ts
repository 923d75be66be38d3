import type { Action } from '../../server/actions/action.ts';
import type { KnownReport } from './known-actions.ts';
import type { KnownCorrection, KnownExclusion } from './known-corrections.ts';
import {
  type ActionCounts,
  addFigure,
  createCounts,
  type FigureScope,
  type Figures,
} from './known-counts.ts';
import { noonOf, wallDay } from './known-days.ts';
import type { KnownEntry } from './known-entries.ts';
import type { KnownCampaign } from './known-world.ts';

/** What is so, counted apart from the code that is to be checked: nothing of the server's is used here. */
export interface Truth {
  add: (report: KnownReport) => void;
  enter: (entry: KnownEntry) => void;
  /** How many actions of an entry are out now. */
  outOf: (entry_id: string) => number;
  /** Corrects what was counted so far; an exclusion must be one of those that were announced. */
  correct: (correction: KnownCorrection) => void;
  figures: (campaign: KnownCampaign, scope?: FigureScope) => Figures;
  /** The corrections of a campaign, earliest first, with all that they changed: below zero where they took out. */
  corrections: (campaign: KnownCampaign, scope?: FigureScope & { is_early?: true }) => CorrectionSize[];
  /** The marked blocks of a campaign's real actions: the name, how many they sent, and how many of these are out; by their first hour. */
  blocks: (campaign: KnownCampaign) => [block: string, actions: number, excluded: number][];
  /** What was completed by partner, division and day, and by legislator and day. */
  crossed: (campaign: KnownCampaign) => Figures;
}

/** A correction, and by how much it changed what was counted. */
export interface CorrectionSize {
  correction: KnownCorrection;
  actions: number;
  completed_actions: number;
}

/** Actions that came between the same corrections and that all exclusions treat alike. */
interface Fate {
  /** How many corrections were made before they came. */
  stage: number;
  /** Of the exclusions that were announced, which ones they fit: a bit each, the first the lowest. */
  fits: number;
  is_early: boolean;
  counts: ActionCounts;
}

/** What is told and is not so, in words, of the first twenty names; nothing where all is exact. */
export function wrongFigures(told: Figures, right: Figures): string[] {
  const names = [...new Set([...Object.keys(right), ...Object.keys(told)])];
  return names
    .filter((name) => told[name] !== right[name])
    .slice(0, 20)
    .map((name) => `${name} is told as ${told[name] ?? 0} and is ${right[name] ?? 0}`);
}

/**
 * Counts reports that count and what was entered. `exclusions` are all that will be made, in whatever order: of ten million
 * actions none is kept, so it must be known as they come which they fit. `isEarly` says of which actions `corrections` may be
 * asked apart.
 */
export function createTruth({
  exclusions = [],
  isEarly = () => false,
  is_crossed = false,
}: {
  exclusions?: readonly KnownExclusion[];
  isEarly?: (action: Action, day: string, source: string) => boolean;
  is_crossed?: boolean;
} = {}): Truth {
  const fates = new Map<string, Fate>();
  const made: KnownCorrection[] = [];
  const entered = new Map<string, { fate: Fate; actions: number }>();
  /** By the campaign's slug and the block. */
  const marked = new Map<string, { slug: string; block: string; first: string; of: Map<Fate, number> }>();
  const add = (action: Action, source: string, count: number) => {
    const day = wallDay(action.campaign_slug, action.action_date);
    let fits = 0;
    for (const [index, exclusion] of exclusions.entries())
      if (isMeant(exclusion, action, source)) fits += 2 ** index;
    const is_early = isEarly(action, day, source);
    const id = `${made.length} ${is_early} ${fits}`;
    const fate = fates.get(id) ?? {
      stage: made.length,
      fits,
      is_early,
      counts: createCounts({ is_crossed }),
    };
    fates.set(id, fate);
    fate.counts.add(action, day, count);
    return fate;
  };
  const mark = ({ campaign_slug: slug, action_date }: Action, block: string, fate: Fate) => {
    const id = `${slug} ${block}`;
    const own = marked.get(id) ?? { slug, block, first: action_date, of: new Map<Fate, number>() };
    marked.set(id, own);
    if (action_date < own.first) own.first = action_date;
    own.of.set(fate, (own.of.get(fate) ?? 0) + 1);
  };
  /** What became of actions: each correction that took them out or put them back, and whether they count now. */
  const storyOf = ({ stage, fits }: Fate) => {
    let out: string | undefined;
    const changes: { correction: KnownCorrection; sign: 1 | -1 }[] = [];
    for (const correction of made.slice(stage)) {
      const { id, kind } = correction;
      if (kind === 'exclude' && out === undefined && (fits & (2 ** indexOf(exclusions, id))) > 0) {
        out = id;
        changes.push({ correction, sign: -1 });
      } else if (kind === 'readmit' && out === correction.readmits) {
        out = undefined;
        changes.push({ correction, sign: 1 });
      }
    }
    return { changes, is_counted: out === undefined };
  };
  const counted = () => [...fates.values()].filter((fate) => storyOf(fate).is_counted);
  const corrections: Truth['corrections'] = (campaign, { is_early, ...scope } = {}) =>
    made
      .filter((correction) => correction.campaign.slug === campaign.slug)
      .map((correction) => {
        const size = { correction, actions: 0, completed_actions: 0 };
        for (const fate of fates.values()) {
          const change = storyOf(fate).changes.find((one) => one.correction === correction);
          if (!change || (is_early && !fate.is_early)) continue;
          const { actions, completed_actions } = fate.counts.size(slugsOf(campaign), scope);
          size.actions += change.sign * actions;
          size.completed_actions += change.sign * completed_actions;
        }
        return size;
      });
  return {
    add: ({ action, block, counts }) => {
      if (!counts) return;
      const fate = add(action, block, 1);
      if (block !== '' && !action.is_sample) mark(action, block, fate);
    },
    enter: ({ entry }) => {
      const fate = add(enteredAction(entry), entry.id, entry.actions);
      entered.set(entry.id, { fate, actions: entry.actions });
    },
    outOf: (entry_id) => {
      const { fate, actions } = entered.get(entry_id)!;
      return storyOf(fate).is_counted ? 0 : actions;
    },
    correct: (correction) => {
      if (correction.kind === 'exclude') indexOf(exclusions, correction.id);
      made.push(correction);
    },
    corrections,
    figures: (campaign, scope = {}) => {
      const figures: Figures = {};
      for (const { counts } of counted()) counts.addTo(figures, slugsOf(campaign), scope);
      if (scope.is_sample) return figures;
      for (const { correction, actions, completed_actions } of corrections(campaign, scope)) {
        // What concerns others alone is not a partner's.
        if (scope.partner !== undefined && actions === 0) continue;
        addCorrection(figures, correction, completed_actions);
      }
      return figures;
    },
    blocks: (campaign) => {
      const own = [...marked.values()].filter(({ slug }) => slugsOf(campaign).includes(slug));
      return [...Map.groupBy(own, ({ block }) => block)]
        .map(([block, parts]) => {
          const first = parts.map((part) => part.first).toSorted()[0]!;
          const sizes = parts.flatMap((part) => [...part.of]);
          const sum = (list: typeof sizes) => list.reduce((total, [, number]) => total + number, 0);
          const out = sizes.filter(([fate]) => !storyOf(fate).is_counted);
          return { sorted_by: first + block, row: [block, sum(sizes), sum(out)] as [string, number, number] };
        })
        .toSorted((a, b) => (a.sorted_by < b.sorted_by ? -1 : 1))
        .map(({ row }) => row);
    },
    crossed: (campaign) => {
      const figures: Figures = {};
      for (const { counts } of counted()) counts.addCrossed(figures, slugsOf(campaign));
      return figures;
    },
  };
}

/** Adds what is told of a correction: one that changed nothing completed is told too. */
export function addCorrection(
  figures: Figures,
  {
    id,
    kind,
    made_at,
    reason,
    campaign,
  }: Pick<KnownCorrection, 'id' | 'kind' | 'made_at' | 'reason'> & { campaign: { slug: string } },
  completed_actions: number,
): void {
  const name = `correction/${kind}/${wallDay(campaign.slug, made_at)}/${reason}`;
  if (completed_actions === 0) addFigure(figures, `${name}/none`, 1);
  else addFigure(figures, name, completed_actions);
  addFigure(figures, `corrected/${id}/${made_at}`, 1);
}

function isMeant({ campaign, criteria }: KnownExclusion, action: Action, source: string): boolean {
  const { from = '', to = '9', partner, block, entry } = criteria;
  return (
    !action.is_sample &&
    (campaign.slug === action.campaign_slug || campaign.former_slugs.includes(action.campaign_slug)) &&
    action.action_date >= from &&
    action.action_date < to &&
    (partner === undefined || partner === action.partner) &&
    (block === undefined || block === source) &&
    (entry === undefined || entry === source)
  );
}

function enteredAction({ id: _, day, note: __, actions: ___, ...entry }: KnownEntry['entry']): Action {
  const action_date = noonOf(entry.campaign_slug, day);
  return { ...entry, variant: '', origin: 'offline', is_sample: false, action_date };
}

function slugsOf({ slug, former_slugs }: KnownCampaign): string[] {
  return [slug, ...former_slugs];
}

function indexOf(exclusions: readonly KnownExclusion[], id: string): number {
  const index = exclusions.findIndex((one) => one.id === id);
  if (index === -1) throw new Error(`nobody has announced the exclusion ${id}`);
  return index;
}
