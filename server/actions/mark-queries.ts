import { sql, type Transaction } from 'kysely';
import type { Tables } from '../store/tables.ts';

/** A block of addresses that sent very many real actions on one day, as far as they are marked. */
export interface MarkedBlock {
  /** Its random name. */
  block: string;
  /** ISO dates and times in UTC, whole hours. */
  first_hour: string;
  last_hour: string;
  actions: number;
  /** How many of them corrections have taken out by now. */
  excluded_actions: number;
  /** By the partner who is credited ('' for none), the most first. */
  by_partner: { partner: string; actions: number }[];
}

/** The marked blocks of a campaign under every slug that it has or had, earliest first. */
export async function readMarkedBlocks(
  trx: Transaction<Tables>,
  slugs: readonly string[],
): Promise<MarkedBlock[]> {
  const rows = await trx
    .selectFrom('marked_actions')
    .where('campaign_slug', 'in', slugs)
    .where('is_sample', '=', 0)
    .groupBy(['block', 'partner'])
    .select(['block', 'partner'])
    .select((eb) => [
      eb.fn.min('action_date').as('first_hour'),
      eb.fn.max('action_date').as('last_hour'),
      eb.fn.countAll().as('actions'),
    ])
    .execute();
  const excluded = await trx
    .selectFrom('excluded_actions')
    .where('campaign_slug', 'in', slugs)
    .groupBy('source')
    .select(['source', sql<number>`sum(actions)`.as('actions')])
    .execute();
  const out = new Map(excluded.map(({ source, actions }) => [source, Number(actions)]));
  const blocks = Map.groupBy(rows, ({ block }) => block);
  return [...blocks]
    .map(([block, parts]): MarkedBlock => {
      const by_partner = parts.map(({ partner, actions }) => ({ partner, actions: Number(actions) }));
      return {
        block,
        first_hour: parts.map(({ first_hour }) => first_hour).toSorted()[0]!,
        last_hour: parts
          .map(({ last_hour }) => last_hour)
          .toSorted()
          .at(-1)!,
        actions: by_partner.reduce((sum, { actions }) => sum + actions, 0),
        excluded_actions: out.get(block) ?? 0,
        by_partner: by_partner.toSorted((a, b) => b.actions - a.actions || (a.partner < b.partner ? -1 : 1)),
      };
    })
    .toSorted((a, b) => (`${a.first_hour}${a.block}` < `${b.first_hour}${b.block}` ? -1 : 1));
}
