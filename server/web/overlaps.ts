import type { District, OrgClassification } from '../legislators/legislator.ts';
import { hasOverlappingDistricts } from '../legislators/shared-places.ts';
import { isAtLarge, undrawnIn } from '../legislators/undrawn-districts.ts';
import { chamberIn, stateIn } from '../words/names.ts';
import { labelOf } from './district-options.ts';
import { chamberPage } from './official-finders.ts';
import { type CampaignPage, placeOf } from './page.ts';
import { type Standing, standingPairs } from './standing.ts';
import { chambersWanted } from './targeting.ts';
import { visitHref } from './visit.ts';

/**
 * Targeted chambers in which the supporter may have more members than any map here can tell, each with its own finder, and
 * `more`: the districts that may lie over theirs, with who sits there and the address of the page with that one added.
 */
export function overlapsIn(page: CampaignPage, standing: Standing) {
  const { t, campaign } = page;
  const { state, slug } = campaign;
  return chambersWanted(page)
    .filter((chamber) => hasOverlappingDistricts(state, chamber) || peoplesOf(page, chamber).length > 0)
    .map((chamber) => {
      const chamber_name = chamberIn(t, state, chamber);
      const isOfPeoples = !hasOverlappingDistricts(state, chamber);
      const more = (isOfPeoples ? peoplesOf(page, chamber) : districtsOver(page, standing))
        .filter((district) => district.org_classification === chamber)
        .filter(({ division_id }) => !standing.divisions.includes(division_id))
        .map((district) => {
          const divisions = [...standing.divisions, district.division_id];
          return {
            label: labelOf(t, placeOf(page), [district]),
            href: visitHref(page.visit, `/campaigns/${slug}/act`, standingPairs({ ...standing, divisions })),
          };
        });
      return {
        text: t(isOfPeoples ? 'act.also_speaks' : 'act.overlap', {
          state: stateIn(t, state),
          chamber: chamber_name,
        }),
        finder: isOfPeoples ? undefined : chamberPage(t, state, chamber),
        more,
      };
    })
    .filter(({ finder, more }) => finder || more.length > 0);
}

/**
 * Districts that no outline shows, in the same county as one of the supporter's: New Hampshire's are named by their county
 * ('Belknap 8') and lie within it (RSA 662:5). Empty where nobody here knows any outline, which leaves nothing to tell by.
 */
function districtsOver(page: CampaignPage, { divisions }: Standing): District[] {
  const { roster, boundaries } = placeOf(page);
  if (!boundaries) return [];
  const drawn = new Set(boundaries.features.map(({ district }) => district.division_id));
  const own = roster.districts.filter(({ division_id }) => divisions.includes(division_id));
  const counties = new Set(own.map(countyOf));
  return roster.districts.filter(
    (district) =>
      !drawn.has(district.division_id) && !own.includes(district) && counties.has(countyOf(district)),
  );
}

/** Districts that are no places and elect by themselves: those of Maine's tribes. */
function peoplesOf(page: CampaignPage, chamber: OrgClassification): District[] {
  const { roster } = placeOf(page);
  const isUndrawn = undrawnIn(roster.state);
  return roster.districts.filter(
    (district) =>
      district.org_classification === chamber &&
      isUndrawn(district) &&
      !isAtLarge(district) &&
      !hasOverlappingDistricts(roster.state, chamber),
  );
}

const countyOf = ({ org_classification, district }: District) =>
  `${org_classification} ${district.replace(/ \d+$/, '')}`;
