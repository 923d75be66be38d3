import { join } from 'node:path';
import { formatFault } from '../errors.ts';
import { describeError, type Log } from '../log.ts';
import { readText } from '../yaml/read-text.ts';
import type { Campaign } from './campaign.ts';
import type { CampaignRead } from './campaign-read.ts';
import { folderStamp } from './folder-stamp.ts';
import { faultText, fixedCampaigns, type KnownFolder, type LiveCampaigns } from './live-campaigns.ts';
import { nameClashes } from './name-clashes.ts';
import { readCampaign, slugsIn } from './read-campaigns.ts';

/** The campaigns of a folder, taken in anew as its files change. */
export interface CampaignsKeeper extends LiveCampaigns {
  /** Takes in at once what has changed on the disk and stood still since the look before. */
  look: () => Promise<void>;
  stop: () => void;
}

/** A folder between two looks. */
interface Folder extends KnownFolder {
  /** Its stamp at the last look. */
  seen: string;
  /** What was last read of it, whole or not. */
  latest: CampaignRead | undefined;
  /** How many looks ago it was read. */
  looks: number;
}

/** After how many looks a folder with faults is read again though none of its files has changed. */
const LOOKS_BETWEEN = 30;

/**
 * Reads the campaigns of a folder, and again whenever files of one have changed and then stood still from one look to the
 * next: what is being written is not taken in by halves. A campaign is taken in whole or not at all: while its files have a
 * fault or can't be read, what they said before is served; the log names each fault, once. A folder that is gone is a
 * campaign that is gone. Before new campaigns are served, `prepare` gets them, to have at hand what their pages need.
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
  const before = new Map<string, Campaign>();
  let live = fixedCampaigns([]);
  let is_missing = false;
  /** False where something new was read and is not served yet. */
  let is_chosen = false;

  /** Reads a folder; undefined where it was written to meanwhile. */
  const read = async (slug: string, stamp: string): Promise<CampaignRead | undefined> => {
    const latest = await readCampaign(campaigns_dir, slug);
    return (await folderStamp(join(campaigns_dir, slug))) === stamp ? latest : undefined;
  };

  /** Looks at a folder that is there, and reads it where it has changed and stands still; tells whether anything is new. */
  const lookAt = async (slug: string, is_first: boolean): Promise<boolean> => {
    const stamp = await folderStamp(join(campaigns_dir, slug));
    const folder = folders.get(slug) ?? newFolder();
    folders.set(slug, folder);
    const was_seen = folder.seen === stamp;
    folder.seen = stamp;
    folder.looks += 1;
    if (folder.latest && folder.read === stamp) {
      // What has a fault may be mended from outside: permissions, a disk that comes back.
      const is_due = !folder.latest.campaign && folder.looks >= LOOKS_BETWEEN;
      if (!is_due) return false;
    } else if (!is_first && !was_seen) return false;
    const latest = is_first ? await readCampaign(campaigns_dir, slug) : await read(slug, stamp);
    if (!latest) return false;
    const is_same =
      folder.read === stamp && faultText(latest.faults) === faultText(folder.latest?.faults ?? []);
    Object.assign(folder, { looks: 0, read: stamp, latest });
    return !is_same || latest.campaign !== undefined;
  };

  /** Whether a folder that was there is gone at this look and was at the one before. */
  const isGone = (slug: string): boolean => {
    const folder = folders.get(slug)!;
    const was_gone = folder.seen === GONE;
    folder.seen = GONE;
    return was_gone && folders.delete(slug);
  };

  /** What is served now that something has changed. */
  const choose = async (): Promise<void> => {
    const all = [...folders].toSorted(([one], [other]) => (one < other ? -1 : 1));
    const clashes = clashesAmong(all);
    const chosen = all.map(([slug, folder]): [string, Folder] => {
      const faults = [...(folder.latest?.faults ?? []), ...(clashes.get(slug) ?? [])];
      const is_whole = folder.latest?.campaign !== undefined && faults.length === 0;
      return [slug, { ...folder, faults, served: is_whole ? folder.latest : folder.served }];
    });
    const campaigns = chosen.flatMap(([, { served }]) => served?.campaign ?? []);
    const broken = await Promise.all(
      chosen
        .filter(([, { faults }]) => faults.length > 0)
        .map(async ([slug, { faults, served }]) => {
          const is_draft = served?.campaign
            ? served.campaign.status === 'draft'
            : await saysNothing(join(campaigns_dir, slug, 'campaign.yaml'));
          return { slug, faults, is_served: served !== undefined, is_draft };
        }),
    );
    await prepare?.(campaigns);
    for (const [slug, folder] of chosen) {
      tellOf(log, slug, folder, folders.get(slug));
      folders.set(slug, folder);
    }
    for (const campaign of campaigns) before.set(campaign.slug, campaign);
    // As they are now: a folder that is read anew is another only once it is served.
    const known = new Map(chosen.map(([slug, folder]) => [slug, { ...folder }]));
    live = fixedCampaigns(campaigns, { broken, folders: known, before });
    onChange?.(campaigns);
  };

  /** The folders that are there; undefined where the folder of all is not: a disk that is away takes no campaign with it. */
  const listed = async (is_first: boolean): Promise<string[] | undefined> => {
    try {
      const slugs = await slugsIn(campaigns_dir);
      // Where a disk is away, what it was mounted on is empty.
      const is_away = slugs.length === 0 && live.all().length > 0;
      if (is_away && !is_missing)
        log('error', 'campaigns_unreadable', { message: 'The folder of campaigns is empty.' });
      is_missing = is_away;
      return is_away ? undefined : slugs;
    } catch (error) {
      if (is_first) throw error;
      if (!is_missing) log('error', 'campaigns_unreadable', describeError(error));
      is_missing = true;
      return undefined;
    }
  };

  const lookOnce = async (is_first: boolean): Promise<void> => {
    const slugs = await listed(is_first);
    if (!slugs) return;
    const count = live.all().length;
    const gone = [...folders.keys()].filter((slug) => !slugs.includes(slug)).filter(isGone);
    const are_new = await Promise.all(slugs.map((slug) => lookAt(slug, is_first)));
    if (gone.length > 0 || are_new.some(Boolean)) is_chosen = false;
    if (is_chosen) return;
    await choose();
    is_chosen = true;
    if (!is_first) log('info', 'campaigns_read', { campaigns: live.all().length, before: count });
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
    gone: (slug) => live.gone(slug),
    broken: () => live.broken(),
    readOf: (slug) => live.readOf(slug),
    versionOf: (slug) => live.versionOf(slug),
    look,
    stop: () => clearInterval(timer),
  };
}

