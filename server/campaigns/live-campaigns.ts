import { join } from 'node:path';
import { type FileFault, formatFault } from '../errors.ts';
import { describeError, type Log } from '../log.ts';
import type { Campaign } from './campaign.ts';
import type { CampaignRead } from './campaign-read.ts';
import { folderStamp } from './folder-stamp.ts';
import { nameClashes, namesOf } from './name-clashes.ts';
import { readCampaign, slugsIn } from './read-campaigns.ts';

/** The campaigns that are served at this moment. */
export interface LiveCampaigns {
  /** In order of their slugs; the same list until one of them changes. */
  all: () => readonly Campaign[];
  /** By the slug that it has now. */
  get: (slug: string) => Campaign | undefined;
  /** By any name that leads to it: its slug, its short link, a slug that it had before. */
  byName: (name: string) => Campaign | undefined;
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
}

/** The campaigns of a folder, taken in anew as its files change. */
export interface CampaignsKeeper extends LiveCampaigns {
  /** Takes in at once what has changed on the disk and stood still since the look before. */
  look: () => Promise<void>;
  stop: () => void;
}

/** A list of campaigns that never changes, as pages want it. */
export function fixedCampaigns(
  campaigns: readonly Campaign[],
  broken: readonly BrokenCampaign[] = [],
  folders: ReadonlyMap<string, Pick<Folder, 'read' | 'served' | 'faults'>> = new Map(),
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
    broken: () => broken,
    readOf: (slug) => folders.get(slug)?.served,
    versionOf: (slug) => {
      const folder = folders.get(slug);
      return folder ? `${folder.read}\n${faultsOf(folder)}` : '';
    },
  };
}

/** What is known of one folder. */
interface Folder {
  /** Its stamp at the last look. */
  seen: string;
  /** Its stamp when it was read. */
  read: string;
  /** What was last read of it, whole or not. */
  latest: CampaignRead | undefined;
  /** What of it is served: whole, and leading nobody astray. */
  served: CampaignRead | undefined;
  /** Why what was last read is not served. */
  faults: FileFault[];
}

/**
 * Reads the campaigns of a folder, and again whenever files of one have changed and then stood still from one look to the
 * next: what is being written is not taken in by halves. A campaign is taken in whole or not at all: while its files have a
 * fault, what they said before is served; the log names each fault, once. A folder that is gone is a campaign that is gone.
 * Before new campaigns are served, `prepare` gets them, to have at hand what their pages need.
 */
