import type { Position, PositionName } from '../bills/position.ts';
import type { OrgClassification } from '../legislators/legislator.ts';
import type { OfficeHours } from '../legislators/office-hours.ts';
import type { FlyerText } from './flyer-text.ts';
import type { LocalText } from './local-text.ts';

/** Every stance. */
export const STANCES = ['ally', 'opponent', 'unknown'] as const;
/** A position seen from what the campaign asks. */
export type Stance = (typeof STANCES)[number];

/** What can be written for a target: an e-mail, a call script, what to say to a machine. */
export const MESSAGE_KINDS = ['email', 'phone', 'voicemail'] as const;
/** One of these kinds. */
export type MessageKind = (typeof MESSAGE_KINDS)[number];

/** A bill of the campaign, as its file names it. */
export interface Bill {
  identifier: string;
  session: string;
  /** What people call that session, before the word 'session', where the organizer says it. */
  session_name?: LocalText;
  chamber: OrgClassification;
  title?: string;
  url?: string;
  /** ISO date of the last day of its session, where the organizer says it. */
  session_ends?: string;
  /** The committee that has it, as the organizer names it where OpenStates does not. */
  committee?: string;
  /** The chambers that have passed it, as the organizer says it; absent where what OpenStates says is to count. */
  passed?: Passage[];
  /** Names or ids of roll calls that set positions beside those on passage. */
  roll_calls: string[];
}

/** A chamber that has passed a bill. */
export interface Passage {
  chamber: OrgClassification;
  /** ISO date. */
  date: string;
  /** URL of the source. */
  source: string;
}

/** A legislator whom supporters are asked to contact though they may not live in the district. */
export interface NamedTarget {
  person_id: string;
  /** Why, as supporters read it. */
  reason: LocalText;
}

/** Whom a campaign asks supporters to contact. */
export interface TargetRules {
  /** In the order in which they are shown. */
  chambers: OrgClassification[];
  /** Only those who decide next: the committee that has the bill, while one has it. */
  committee?: 'current';
  stances: Stance[];
  /** Whom everybody is asked to contact. */
  extra: NamedTarget[];
  /** Whom to contact where none of the supporter's own legislators is a target. */
  fallback?: NamedTarget;
}

/** An organization of the coalition. */
export interface Partner {
  code: string;
  name: string;
  url?: string;
  /** Those of the campaign's languages that its people read, theirs first; absent where the campaign's own order holds. */
  languages?: string[];
  /** What those who came by its link can do after acting: shown before the campaign's own. */
  next_steps?: NextStep[];
}

/** What a supporter can do after acting; with `partner`, a next step of that partner's own. */
export interface NextStep {
  label: LocalText;
  url: string;
  partner?: string;
}

/** One wording of a message, as its file gives it. */
export interface MessageTemplate {
  kind: MessageKind;
  /** Language of the message: 'en'. */
  language: string;
  /** A position, a stance, or 'plain'. */
  wording: PositionName | Stance | 'plain';
  /** Name after @, '' where the file has none. */
  variant: string;
  /** Path of the file as faults name it. */
  file: string;
  /** On which line of it the Subject or the text begins, below comments; counted from 1. */
  line: number;
  /** Template of the Subject line; '' for phone and voicemail. */
  subject: string;
  /** Template of the text. */
  text: string;
}

/** Every status that a campaign's file may give it. */
export const STATUSES = ['draft', 'live', 'paused', 'won', 'lost', 'archived'] as const;
/** Where a campaign is in its life, as its file says; whether a live one has begun or ended follows from its dates. */
export type CampaignStatus = (typeof STATUSES)[number];

/** The page of a campaign in one language: Markdown made HTML, no raw HTML let through. */
export interface CampaignPage {
  language: string;
  html: string;
}

/** A campaign whose files were read and found without a fault. */
export interface Campaign {
  slug: string;
  status: CampaignStatus;
  title: LocalText;
  summary: LocalText;
  /** ocd-jurisdiction/country:us/state:fl/government */
  jurisdiction_id: string;
  /** 'fl', from the jurisdiction. */
  state: string;
  bills: Bill[];
  ask: 'support' | 'oppose';
  /** ISO dates, in the state's days; absent = without a beginning or an end. */
  dates: { starts?: string; ends?: string };
  /** What its closing page says, beside the count and the thanks. */
  closing?: LocalText;
  /** What to go on to once it is over: the slug of another campaign, or a web address. */
  successor?: string;
  /** Slugs that it had before: they lead to it, and what was counted under them counts. */
  former_slugs: string[];
  /** Its name in the short link that flyers carry, `/v/<name>`; without it, its slug. */
  short_link?: string;
  /** How many completed actions the campaign hopes for. */
  goal: number;
  targets: TargetRules;
  /** When the offices of its state's legislators are usually open. */
  office_hours: OfficeHours;
  /** Whether this site sends e-mails for supporters, and the state's last day on which one is of use. */
  email: { send: boolean; deliver_by?: string };
  /** Whether supporters who spoke with an office are asked what it said of the bill. */
  asks_reply: boolean;
  positions: Position[];
  partners: Partner[];
  /** Origins of the sites that may show it in a frame: 'https://jira.example.org'. */
  embed_origins: string[];
  /** Languages of the pages. What one of them lacks is shown in the first. */
  languages: string[];
  /** Languages of the messages. The first is the one that the offices speak, and stands in for what another lacks. */
  message_languages: string[];
  next_steps: NextStep[];
  /** How often variants are drawn, by name; one that is not named weighs 1. `templates` holds none that weighs 0. */
  variants: Record<string, number>;
  /** By language; the first of `languages` always has one. */
  pages: Record<string, CampaignPage>;
  /** Questions that help supporters say it in their own words, by language; a language may lack them. */
  prompts: Record<string, string[]>;
  /** By language; a language without one has its flyer from the title, the summary and words that fit any bill. */
  flyers: Record<string, FlyerText>;
  templates: MessageTemplate[];
}

/** Words to say or to send, in one language. */
export interface MessageText {
  language: string;
  /** '' for phone and voicemail. */
  subject: string;
  text: string;
}

/** What a supporter is to say or send to one target. */
export interface Message extends MessageText {
  kind: MessageKind;
  variant: string;
  /** The text with OWN_WORDS where the supporter's own go, should they write some. */
  draft: string;
  /** The same wording in the language that the supporter reads, where that is another one and the campaign has it. */
  translation: MessageText | undefined;
}
