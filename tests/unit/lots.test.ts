import { countInLots, type Tab } from '../../server/web/lots.ts';
import { openSharing } from '../../server/web/sharing.ts';
import { until } from '../support/until.ts';

const SHORT = { points: 300, duration: 1 };
const sharing = openSharing({
  counts: undefined,
  secrets: ['a secret for tests alone, 32 characters'],
  now: () => new Date('2026-12-01T15:00:00Z'),
  newKey: () => 'key',
});

test('an address is let go of when its time is over though nobody comes after it, and no process stays alive for that', async () => {
  const tabs = new Map<string, Tab>();
  const count = countInLots(sharing.counter('lookups', SHORT), SHORT, tabs);
  const waiting = () => process.getActiveResourcesInfo().filter((kind) => kind === 'Timeout').length;
  const before = waiting();
  await count('198.51.100.7');
  await count('198.51.100.8');
  expect(tabs.size).toBe(2);
  expect(waiting()).toBe(before);
  await until(() => tabs.size === 0);
});
