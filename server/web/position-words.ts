import { dayInWords } from '../calendar.ts';
import type { KnownPosition } from '../campaigns/positions.ts';
import type { CampaignPage } from './page.ts';

/** What a legislator did or said, in words: `label` says it, `dated` names the source at the URL `source` with its date. */
export function positionWords(page: CampaignPage, position: KnownPosition) {
  const bill = position.bill ?? page.t('act.the_bill');
  const date = dayInWords(position.date, page.visit.page_language);
  return {
    label: page.t(`act.position.${position.position}`, { bill, session: position.session }),
    source: position.source,
    dated: page.t('act.position_source', { date }),
  };
}
