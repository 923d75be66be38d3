// The app in a process of its own, wired as in tests, with its action log or with one that stores nothing.
import { createActionIds } from '../server/actions/action-id.ts';
import { startTestApp, type TestAppOptions } from '../tests/support/test-app.ts';
import { SECRET_KEY } from './processes.ts';

/** How it is started. */
export interface ActionAppOptions extends Pick<TestAppOptions, 'data_dir' | 'database_url'> {
  stores: boolean;
}

const UNLIMITED = 1_000_000_000;

const { stores, ...options } = JSON.parse(process.argv[2]!) as ActionAppOptions;
const nothing = { log: async () => ({ counted: true }), close: async () => undefined };
const app = await startTestApp({
  ...options,
  allow_sample: false,
  settings: {
    is_production: true,
    trust_proxy: 1,
    lookups_per_minute: UNLIMITED,
    actions_per_minute: UNLIMITED,
  },
  parts: () => ({
    action_ids: createActionIds({ secrets: [SECRET_KEY] }),
    ...(stores ? {} : { action_log: nothing }),
  }),
});
process.on('disconnect', () => process.exit(0));
process.send?.({ url: app.url });
