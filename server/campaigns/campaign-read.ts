import type { FileFault } from '../errors.ts';
import type { Campaign } from './campaign.ts';
import type { PageSource } from './language-files.ts';

/** One folder of a campaign: whole, or everything that is wrong with it. */
export interface CampaignRead {
  slug: string;
  campaign?: Campaign;
  faults: FileFault[];
  /** What a whole campaign lacks in some language, and what is shown instead; each where the language is named. */
  gaps: FileFault[];
  /** What of a whole campaign's files is hardly meant so, each at its place: these stop nothing. */
  warnings: FileFault[];
  /** What is better mended, and changes nothing. */
  hints: FileFault[];
  /** The pages of a whole campaign as they are written. */
  page_sources: PageSource[];
  /** Where something stands in campaign.yaml that is whole, by its path there: the place of a fault. */
  placeOf?: (path: readonly PropertyKey[]) => Omit<FileFault, 'message'>;
}
