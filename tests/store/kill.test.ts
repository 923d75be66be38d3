import { killAndCount } from '../support/kills.ts';
import { STORE_KINDS } from '../support/temp-store.ts';

test.each(STORE_KINDS)(
  'on $name, killed in the middle of a stream of actions, the log has lost none that was acknowledged and counts none twice',
  async (kind) => {
    const { acknowledged, counted_again, totals, rows } = await killAndCount(kind, 4, Math.random);
    expect(counted_again).toBe(0);
    expect(acknowledged).toBeGreaterThan(160);
    expect(rows).toBe(acknowledged);
    expect(totals.completed_actions).toBe(acknowledged);
  },
);
