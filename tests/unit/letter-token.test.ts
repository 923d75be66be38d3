import type { AnswerNoted } from '../../server/mail/letter.ts';
import { createLetterTokens, LETTER_RIGHTS } from '../../server/mail/letter-token.ts';

const OLD = 'an old secret for tests alone, 32 characters';
const NEW = 'a new secret for tests alone, 32 characters';
const tokens = createLetterTokens({ secrets: [NEW, OLD] });

const ANSWER: AnswerNoted = {
  campaign_slug: 'visible-act',
  legislator_id: 'ocd-person/00000000-0000-0000-0000-000000000001',
  division_id: 'ocd-division/country:us/state:fl/sldu:5',
  partner: 'jira',
  is_sample: false,
  nonce: 'a-nonce',
  expires_at: '2026-12-24T15:00:00.000Z',
};
const BEFORE = new Date('2026-12-24T14:59:59Z');

test.each(LETTER_RIGHTS)('a link to %s gives that right to its letter, and no other', (right) => {
  const token = tokens.issue(right, 'letter-1');
  const rights = LETTER_RIGHTS.filter((other) => tokens.check(other, token) !== undefined);
  expect(rights).toEqual([right]);
  expect(tokens.check(right, token)).toBe('letter-1');
});

test('a token is the same each time, fits an address as it is, and is short enough for a line of a mail', () => {
  const token = tokens.issue('not-me', '0b8a1c9e-6f5d-4e3c-9b2a-1f0e8d7c6b5a');
  expect(tokens.issue('not-me', '0b8a1c9e-6f5d-4e3c-9b2a-1f0e8d7c6b5a')).toBe(token);
  expect(token).toMatch(/^[\w-]+\.[\w-]+$/);
  expect(token.length).toBeLessThan(120);
});

test('a token that was cut short anywhere, or grew, is none', () => {
  const token = tokens.issue('confirm', 'letter-1');
  for (let length = 0; length < token.length; length++)
    expect(tokens.check('confirm', token.slice(0, length))).toBeUndefined();
  for (const more of ['.', 'A', '=', ' ', `.${token}`, 'A'.repeat(2000)])
    expect(tokens.check('confirm', token + more)).toBeUndefined();
});

test('a token with one sign changed is none, wherever it stands', () => {
  const token = tokens.issue('confirm', 'letter-1');
  for (let at = 0; at < token.length; at++) {
    const other = token[at] === 'A' ? 'B' : 'A';
    expect(tokens.check('confirm', token.slice(0, at) + other + token.slice(at + 1))).toBeUndefined();
  }
});

test('nobody makes a token of another letter or right from one that they have', () => {
  const [, signature] = tokens.issue('confirm', 'letter-1').split('.');
  for (const text of ['confirm:letter-2', 'withdraw:letter-1', 'confirm:letter-1:', '']) {
    const forged = `${Buffer.from(text).toString('base64url')}.${signature}`;
    for (const right of LETTER_RIGHTS) expect(tokens.check(right, forged)).toBeUndefined();
  }
});

test('after a change of secrets older links are good until the old one is taken away, and new links are of the new one', () => {
  const before = createLetterTokens({ secrets: [OLD] });
  const after = createLetterTokens({ secrets: [NEW] });
  const old = before.issue('confirm', 'letter-1');
  expect(tokens.check('confirm', old)).toBe('letter-1');
  expect(after.check('confirm', old)).toBeUndefined();
  expect(after.check('confirm', tokens.issue('confirm', 'letter-1'))).toBe('letter-1');
  const answer = before.issueAnswer(ANSWER);
  expect(tokens.checkAnswer(answer, BEFORE)).toEqual({ state: 'good', answer: ANSWER });
  expect(after.checkAnswer(answer, BEFORE)).toBeUndefined();
});

test('there are no tokens without a secret', () => {
  expect(() => createLetterTokens({ secrets: [] })).toThrow('no secret');
});

test('a link for answers tells of the office alone, and is good until its last second', () => {
  const token = tokens.issueAnswer(ANSWER);
  expect(tokens.checkAnswer(token, BEFORE)).toEqual({ state: 'good', answer: ANSWER });
  expect(tokens.checkAnswer(token, new Date(ANSWER.expires_at))).toEqual({
    state: 'expired',
    answer: ANSWER,
  });
});

test('a link for answers is no link to a letter, nor the other way round; cut or changed it is none', () => {
  const answer = tokens.issueAnswer(ANSWER);
  for (const right of LETTER_RIGHTS) expect(tokens.check(right, answer)).toBeUndefined();
  expect(tokens.checkAnswer(tokens.issue('confirm', 'letter-1'), BEFORE)).toBeUndefined();
  const [payload, signature] = answer.split('.');
  const later = { ...ANSWER, expires_at: '2036-12-24T15:00:00.000Z' };
  const [forged] = createLetterTokens({ secrets: [OLD] })
    .issueAnswer(later)
    .split('.');
  for (const wrong of ['', '.', payload!, `${payload}.`, answer.slice(0, -1), `${forged}.${signature}`])
    expect(tokens.checkAnswer(wrong, BEFORE)).toBeUndefined();
});

test('what is longer than any token of ours is looked at no further', () => {
  const token = tokens.issue('confirm', 'x'.repeat(2000));
  expect(tokens.check('confirm', token)).toBeUndefined();
});