export async function keepCampaigns(options: {
  campaigns_dir: string;
  log: Log;
  prepare?: (campaigns: readonly Campaign[]) => Promise<void>;
  /** Told after other campaigns are served than before. */
  onChange?: (campaigns: readonly Campaign[]) => void;
  /** How often to see whether a file has changed. */
  look_every_ms?: number;
}): Promise<CampaignsKeeper> {
  const { campaigns_dir, log, prepare, onChange, look_every_ms = 2000 } = options;
  const folders = new Map<string, Folder>();
  let live = fixedCampaigns([]);
  let is_missing = false;
  /** False where something new was read and is not served yet. */
  let is_chosen = false;

  /** Reads a folder; undefined where it was written to meanwhile. */
  const read = async (slug: string, stamp: string): Promise<CampaignRead | undefined> => {
    const latest = await readCampaign(campaigns_dir, slug);
    return (await folderStamp(join(campaigns_dir, slug))) === stamp ? latest : undefined;
  };

  /** Looks at one folder, and reads it where it has changed and stands still; tells whether anything is new. */
  const lookAt = async (slug: string, is_first: boolean): Promise<boolean> => {
    const stamp = await folderStamp(join(campaigns_dir, slug));
    const folder = folders.get(slug);
    if (folder?.read === stamp) {
      folder.seen = stamp;
      if (folder.latest?.campaign) return false;
      // What has a fault may be mended from outside: permissions, a disk that comes back.
      const again = await read(slug, stamp);
      if (!again || faultsOf(again) === faultsOf(folder.latest)) return false;
      folder.latest = again;
      return true;
    }
    const is_still = is_first || folder?.seen === stamp;
    const known = folder ?? { seen: '', read: '', latest: undefined, served: undefined, faults: [] };
    known.seen = stamp;
    if (!is_still) {
      folders.set(slug, known);
      return false;
    }
    if (stamp === '') return folders.delete(slug);
    const latest = is_first ? await readCampaign(campaigns_dir, slug) : await read(slug, stamp);
    if (!latest) return false;
    folders.set(slug, { ...known, read: stamp, latest });
    return true;
  };

  /** What is served now that something has changed. */
  const choose = async (): Promise<void> => {
    const all = [...folders].toSorted(([one], [other]) => (one < other ? -1 : 1));
    const clashes = nameClashes(
      all.map(([slug, { latest, served }]) => pick(latest, served) ?? unread(slug)),
    );
    const chosen = all.map(([slug, folder]): [string, Folder] => {
      const faults = [...(folder.latest?.faults ?? []), ...(clashes.get(slug) ?? [])];
      const is_whole = folder.latest?.campaign !== undefined && faults.length === 0;
      return [slug, { ...folder, faults, served: is_whole ? folder.latest : folder.served }];
    });
    const campaigns = chosen.flatMap(([, { served }]) => served?.campaign ?? []);
    await prepare?.(campaigns);
    for (const [slug, folder] of chosen) {
      tellOf(log, slug, folder, folders.get(slug));
      folders.set(slug, folder);
    }
    const broken = chosen
      .filter(([, { faults }]) => faults.length > 0)
      .map(([slug, { faults, served }]) => ({ slug, faults, is_served: served !== undefined }));
    live = fixedCampaigns(campaigns, broken, new Map(chosen));
    onChange?.(campaigns);
  };

  const lookOnce = async (is_first: boolean): Promise<void> => {
    let slugs: string[];
    try {
      slugs = await slugsIn(campaigns_dir);
      is_missing = false;
    } catch (error) {
      if (is_first) throw error;
      // A disk that is not there for a moment takes no campaign away.
      if (!is_missing) log('error', 'campaigns_unreadable', describeError(error));
      is_missing = true;
      return;
    }
    const before = live.all();
    const looks = [...new Set([...slugs, ...folders.keys()])].map((slug) => lookAt(slug, is_first));
    const are_new = await Promise.all(looks);
    if (are_new.some(Boolean)) is_chosen = false;
    if (is_chosen) return;
    await choose();
    is_chosen = true;
    if (!is_first) log('info', 'campaigns_read', { campaigns: live.all().length, before: before.length });
  };

  await lookOnce(true);
  let looking: Promise<void> = Promise.resolve();
  const look = (): Promise<void> => {
    // One after the other, or an older reading could end last.
    looking = looking
      .then(() => lookOnce(false))
      .catch((error: unknown) => log('error', 'campaigns_unreadable', describeError(error)));
    return looking;
  };
  let is_looking = false;
  const timer = setInterval(() => {
    if (is_looking) return;
    is_looking = true;
    void look().finally(() => {
      is_looking = false;
    });
  }, look_every_ms);
  return {
    all: () => live.all(),
    get: (slug) => live.get(slug),
    byName: (name) => live.byName(name),
    broken: () => live.broken(),
    readOf: (slug) => live.readOf(slug),
    versionOf: (slug) => live.versionOf(slug),
    look,
    stop: () => clearInterval(timer),
  };
}

/** The newest reading that is whole. */
function pick(latest: CampaignRead | undefined, served: CampaignRead | undefined): CampaignRead | undefined {
  return latest?.campaign ? latest : served;
}

/** A folder of which nothing whole is known: its name is taken all the same. */
function unread(slug: string): CampaignRead {
  return { slug, faults: [], gaps: [], warnings: [], hints: [], page_sources: [] };
}

/** All that is wrong with a campaign, as one text. */
function faultsOf({ faults }: { faults: FileFault[] } = { faults: [] }): string {
  return faults.map(formatFault).join('\n');
}

/** Tells what is wrong with a campaign where that is new, and what becomes of it. */
function tellOf(log: Log, slug: string, folder: Folder, before: Folder | undefined): void {
  const { faults, served } = folder;
  if (faults.length === 0 || faultsOf(folder) === faultsOf(before)) return;
  for (const fault of faults) log('error', 'campaign_fault', { slug, message: formatFault(fault) });
  const how = `until it is mended: npm run campaign -- check ${slug}`;
  if (served) log('error', 'campaign_kept', { slug, message: `What its files said before is served ${how}` });
  else log('error', 'campaign_left_out', { slug, message: `It is left out ${how}` });
}
