import type { HandedIn } from '../../server/mail/letter.ts';
import type { Fields } from './client.ts';
import { startTestApp, type TestApp, type TestAppOptions } from './test-app.ts';

export const SENATE_5 = 'ocd-division/country:us/state:fl/sldu:5';
export const LETTERS = '/campaigns/visible-act/letters';

/** The app behind one proxy, with letters that are taken and kept in memory. */
export interface LetterDesk {
  app: TestApp;
  /** What was handed in so far, in order. */
  taken: HandedIn[];
  /** A form as a supporter sends it, new each time, with these changes. */
  form: (changes?: Fields) => Fields;
  /** Hands a form in from an internet address. */
  handIn: (changes?: Fields, ip?: string) => ReturnType<TestApp['post']>;
}

/** Opens a desk; limits and more as a test of the app may change them. */
export async function openLetterDesk({
  settings,
  ...options
}: Omit<TestAppOptions, 'parts'> = {}): Promise<LetterDesk> {
  const taken: HandedIn[] = [];
  const app = await startTestApp({
    ...options,
    settings: { trust_proxy: 1, actions_per_minute: 100_000, ...settings },
    parts: ({ letters }) => ({
      letters: {
        ...letters,
        modeOf: () => 'live',
        handIn: async (handed_in) => {
          taken.push(handed_in);
          return { outcome: 'taken' };
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
      ...changes,
    };
  };
  return {
    app,
    taken,
    form,
    handIn: (changes, ip = '192.0.2.1') => app.post(LETTERS, form(changes), { 'x-forwarded-for': ip }),
  };
}
