import { type Fields, formFields } from '../support/client.ts';
import { startTestApp } from '../support/test-app.ts';

/** A small generator of pseudo-random numbers (mulberry32), so that a fault can be found again by its seed. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** What breaks programs: emptiness, markup, other alphabets, numbers at their ends, templates, paths, half of a pair. */
const NASTY = [
  '',
  ' ',
  '\0',
  '\r\nSet-Cookie: a=b',
  '<script>alert(1)</script>',
  "' or 1=1 --",
  '{{constructor.constructor("return 1")()}}',
  '__proto__',
  '../../etc/passwd',
  '%00%ff%',
  '\ud800',
  'ＦＵＬＬ　ｗｉｄｔｈ ３２２０９',
  '١٢٣ شارع',
  '🏠'.repeat(50),
  'NaN',
  '1e999',
  '-0',
  '9'.repeat(400),
  'x'.repeat(5000),
  'ocd-division/country:us/state:fl/sldu:5',
  'ocd-division/country:us/state:fl/sldl:78',
  'ocd-division/country:us/state:ga/sldu:5',
];
const NAMES = [
  ...[
    'address',
    'latitude',
    'longitude',
    'division',
    'done',
    'partner',
    'lang',
    'target',
    'noted',
    'variant',
    'letter_variant',
    'own_words',
  ],
  ...[
    'type',
    'action_id',
    'status_code',
    'office_reply',
    'name',
    'street',
    'city',
    'zip',
    'subject',
    'text',
    'no_reply',
  ],
  ...['division[]', 'division[a]', '__proto__', 'constructor'],
];
const PAGES = [
  '',
  '/act',
  '/thanks',
  '/totals',
  '/totals.json',
  '/totals.csv',
  '/embed',
  '/badge.svg',
  '/counter.json',
  '/bill',
  '/districts',
  '/lookup',
];
const FORMS = ['/lookup', '/compose', '/letters', '/actions', '/replies'];

test('whatever is sent to it, the app answers with a page and never breaks', async () => {
  const seed = Number(process.env.FUZZ_SEED ?? Date.now() % 1_000_000);
  console.log(`FUZZ_SEED=${seed}`);
  const random = seeded(seed);
  const pick = <T>(list: readonly T[]) => list[Math.floor(random() * list.length)]!;
  const app = await startTestApp({ settings: { lookups_per_minute: 1e6, actions_per_minute: 1e6 } });
  const ACT = '/campaigns/visible-act/act?division=ocd-division/country:us/state:fl/sldu:5';
  const real = formFields((await app.get(ACT)).$, 'form[action$="/actions"]');

  const value = () => {
    const chosen = pick([...NASTY, ...Object.values(real).flat()]);
    const at = Math.floor(random() * chosen.length);
    return random() < 0.3 ? chosen.slice(0, at) + pick(NASTY) + chosen.slice(at) : chosen;
  };
  const fields = (): Fields => {
    const given = Array.from({ length: Math.floor(random() * 8) }, () => [pick(NAMES), value()] as const);
    return { ...(random() < 0.5 ? real : {}), ...Object.fromEntries(given) };
  };
  for (let round = 0; round < 4000; round += 1) {
    const sent = fields();
    const isForm = random() < 0.6;
    const query = new URLSearchParams(Object.entries(sent).map(([name, one]) => [name, [one].flat()[0]!]));
    const path = `/campaigns/visible-act${isForm ? pick(FORMS) : `${pick(PAGES)}?${query}`}`;
    const answer = await (isForm ? app.post(path, sent) : app.get(path)).catch((error: Error) => error);
    const said = JSON.stringify({ round, path, sent });
    if (answer instanceof Error) throw new Error(`no answer to ${said}`, { cause: answer });
    if (answer.status >= 500) throw new Error(`${answer.status} for ${said}`);
    if (answer.text.includes('<script>alert')) throw new Error(`markup let through for ${said}`);
  }
  const log = app.log.join('\n');
  expect(log).not.toMatch(/"level":"error"/);
  expect(log).not.toMatch(/alert\(1\)|etc\/passwd|🏠/);
  await app.close();
});
