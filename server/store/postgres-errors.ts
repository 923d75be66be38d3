import { DatabaseError } from 'pg';
import { OperationalError } from '../errors.ts';

// Codes: https://www.postgresql.org/docs/18/errcodes-appendix.html
/** The server, its disk or the way to it, not the statement: connection, resources, shutdown or time-out, system, configuration, waiting too long, standing by. */
const OUT_OF_REACH = /^(08|53|57|58|F0|55P03|25006|25P0[34])/;
/** Two transactions that could not both go on: the same again will do. */
const CONFLICT = /^(40001|40P01)$/;
/** Damaged data, a damaged index. */
const DAMAGED = /^XX00[12]$/;

/** True where the server or the network has ended the connection: what comes next needs a new one. */
export function isSevered(error: unknown): boolean {
  return !(error instanceof DatabaseError) || /^(08|57P0)/.test(error.code ?? '');
}

/**
 * What a failed statement or connection means to whoever runs the app; an error that only a bug can cause is given back as
 * it is. `where` names the database; the words for a refused login leave out what PostgreSQL repeats of it.
 */
export function postgresError(where: string, error: unknown): unknown {
  if (!(error instanceof DatabaseError)) return outOfReach(where, error);
  const code = error.code ?? '';
  if (code.startsWith('28'))
    return unavailable(
      `${where} refuses the user, the password or the way of connecting in DATABASE_URL (${code}).`,
    );
  if (code === '53300') return unavailable(`${where} takes no more connections (${code}).`);
  if (code === '3D000') return unavailable(`${where} does not exist: make it first, with createdb.`);
  if (code === '42501')
    return unavailable(
      `${where} does not let this user do what the app needs (${error.message}). Make the user the owner of the database.`,
    );
  if (CONFLICT.test(code))
    return new OperationalError('store_busy', `Too many write to the same rows at once (${code}).`);
  if (DAMAGED.test(code))
    return unavailable(
      `${where} can't be read: it is damaged (${error.message}). Restore a back-up to a new database: docs/deploy.md.`,
    );
  if (/^(57014|55P03|25P0[34])$/.test(code))
    return unavailable(
      `${where} did not answer in time (${code}): something else may hold its tables locked.`,
    );
  return OUT_OF_REACH.test(code) ? outOfReach(where, error) : error;
}

function outOfReach(where: string, error: unknown): OperationalError {
  // A host with several addresses fails with a list, whose own message is empty.
  const { message, code } = error as Error & { code?: string };
  const why = [message, code && !message.includes(code) ? `(${code})` : ''].filter(Boolean).join(' ');
  return unavailable(`${where} can't be reached: ${why}. See whether it runs, and what DATABASE_URL says.`);
}

function unavailable(message: string): OperationalError {
  return new OperationalError('store_unavailable', message);
}
