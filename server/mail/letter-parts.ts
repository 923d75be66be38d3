import type { Campaign } from '../campaigns/campaign.ts';
import type { Log } from '../log.ts';
import type { Store } from '../store/open-store.ts';
import type { FindAddressee } from './addressee.ts';
import type { Seal } from './sealed.ts';

/** What letters are kept with. */
export interface LetterParts {
  store: Store;
  seal: Seal;
  findAddressee: FindAddressee;
  /** Whether a campaign is under way now. */
  isOpen: (campaign: Campaign) => boolean;
  /** Newest first. */
  secrets: string[];
  settings: {
    sends_mail: boolean;
    is_production: boolean;
    letters_per_hour: number;
    letters_per_domain_per_hour: number;
    letters_per_sender_per_day: number;
  };
  /** Told when a mail was put into the outbox that may go at once. */
  onQueued: () => void;
  now: () => Date;
  /** Random and unguessable; a new one each time. */
  newId: () => string;
  log: Log;
}
