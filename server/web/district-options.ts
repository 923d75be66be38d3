import type { ChamberCandidates } from '../legislators/finder-outcome.ts';
import type { District } from '../legislators/legislator.ts';
import type { StateRoster } from '../legislators/roster.ts';
import { sharersOf } from '../legislators/shared-places.ts';
import { chamberIn, isNumbered } from './names.ts';
import { type CampaignPage, placeOf } from './page.ts';

/** The districts of one chamber from which a supporter chooses. */
export interface ChamberOptions {
  chamber_name: string;
  /** True where there is nothing to choose: the one district is beyond doubt. Several of a chamber have a list each. */
  is_certain: boolean;
  /** True where the first is filled in, to be confirmed. */
  is_likely: boolean;
  options: { division_id: string; label: string }[];
}

/** Lists of districts with who sits there, one for each chamber that the campaign asks. */
export function districtOptions(page: CampaignPage, candidates: ChamberCandidates[]): ChamberOptions[] {
  const place = placeOf(page);
  return askedOf(page, candidates).flatMap(({ org_classification, districts, is_certain, is_likely }) => {
    const chamber_name = chamberIn(page.t, page.campaign.state, org_classification);
    const options = placesOf(place, districts).map((sharers) => option(page, place, sharers));
    const lists = is_certain ? options.map((one) => [one]) : [options];
    return lists.map((list) => ({ chamber_name, is_certain, is_likely, options: list }));
  });
}

/** Districts by the place that they are: Idaho's seats A and B are one choice, which the finder makes both of. */
function placesOf({ roster }: StateRoster, districts: District[]): District[][] {
  const seen = new Set<District>();
  return districts.flatMap((district) => {
    if (seen.has(district)) return [];
    const sharers = sharersOf(roster.districts, district);
    for (const one of sharers) seen.add(one);
    return [sharers];
  });
}

/** The candidates of the chambers that the campaign asks. */
export function askedOf(page: CampaignPage, candidates: ChamberCandidates[]): ChamberCandidates[] {
  return candidates.filter((group) => page.campaign.targets.chambers.includes(group.org_classification));
}

function option(
  page: CampaignPage,
  place: StateRoster,
  sharers: District[],
): { division_id: string; label: string } {
  const district = sharers[0]!;
  const names = sharers.flatMap(
    ({ division_id }) =>
      place.roster.representation(division_id)?.legislators.map((legislator) => legislator.name) ?? [],
  );
  const members = names.join(', ') || page.t('districts.vacant');
  // The chamber stands above the list, and a phone shows few letters; some states' districts have names of their own.
  const key = isNumbered(district) ? 'districts.option_number' : 'districts.option';
  return {
    division_id: district.division_id,
    label: page.t(key, {
      district: sharers.map((one) => one.district).join(', '),
      name: district.name,
      members,
    }),
  };
}
