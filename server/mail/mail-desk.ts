import type { Campaign } from '../campaigns/campaign.ts';
import type { Legislator } from '../legislators/legislator.ts';
import type { Locales } from '../words/locale.ts';
import type { Letter, LetterContent } from './letter.ts';
import type { LetterTokens } from './letter-token.ts';
import type { MailAddress } from './mail-address.ts';

/** What every mail of this site is written with. */
export interface MailDesk {
  mail_from: MailAddress;
  /** Where what can't be delivered comes back to; undefined where nobody looks. */
  bounce_address: MailAddress | undefined;
  /** Without a slash at the end. */
  base_url: string;
  locales: Locales;
  letter_tokens: LetterTokens;
  /** Newest first: what the tokens of return paths are signed with. */
  secrets: string[];
}

/** What one mail is about. */
export interface MailSubject {
  letter: Letter;
  content: LetterContent;
  campaign: Campaign;
  legislator: Legislator;
  /** The target's address as the roster has it now; where it has no name, the legislator's stands beside it. */
  to: MailAddress;
}
