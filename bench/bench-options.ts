/** How benchmarks are run. */
export interface BenchOptions {
  /** Tiny sizes, to see that each still runs. */
  is_quick: boolean;
  /** How often both sides are measured; undefined for what each benchmark takes by itself. */
  rounds: number | undefined;
  /** Actions in the largest database. */
  most: number;
  /** A PostgreSQL's address, or 'embedded' for one that is started for this; undefined for SQLite where there is a choice. */
  server_url: string | undefined;
  /** The address of a PostgreSQL with PostGIS; undefined for the one in WebAssembly. */
  postgis_url: string | undefined;
  say: (line: string) => void;
}
