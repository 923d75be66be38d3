import { killAndCount } from '../support/kills.ts';
import { STORE_KINDS } from '../support/temp-store.ts';

test.each(STORE_KINDS)(
  'on $name, sixty kills lose no acknowledged action and count none twice',
  async (kind) => {
    const { acknowledged, counted_again, totals, rows } = await killAndCount(kind, 60, Math.random);
    expect(counted_again).toBe(0);
    expect(rows).toBe(acknowledged);
    expect(totals.completed_actions).toBe(acknowledged);
  },
);
