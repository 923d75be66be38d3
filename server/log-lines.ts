import type { LogLevel } from './log.ts';

/** Writes lines of the log. */
export interface LogLines {
  write: (line: string, level: LogLevel) => void;
  /** Writes what waits, before the process ends. */
  flush: () => void;
}

/**
 * Joins the lines of one turn of the event loop into one write: each write stops the process until the reader has it, and a
 * busy process has several lines a turn. A warning or an error goes out at once, with all that came before it, so that whatever
 * ends the process leaves it behind. `later` runs a function when the turn is over.
 */
export function joinLines(write: (text: string) => void, later: (run: () => void) => void): LogLines {
  let waiting = '';
  const flush = () => {
    if (waiting === '') return;
    const text = waiting;
    waiting = '';
    write(text);
  };
  return {
    write: (line, level) => {
      if (waiting === '') later(flush);
      waiting += `${line}\n`;
      if (level === 'warn' || level === 'error') flush();
    },
    flush,
  };
}
