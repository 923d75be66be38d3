import type { FileFault } from '../errors.ts';
import { didYouMean } from '../yaml/nearest.ts';
import type { CampaignRead } from './campaign-read.ts';

/** Every name by which a campaign is found in an address: its slug, its short link and the slugs that it had before. */
export function namesOf({
  slug,
  short_link,
  former_slugs,
}: {
  slug: string;
  short_link?: string;
  former_slugs: string[];
}): string[] {
  return [slug, ...(short_link === undefined ? [] : [short_link]), ...former_slugs];
}

/**
 * What several campaigns must not say together: an address leads to one of them. The name of a folder goes before what a
 * campaign.yaml claims; of two that claim the same name, the first in the order of their slugs has it. Gives the faults of
 * each campaign that is whole by itself, by its slug.
 */
export function nameClashes(read: readonly CampaignRead[]): Map<string, FileFault[]> {
  const taken = new Map(read.map(({ slug }) => [slug, slug]));
  const clashes = new Map<string, FileFault[]>();
  for (const { slug, campaign, placeOf } of read) {
    if (!campaign || !placeOf) continue;
    const claimed: { name: string; path: PropertyKey[] }[] = campaign.former_slugs.map((name, index) => ({
      name,
      path: ['former_slugs', index],
    }));
    if (campaign.short_link !== undefined && campaign.short_link !== slug)
      claimed.push({ name: campaign.short_link, path: ['short_link'] });
    const faults = claimed.flatMap(({ name, path }): FileFault[] => {
      const owner = taken.get(name);
      if (owner === undefined) return [];
      const whose = owner === slug ? 'is this very campaign' : `leads to the campaign ${owner} already`;
      return [{ ...placeOf(path), message: `'${name}' ${whose}: take it out, or choose another name.` }];
    });
    if (faults.length > 0) clashes.set(slug, faults);
    else for (const { name } of claimed) taken.set(name, slug);
  }
  return clashes;
}

/** A warning for each successor that is no campaign here. */
export function lostSuccessors(read: readonly CampaignRead[]): Map<string, FileFault[]> {
  const slugs = read.map(({ slug }) => slug);
  return new Map(
    read.flatMap(({ slug, campaign, placeOf }): [string, FileFault[]][] => {
      const { successor } = campaign ?? {};
      if (!placeOf || successor === undefined || /^https?:/i.test(successor)) return [];
      const others = slugs.filter((other) => other !== slug);
      if (others.includes(successor)) return [];
      const message = `There is no other campaign '${successor}', so nobody is led on to it.${didYouMean(successor, others)}`;
      return [[slug, [{ ...placeOf(['successor']), message }]]];
    }),
  );
}
