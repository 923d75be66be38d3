import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { createMetrics } from '../../server/metrics/metrics.ts';
import { metricsIn } from '../support/metrics-in.ts';
import { startTestApp } from '../support/test-app.ts';

/** A rule of Prometheus, as its own file has it. */
interface Rule {
  alert: string;
  expr: string;
  for?: string;
  labels: { severity: string };
}

const { groups } = parse(readFileSync('deploy/alarms.yaml', 'utf8')) as { groups: { rules: Rule[] }[] };
const rules = groups.flatMap((group) => group.rules);
const GUIDE = readFileSync('docs/operate.md', 'utf8');

test('every alarm asks for a metric that there is, by labels that it has', async () => {
  const app = await startTestApp();
  const told = metricsIn((await app.get('/metrics')).text).names;
  const of_process = metricsIn(await createMetrics({ with_process: true }).registry.metrics()).names;
  await app.close();
  // Prometheus's own word for whether it could read them.
  const names = new Set([...told, ...of_process, 'up']);
  const asked = rules.flatMap(({ expr }) =>
    [...expr.matchAll(/\b(?:statehouse|process|nodejs)_[a-z0-9_]+|\bup\b/g)].map(([name]) =>
      name.replace(/_bucket$/, ''),
    ),
  );
  expect(asked.length).toBeGreaterThanOrEqual(rules.length);
  expect(asked.filter((name) => !names.has(name))).toEqual([]);
});

test('the guide tells of every alarm and of no other, and marks those that wake somebody', () => {
  const rows = [...GUIDE.matchAll(/^\| `(\w+)`( \*\*now\*\*)? +\|/gm)];
  expect(rows.map(([, name, now]) => ({ name, is_urgent: now !== undefined }))).toEqual(
    rules.map(({ alert, labels }) => ({ name: alert, is_urgent: labels.severity === 'page' })),
  );
});
