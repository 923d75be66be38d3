import type { ChamberCandidates } from '../legislators/finder-outcome.ts';
import type { District, OrgClassification } from '../legislators/legislator.ts';
import type { StateRoster } from '../legislators/roster.ts';
import { hasOverlappingDistricts, sharersOf } from '../legislators/shared-places.ts';
import { countiesIn } from '../words/county-words.ts';
import type { Translate } from '../words/locale.ts';
import { chamberIn, isNumbered } from '../words/names.ts';
import { type CampaignPage, placeOf } from './page.ts';
import { chambersWanted } from './targeting.ts';

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
  /** True where there is nothing to choose: the one district is beyond doubt. Several of a chamber have a list each. */
  is_certain: boolean;
  /** True where the first is filled in, to be confirmed. */
  is_likely: boolean;
  /** True where each has a button of its own, false where they fold into a list. */
  as_buttons: boolean;
  options: DistrictOption[];
}

/** What is special about a choice. */
interface ChoiceOptions {
  /** OCD ids of the districts that the supporter chose before. */
  chosen?: string[];
  /** The chambers of which these are what a search found, and not the whole list. */
  found?: OrgClassification[];
}

/** Most districts of a chamber that each have a button: more are too far to scroll on a phone. */
const MOST_BUTTONS = 12;

/** Most districts that go along with a choice, so that a slip in it does not lose them; the whole list is at hand anyway. */
export const SHORT_LIST = 40;

/** OCD ids of a short list, which its form takes along; empty for a long one. */
export function shortListOf(candidates: ChamberOptions[]): string[] {
  const ids = candidates.flatMap(({ options }) => options.map(({ division_id }) => division_id));
  return ids.length <= SHORT_LIST ? ids : [];
}

/** Lists of districts with who sits there, one for each chamber that the campaign asks. */
export function districtOptions(
  page: CampaignPage,
  candidates: ChamberCandidates[],
  { chosen = [], found = [] }: ChoiceOptions = {},
): ChamberOptions[] {
  const { t, campaign } = page;
  const place = placeOf(page);
  const optionOf = (sharers: District[]): DistrictOption => {
    const [{ division_id, counties, org_classification }] = sharers as [District];
    return {
      division_id,
      label: labelOf(t, place, sharers),
      counties:
        found.includes(org_classification) && counties ? countiesIn(t, campaign.state, counties) : undefined,
      is_chosen: sharers.some((one) => chosen.includes(one.division_id)),
    };
  };
  return likelyOnlyTogether(askedOf(page, candidates)).flatMap(
    ({ org_classification, districts, is_certain, is_likely }) => {
      const chamber_name = chamberIn(t, campaign.state, org_classification);
      const options = placesOf(place, districts).map(optionOf);
      const as_buttons = found.includes(org_classification) && options.length <= MOST_BUTTONS;
      const overlaps = hasOverlappingDistricts(campaign.state, org_classification);
      const lists = is_certain ? options.map((one) => [one]) : overlaps ? oneEachChosen(options) : [options];
      return lists.map((list, nth) => ({
        org_classification,
        chamber_name,
        is_certain,
        is_likely,
        as_buttons: as_buttons && nth === 0,
        options: list,
      }));
    },
  );
}

/** Where districts lie over others several may be chosen, and a list holds one: each beyond the first has one of its own. */
function oneEachChosen(options: DistrictOption[]): DistrictOption[][] {
  const [, ...more] = options.filter(({ is_chosen }) => is_chosen);
  return [options.filter((one) => !more.includes(one)), ...more.map((one) => [one])];
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

/**
 * What is filled in counts as chosen by whoever leaves it as it is: so nothing is, but where each list that is not certain
 * has its likely one, and the page is there to confirm them all.
 */
function likelyOnlyTogether(groups: ChamberCandidates[]): ChamberCandidates[] {
  if (groups.every(({ is_certain, is_likely }) => is_certain || is_likely)) return groups;
  return groups.map((group) => ({ ...group, is_likely: false }));
}

/** The candidates of the chambers that the campaign asks. */
export function askedOf(page: CampaignPage, candidates: ChamberCandidates[]): ChamberCandidates[] {
  const chambers = chambersWanted(page);
  return candidates.filter((group) => chambers.includes(group.org_classification));
}

/** 'District 5: Ada Example', 'Chittenden-1: Ada Example, Ben Sample, vacant seat', of districts that are one place. */
export function labelOf(t: Translate, { roster }: StateRoster, sharers: District[]): string {
  const district = sharers[0]!;
  const held = sharers.flatMap(({ division_id }) => roster.representation(division_id) ?? []);
  const names = held.flatMap(({ legislators }) => legislators.map(({ name }) => name));
  const vacant_seats = held.reduce((sum, one) => sum + one.vacant_seats, 0);
  const vacant = vacant_seats > 0 ? [t('districts.vacant', { count: vacant_seats })] : [];
  // The chamber stands above the list, and a phone shows few letters; some states' districts have names of their own.
  const key = isNumbered(district) ? 'districts.option_number' : 'districts.option';
  return t(key, {
    district: sharers.map((one) => one.district).join(', '),
    name: district.name,
    members: [...names, ...vacant].join(', '),
  });
}
