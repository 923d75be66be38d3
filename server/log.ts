import { OperationalError } from './errors.ts';

const LEVELS = ['debug', 'info', 'warn', 'error'] as const;
/** How much a line matters, the least first. */
export type LogLevel = (typeof LEVELS)[number];

/** Writes one JSON line an event. `event` is a stable name; the fields say the rest. */
export type Log = (level: LogLevel, event: string, fields?: Record<string, unknown>) => void;

/** What a log line must never hold: whoever passes one of these has made a mistake. */
const NEVER = new Set([
  'address',
  'find',
  'name',
  'street',
  'city',
  'zip',
  'text',
  'body',
  'url',
  'ip',
  'latitude',
  'longitude',
  'action_id',
]);

/** A log of lines at `lowest` or above, each handed to `write` without its line end; `who` stands in each. */
export function createLog(
  lowest: LogLevel,
  now: () => Date,
  write: (line: string, level: LogLevel) => void,
  who: { pid?: number } = {},
): Log {
  const threshold = LEVELS.indexOf(lowest);
  return (level, event, fields = {}) => {
    if (LEVELS.indexOf(level) < threshold) return;
    const line: Record<string, unknown> = { time: now().toISOString(), level, event, ...who, ...fields };
    for (const key of Object.keys(fields)) if (NEVER.has(key)) line[key] = '[left out]';
    write(JSON.stringify(line), level);
  };
}

/**
 * An error as log fields: its kind, code, message and stack, and those of its causes. `withheld` is what must not stand in
 * them, such as words that a visitor typed: an error's message may repeat what it stumbled over.
 */
export function describeError(error: unknown, withheld: string[] = []): Record<string, unknown> {
  if (!(error instanceof Error)) return { message: withhold(String(error), withheld) };
  const code = 'code' in error ? error.code : undefined;
  const cause = error.cause === undefined ? undefined : describeError(error.cause, withheld);
  // What can be expected to fail may fail for everyone at once: its place in the code says nothing new.
  const stack = error instanceof OperationalError ? undefined : error.stack;
  return {
    kind: error.name,
    code,
    message: withhold(error.message, withheld),
    stack: stack && withhold(stack, withheld),
    cause,
  };
}

function withhold(text: string, withheld: string[]): string {
  // The longest first, so that no part of it is left when a shorter one is taken out.
  return withheld
    .toSorted((a, b) => b.length - a.length)
    .reduce((left, word) => left.replaceAll(new RegExp(RegExp.escape(word), 'gi'), '[left out]'), text);
}
