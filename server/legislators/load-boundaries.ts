import { type Boundaries, createBoundaries, type DistrictFeature, isOutline } from './boundaries.ts';
import { featureTexts } from './boundaries-text.ts';
import type { District, Roster } from './legislator.ts';
import { parseAs, type RosterPlace, readText, unreadable } from './roster-reading.ts';
import { type BoundaryFeature, boundariesFileSchema, boundaryFeatureSchema } from './roster-schema.ts';
import { undrawnIn } from './undrawn-districts.ts';

/**
 * Reads the boundaries of a roster, feature by feature: of every state's at once nothing but the outlines stays in memory.
 * Throws OperationalError `roster_unreadable` where the file is damaged or missing, or draws other districts than the roster's.
 */
export async function loadBoundaries(path: string, roster: Roster, place: RosterPlace): Promise<Boundaries> {
  const text = await readText(path, place);
  if (text === undefined) throw unreadable(place, path, 'is missing');
  const drawn = new Set<District>();
  const toDistrict = ({ properties, geometry }: BoundaryFeature): DistrictFeature => {
    const district = roster.representation(properties.division_id)?.district;
    if (!district)
      throw unreadable(place, path, `has ${properties.division_id}, which roster.json does not have`);
    if (!isOutline(geometry)) throw unreadable(place, path, `has no outline of ${properties.division_id}`);
    drawn.add(district);
    return { type: 'Feature', properties: district, geometry };
  };
  const features = featuresOf(text, { path, place }).map(toDistrict);
  const boundaries = createBoundaries(place.state, { features });
  const mayLack = undrawnIn(roster.state);
  const missing = roster.districts.find((district) => !drawn.has(district) && !mayLack(district));
  if (missing) throw unreadable(place, path, `lacks the district ${missing.division_id}`);
  return boundaries;
}

function* featuresOf(text: string, of: { path: string; place: RosterPlace }): Generator<BoundaryFeature> {
  const lines = featureTexts(text);
  if (lines) for (const line of lines) yield parseAs(boundaryFeatureSchema, line, of);
  else yield* parseAs(boundariesFileSchema, text, of).features;
}
