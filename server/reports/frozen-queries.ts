import type { Transaction } from 'kysely';
import { COMPLETED } from '../actions/action.ts';
import { ACTION_COLUMNS } from '../actions/action-queries.ts';
import { calendarDay, daysAfter } from '../calendar.ts';
import { atOneMoment } from '../store/one-moment.ts';
import type { Store } from '../store/open-store.ts';
import type { Tables } from '../store/tables.ts';
import type { FrozenFigure } from './frozen-figure.ts';

/** A figure, and the bytes of it that every reader gets. */
export interface StoredFigure {
  figure: FrozenFigure;
  json: string;
}

/** A figure among others. */
export interface FigureListed {
  id: string;
  /** ISO date and time in UTC. */
  frozen_at: string;
  /** '' for none. */
  note: string;
}

/** Keeps a figure for good; false where its id is taken. */
export function keepFigure(store: Pick<Store, 'transaction'>, figure: FrozenFigure): Promise<boolean> {
  const { id, campaign_slug, frozen_at } = figure;
  const row = { id, campaign_slug, frozen_at, figure: `${JSON.stringify(figure, null, 2)}\n` };
  return store.transaction(async (trx) => {
    const kept = await trx
      .insertInto('frozen_figures')
      .values(row)
      .onConflict((conflict) => conflict.column('id').doNothing())
      .returning('id')
      .execute();
    return kept.length > 0;
  });
}

/** The figure of an id; undefined where there is none. */
export async function readFigure(
  { read }: Pick<Store, 'read'>,
  id: string,
): Promise<StoredFigure | undefined> {
  const row = await read
    .selectFrom('frozen_figures')
    .where('id', '=', id)
    .select('figure')
    .executeTakeFirst();
  // Written by this app and never since: a figure of an older version is drawn from what it has.
  return row && { figure: JSON.parse(row.figure) as FrozenFigure, json: row.figure };
}

/** The figures of a campaign under every slug that it has or had, the latest first. */
export async function listFigures(
  { read }: Pick<Store, 'read'>,
  slugs: readonly string[],
): Promise<FigureListed[]> {
  const rows = await read
    .selectFrom('frozen_figures')
    .where('campaign_slug', 'in', slugs)
    .orderBy('frozen_at', 'desc')
    .orderBy('id')
    .select(['id', 'frozen_at', 'figure'])
    .execute();
  return rows.map(({ figure, ...row }) => ({ ...row, note: (JSON.parse(figure) as FrozenFigure).note }));
}

/** A correction that came after a figure, as far as it concerns what the figure counts. */
export interface CorrectionAfter {
  id: string;
  kind: string;
  made_at: string;
  reason: string;
  completed_actions: number;
}

/**
 * What was taken out of a figure since it was fixed, or put back, earliest first: corrections of the campaign, under every
 * slug that it has or had, which the figure does not name, as far as they concern actions up to its hour, or up to its day
 * where organizers entered them. They are dated no more finely, so some of them may have come after the figure.
 *
 * `taken_out` is how many of the figure's actions are out now. What these corrections took out and put back again is not
 * among them, nor what a correction that the figure names had taken out before, whatever was done with it since.
 */
export async function correctionsAfter(
  { read }: Pick<Store, 'read'>,
  figure: Pick<FrozenFigure, 'frozen_at' | 'time_zone' | 'corrections'>,
  slugs: readonly string[],
): Promise<{ corrections: CorrectionAfter[]; taken_out: number }> {
  return atOneMoment(read, async (trx) => {
    const rows = await excludedSince(trx, figure, slugs)
      .groupBy(['corrections.id', 'corrections.kind', 'corrections.made_at', 'corrections.reason'])
      .orderBy('corrections.made_at')
      .orderBy('corrections.id')
      .select(['corrections.id', 'corrections.kind', 'corrections.made_at', 'corrections.reason'])
      .select((eb) => eb.fn.sum('excluded_actions.actions').as('taken_out'))
      .execute();
    // Actions that are alike and of one source can't be told apart. Of each such group the figure lost as many as more were
    // taken out since than put back; where more were put back, it had gone without these, and lost none.
    const lost = await excludedSince(trx, figure, slugs)
      .groupBy(ACTION_COLUMNS.map((column) => `excluded_actions.${column}` as const))
      .groupBy('excluded_actions.source')
      .having((eb) => eb.fn.sum('excluded_actions.actions'), '>', 0)
      .select((eb) => eb.fn.sum('excluded_actions.actions').as('taken_out'))
      .execute();
    return {
      corrections: rows
        .map(({ taken_out, ...row }) => ({ ...row, completed_actions: 0 - Number(taken_out) }))
        .filter(({ completed_actions }) => completed_actions !== 0),
      taken_out: lost.reduce((total, { taken_out }) => total + Number(taken_out), 0),
    };
  });
}

/** The completed actions up to a figure's hour that corrections of the campaign moved which the figure does not name. */
function excludedSince(
  trx: Transaction<Tables>,
  { frozen_at, time_zone, corrections }: Pick<FrozenFigure, 'frozen_at' | 'time_zone' | 'corrections'>,
  slugs: readonly string[],
) {
  const next_day = daysAfter(calendarDay(new Date(frozen_at), time_zone), 1);
  // By their ids and not by the clock: one that was being written at that moment is in neither or in both otherwise.
  const known = corrections.map(({ id }) => id);
  return (
    trx
      .selectFrom('corrections')
      .innerJoin('excluded_actions', 'excluded_actions.correction_id', 'corrections.id')
      // What was entered after the figure, for whatever day, it never had.
      .leftJoin('offline_entries', 'offline_entries.id', 'excluded_actions.source')
      .$if(known.length > 0, (query) => query.where('corrections.id', 'not in', known))
      .where((eb) =>
        eb.or([
          eb('offline_entries.entered_at', 'is', null),
          eb('offline_entries.entered_at', '<=', frozen_at),
        ]),
      )
      .where('corrections.campaign_slug', 'in', slugs)
      .where('excluded_actions.is_sample', '=', 0)
      .where('excluded_actions.status_code', 'in', COMPLETED)
      .where((eb) =>
        eb.or([
          eb('excluded_actions.action_date', '<=', frozen_at),
          // Entered for a day, they are dated at its noon: in every state that is the same day in UTC.
          eb.and([
            eb('excluded_actions.origin', '=', 'offline'),
            eb('excluded_actions.action_date', '<', next_day),
          ]),
        ]),
      )
  );
}
