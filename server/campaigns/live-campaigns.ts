import { type FileFault, formatFault } from '../errors.ts';
import type { Campaign } from './campaign.ts';
import type { CampaignRead } from './campaign-read.ts';
import { namesOf } from './name-clashes.ts';

/** The campaigns that are served at this moment. */
export interface LiveCampaigns {
  /** In order of their slugs; the same list until one of them changes. */
  all: () => readonly Campaign[];
  /** By the slug that it has now. */
  get: (slug: string) => Campaign | undefined;
  /** By any name that leads to it: its slug, its short link, a slug that it had before. */
  byName: (name: string) => Campaign | undefined;
  /** By a slug under which one was served since the start, and nothing is now: its folder is gone, or has another name. */
  gone: (slug: string) => Campaign | undefined;
  /** Those whose files have faults now. */
  broken: () => readonly BrokenCampaign[];
  /** How what is served of a campaign was read: what `check` has to say of it, and where its texts stand. */
  readOf: (slug: string) => CampaignRead | undefined;
  /** Another text whenever what is known of a campaign's files is another; '' where nothing is. */
  versionOf: (slug: string) => string;
}

/** A campaign whose files have faults. */
export interface BrokenCampaign {
  slug: string;
  faults: FileFault[];
  /** Whether what its files said before they had faults is served still. */
  is_served: boolean;
  /** Whether nobody but its writers is to know of it: a draft, or a folder that does not say what it is yet. */
  is_draft: boolean;
}

/** What is known of a campaign's folder. */
export interface KnownFolder {
  /** Its stamp when it was read. */
  read: string;
  /** What of it is served: whole, and leading nobody astray. */
  served: CampaignRead | undefined;
  /** Why what was last read is not served. */
  faults: FileFault[];
}

/** A list of campaigns that never changes, as pages want it. */
export function fixedCampaigns(
  campaigns: readonly Campaign[],
  {
    broken = [],
    folders = new Map(),
    before = new Map(),
  }: {
    broken?: readonly BrokenCampaign[];
    folders?: ReadonlyMap<string, KnownFolder>;
    /** Those that were served since the start, by the slug that each had then. */
    before?: ReadonlyMap<string, Campaign>;
  } = {},
): LiveCampaigns {
  const by_slug = new Map(campaigns.map((campaign) => [campaign.slug, campaign]));
  const by_name = new Map(
    campaigns.flatMap((campaign) => namesOf(campaign).map((name) => [name, campaign] as const)),
  );
  return {
    all: () => campaigns,
    get: (slug) => by_slug.get(slug),
    // The name of a folder goes before what another campaign claims.
    byName: (name) => by_slug.get(name) ?? by_name.get(name),
    gone: (slug) => (by_slug.has(slug) || by_name.has(slug) ? undefined : before.get(slug)),
    broken: () => broken,
    readOf: (slug) => folders.get(slug)?.served,
    versionOf: (slug) => {
      const folder = folders.get(slug);
      return folder ? `${folder.read}\n${faultText(folder.faults)}` : '';
    },
  };
}

/** Faults as one text, a line each. */
export function faultText(faults: readonly FileFault[]): string {
  return faults.map(formatFault).join('\n');
}
