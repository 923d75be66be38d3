import { SEED, tried } from '../support/fuzz.ts';
import { openFuzzed } from '../support/fuzz-requests.ts';
import { badLines, fuzzFormats, fuzzRequests, fuzzTokens, unreached, unsent } from '../support/fuzz-runs.ts';

/** So many cases are promised; a test below counts them. */
const LEAST = 100_000;

console.log(`FUZZ_SEED=${SEED}`);

test('no token that the site did not give out is taken, and none throws', () => fuzzTokens(5600));

test('whatever a file, a reply or a mail holds, it is read, or refused with what is wrong', () =>
  fuzzFormats(550));

test('whatever is asked, every route is reached, answers as pages do, and the app lives on', async () => {
  const fuzzed = await openFuzzed();
  await fuzzRequests(fuzzed, 9000);
  expect(badLines(fuzzed)).toEqual([]);
  expect(unreached(fuzzed)).toEqual([]);
  expect(unsent()).toEqual([]);
  const { status, text } = await fuzzed.app.get('/health');
  expect([status, text]).toEqual([200, '{"status":"ok"}']);
  await fuzzed.app.close();
});

test('that were a hundred thousand cases', () => {
  console.log(`${tried.cases} cases tried with FUZZ_SEED=${SEED}`);
  expect(tried.cases).toBeGreaterThanOrEqual(LEAST);
});
