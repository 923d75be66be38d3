import type { Action } from '../../server/actions/action.ts';
import type { KnownReport } from './known-actions.ts';
import { KNOWN_CAMPAIGNS, type KnownCampaign } from './known-world.ts';

/** Numbers by name: 'completed', 'day/2026-11-01', 'status/web/phone/contact'. None of them is 0. */
export type Figures = Record<string, number>;

/** Whose figures: of real actions or of samples, of all or of one partner ('' for what none is credited with). */
export interface FigureScope {
  is_sample?: boolean;
  partner?: string;
}

/** What is so, counted apart from the code that is to be checked: nothing of the server's is used here. */
export interface Truth {
  add: (report: KnownReport) => void;
  figures: (campaign: KnownCampaign, scope?: FigureScope) => Figures;
}

/** What is told and is not so, in words, of the first twenty names; nothing where all is exact. */
export function wrongFigures(told: Figures, right: Figures): string[] {
  const names = [...new Set([...Object.keys(right), ...Object.keys(told)])];
  return names
    .filter((name) => told[name] !== right[name])
    .slice(0, 20)
    .map((name) => `${name} is told as ${told[name] ?? 0} and is ${right[name] ?? 0}`);
}

/** Of the contract: completed = contact + voicemail + sent + accepted. */
const COMPLETED = ['contact', 'voicemail', 'sent', 'accepted'];

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
] as const;
type View = (typeof VIEWS)[number];

/** Counts reports that count. */
export function createTruth(): Truth {
  const scopes = new Map<string, Map<string, Record<View, Counts>>>();
  const dayOf = createDays();
  const viewsOf = ({ campaign_slug, is_sample, partner }: Action) => {
    // Those of samples apart, as if they were another campaign's.
    const of = is_sample ? SAMPLES[campaign_slug]! : campaign_slug;
    const partners = scopes.get(of) ?? new Map<string, Record<View, Counts>>();
    scopes.set(of, partners);
    const views = partners.get(partner) ?? emptyViews();
    partners.set(partner, views);
    return views;
  };
  return {
    add: ({ action, counts }) => {
      if (!counts) return;
      const views = viewsOf(action);
      raise(views[action.origin], action.status_code);
      if (!COMPLETED.includes(action.status_code)) return;
      raise(views.day, dayOf(action));
      raise(views.legislator, action.legislator_id);
      raise(views.division, action.division_id);
      raise(views.language, action.page_language);
      raise(views.message_language, action.message_language);
      raise(views[action.type], action.variant);
    },
    figures: ({ slug, former_slugs }, { is_sample = false, partner: only } = {}) => {
      const figures: Figures = {};
      for (const name of [slug, ...former_slugs])
        for (const [partner, views] of scopes.get(is_sample ? SAMPLES[name]! : name) ?? [])
          if (only === undefined || only === partner) addFigures(figures, partner, views);
      return figures;
    },
  };
}

const SAMPLES = Object.fromEntries(
  KNOWN_CAMPAIGNS.flatMap(({ slug, former_slugs }) => [slug, ...former_slugs]).map((slug) => [
    slug,
    `${slug} samples`,
  ]),
);

function emptyViews(): Record<View, Counts> {
  return Object.fromEntries(VIEWS.map((view) => [view, new Map()])) as Record<View, Counts>;
}

function raise(counts: Counts, name: string): void {
  counts.set(name, (counts.get(name) ?? 0) + 1);
}

function addFigures(figures: Figures, partner: string, views: Record<View, Counts>): void {
  const add = (name: string, number: number) => {
    figures[name] = (figures[name] ?? 0) + number;
  };
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

/** The day by the clock on the wall of the campaign's state. */
function createDays(): (action: Action) => string {
  const zones = new Map<string, { time_zone: string; days: Map<string, string> }>(
    KNOWN_CAMPAIGNS.flatMap(({ slug, former_slugs, time_zone }) =>
      [slug, ...former_slugs].map((name) => [name, { time_zone, days: new Map() }]),
    ),
  );
  return ({ campaign_slug, action_date }) => {
    const { time_zone, days } = zones.get(campaign_slug)!;
    const day = days.get(action_date) ?? wallDay(action_date, time_zone);
    days.set(action_date, day);
    return day;
  };
}

function wallDay(moment: string, timeZone: string): string {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  });
  const parts = format.formatToParts(new Date(moment));
  return ['year', 'month', 'day'].map((name) => parts.find(({ type }) => type === name)!.value).join('-');
}
