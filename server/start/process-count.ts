/** Most that `auto` begins: each opens up to ten connections, of the hundred that PostgreSQL allows unless told otherwise. */
const MOST = 8;

/** How many processes serve pages on a machine with so many cores: one on SQLite, which has one writer. */
export function processCount(
  { processes, database_url }: { processes: 'auto' | number; database_url: string },
  cores: number,
): number {
  if (processes !== 'auto') return processes;
  return database_url.startsWith('sqlite:') ? 1 : Math.min(cores, MOST);
}
