import { NH_HOUSE_DISTRICTS } from './census-names.ts';
import { layerOfChamber } from './district-names.ts';
import { divisionId } from './division-ids.ts';
import type { District, OrgClassification } from './legislator.ts';
import { seatsOf } from './seat-counts.ts';
import { stateFacts } from './states.ts';

/**
 * Districts that no boundary file draws, or not all of them, by state and chamber, as OpenStates names them (its metadata of
 * August 2026):
 * - those elected at large in DC and Puerto Rico have every resident of it for constituents;
 * - the two of Maine speak for tribes, not for places;
 * - of New Hampshire's House districts the Census Bureau draws 164, and none of the 39 floterials (RSA 662:5), which
 *   lie over several others and elect members of their own.
 */
const UNDRAWN: Record<string, Partial<Record<OrgClassification, readonly string[]>>> = {
  dc: { legislature: ['Chairman', 'At-Large'] },
  me: { lower: ['Houlton Band of Maliseet Indians', 'Passamaquoddy Tribe'] },
  nh: { lower: NH_HOUSE_DISTRICTS },
  pr: { upper: ['At-Large'], lower: ['At-Large'] },
};

/** These districts of a state, and those that may be without an outline where they are not among them. */
export function withUndrawn(state: string, drawn: District[]): District[] {
  const known = new Set(drawn.map(({ division_id }) => division_id));
  return [...drawn, ...undrawnDistricts(state).filter(({ division_id }) => !known.has(division_id))];
}

function undrawnDistricts(state: string): District[] {
  return Object.entries(UNDRAWN[state] ?? {}).flatMap(([chamber, names]) =>
    names.map((district): District => {
      const org_classification = chamber as OrgClassification;
      return {
        division_id: divisionId(state, layerOfChamber(org_classification), district),
        state,
        org_classification,
        district,
        name: district,
        seats: seatsOf(state, org_classification, district),
      };
    }),
  );
}

/** Whether a district's members are elected by the whole state, so that everyone there is their constituent. */
export function isAtLarge({ state, division_id }: Pick<District, 'state' | 'division_id'>): boolean {
  return division_id === stateFacts(state).division_id || division_id.endsWith(':at-large');
}

/** Districts of one division as one: those of DC's chairman and of its members at large are both the whole of DC. */
export function mergeDistricts(districts: District[]): District[] {
  return [...Map.groupBy(districts, ({ division_id }) => division_id).values()].map((same) => ({
    ...same[0]!,
    district: same.map(({ district }) => district).join(', '),
    name: same.map(({ name }) => name).join(', '),
    seats: same.reduce((sum, { seats }) => sum + seats, 0),
  }));
}

/** A check whether a state's district may be without an outline. */
export function undrawnIn(state: string): (district: Pick<District, 'division_id'>) => boolean {
  const undrawn = new Set(undrawnDistricts(state).map(({ division_id }) => division_id));
  return ({ division_id }) => undrawn.has(division_id);
}
