import type { OrgClassification } from '../legislators/legislator.ts';
import type { StateFacts } from '../legislators/states.ts';
import type { Bill, Campaign, Partner } from './campaign.ts';
import type { LocalText } from './local-text.ts';

/** A bill of a campaign that is being made. */
export interface NewBill extends Pick<Bill, 'identifier' | 'session' | 'title' | 'url' | 'session_ends'> {
  chamber: OrgClassification;
}

/** What an organizer has said of a campaign that is being made. */
export interface NewCampaign {
  slug: string;
  state: Pick<StateFacts, 'state' | 'name' | 'jurisdiction_id' | 'chambers'>;
  bills: NewBill[];
  /** Companions that OpenStates names and the campaign does not take in: they stand in campaign.yaml as a comment. */
  companions: NewBill[];
  ask: Campaign['ask'];
  /** Without a text in the first language that is made up from the bills, and marked as still to be written. */
  title: LocalText;
  summary: LocalText;
  languages: string[];
  message_languages: string[];
  goal: number;
  dates: Campaign['dates'];
  partners: Partner[];
}

/** What the texts of a new campaign are written from. */
export type TextsFor = Pick<NewCampaign, 'state' | 'ask' | 'bills'>;

/** The first texts of a campaign in one language: true of any bill, and fit to be used as they are. */
export interface NewTexts {
  /** Each file of the language's folder by its name. */
  files: Record<
    | `${'page' | 'prompts' | 'flyer'}.md`
    | `${'email' | 'phone' | 'voicemail'}${'' | '.ally' | '.opponent'}.hbs`,
    string
  >;
  /** The campaign's title, its summary and what the link to a bill says, for campaign.yaml. */
  title: string;
  summary: string;
  readBill: (identifier: string) => string;
}

/** The same for one language: whether someone who speaks it must still read them, and whether they are English in place of it. */
export type TextsInLanguage = NewTexts & { needs_review: boolean; is_stand_in: boolean };
