import { globSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
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

/** What Prometheus itself puts beside each number that it reads. */
const OF_PROMETHEUS = ['instance', 'job'];
const NAME = /\b(?:(?:statehouse|process|nodejs)_[a-z0-9_]+|up)\b/g;

/** The names of the metrics that there are, each with its labels. */
async function readLabels(): Promise<Map<string, string[]>> {
  const app = await startTestApp();
  // What is counted by route is there once a request has ended.
  await app.get('/');
  const labels = new Map<string, string[]>([['up', []]]);
  for (const { registry } of [app.parts.metrics, createMetrics({ with_process: true })]) {
    const { values } = metricsIn(await registry.metrics());
    for (const { name, ...metric } of registry.getMetricsAsArray()) {
      const named = (metric as { labelNames?: string[] }).labelNames ?? [];
      const seen = [name, `${name}_bucket`]
        .flatMap((one) => values(one))
        .flatMap((one) => Object.keys(one.labels));
      labels.set(name, [...new Set([...(labels.get(name) ?? []), ...named, ...seen])]);
    }
  }
  await app.close();
  return labels;
}

/** What is asked of labels: `metric{label="value"}`, each with all the values that an expression of several allows. */
function selectorsIn(expr: string): { metric: string; label: string; values: string[] }[] {
  return [...expr.matchAll(/(\w+)\{([^}]*)\}/g)].flatMap(([, metric, inner]) =>
    [...inner!.matchAll(/(\w+)(=~|!~|!=|=)"([^"]*)"/g)].map(([, label, how, value]) => ({
      metric: metric!.replace(/_bucket$/, ''),
      label: label!,
      values: how!.endsWith('~') ? value!.split('|') : [value!],
    })),
  );
}

// CommonJS, all of it: beside the same as modules there would be two of each class.
const load = createRequire(import.meta.url);
const { ensureSyntaxTree } = load('@codemirror/language');
const { EditorState } = load('@codemirror/state');
const { Parser } = load('@prometheus-io/codemirror-promql/dist/cjs/parser/parser');
const { promQLLanguage } = load('@prometheus-io/codemirror-promql/dist/cjs/promql');

/** What Prometheus's own editor would underline in an expression: its grammar, and types that do not fit. */
function expressionFaults(expr: string): string[] {
  const state = EditorState.create({ doc: expr, extensions: promQLLanguage('PromQL') });
  ensureSyntaxTree(state, expr.length, 5000);
  const parser = new Parser(state);
  parser.analyze();
  return parser.getDiagnostics().map(({ message }: { message: string }) => message);
}

test('Prometheus can read the expression of every alarm', () => {
  const amiss = rules.flatMap(({ alert, expr }) =>
    expressionFaults(expr).map((fault) => `${alert}: ${fault}`),
  );
  expect(amiss).toEqual([]);
  // What is looked for is found.
  expect(expressionFaults('increase(up) > 1')).toEqual([
    'expected type matrix in call to function "increase", got vector',
  ]);
  expect(expressionFaults('sum by (instance) up > 0')).not.toEqual([]);
  expect(expressionFaults('up >')).not.toEqual([]);
});

test('every alarm asks for metrics that there are, by labels that they have, for values that the code gives them', async () => {
  const labels = await readLabels();
  const code = globSync('server/**/*.ts').map((file) => readFileSync(file, 'utf8'));
  const isGiven = (value: string) => code.some((text) => text.includes(`'${value}'`));
  const amiss = rules.flatMap(({ alert, expr }) => {
    const names = (expr.replaceAll(/\{[^}]*\}/g, '').match(NAME) ?? []).map((name) =>
      name.replace(/_bucket$/, ''),
    );
    expect(names.length).toBeGreaterThan(0);
    const has = (name: string, label: string) =>
      OF_PROMETHEUS.includes(label) ||
      (label === 'le' && expr.includes(`${name}_bucket`)) ||
      labels.get(name)?.includes(label);
    const grouped = [...expr.matchAll(/\b(?:by|on) \(([^)]*)\)/g)].flatMap(([, list]) => list!.split(/, */));
    const selectors = selectorsIn(expr);
    return [
      ...names.filter((name) => !labels.has(name)),
      ...names.flatMap((name) => grouped.filter((label) => !has(name, label))),
      ...selectors.filter(({ metric, label }) => !has(metric, label)).map(({ label }) => label),
      ...selectors
        .filter(({ label }) => label !== 'job')
        .flatMap(({ values }) => values.filter((value) => !isGiven(value))),
    ].map((what) => `${alert}: ${what}`);
  });
  expect(amiss).toEqual([]);
});

test('the guide tells of every alarm and of no other, and marks those that wake somebody', () => {
  const rows = [...GUIDE.matchAll(/^\| `(\w+)`( \*\*now\*\*)? +\|/gm)];
  expect(rows.map(([, name, now]) => ({ name, is_urgent: now !== undefined }))).toEqual(
    rules.map(({ alert, labels }) => ({ name: alert, is_urgent: labels.severity === 'page' })),
  );
});
