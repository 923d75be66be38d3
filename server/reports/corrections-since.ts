import { type CountedCampaign, slugsOf } from '../actions/totals.ts';
import type { Store } from '../store/open-store.ts';
import type { CorrectionsSince, FrozenFigure } from './frozen-figure.ts';
import { correctionsAfter } from './frozen-queries.ts';

/**
 * What was taken out of a figure after it had been fixed, or put back, read now; `campaign` is the figure's own as it is now,
 * whatever it is called by now, or undefined where its folder is gone.
 */
export async function readCorrectionsSince(
  store: Pick<Store, 'read'>,
  figure: FrozenFigure,
  { campaign, now }: { campaign: CountedCampaign | undefined; now: Date },
): Promise<CorrectionsSince> {
  const slugs = new Set([figure.campaign_slug, ...(campaign ? slugsOf(campaign) : [])]);
  const { corrections, taken_out } = await correctionsAfter(store, figure, [...slugs]);
  return {
    schema_version: 1,
    figure_id: figure.id,
    as_of: now.toISOString(),
    taken_out,
    corrections: corrections.map((row) => ({
      ...row,
      kind: row.kind as CorrectionsSince['corrections'][number]['kind'],
    })),
  };
}
