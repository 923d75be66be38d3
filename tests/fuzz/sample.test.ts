import { fuzz, SEED } from '../support/fuzz.ts';
import { formats } from '../support/fuzz-formats.ts';
import { forgeries, tokenKinds } from '../support/fuzz-tokens.ts';

console.log(`FUZZ_SEED=${SEED}`);

test('no token that the site did not give out is taken, and none throws', async () => {
  for (const kind of Object.values(await tokenKinds())) {
    for (const token of kind.good) expect(await kind.takes(token)).toBe(true);
    await fuzz(process.env.N ? 3000 : 40, forgeries(kind), async (token) => expect(await kind.takes(token)).toBe(false));
  }
});

test('whatever a file or a reply holds, it is read, or refused with what is wrong', async () => {
  for (const [name, { share, run }] of Object.entries(await formats())) {
    const t = performance.now();
    try { await run(share * (process.env.N ? 100 : 2)); } catch (error) {
      if (process.env.N) console.log(name, (error as Error).message.slice(0,1500), (error as Error).cause);
      else throw new Error(name, { cause: error }); }
    if (process.env.N) console.log(name, Math.round(performance.now()-t));
  }
});
