import { type District, ORG_CLASSIFICATIONS } from '../legislators/legislator.ts';
import type { StateRoster } from '../legislators/roster.ts';
import { chamberName } from '../legislators/states.ts';
import { type CampaignPage, placeOf } from './page.ts';

/** The districts of one chamber from which a supporter chooses. */
export interface ChamberOptions {
  chamber_name: string;
  options: { division_id: string; label: string }[];
}

/** Lists of districts with who sits there, one for each chamber that the campaign asks. */
export function districtOptions(page: CampaignPage, districts: District[]): ChamberOptions[] {
  const place = placeOf(page);
  return ORG_CLASSIFICATIONS.filter((chamber) => page.campaign.targets.chambers.includes(chamber))
    .map((chamber) => ({
      chamber_name: chamberName(page.campaign.state, chamber),
      options: districts
        .filter((district) => district.org_classification === chamber)
        .map((district) => option(page, place, district)),
    }))
    .filter((chamber) => chamber.options.length > 0);
}

function option(
  page: CampaignPage,
  place: StateRoster,
  district: District,
): { division_id: string; label: string } {
  const names =
    place.roster.representation(district.division_id)?.legislators.map((legislator) => legislator.name) ?? [];
  const members = names.join(', ') || page.t('districts.vacant');
  return {
    division_id: district.division_id,
    label: page.t('districts.option', { name: district.name, members }),
  };
}
