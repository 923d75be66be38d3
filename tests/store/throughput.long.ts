import { type ActionLog, createActionLog } from '../../server/actions/action-log.ts';
import { logEntry, STORE_KINDS } from '../support/temp-store.ts';

/** Milliseconds that `count` actions take, `at_once` of them in flight. */
async function measure(log: ActionLog, name: string, count: number, at_once: number): Promise<number> {
  let next = 0;
  const started = performance.now();
  const supporter = async () => {
    while (next < count) await log.log(logEntry({ nonce: `${name} ${next++}` }));
  };
  await Promise.all(Array.from({ length: at_once }, supporter));
  return performance.now() - started;
}

test.each(STORE_KINDS)(
  'on $name a viral evening is written in batches: many at once go several times faster than one by one',
  async ({ create }) => {
    const database = await create();
    const store = await database.open();
    const log = createActionLog({ store, now: () => new Date() });
    const ratios: number[] = [];
    for (let round = 0; round < 5; round += 1) {
      const alone = await measure(log, `alone ${round}`, 1000, 1);
      const together = await measure(log, `together ${round}`, 1000, 200);
      ratios.push(alone / together);
    }
    const median = ratios.toSorted((a, b) => a - b)[2]!;
    console.log(
      `batches against single transactions: ${median.toFixed(1)} times (${ratios.map((ratio) => ratio.toFixed(1)).join(', ')})`,
    );
    expect(median).toBeGreaterThan(3);
    await log.close();
    await store.close();
    await database.drop();
  },
);
