import { join } from 'node:path';
import type { Campaign } from '../../server/campaigns/campaign.ts';
import { readCampaigns } from '../../server/campaigns/read-campaigns.ts';
import { createLetterTokens } from '../../server/mail/letter-token.ts';
import type { MailDesk, MailSubject } from '../../server/mail/mail-desk.ts';
import { type Locales, openLocales } from '../../server/words/locale.ts';

const ROOT = join(import.meta.dirname, '../..');

/** What signs in tests of mails. */
export const MAIL_SECRETS = ['a secret for the mails of tests, 32 characters'];

// Read once a suite: they are the same each time.
const locales = new Map<string, Promise<Locales>>();
let campaigns: ReturnType<typeof readCampaigns> | undefined;

function localesOf(folder: string): Promise<Locales> {
  const read = locales.get(folder) ?? openLocales(folder);
  locales.set(folder, read);
  return read;
}

/** A desk of a made-up site. */
export async function aDesk(
  special: Partial<MailDesk> = {},
  locales_dir = join(ROOT, 'views/locales'),
): Promise<MailDesk> {
  return {
    mail_from: { name: 'Clean Water', address: 'hello@example.org' },
    bounce_address: { name: '', address: 'bounces@example.org' },
    base_url: 'https://act.example.org',
    locales: await localesOf(locales_dir),
    letter_tokens: createLetterTokens({ secrets: MAIL_SECRETS }),
    secrets: MAIL_SECRETS,
    ...special,
  };
}

/** What a test may change about a letter. */
export interface LetterChanges {
  letter?: Partial<MailSubject['letter']>;
  content?: Partial<MailSubject['content']>;
  to?: MailSubject['to'];
}

/** A letter of a made-up supporter to a made-up senator, of the first campaign that the project comes with. */
export async function aLetter({ letter = {}, content = {}, to }: LetterChanges = {}): Promise<MailSubject> {
  campaigns ??= readCampaigns(join(ROOT, 'campaigns'));
  const campaign = (await campaigns).campaigns[0] as Campaign;
  const legislator_id = 'ocd-person/00000000-0000-0000-0000-000000000001';
  const division_id = `ocd-division/country:us/state:${campaign.state}/sldu:5`;
  return {
    letter: {
      id: 'q1B_9-SampleLetterIdAA',
      campaign_slug: campaign.slug,
      type: 'email',
      legislator_id,
      division_id,
      partner: '',
      page_language: 'en',
      message_language: 'en',
      variant: '',
      is_sample: false,
      mode: 'live',
      state: 'confirming',
      reason: '',
      held: [],
      handed_in_at: '2026-11-24T15:30:12.000Z',
      confirmed_at: '2026-11-24T16:02:40.000Z',
      changed_at: '2026-11-24T17:00:00.000Z',
      deliver_by: '',
      ...letter,
    },
    content: {
      name: 'Ana Pérez',
      email: 'ana@example.org',
      street: '12 Elm Street',
      city: 'Jacksonville',
      zip: '32202',
      subject: 'Please vote for clean water',
      text: 'Dear Senator Díaz,\n\nI live in your district. Please vote yes.\n\nAna Pérez\n12 Elm Street, Jacksonville 32202',
      ...content,
    },
    campaign,
    legislator: {
      id: legislator_id,
      name: 'Rosa Díaz',
      given_name: 'Rosa',
      family_name: 'Díaz',
      party: 'Independent',
      email: 'rosa.diaz@example.gov',
      current_role: { title: 'Senator', org_classification: 'upper', district: '5', division_id },
      offices: [],
      links: [],
    },
    to: to ?? { name: '', address: 'rosa.diaz@example.gov' },
  };
}
