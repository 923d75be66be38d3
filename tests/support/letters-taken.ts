import type { HandedIn } from '../../server/mail/letter.ts';
import { changedCampaign } from './changed-campaign.ts';
import type { Answer, Fields } from './client.ts';
import { startTestApp, type TestApp, type TestAppOptions } from './test-app.ts';

export const SENATE_5 = 'ocd-division/country:us/state:fl/sldu:5';
export const LETTERS = '/campaigns/visible-act/letters';

/** The app behind one proxy, with a campaign whose letters are sent from here. */
export interface LetterDesk {
  app: TestApp;
  /** The letters that were taken so far, in order. */
  taken: HandedIn[];
  /** A form as a supporter sends it, new each time, with these changes. */
  form: (changes?: Fields) => Fields;
  /** Hands a form in from an internet address. */
  handIn: (changes?: Fields, ip?: string) => Promise<Answer>;
  close: () => Promise<void>;
}

/** Opens a desk; limits and more as a test of the app may change them. */
export async function openLetterDesk({
  settings,
  ...options
}: Omit<TestAppOptions, 'parts' | 'campaigns_dir'> = {}): Promise<LetterDesk> {
  const taken: HandedIn[] = [];
  const campaigns = changedCampaign((yaml) => `${yaml}\nemail: {send: true}\n`);
  const app = await startTestApp({
    ...options,
    campaigns_dir: campaigns.folder,
    settings: { trust_proxy: 1, actions_per_minute: 100_000, ...settings },
    parts: ({ letters }) => ({
      letters: {
        ...letters,
        handIn: async (handed_in) => {
          const result = await letters.handIn(handed_in);
          if (result.outcome === 'taken') taken.push(handed_in);
          return result;
        },
      },
    }),
  });
  const roster = app.parts.rosters.get('fl')!.roster;
  const senator = roster.representation(SENATE_5)!.legislators[0]!;
  let forms = 0;
  const form = (changes: Fields = {}): Fields => {
    const context = {
      campaign_slug: 'visible-act',
      type: 'email',
      legislator_id: senator.id,
      division_id: SENATE_5,
      partner: '',
      page_language: 'en',
      message_language: 'en',
      variant: '',
      is_sample: true,
    } as const;
    const nonce = `letter-${++forms}`;
    return {
      action_id: app.parts.action_ids.issue(context, { now: app.parts.now(), nonce }),
      type: 'email',
      target: senator.id,
      division: SENATE_5,
      subject: 'Please support this bill',
      text: 'I live in your district.\r\n\r\nPlease support this bill: "it" helps <us> & others.',
      name: 'Núria O’Example',
      email: `supporter-${forms}@example.org`,
      street: '1 Example Street',
      city: 'Jacksonville',
      zip: '32205',
      language: 'en',
      send: 'yes',
      ...changes,
    };
  };
  return {
    app,
    taken,
    form,
    handIn: (changes, ip = '192.0.2.1') => app.post(LETTERS, form(changes), { 'x-forwarded-for': ip }),
    close: async () => {
      await app.close();
      campaigns.drop();
    },
  };
}
