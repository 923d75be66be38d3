import type { ActionContext } from '../../server/actions/action.ts';
import { createActionIds, GOOD_FOR_MS } from '../../server/actions/action-id.ts';
import { deriveKey } from '../../server/keys.ts';

const [SECRET, OTHER] = ['s'.repeat(32), 'o'.repeat(32)];
const now = new Date('2026-11-24T12:00:00Z');
const context: ActionContext = {
  campaign_slug: 'visible-act',
  type: 'phone',
  legislator_id: 'ocd-person/1',
  division_id: 'ocd-division/country:us/state:fl/sldu:5',
  partner: 'jira',
  page_language: 'es',
  message_language: 'en',
  variant: 'short',
  is_sample: true,
};
const ids = createActionIds({ secrets: [SECRET] });
const issued = ids.issue(context, { now, nonce: 'n1' });

test('what was issued is read back whole', () => {
  expect(ids.verify(issued, now)).toEqual({
    state: 'good',
    context,
    nonce: 'n1',
    expires_at: '2026-12-08T12:00:00.000Z',
  });
});

test('an id goes through a form unchanged', () => {
  expect(encodeURIComponent(issued)).toBe(issued);
});

test('an id is good until its last moment, then expired but still read', () => {
  expect(ids.verify(issued, new Date(now.getTime() + GOOD_FOR_MS - 1)).state).toBe('good');
  expect(ids.verify(issued, new Date(now.getTime() + GOOD_FOR_MS))).toMatchObject({
    state: 'expired',
    context,
  });
});

test('every change of a single letter is a forgery', () => {
  for (let index = 0; index < issued.length; index += 1) {
    const changed = `${issued.slice(0, index)}${issued[index] === 'A' ? 'B' : 'A'}${issued.slice(index + 1)}`;
    expect(ids.verify(changed, now)).toEqual({ state: 'forged' });
  }
});

test.each(['', '.', 'a.b', 'a.b.c', `${issued}=`, `${issued}.`, 'x'.repeat(100_000)])(
  '%.20j is a forgery',
  (text) => {
    expect(ids.verify(text, now)).toEqual({ state: 'forged' });
  },
);

test('an id of another secret is a forgery; a rotated one is still good', () => {
  expect(createActionIds({ secrets: [OTHER] }).verify(issued, now).state).toBe('forged');
  const rotated = createActionIds({ secrets: [OTHER, SECRET] });
  expect(rotated.verify(issued, now).state).toBe('good');
  expect(ids.verify(rotated.issue(context, { now, nonce: 'n2' }), now).state).toBe('forged');
});

test('a key is another for every secret', () => {
  expect(deriveKey(SECRET, 'action-id').equals(deriveKey(OTHER, 'action-id'))).toBe(false);
  expect(deriveKey(SECRET, 'action-id').length).toBe(32);
});
