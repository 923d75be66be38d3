import { type Challenge, solveChallenge } from 'altcha-lib';
import { deriveKey } from 'altcha-lib/algorithms/web/pbkdf2';
import { type Answer, type Fields, formFields } from '../support/client.ts';
import { LETTERS, type LetterDesk, openLetterDesk } from '../support/letters-taken.ts';

const desks: LetterDesk[] = [];
afterAll(() => Promise.all(desks.map((desk) => desk.close())));
const open = async (letters_per_block_per_hour: number, letters_per_campaign_per_hour: number) => {
  const settings = { letters_per_block_per_hour, letters_per_campaign_per_hour };
  const desk = await openLetterDesk({ settings });
  desks.push(desk);
  return desk;
};

/** 20 an hour from a block, and 4 from an address of it; each test comes from blocks of its own. */
let blocks: LetterDesk;
beforeAll(async () => {
  blocks = await open(20, 10_000);
});

/** What became of a letter, by what its sender sees. */
function seen({ status, $ }: Answer): 'taken' | 'asked' | 'full' | `status ${number}` {
  if (status === 303) return 'taken';
  const is_asked = $('#challenge').length === 1;
  if (status === 200 && is_asked) return 'asked';
  return status === 429 && !is_asked ? 'full' : `status ${status}`;
}

/** What a browser with script sends from the page of a challenge. */
async function solved({ $ }: Answer): Promise<Fields> {
  const challenge: Challenge = JSON.parse($('#challenge').attr('data-challenge')!);
  const solution = await solveChallenge({ challenge, deriveKey });
  return { ...formFields($, 'main form'), challenge_answer: JSON.stringify({ challenge, solution }) };
}

/** Hands letters in one after the other, and tells what became of them: ['taken', 2, 'asked', 3]. */
async function handInMany(desk: LetterDesk, many: number, ipOf: (nth: number) => string) {
  const runs: (string | number)[] = [];
  for (let nth = 0; nth < many; nth++) {
    const outcome = seen(await desk.handIn({}, ipOf(nth)));
    if (runs.at(-2) === outcome) runs.push(Number(runs.pop()) + 1);
    else runs.push(outcome, 1);
  }
  return runs;
}

test('from one address, half of its fifth of a block pass unasked; a neighbour in the block still passes', async () => {
  expect(await handInMany(blocks, 5, () => '192.0.2.1')).toEqual(['taken', 2, 'asked', 3]);
  expect(await handInMany(blocks, 2, () => '192.0.2.2')).toEqual(['taken', 2]);
});

test('from many addresses of one block, half of the block’s limit pass unasked; other blocks still pass', async () => {
  expect(await handInMany(blocks, 14, (nth) => `192.0.3.${nth}`)).toEqual(['taken', 10, 'asked', 4]);
  expect(await handInMany(blocks, 1, () => '198.51.100.1')).toEqual(['taken', 1]);
});

test('a household with IPv6 is one address, and its /48 one block', async () => {
  expect(await handInMany(blocks, 4, (nth) => `2001:db8:1:2::${nth + 1}`)).toEqual(['taken', 2, 'asked', 2]);
  expect(await handInMany(blocks, 10, (nth) => `2001:db8:1:${nth + 10}::1`)).toEqual([
    'taken',
    8,
    'asked',
    2,
  ]);
  expect(await handInMany(blocks, 1, () => '2001:db8:2::1')).toEqual(['taken', 1]);
});

test('for one campaign, half of its limit pass unasked, wherever they come from', async () => {
  const campaign = await open(1000, 8);
  expect(await handInMany(campaign, 7, (nth) => `10.0.${nth}.1`)).toEqual(['taken', 4, 'asked', 3]);
});

test('near a limit the page holds all that was typed, and goes on once the sum is done, until the limit', async () => {
  const near = await open(1000, 4);
  const { taken, handIn, app } = near;
  await handInMany(near, 2, (nth) => `10.0.${nth}.1`);
  const asked = await handIn({ email: 'third@example.org', note: ['two', 'values'] });
  expect(asked.headers.get('cache-control')).toBe('no-store');
  expect(asked.$('h1').text()).toBe('One check before we take your e-mail');
  const sent = await solved(asked);
  expect(sent.text).toBe(
    'I live in your district.\r\n\r\nPlease support this bill: "it" helps <us> & others.',
  );
  expect(sent.note).toEqual(['two', 'values']);
  expect(seen(await app.post(LETTERS, sent))).toBe('taken');
  expect(taken).toHaveLength(3);
  expect(taken[2]).toMatchObject({
    is_proven: true,
    content: { email: 'third@example.org', name: 'Núria O’Example' },
  });

  expect(seen(await app.post(LETTERS, await solved(await handIn())))).toBe('taken');
  const full = await handIn({ email: 'fifth@example.org' });
  expect(seen(full)).toBe('full');
  const wait_s = Number(full.headers.get('retry-after'));
  expect(wait_s).toBeGreaterThan(3500);
  expect(wait_s).toBeLessThanOrEqual(3600);
  expect(full.$('.lead').text()).toContain('Please try again in 60 minutes.');
  expect(formFields(full.$, 'main form').email).toBe('fifth@example.org');
  expect(full.$('main form').attr('action')).toBe(LETTERS);
  expect(taken).toHaveLength(4);
});

