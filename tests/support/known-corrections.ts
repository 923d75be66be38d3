import type { Criteria } from '../../server/actions/criteria-queries.ts';
import { type KnownCampaign, MAIN, RENAMED, WESTERN } from './known-world.ts';

interface Made {
  id: string;
  campaign: KnownCampaign;
  /** ISO date and time in UTC. */
  made_at: string;
  reason: string;
}

/** A correction that takes out what fits. */
export type KnownExclusion = Made & { kind: 'exclude'; criteria: Criteria };
/** A correction as it will be made. */
export type KnownCorrection = KnownExclusion | (Made & { kind: 'readmit'; readmits: string });

type Planned = [campaign: KnownCampaign, meant: Criteria | { readmits: string }];

function planned(prefix: string, day: string, list: Planned[]): KnownCorrection[] {
  return list.map(([campaign, meant], index): KnownCorrection => {
    const made = {
      id: `${prefix}-${index}`,
      campaign,
      // Between three and four in the morning of UTC: in the states it is the day before.
      made_at: `${day}T03:${String(index + 10)}:00.000Z`,
      reason: `Correction ${prefix} ${index}: sent by a program, "it seems", <twice>`,
    };
    return 'readmits' in meant
      ? { ...made, kind: 'readmit', readmits: meant.readmits }
      : { ...made, kind: 'exclude', criteria: meant };
  });
}

/** While there are a few actions alone: by block, entry, partner and time, each overlapping others, and one taken back. */
export const EARLY_CORRECTIONS = planned('early', '2026-11-04', [
  [MAIN, { block: 'block-3' }],
  [MAIN, { entry: 'first-5' }],
  [MAIN, { from: '2026-10-10T04:00:00.000Z', to: '2026-10-25T04:00:00.000Z', partner: 'group-1' }],
  [MAIN, { from: '2026-10-14T16:00:00.000Z', to: '2026-10-17T16:00:00.000Z' }],
  [MAIN, { readmits: 'early-2' }],
  [RENAMED, { partner: 'group-2' }],
  [WESTERN, { from: '2026-10-31T08:00:00.000Z', to: '2026-11-02T08:00:00.000Z' }],
]);

/** When all are there: the same once more, which takes those alone that came since; parts of what is out; and what completed nothing. */
export const LATE_CORRECTIONS = planned('late', '2026-12-02', [
  [MAIN, { from: '2026-10-14T16:00:00.000Z', to: '2026-10-15T20:00:00.000Z' }],
  [MAIN, { partner: 'group-11' }],
  [MAIN, { block: 'block-5', from: '2026-10-15T00:00:00.000Z' }],
  [MAIN, { block: 'block-5' }],
  [MAIN, { readmits: 'early-3' }],
  [MAIN, { entry: 'second-2' }],
  [MAIN, { from: '2026-11-01T00:00:00.000Z', to: '2026-11-02T17:00:00.000Z', partner: 'group-9' }],
  [MAIN, { from: '2026-11-18T07:00:00.000Z', to: '2026-11-18T08:00:00.000Z', partner: 'group-1' }],
  [RENAMED, { readmits: 'early-5' }],
  [RENAMED, { from: '2026-10-23T00:00:00.000Z', to: '2026-10-25T00:00:00.000Z', partner: 'group-1' }],
  [MAIN, { readmits: 'late-2' }],
]);

/** After a figure was fixed: of what it counts, of what came since, and of both. */
export const LAST_CORRECTIONS = planned('last', '2026-12-05', [
  [MAIN, { from: '2026-12-02T20:00:00.000Z', to: '2026-12-03T18:00:00.000Z' }],
  [MAIN, { from: '2026-12-04T00:00:00.000Z', partner: 'group-1' }],
  [MAIN, { readmits: 'late-1' }],
  [MAIN, { readmits: 'last-0' }],
  [MAIN, { entry: 'first-8' }],
]);

/** All that take something out. */
export const EXCLUSIONS = [...EARLY_CORRECTIONS, ...LATE_CORRECTIONS, ...LAST_CORRECTIONS].filter(
  (one) => one.kind === 'exclude',
);
