import { unprintable } from './letters.ts';

/** What is said aloud, in paragraphs, each with what it means beside it where the caller reads another language. */
export interface SpokenText {
  language: string;
  parts: { text: string; translation?: string }[];
  /** The whole meaning, where the paragraphs can't be paired. */
  translated: string[];
}

/** The sheet of one target: whom to call, what to say, and boxes for what came of the calls. */
export interface PhoneSheet {
  legislator_id: string;
  division_id: string;
  /** Title and name. */
  who: string;
  /** Party and district. */
  about: string;
  /** The Capitol's first. */
  numbers: { label: string; number: string }[];
  /** What they did on the bill, in words. */
  positions: string[];
  /** Who is to call: those who live there, or everybody and why. */
  callers: string;
  /** As of when this is true. */
  as_of: string;
  script: SpokenText;
  machine: SpokenText;
}

/** What stands on every sheet, in the language of the page. */
export interface SheetWords {
  /** Marks sheets of made-up legislators; '' on real ones. */
  sample: string;
  /** Marks sheets of a preview; '' otherwise. */
  preview: string;
  hours: string;
  say: string;
  machine: string;
  no_number: string;
  did: string;
  tally: string;
  /** In the words of the totals. */
  outcomes: string[];
  /** Times of day. */
  times: string[];
  total: string;
  notes: string;
  vacant: string;
  not_asked: string;
  none: string;
}

/** Phone-bank sheets, one for each target. */
export interface PhoneBank {
  language: string;
  /** Of the campaign. */
  title: string;
  heading: string;
  words: SheetWords;
  sheets: PhoneSheet[];
  /** Seats that nobody holds, in words. */
  vacant: string[];
  /** Legislators of these districts whom the campaign does not ask, each with the reason. */
  not_asked: { who: string; why: string }[];
}

/** Boxes to tick in each field of a sheet. */
export const BOXES = 10;

/** The signs of these sheets that a PDF can't have. */
export function unprintableIn(bank: PhoneBank): string[] {
  const texts: string[] = [];
  const collect = (value: unknown): void => {
    if (typeof value === 'string') texts.push(value);
    else if (typeof value === 'object' && value !== null)
      for (const inner of Object.values(value)) collect(inner);
  };
  collect(bank);
  return unprintable(texts.join(''));
}
