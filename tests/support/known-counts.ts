import type { Action } from '../../server/actions/action.ts';

/** Numbers by name: 'completed', 'day/2026-11-01', 'status/web/phone/contact'. None of them is 0. */
export type Figures = Record<string, number>;

/** Whose figures: of real actions or of samples, of all or of one partner ('' for what none is credited with). */
export interface FigureScope {
  is_sample?: boolean;
  partner?: string;
}

/** Of the contract: completed = contact + voicemail + sent + accepted. */
export const COMPLETED = ['contact', 'voicemail', 'sent', 'accepted'];

type Counts = Map<string, number>;
/** Of one slug and partner: outcomes of the web and of organizers, and of what is completed each view. */
const VIEWS = [
  'web',
  'offline',
  'day',
  'legislator',
  'division',
  'language',
  'message_language',
  'phone',
  'email',
  'legislator_day',
  'division_day',
] as const;
type View = (typeof VIEWS)[number];
type Views = Record<View, Counts>;

/** Actions counted by every view that anything tells of, by slug and partner; those of samples apart. */
export interface ActionCounts {
  /** `day` is the state's. */
  add: (action: Action, day: string, count: number) => void;
  /** Adds what is told of these slugs to figures. */
  addTo: (figures: Figures, slugs: readonly string[], scope: FigureScope) => void;
  /** Adds what was completed by partner, division and day, and by legislator and day, as JSON; where they are counted. */
  addCrossed: (figures: Figures, slugs: readonly string[]) => void;
  /** How many there are of real ones, and how many of them are completed. */
  size: (slugs: readonly string[], scope: FigureScope) => { actions: number; completed_actions: number };
}

/** Without anything counted yet; with `is_crossed` by two things at once too. */
export function createCounts({ is_crossed }: { is_crossed: boolean }): ActionCounts {
  const scopes = new Map<string, Map<string, Views>>();
  const viewsOf = ({ campaign_slug, is_sample, partner }: Action) => {
    const of = scopeName(campaign_slug, is_sample);
    const partners = scopes.get(of) ?? new Map<string, Views>();
    scopes.set(of, partners);
    const views = partners.get(partner) ?? emptyViews();
    partners.set(partner, views);
    return views;
  };
  const partsOf = (slugs: readonly string[], { is_sample = false, partner: only }: FigureScope) =>
    slugs
      .flatMap((slug) => [...(scopes.get(scopeName(slug, is_sample)) ?? [])])
      .filter(([partner]) => only === undefined || only === partner);
  return {
    add: (action, day, count) => {
      const views = viewsOf(action);
      raise(views[action.origin], action.status_code, count);
      if (!COMPLETED.includes(action.status_code)) return;
      raise(views.day, day, count);
      raise(views.legislator, action.legislator_id, count);
      raise(views.division, action.division_id, count);
      raise(views.language, action.page_language, count);
      raise(views.message_language, action.message_language, count);
      raise(views[action.type], action.variant, count);
      if (!is_crossed) return;
      raise(views.legislator_day, `${action.legislator_id} ${day}`, count);
      raise(views.division_day, `${action.division_id} ${day}`, count);
    },
    addTo: (figures, slugs, scope) => {
      for (const [partner, views] of partsOf(slugs, scope)) addFigures(figures, partner, views);
    },
    addCrossed: (figures, slugs) => {
      for (const [partner, views] of partsOf(slugs, {})) {
        for (const [key, number] of views.legislator_day) addFigure(figures, `legislator ${key}`, number);
        for (const [key, number] of views.division_day)
          addFigure(figures, `partner ${partner} ${key}`, number);
      }
    },
    size: (slugs, scope) => {
      const outcomes = partsOf(slugs, scope).flatMap(([, { web, offline }]) => [...web, ...offline]);
      const sum = (list: [string, number][]) => list.reduce((total, [, number]) => total + number, 0);
      const completed = outcomes.filter(([status]) => COMPLETED.includes(status));
      return { actions: sum(outcomes), completed_actions: sum(completed) };
    },
  };
}

/** Adds to a figure. */
export function addFigure(figures: Figures, name: string, number: number): void {
  figures[name] = (figures[name] ?? 0) + number;
}

/** No campaign is named like that: names have no spaces. */
function scopeName(slug: string, is_sample: boolean): string {
  return is_sample ? `${slug} samples` : slug;
}

function emptyViews(): Views {
  return Object.fromEntries(VIEWS.map((view) => [view, new Map()])) as unknown as Views;
}

function raise(counts: Counts, name: string, count: number): void {
  counts.set(name, (counts.get(name) ?? 0) + count);
}

function addFigures(figures: Figures, partner: string, views: Views): void {
  const add = (name: string, number: number) => addFigure(figures, name, number);
  for (const origin of ['web', 'offline'] as const)
    for (const [status, number] of views[origin]) {
      const type = ['contact', 'voicemail', 'unavailable'].includes(status) ? 'phone' : 'email';
      add(`type/${type}/${status}`, number);
      add(`status/${origin}/${type}/${status}`, number);
      if (!COMPLETED.includes(status)) continue;
      add('completed', number);
      add(`partner/${partner}`, number);
      const on_the_web = status === 'accepted' ? 'server_accepted' : 'self_reported';
      add(origin === 'web' ? on_the_web : 'offline', number);
    }
  for (const view of ['day', 'legislator', 'division', 'language', 'message_language'] as const)
    for (const [key, number] of views[view]) add(`${view}/${key}`, number);
  for (const type of ['phone', 'email'] as const)
    for (const [variant, number] of views[type]) add(`variant/${type}@${variant}`, number);
}
