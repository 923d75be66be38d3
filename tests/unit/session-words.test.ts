import type { Campaign, MessageTemplate } from '../../server/campaigns/campaign.ts';
import { messagesFor } from '../../server/campaigns/messages.ts';
import { readCampaign } from '../../server/campaigns/read-campaigns.ts';
import { readableSession, sessionInWords } from '../../server/campaigns/session-words.ts';
import { madeUpTarget } from '../fixtures/campaigns/made-up-target.ts';
import { floridaWords } from '../support/message-words.ts';

let campaign: Campaign;
beforeAll(async () => {
  campaign = (await readCampaign('campaigns', 'visible-act')).campaign!;
});

test.each([
  ['2027_28', '2027–2028'],
  ['2027-28', '2027–2028'],
  ['2027-2028', '2027–2028'],
  ['20272028', '2027–2028'],
  ['1999-00', '1999–2000'],
  ['2026', '2026'],
  ['109', '109'],
  ['2026S1', '2026S1'],
  ['2025-2027', '2025-2027'],
  ['202601', '202601'],
])('the session %s reads %s', (code, words) => {
  expect(readableSession(code)).toBe(words);
});

/** The campaign with its bills in another session. */
const inSession = (session: string, session_name?: Campaign['title']): Campaign => ({
  ...campaign,
  bills: campaign.bills.map((bill) => ({ ...bill, session, ...(session_name && { session_name }) })),
});

test('what the campaign calls a session goes before its code, in the language asked for', () => {
  const named = inSession('109', { en: '109th', es: '109.ª' });
  expect(sessionInWords(named, '109', 'en')).toBe('109th');
  expect(sessionInWords(named, '109', 'es')).toBe('109.ª');
  expect(sessionInWords(named, '109', 'ht')).toBe('109th');
  expect(sessionInWords(named, '2025_26', 'en')).toBe('2025–2026');
});

test('in messages nobody reads the code, neither of the bill nor of the position', () => {
  const text = '{{bill.session}} {{position.session}} {{#each bills}}{{session}} {{/each}}';
  const template: MessageTemplate = {
    kind: 'phone',
    language: 'en',
    wording: 'plain',
    variant: '',
    file: '',
    line: 1,
    subject: '',
    text,
  };
  const target = madeUpTarget({ position: 'sponsor', stated: { session: '2025_26' } });
  const templates = (['email', 'phone'] as const).map((kind) => ({ ...template, kind }));
  const { phone } = messagesFor(
    { ...inSession('2027_28'), templates },
    { target, language: 'en', page_language: 'en', wordsIn: floridaWords, pickVariant: () => '' },
  );
  expect(phone.text).toBe('2027–2028 2025–2026 2027–2028 2027–2028');
});
