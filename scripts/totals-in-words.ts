// A campaign's totals as a table for reading.
import type { ReportTotals } from '../server/actions/totals.ts';
import { type Dimension, totalsRows } from '../server/actions/totals-csv.ts';
import { momentInWords, numberFormat } from '../server/calendar.ts';
import type { Campaign } from '../server/campaigns/campaign.ts';
import type { Roster } from '../server/legislators/legislator.ts';
import { stateFacts } from '../server/legislators/states.ts';
import type { Translate } from '../server/words/locale.ts';
import { districtIn } from '../server/words/names.ts';
import { textTable } from './text-table.ts';

/** What totals are told with. */
export interface ToldWith {
  /** One view alone. */
  by: Dimension | undefined;
  /** Undefined where its folder is gone or has a fault: names are left out, and the clock is that of UTC. */
  campaign: Campaign | undefined;
  /** Who sits in its state, as far as that is at hand. */
  roster: Pick<Roster, 'legislator' | 'representation'> | undefined;
  /** Visits by partner ('' for none). */
  visits: readonly { partner: string; visits: number }[];
  t: Translate;
}

/** The totals in words: what was counted and when, then a row for each outcome that there was, day, legislator and so on. */
export function totalsInWords(totals: ReportTotals, told_with: ToldWith): string {
  const { by, campaign } = told_with;
  const time_zone = campaign ? stateFacts(campaign.state).time_zone : 'UTC';
  const head = `${totals.campaign_slug}: ${totals.completed_actions} completed action${totals.completed_actions === 1 ? '' : 's'}${totals.goal ? ` of ${totals.goal} hoped for` : ''}${totals.is_sample ? ' (samples)' : ''}
  reported by supporters ${totals.self_reported}, accepted by mail servers ${totals.server_accepted}, offline ${totals.offline}
  as of ${momentInWords(new Date(totals.as_of), 'en', time_zone)}; actions are counted, not people\n${visitsInWords(told_with)}${correctedInWords(totals)}\n`;
  const rows = totalsRows(totals, by)
    .filter(({ actions }) => actions !== 0)
    .map(({ dimension, key, status_code, actions, completed_actions }) => {
      const named = nameOf(dimension, key, told_with) ?? (key || 'not said');
      return [dimension, named, status_code, String(actions), String(completed_actions)];
    });
  return head + textTable([['by', 'what', 'outcome', 'actions', 'completed'], ...rows], 3);
}

/** What a key of a view is called, where that is known. */
function nameOf(dimension: Dimension, key: string, { campaign, roster, t }: ToldWith): string | undefined {
  switch (dimension) {
    case 'partner':
      return partnerOf(key, campaign);
    case 'variant':
      return key.endsWith('@') ? `${key.slice(0, -1)} without a variant` : undefined;
    case 'legislator': {
      const legislator = roster?.legislator(key);
      return legislator && `${legislator.current_role.title} ${legislator.name}`;
    }
    case 'division': {
      const district = roster?.representation(key)?.district;
      if (district) return districtIn(t, district);
      if (campaign && key === stateFacts(campaign.state).division_id) return stateFacts(campaign.state).name;
      return undefined;
    }
    default:
      return undefined;
  }
}

function partnerOf(code: string, campaign: Campaign | undefined): string {
  return campaign?.partners.find((partner) => partner.code === code)?.name ?? (code || 'no partner');
}

/** How often people came, and by way of whom; '' where nobody did. */
function visitsInWords({ visits, campaign }: ToldWith): string {
  const number = numberFormat('en');
  const by_partner = [...Map.groupBy(visits, ({ partner }) => partner)]
    .map(([partner, rows]) => ({ partner, count: rows.reduce((sum, one) => sum + one.visits, 0) }))
    .toSorted((one, other) => other.count - one.count);
  const total = by_partner.reduce((sum, { count }) => sum + count, 0);
  if (total === 0) return '';
  const parts = by_partner.map(
    ({ partner, count }) => `${partnerOf(partner, campaign)} ${number.format(count)}`,
  );
  return `  visits ${number.format(total)}: ${parts.join(', ')}\n`;
}

/** That numbers were changed since they were counted, where they were: nobody is to be surprised by it. */
function correctedInWords({ campaign_slug, corrections }: ReportTotals): string {
  const count = corrections.length;
  if (count === 0) return '';
  return `  corrected ${count === 1 ? 'once' : `${count} times`}: npm run report -- corrections ${campaign_slug}\n`;
}
