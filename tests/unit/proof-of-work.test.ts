import { type Challenge, solveChallenge } from 'altcha-lib';
import { deriveKey } from 'altcha-lib/algorithms/web/pbkdf2';
import { CHALLENGE_MS, createProofOfWork } from '../../server/web/proof-of-work.ts';
import { openSharing } from '../../server/web/sharing.ts';

const SECRETS = ['a secret for tests alone, 32 characters'];
const OTHERS = ['another secret for tests, 32 characters'];
const start = new Date('2026-11-24T15:00:00Z');

let moment = start;
beforeEach(() => {
  moment = start;
});
const open = (secrets = SECRETS, random = () => 0) =>
  createProofOfWork({
    secrets,
    now: () => moment,
    random,
    sharing: openSharing({ counts: undefined, secrets, now: () => moment, newKey: () => 'key' }),
  });

/** What a browser's script sends back. */
async function solve(asked: string) {
  const challenge: Challenge = JSON.parse(asked);
  const solution = await solveChallenge({ challenge, deriveKey });
  return { challenge, solution: solution! };
}

test('a challenge that was solved is good once', async () => {
  const proof = open();
  const answer = JSON.stringify(await solve(await proof.ask('one')));
  expect(await proof.check('one', answer)).toBe('good');
  expect(await proof.check('one', answer)).toBe('spent');
});

test('of the same answer sent many times at once, one is good', async () => {
  const proof = open();
  const answer = JSON.stringify(await solve(await proof.ask('one')));
  const outcomes = await Promise.all(Array.from({ length: 20 }, () => proof.check('one', answer)));
  expect(outcomes.filter((outcome) => outcome === 'good')).toHaveLength(1);
});

test('the most work is three times the least, and within what an old phone does in seconds', async () => {
  const least = await solve(await open().ask('one'));
  const most = await solve(await open(SECRETS, () => 0.999999).ask('one'));
  expect([least.solution.counter, most.solution.counter]).toEqual([50, 150]);
  // Two blocks of SHA-256 a round: 600,000 at most.
  expect(most.challenge.parameters.cost * most.solution.counter * 2).toBe(600_000);
});

test('a challenge is good for ten minutes, and for no other campaign', async () => {
  const proof = open();
  const answer = JSON.stringify(await solve(await proof.ask('one')));
  expect(await proof.check('two', answer)).toBe('forged');
  moment = new Date(start.getTime() + CHALLENGE_MS);
  expect(await proof.check('one', answer)).toBe('expired');
  moment = new Date(start.getTime() + CHALLENGE_MS - 1);
  expect(await proof.check('one', answer)).toBe('good');
});

test('a spent challenge stays so until it has expired', async () => {
  const proof = open();
  const early = JSON.stringify(await solve(await proof.ask('one')));
  moment = new Date(start.getTime() + CHALLENGE_MS - 1000);
  const late = JSON.stringify(await solve(await proof.ask('one')));
  expect(await proof.check('one', early)).toBe('good');
  expect(await proof.check('one', late)).toBe('good');
  moment = new Date(start.getTime() + CHALLENGE_MS + 1000);
  const last = JSON.stringify(await solve(await proof.ask('one')));
  expect(await proof.check('one', last)).toBe('good');
  expect(await proof.check('one', late)).toBe('spent');
  expect(await proof.check('one', early)).toBe('expired');
});

test("a challenge of another site's key is forged, one of a key that was rotated is good", async () => {
  const foreign = JSON.stringify(await solve(await open(OTHERS).ask('one')));
  expect(await open().check('one', foreign)).toBe('forged');
  expect(await open([...SECRETS, ...OTHERS]).check('one', foreign)).toBe('good');
});

test('whatever is changed in a solved challenge makes it forged', async () => {
  const proof = open();
  const { challenge, solution } = await solve(await proof.ask('one'));
  const { parameters, signature } = challenge;
  const changed = [
    { challenge: { parameters: { ...parameters, cost: 1 }, signature }, solution },
    { challenge: { parameters: { ...parameters, keyPrefix: '00' }, signature }, solution },
    { challenge: { parameters: { ...parameters, keySignature: undefined }, signature }, solution },
    {
      challenge: {
        parameters: { ...parameters, data: { campaign_slug: 'two', expires_at: 9e15 } },
        signature,
      },
    },
    {
      challenge: { parameters, signature: signature!.replace(/^./, (sign) => (sign === '0' ? '1' : '0')) },
      solution,
    },
    { challenge: { parameters, signature: '' }, solution },
    { challenge: { parameters, signature }, solution: { ...solution, derivedKey: parameters.keyPrefix } },
    { challenge: { parameters, signature }, solution: { ...solution, derivedKey: parameters.keySignature } },
    { challenge: { parameters, signature }, solution: { ...solution, derivedKey: '' } },
    { challenge: { parameters, signature }, solution: { counter: '50', derivedKey: solution.derivedKey } },
    { challenge: { parameters, signature }, solution: null },
    { challenge: { signature }, solution },
  ];
  for (const answer of changed) expect(await proof.check('two', JSON.stringify(answer))).toBe('forged');
  for (const answer of changed) expect(await proof.check('one', JSON.stringify(answer))).toBe('forged');
  expect(await proof.check('one', JSON.stringify({ challenge, solution }))).toBe('good');
});

test.each([
  ['nothing', ''],
  ['no JSON', 'solved'],
  ['another value', 'null'],
  ['a list', '[[],[]]'],
  ['a prototype', '{"__proto__":{"challenge":1}}'],
  ['what is far too long', `"${'0'.repeat(1_000_000)}"`],
])('%s is no answer', async (_name, answer) => {
  expect(await open().check('one', answer)).toBe('forged');
});