test('a solved challenge takes one letter: sent once more, or with another letter, it asks anew and says why', async () => {
  const near = await open(1000, 10);
  const { taken, handIn, app, form } = near;
  await handInMany(near, 5, (nth) => `10.0.${nth}.1`);
  const sent = await solved(await handIn());
  expect(seen(await app.post(LETTERS, sent))).toBe('taken');
  for (const again of [sent, { ...form(), challenge_answer: sent.challenge_answer! }]) {
    const answer = await app.post(LETTERS, again);
    expect(seen(answer)).toBe('asked');
    expect(answer.$('.notice').text()).toMatch(/can't be used any more/);
  }
  expect(taken).toHaveLength(6);
});

test('without the sum a tenth of the limit passes, and is said to be unproven; then only the sum goes on', async () => {
  const near = await open(1000, 40);
  const { taken, handIn, app } = near;
  await handInMany(near, 20, (nth) => `10.0.${nth}.1`);
  for (let nth = 0; nth < 4; nth++) {
    const asked = await handIn();
    const without = { ...formFields(asked.$, 'main form'), without_challenge: '1' };
    expect(seen(await app.post(LETTERS, without))).toBe('taken');
  }
  expect(taken.map(({ is_proven }) => is_proven)).toEqual([...Array(20).fill(true), ...Array(4).fill(false)]);

  const refused = await handIn({ without_challenge: '1' });
  expect(refused.status).toBe(429);
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(3500);
  expect(refused.$('.notice').text()).toMatch(/With the sum you can go on now\. Without it, .* 60 minutes\./);
  expect(seen(await app.post(LETTERS, await solved(refused)))).toBe('taken');
  expect(taken.at(-1)!.is_proven).toBe(true);
});

test('what one address is refused uses up nothing of what its block and the campaign have for others', async () => {
  // Without the sum: 6 for the campaign, 5 for a block and 1 for an address.
  const desk = await open(50, 60);
  const unasked = async (ip: string) => seen(await desk.handIn({ without_challenge: '1' }, ip));
  expect(await handInMany(desk, 6, () => '198.51.100.1')).toEqual(['taken', 5, 'asked', 1]);
  expect(await unasked('198.51.100.1')).toBe('taken');
  for (let nth = 0; nth < 10; nth++) expect(await unasked('198.51.100.1')).toBe('status 429');

  await handInMany(desk, 24, (nth) => `10.0.${nth}.1`);
  const outcomes: string[] = [];
  for (const ip of ['198.51.100.2', '198.51.100.3', '198.51.100.4', '198.51.100.5', '198.51.100.6'])
    outcomes.push(await unasked(ip));
  for (const ip of ['10.0.100.1', '10.0.101.1']) outcomes.push(await unasked(ip));
  expect(outcomes).toEqual([...Array(4).fill('taken'), 'status 429', 'taken', 'status 429']);
});

test('of letters that come at once, no more pass than the limit has room for', async () => {
  const { taken, handIn } = await open(1000, 10);
  await Promise.all(Array.from({ length: 30 }, (_, nth) => handIn({}, `10.0.${nth}.1`)));
  expect(taken.length).toBeGreaterThanOrEqual(5);
  expect(taken.length).toBeLessThanOrEqual(10);
});

test('a form that comes back with a fault counts for nothing', async () => {
  const ip = '198.51.101.1';
  for (let nth = 0; nth < 5; nth++) expect((await blocks.handIn({ email: 'nobody' }, ip)).status).toBe(422);
  expect(await handInMany(blocks, 3, () => ip)).toEqual(['taken', 2, 'asked', 1]);
});

test('far from the limits, whoever says to go without is as proven as anyone', async () => {
  const { handIn, taken } = blocks;
  const fields = { without_challenge: '1', challenge_answer: 'made up' };
  expect(seen(await handIn(fields, '198.51.102.1'))).toBe('taken');
  expect(taken.at(-1)!.is_proven).toBe(true);
});

test.each([
  ['es', 'Una comprobación antes de recibir su correo'],
  ['ht', 'Yon ti verifikasyon anvan nou pran imèl ou a'],
])('the page speaks %s, and carries the visit on', async (lang, title) => {
  const ip = `198.51.${lang.charCodeAt(0)}.1`;
  await handInMany(blocks, 2, () => ip);
  const asked = await blocks.handIn({ lang, partner: 'jira' }, ip);
  expect(asked.$('html').attr('lang')).toBe(lang);
  expect(asked.$('h1').text()).toBe(title);
  expect(asked.$('main form').attr('action')).toBe(`${LETTERS}?partner=jira&lang=${lang}`);
});

test('where a letter comes from, and from whom, is in no log', async () => {
  const { app } = blocks;
  await handInMany(blocks, 4, () => '203.0.113.77');
  expect(app.log.length).toBeGreaterThan(0);
  expect(app.log.join('\n')).not.toMatch(/203\.0\.113|N.ria|supporter-/);
});