/** The stamp of a folder that is not there. */
const GONE = 'gone';

function newFolder(): Folder {
  return { seen: '', read: '', latest: undefined, served: undefined, faults: [], looks: 0 };
}

/**
 * The clashes of names among campaigns. One whose files claim a name of another goes on under the names that it is served
 * by, which are then taken before all others.
 */
function clashesAmong(all: [slug: string, folder: Folder][]): ReturnType<typeof nameClashes> {
  const clashes: ReturnType<typeof nameClashes> = new Map();
  for (;;) {
    const kept = all.filter(([slug]) => clashes.has(slug));
    const others = all.filter(([slug]) => !clashes.has(slug));
    const found = nameClashes([
      ...kept.map(([slug, { served }]) => served ?? unread(slug)),
      ...others.map(([slug, { latest, served }]) => (latest?.campaign ? latest : (served ?? unread(slug)))),
    ]);
    const fresh = [...found].filter(([slug]) => !clashes.has(slug));
    if (fresh.length === 0) return clashes;
    for (const [slug, faults] of fresh) clashes.set(slug, faults);
  }
}

/** A folder of which nothing whole is known: its name is taken all the same. */
function unread(slug: string): CampaignRead {
  return { slug, faults: [], gaps: [], warnings: [], hints: [], page_sources: [] };
}

/** Whether a campaign.yaml that has a fault says that it is a draft, or nothing that could be read. */
async function saysNothing(file: string): Promise<boolean> {
  const { text } = await readText(file);
  return text === undefined || /^status\s*:\s*["']?draft\b/m.test(text);
}

/** Tells what is wrong with a campaign where that is new, and what becomes of it. */
function tellOf(log: Log, slug: string, { faults, served }: Folder, before: Folder | undefined): void {
  if (faults.length === 0 || faultText(faults) === faultText(before?.faults ?? [])) return;
  for (const fault of faults) log('error', 'campaign_fault', { slug, message: formatFault(fault) });
  const how = `until it is mended: npm run campaign -- check ${slug}`;
  if (served) log('error', 'campaign_kept', { slug, message: `What its files said before is served ${how}` });
  else log('error', 'campaign_left_out', { slug, message: `It is left out ${how}` });
}
