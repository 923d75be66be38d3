// Which actions a correction takes out, or puts back, at a glance.
import type { SourcedActions } from '../server/actions/criteria-queries.ts';
import { sumOf } from '../server/actions/criteria-queries.ts';
import { numberFormat } from '../server/calendar.ts';
import type { Campaign } from '../server/campaigns/campaign.ts';
import { textTable } from './text-table.ts';

/** How many these are by outcome, by day of the state and by partner, as a table for reading. */
export function excludedTable(
  groups: readonly SourcedActions[],
  { partners }: Pick<Campaign, 'partners'>,
): string {
  const number = numberFormat('en');
  const nameOf = (code: string) => partners.find((one) => one.code === code)?.name ?? (code || 'no partner');
  const views: [string, (group: SourcedActions) => string][] = [
    [
      'type',
      ({ action: { type, status_code, origin } }) =>
        `${type}, ${status_code}${origin === 'offline' ? ', offline' : ''}`,
    ],
    ['day', ({ day }) => day],
    ['partner', ({ action }) => nameOf(action.partner)],
  ];
  const rows = views.flatMap(([view, keyOf]) =>
    [...Map.groupBy(groups, keyOf)]
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, part]) => {
        const { actions, completed_actions } = sumOf(part);
        return [view, key, number.format(actions), number.format(completed_actions)];
      }),
  );
  return textTable([['by', 'what', 'actions', 'completed'], ...rows], 2);
}
