import { stateFacts } from '../legislators/states.ts';
import type { ReportNames } from '../reports/report-views.ts';
import { districtIn, nameIn } from '../words/names.ts';
import type { CampaignPage } from './page.ts';

/** What people call the keys of views, in the language of the page; of someone who no longer sits, the id. */
export function reportNames({ campaign, place, t }: CampaignPage): ReportNames {
  return {
    legislator: (id) => {
      if (id === '') return t('totals.not_said');
      const legislator = place?.roster.legislator(id);
      return legislator ? nameIn(t, legislator) : place ? t('totals.former', { id }) : id;
    },
    division: (id) => {
      const district = place?.roster.representation(id)?.district;
      if (district) return districtIn(t, district);
      return id === stateFacts(campaign.state).division_id ? t('report.no_district') : id;
    },
    partner: (code) =>
      campaign.partners.find((partner) => partner.code === code)?.name ?? (code || t('totals.no_partner')),
  };
}
