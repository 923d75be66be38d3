import { readTotals } from '../../server/actions/totals.ts';
import { freezeFigure } from '../../server/reports/freeze-figure.ts';
import type { FrozenFigure } from '../../server/reports/frozen-figure.ts';
import type { Store } from '../../server/store/open-store.ts';
import { openLocales } from '../../server/words/locale.ts';
import { logEntry } from './temp-store.ts';
import type { TestApp } from './test-app.ts';

/** Fixes the app's real totals of the VISIBLE Act as the command does. */
export async function freeze(
  app: TestApp,
  { locales_dir = 'views/locales', note = '' } = {},
): Promise<FrozenFigure> {
  const campaign = app.parts.campaigns.get('visible-act')!;
  return freezeFigure(app.store, {
    campaign,
    totals: await readTotals(app.store, campaign, { is_sample: false, now: app.parts.now() }),
    roster: app.parts.rosters.get(campaign.state)?.roster,
    locales: await openLocales(locales_dir),
    base: 'https://act.example.org',
    note,
    random: Math.random,
  });
}

/** A figure with something in each of its parts, of which an action was taken out since. */
export async function madeUpFigure(
  app: TestApp,
  { legislator_id, locales_dir }: { legislator_id: string; locales_dir: string },
): Promise<FrozenFigure> {
  const { log } = app.parts.action_log;
  const entries = ['jira', 'jira', ''].map((partner, nth) =>
    logEntry({ nonce: `figure-${nth}`, partner, legislator_id }),
  );
  await Promise.all(entries.map(log));
  const figure = await freeze(app, { locales_dir, note: 'For the hearing on December 8' });
  await takeOut(app.store, { id: 'figure-since', made_at: '2027-01-04T15:00:00.000Z' });
  return figure;
}

/** Writes a correction as the tables hold it: `actions` of an hour taken out or, below zero, put back. The tallies stay. */
export async function takeOut(
  store: Store,
  {
    id,
    made_at,
    actions = 1,
    campaign_slug = 'visible-act',
    action_date = '2026-11-24T15:00:00.000Z',
    status_code = 'contact',
    origin = 'web',
    source = '',
  }: {
    id: string;
    made_at: string;
    actions?: number;
    campaign_slug?: string;
    action_date?: string;
    status_code?: string;
    origin?: string;
    source?: string;
  },
): Promise<void> {
  const { context } = logEntry({ nonce: '' });
  await store.transaction(async (trx) => {
    await trx
      .insertInto('corrections')
      .values({
        id,
        campaign_slug,
        kind: actions > 0 ? 'exclude' : 'readmit',
        made_at,
        reason: 'Sent by a program <from> one address.',
        criteria: '{}',
        actions: -actions,
        completed_actions: -actions,
      })
      .execute();
    await trx
      .insertInto('excluded_actions')
      .values({
        ...context,
        campaign_slug,
        is_sample: 0,
        status_code,
        origin,
        action_date,
        correction_id: id,
        source,
        actions,
      })
      .execute();
  });
}
