import type { ActionIds } from '../actions/action-id.ts';
import type { ActionLog } from '../actions/action-log.ts';
import type { ReplyEntry } from '../actions/office-replies.ts';
import type { ReplyOutcome } from '../actions/office-reply.ts';
import type { Totals } from '../actions/totals.ts';
import type { VisitLog } from '../actions/visits.ts';
import type { KnownBills } from '../bills/known-bills.ts';
import type { Campaign } from '../campaigns/campaign.ts';
import type { LiveCampaigns } from '../campaigns/live-campaigns.ts';
import type { PreviewTokens } from '../campaigns/preview-token.ts';
import type { CorrectedRosters } from '../legislators/corrected-rosters.ts';
import type { Finder } from '../legislators/finder.ts';
import type { Roster } from '../legislators/legislator.ts';
import type { Log } from '../log.ts';
import type { Letters } from '../mail/letter.ts';
import type { LetterTokens } from '../mail/letter-token.ts';
import type { ReadMetrics } from '../metrics/gather.ts';
import type { Metrics } from '../metrics/metrics.ts';
import type { CorrectionsSince, FrozenFigure } from '../reports/frozen-figure.ts';
import type { FigureListed, StoredFigure } from '../reports/frozen-queries.ts';
import type { PublishedTables } from '../reports/published-tables.ts';
import type { Report, ReportScope } from '../reports/report.ts';
import type { ReportLink, ReportTokens } from '../reports/report-token.ts';
import type { Admission } from './admission.ts';
import type { ProofOfWork } from './proof-of-work.ts';
import type { Sharing } from './sharing.ts';

/** All that the web app needs, handed in by `start` and by tests alike. */
export interface Parts {
  /** As their files have them now. */
  campaigns: LiveCampaigns;
  preview_tokens: PreviewTokens;
  rosters: CorrectedRosters;
  /** What is known of a campaign's bills, seen with a roster of its state. */
  knownBills: (campaign: Campaign, roster: Roster) => KnownBills;
  finder: Finder;
  /** Which new lookups are taken on: all, unless the process has more to do than it can. */
  admission: Admission;
  action_ids: ActionIds;
  /** The ids of forms in a preview: none of them is ever counted. */
  preview_ids: ActionIds;
  action_log: ActionLog;
  /** Counts what an office said; resolves once it is on disk. */
  noteReply: (entry: ReplyEntry) => Promise<ReplyOutcome>;
  visit_log: VisitLog;
  readTotals: (campaign: Campaign, is_sample: boolean) => Promise<Totals>;
  /** How many actions it completed: the one number of `readTotals` that many look at. */
  readCompleted: (campaign: Campaign, is_sample: boolean) => Promise<number>;
  /** What is published in two dimensions: nothing of sample actions. */
  readPublished: (campaign: Campaign, is_sample: boolean) => Promise<PublishedTables>;
  report_tokens: ReportTokens;
  /** Whether the link of a good token was written down and has not been revoked. */
  isReportLinkKept: (link: ReportLink) => Promise<boolean>;
  /** What the holder of a link sees: of one partner alone where `partner` is not ''. */
  readReport: (campaign: Campaign, scope: ReportScope) => Promise<Report>;
  /** A figure that was fixed for the press; undefined where there is none of that id. */
  readFigure: (id: string) => Promise<StoredFigure | undefined>;
  /** Those of a campaign, the latest first. */
  listFigures: (campaign: Campaign) => Promise<FigureListed[]>;
  /** What was taken out of a figure since, or put back; `campaign` as it is now, where it is there. */
  readCorrectionsSince: (figure: FrozenFigure, campaign: Campaign | undefined) => Promise<CorrectionsSince>;
  /** Letters that the server sends for supporters. */
  letters: Letters;
  letter_tokens: LetterTokens;
  proof_of_work: ProofOfWork;
  /** What all processes of the site count together. */
  sharing: Sharing;
  /** Rejects where the store can't be reached. */
  pingStore: () => Promise<void>;
  metrics: Metrics;
  /** What was counted, by every process of this app. */
  readMetrics: ReadMetrics;
  log: Log;
  now: () => Date;
  /** Random and unguessable; a new one each time. */
  newId: () => string;
  /** Short, for people to pass on; a new one for each request. */
  newRequestId: () => string;
  /** A number from 0 up to 1, for choosing a wording among variants. */
  random: () => number;
  settings: WebSettings;
}

/** The settings that pages and their limits need. */
export interface WebSettings {
  /** Public address without a slash at the end, where it is known: used in what supporters share. */
  base_url: string | undefined;
  is_production: boolean;
  /** Where the mails lie that are put into a folder in the place of being sent. */
  data_dir: string;
  /** Whether mails go out; else they are put there. */
  sends_mail: boolean;
  trust_proxy: false | number | string[];
  /** Who has it may read the metrics from elsewhere; undefined where nobody may. */
  metrics_token: string | undefined;
  lookups_per_minute: number;
  actions_per_minute: number;
  /** How many letters are handed in from one block of addresses, and for one campaign, in an hour. */
  letters_per_block_per_hour: number;
  letters_per_campaign_per_hour: number;
}
