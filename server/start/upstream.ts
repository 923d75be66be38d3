import { join } from 'node:path';
import { createGeocoder } from '../legislators/geocoder.ts';
import { createOpenStates } from '../legislators/openstates-client.ts';
import { createPointLookup } from '../legislators/point-lookup.ts';
import { createRequestBudget } from '../legislators/request-budget.ts';
import type { Log } from '../log.ts';
import { meterGeocoder, meterOpenStates } from '../metrics/metered.ts';
import type { Metrics } from '../metrics/metrics.ts';
import type { Settings } from '../settings.ts';

/** Who outside is asked during a request, each call measured: the geocoder, and OpenStates where there is a key for it. */
export function openUpstream({
  settings,
  metrics,
  now,
  log,
}: {
  settings: Settings;
  metrics: Metrics;
  now: () => Date;
  log: Log;
}) {
  const { census_geocoder_url: url, openstates_api_key: key } = settings;
  const geocoder = meterGeocoder(createGeocoder({ url, now, random: Math.random, log }), metrics);
  if (!key) return { geocoder, openStates: undefined, lookUpPoint: undefined };
  const budget = createRequestBudget({
    file: join(settings.data_dir, 'openstates-requests.json'),
    per_minute: settings.openstates_per_minute,
    per_day: settings.openstates_per_day,
    now,
  });
  const openStates = meterOpenStates(
    createOpenStates({ url: settings.openstates_url, key, budget, now }),
    metrics,
  );
  const onUnasked = (why: string) => metrics.noteUpstream('openstates', why);
  return {
    geocoder,
    openStates,
    lookUpPoint: createPointLookup({ client: openStates, now, log, onUnasked }),
  };
}
