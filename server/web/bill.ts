import type { RequestHandler } from 'express';
import { createRoster } from '../legislators/roster.ts';
import { stateIn } from '../words/names.ts';
import { billsIn } from './bill-history.ts';
import { type CampaignPage, drawPage, openCampaignPage, type Site } from './page.ts';
import { standsIn } from './stands.ts';

/** Where the campaign's bills stand, and who of the legislature stands where on them. */
export function showBill(site: Site): RequestHandler {
  return (req, res) => {
    const page = openCampaignPage(site, req);
    const { t, campaign } = page;
    const known = site.parts.knownBills(campaign, page.place?.roster ?? nobody(page));
    const bills = billsIn(page, known);
    drawPage(page, res, 'bill', {
      heading: t('bill.title'),
      bills,
      // The official title and what the legislature writes are in its own language.
      official: campaign.state === 'pr' ? 'es' : 'en',
      stands: page.place && standsIn(page, known),
      no_roster: t('bill.stands.no_roster', { state: stateIn(t, campaign.state) }),
      asks: t(`bill.asks.${campaign.ask}`, { count: campaign.bills.length }),
    });
  };
}

/** A roster without members: what happened to a bill is known without one. */
function nobody({ campaign: { state, jurisdiction_id } }: CampaignPage) {
  return createRoster({
    state,
    jurisdiction_id,
    source: '',
    as_of: '',
    is_sample: false,
    districts: [],
    legislators: [],
  });
}
