import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ServerProcess, startServerProcess } from './server-process.ts';

/** The app in a process of its own, in a folder of the test's own; both end with the test. */
export interface StartedHere {
  /** Below it is DATA_DIR, as `data`. */
  readonly folder: string;
  /** Starts the app in the test's folder; without a network, as far as the app can tell. */
  start: (env?: Record<string, string>) => Promise<ServerProcess>;
  /** What the process logged so far. */
  events: (server: ServerProcess) => Record<string, unknown>[];
}

/** Gives each test of a suite a folder, and ends what it started. */
export function startingHere(): StartedHere {
  let folder = '';
  let running: ServerProcess | undefined;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'statehouse-start-'));
  });
  afterEach(async () => {
    await running?.end('SIGKILL');
    running = undefined;
    rmSync(folder, { recursive: true, force: true });
  });
  return {
    get folder() {
      return folder;
    },
    start: async (env = {}) => {
      running = await startServerProcess({
        DATA_DIR: join(folder, 'data'),
        CENSUS_GEOCODER_URL: 'http://127.0.0.1:9',
        ...env,
      });
      return running;
    },
    events: ({ lines }) => lines.map((line) => JSON.parse(line)),
  };
}
