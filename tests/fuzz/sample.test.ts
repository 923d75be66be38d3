import { SEED } from '../support/fuzz.ts';
import { openFuzzed } from '../support/fuzz-requests.ts';
import { badLines, fuzzFormats, fuzzRequests, fuzzTokens } from '../support/fuzz-runs.ts';

console.log(`FUZZ_SEED=${SEED}`);

test('a few forgeries of every token: none is taken', () => fuzzTokens(10));

test('a few texts and bytes of every format: read, or refused with what is wrong', () => fuzzFormats(1));

test('a few requests of every sort: answered as pages are, and nothing typed in the log', async () => {
  const fuzzed = await openFuzzed();
  await fuzzRequests(fuzzed, 32);
  expect(badLines(fuzzed)).toEqual([]);
  await fuzzed.app.close();
});
