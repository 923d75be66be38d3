import type { Campaign } from '../campaigns/campaign.ts';
import type { Legislator } from '../legislators/legislator.ts';
import type { Offices } from './drip.ts';
import type { Letter } from './letter.ts';

/** To whom a letter goes, as campaign and roster have it now. */
export interface Addressee {
  campaign: Campaign;
  legislator: Legislator;
  /** The e-mail address of the legislator; '' where nobody knows one any more. */
  address: string;
  offices: Offices;
}

/** What the campaign and the roster say of a letter now. */
export type Whereto =
  | { state: 'open'; addressee: Addressee }
  /** The campaign is paused, has not begun, or its files or roster can't be read just now: the letter waits. */
  | { state: 'waits'; addressee: Addressee | undefined }
  /** It is over: nothing more goes out. */
  | { state: 'over'; addressee: Addressee | undefined }
  /**
   * The campaign does not ask them any more, or they have no address or no seat: `addressee` is what is still known, for word to
   * the supporter; its address may be '', and its legislator's name too.
   */
  | { state: 'not_a_target'; addressee: Addressee };

/** Finds out where a letter goes: asked anew before each try, so that nothing goes to an address of yesterday. */
export type FindAddressee = (letter: Letter) => Whereto;
