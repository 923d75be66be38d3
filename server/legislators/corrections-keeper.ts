import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { formatFault } from '../errors.ts';
import type { Log } from '../log.ts';
import { CORRECTIONS_FILE, type CorrectionsRead, readCorrections } from './corrections-file.ts';

/** The corrections as the file has them now. */
export interface CorrectionsKeeper {
  /** The same object until the file is another. */
  read: () => CorrectionsRead;
  stop: () => void;
}

/**
 * Reads the corrections beside the campaigns, and again when the file has changed: a wrong number should not wait for a
 * restart. Its faults and hints go to the log. While a changed file can't be read at all, what it said before still holds.
 */
export async function keepCorrections(options: {
  campaigns_dir: string;
  log: Log;
  /** How often to see whether the file has changed; for tests to shorten. */
  look_every_ms?: number;
}): Promise<CorrectionsKeeper> {
  const { campaigns_dir, log, look_every_ms = 60_000 } = options;
  let seen = await stampOf(campaigns_dir);
  let current = await readCorrections(campaigns_dir);
  tellOf(log, current);
  const look = async () => {
    const stamp = await stampOf(campaigns_dir);
    if (stamp === seen) return;
    seen = stamp;
    const read = await readCorrections(campaigns_dir);
    current = read.is_unreadable ? { ...current, faults: read.faults } : read;
    log('info', 'corrections_read', { entries: current.corrections.length, faults: read.faults.length });
    tellOf(log, read);
  };
  const looking = setInterval(() => void look(), look_every_ms);
  return { read: () => current, stop: () => clearInterval(looking) };
}

function tellOf(log: Log, { faults, hints }: CorrectionsRead): void {
  for (const fault of faults) log('error', 'correction_fault', { message: formatFault(fault) });
  for (const hint of hints) log('warn', 'correction_hint', { message: formatFault(hint) });
}

/** Changes whenever the file does; '' where there is none. */
async function stampOf(campaigns_dir: string): Promise<string> {
  const found = await stat(join(campaigns_dir, CORRECTIONS_FILE)).catch(() => undefined);
  return found ? `${found.mtimeMs} ${found.size} ${found.ino}` : '';
}
