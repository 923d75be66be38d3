import type { Compilable, CompiledQuery, Transaction } from 'kysely';
import type { Tables } from './tables.ts';

/** One statement, its parameters bound by position. */
export interface Statement {
  sql: string;
  parameters: readonly unknown[];
}

/** Several statements on their way to a connection as if they were one. */
interface Together extends CompiledQuery {
  together: readonly Statement[];
}

/**
 * Runs statements of which nothing is wanted but that they are done: in one go, where each for itself would wait for the
 * thread of SQLite or for the network. None may touch or need a row that another writes.
 */
export async function writeTogether(trx: Transaction<Tables>, statements: Compilable[]): Promise<void> {
  const [first, ...others] = statements.map((statement) => statement.compile());
  if (!first) return;
  const together: Together = { ...first, together: [first, ...others] };
  await trx.executeQuery(together);
}

/** The statements that a connection is given as one: that one, where it is. */
export function statementsIn(query: CompiledQuery): readonly Statement[] {
  return 'together' in query ? (query as Together).together : [query];
}

/**
 * The same as one statement of PostgreSQL (data-modifying WITH, section 7.8.4 of its manual): all of it is run, whatever is
 * read of it. It runs the last part first (ExecPostprocessPlan in 18), so they stand the other way round: rows are locked in
 * the order in which they would be one after the other, and whoever writes so and whoever writes thus don't block each other.
 */
export function asOneStatement(statements: readonly Statement[]): Statement {
  if (statements.length === 1) return statements[0]!;
  const parameters: unknown[] = [];
  const parts = statements.map((statement, index) => {
    const before = parameters.length;
    parameters.push(...statement.parameters);
    // Kysely binds every value: a $ with a number is always one of these.
    const renumbered = statement.sql.replaceAll(/\$(\d+)/g, (_, place) => `$${Number(place) + before}`);
    return `written_${index} as (${renumbered})`;
  });
  return { sql: `with ${parts.toReversed().join(', ')} select`, parameters };
}
