import { inWords, soak, wrongIn } from '../../bench/soak.ts';

test('two minutes of visits at four fifths of what the server can serve: memory stays flat, nothing fails, every action counts once', async () => {
  const soaked = await soak({ minutes: 2, say: () => undefined });
  console.log(inWords(soaked));
  // Other suites run beside it, and take of the processor what the ramp may have had.
  expect(wrongIn(soaked, 0.5)).toEqual([]);
  expect(soaked.late_mb / soaked.early_mb).toBeLessThan(1.1);
});
