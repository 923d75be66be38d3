/** One number of the metrics, with its labels. */
interface Sample {
  labels: Record<string, string>;
  value: number;
}

/** The metrics of an answer of /metrics. */
export interface ReadMetrics {
  text: string;
  names: string[];
  values: (name: string) => Sample[];
  /** 0 where there is none with just these labels. */
  value: (name: string, labels?: object) => number;
}

/** Reads Prometheus's text format (0.0.4), as far as it is used here. */
export function metricsIn(text: string): ReadMetrics {
  const samples = [...text.matchAll(/^([a-z_:]+)(?:\{(.*)\})? (\S+)$/gm)].map(([, name, labels, value]) => ({
    name: name!,
    labels: Object.fromEntries(
      [...(labels ?? '').matchAll(/(\w+)="((?:[^"\\]|\\.)*)"/g)].map(([, key, word]) => [key, word!]),
    ),
    value: Number(value),
  }));
  const values = (name: string) =>
    samples.filter((sample) => sample.name === name).map(({ labels, value }) => ({ labels, value }));
  const key = (labels: object) => JSON.stringify(Object.entries(labels).toSorted());
  return {
    text,
    names: [...new Set([...text.matchAll(/^# TYPE (\S+)/gm)].map(([, name]) => name!))],
    values,
    value: (name, labels = {}) =>
      values(name).find((sample) => key(sample.labels) === key(labels))?.value ?? 0,
  };
}
