import type { ChamberCandidates } from '../legislators/finder-outcome.ts';
import type { District, OrgClassification } from '../legislators/legislator.ts';
import { countiesIn } from './county-words.ts';
import { chamberIn, isNumbered } from './names.ts';
import { type CampaignPage, placeOf } from './page.ts';

/** One district as a supporter may choose it. */
export interface DistrictOption {
  division_id: string;
  /** Its number or name, and everyone who sits there. */
  label: string;
  /** The counties that it lies in, in words, where it was searched for and they are known. */
  counties: string | undefined;
  is_chosen: boolean;
}

/** The districts of one chamber from which a supporter chooses. */
export interface ChamberOptions {
  org_classification: OrgClassification;
  chamber_name: string;
  /** True where there is nothing to choose: the one district is beyond doubt. */
  is_certain: boolean;
  /** True where each has a button of its own, false where they fold into a list. */
  as_buttons: boolean;
  options: DistrictOption[];
}

/** What is special about a choice. */
interface ChoiceOptions {
  /** OCD ids of the districts that the supporter chose before. */
  chosen?: string[];
  /** Whether these are what a search found. */
  is_found?: boolean;
}

/** Most districts of a chamber that each have a button: more are too far to scroll on a phone. */
const MOST_BUTTONS = 12;

/** Lists of districts with who sits there, one for each chamber that the campaign asks. */
export function districtOptions(
  page: CampaignPage,
  candidates: ChamberCandidates[],
  { chosen = [], is_found = false }: ChoiceOptions = {},
): ChamberOptions[] {
  const labelOf = labelMaker(page);
  return askedOf(page, candidates).map(({ org_classification, districts, is_certain }) => ({
    org_classification,
    chamber_name: chamberIn(page.t, page.campaign.state, org_classification),
    is_certain,
    as_buttons: is_found && districts.length <= MOST_BUTTONS,
    options: districts.map((district) => ({
      division_id: district.division_id,
      label: labelOf(district),
      counties:
        is_found && district.counties
          ? countiesIn(page.t, page.campaign.state, district.counties)
          : undefined,
      is_chosen: chosen.includes(district.division_id),
    })),
  }));
}

/** The candidates of the chambers that the campaign asks. */
export function askedOf(page: CampaignPage, candidates: ChamberCandidates[]): ChamberCandidates[] {
  return candidates.filter((group) => page.campaign.targets.chambers.includes(group.org_classification));
}

/** Makes labels: 'District 5: Ada Example', 'Chittenden-1: Ada Example, Ben Sample, vacant seat'. */
function labelMaker(page: CampaignPage): (district: District) => string {
  const { t } = page;
  const { roster } = placeOf(page);
  return (district) => {
    const { legislators = [], vacant_seats = 0 } = roster.representation(district.division_id) ?? {};
    const names = legislators.map(({ name }) => name);
    const vacant = vacant_seats > 0 ? [t('districts.vacant', { count: vacant_seats })] : [];
    // The chamber stands above the list, and a phone shows few letters; some states' districts have names of their own.
    const key = isNumbered(district) ? 'districts.option_number' : 'districts.option';
    const members = [...names, ...vacant].join(', ');
    return t(key, { district: district.district, name: district.name, members });
  };
}
