import type { MultiPolygon, Polygon } from 'geojson';
import { z } from 'zod';
import { OperationalError } from '../errors.ts';
import { isOutline } from './boundaries.ts';
import { type BoundarySource, type RawFeature, readBoundaryFile } from './boundary-file.ts';
import { districtsOfCensus, isNamedLayer } from './census-names.ts';
import { chamberOfLayer, districtName, type Layer, layersOf } from './district-names.ts';
import { divisionId } from './division-ids.ts';
import type { OrgClassification } from './legislator.ts';
import { inOrder } from './place-members.ts';
import { chamberName, STATES, stateFacts } from './states.ts';

/** A district as its boundary file tells of it; how many it elects is known later. */
export interface BoundaryDistrict {
  division_id: string;
  org_classification: OrgClassification;
  /** As OpenStates names it: '5', '64A'. */
  district: string;
  /** As the Census names it: 'State House District 5'. A district with a name goes by that: 'Belknap 1'. */
  name: string;
  /** The Census's id: '12005'. */
  geoid?: string;
  geometry: Polygon | MultiPolygon;
}

/** A cell of a shapefile's table: of fixed width, filled up with spaces or NULs. */
const cell = z.string().transform((value) => value.replaceAll('\0', '').trim());

/** What the Census Bureau says of a district. OCD id and OpenStates name are there where somebody added them. */
const propertiesSchema = z.object({
  STATEFP: cell.pipe(z.string().regex(/^\d\d$/)),
  SLDUST: cell.nullish(),
  SLDLST: cell.nullish(),
  GEOID: cell.nullish(),
  NAME: cell.pipe(z.string().min(1)),
  NAMELSAD: cell.pipe(z.string().min(1)),
  ocdid: z.string().startsWith('ocd-division/').nullish(),
  openstates_district: z.string().nullish(),
});

/**
 * Reads a state's districts from its Census boundary files, in order of chamber and district.
 * Throws OperationalError: what `readBoundaryFile` throws; `boundaries_format` where features are not Census districts;
 * `boundaries_state` where they are another state's; `boundaries_layer` where a chamber is missing or came twice.
 */
export async function readDistricts(sources: BoundarySource[], state: string): Promise<BoundaryDistrict[]> {
  const districts: BoundaryDistrict[] = [];
  const origins = new Map<string, string>();
  for (const source of sources) {
    const path = typeof source === 'string' ? source : source.name;
    const features = await readBoundaryFile(source);
    for (const [index, feature] of features.entries()) {
      for (const district of readFeature(feature, { path, number: index + 1, state })) {
        const origin = origins.get(district.division_id);
        if (origin) {
          const where = origin === path ? `twice in ${path}` : `both in ${origin} and in ${path}`;
          throw new OperationalError(
            'boundaries_layer',
            `${district.name} is ${where}. Give each chamber's boundaries once.`,
          );
        }
        origins.set(district.division_id, path);
        districts.push(district);
      }
    }
  }
  refuseMissingChamber(districts, state);
  return inOrder(state, districts);
}

interface Place {
  path: string;
  /** Which feature of the file, from 1. */
  number: number;
  state: string;
}

/** One feature's districts: none for what is in no district (the Census calls it ZZZ: mostly water), two for Idaho's seats. */
function readFeature(feature: RawFeature, place: Place): BoundaryDistrict[] {
  const { path, state } = place;
  const parsed = propertiesSchema.safeParse(feature.properties);
  if (!parsed.success) {
    const field = parsed.error.issues[0]!.path.join('.');
    throw notCensus(place, `it lacks a usable ${field}`);
  }
  const properties = parsed.data;
  const facts = stateFacts(state);
  if (properties.STATEFP !== facts.fips) {
    const other = STATES.find(({ fips }) => fips === properties.STATEFP)?.name ?? 'another state';
    const message = `${path} holds boundaries of ${other}, but '${state}' is being imported. Give those of ${facts.name}.`;
    throw new OperationalError('boundaries_state', message);
  }
  const layer: Layer | undefined = properties.SLDLST ? 'sldl' : properties.SLDUST ? 'sldu' : undefined;
  if (!layer) throw notCensus(place, 'it has neither SLDUST nor SLDLST');
  if (!layersOf(state).includes(layer)) {
    const message = `${path} holds districts of a lower chamber, which ${facts.name} does not have.`;
    throw new OperationalError('boundaries_layer', message);
  }
  const code = properties.SLDLST || properties.SLDUST!;
  if (code === 'ZZZ') return [];
  const { geometry } = feature;
  if (!isOutline(geometry)) {
    throw notCensus(place, `${properties.NAMELSAD} has no outline in degrees of longitude and latitude`);
  }
  const named = properties.openstates_district
    ? [districtName(properties.openstates_district)]
    : districtsOfCensus(state, layer, { code, name: properties.NAME });
  return named.map((district) => ({
    division_id: properties.ocdid ?? divisionId(state, layer, district),
    org_classification: chamberOfLayer(state, layer),
    district,
    name: isNamedLayer(state, layer) ? district : nameOf(properties.NAMELSAD, district),
    geoid: properties.GEOID || undefined,
    geometry,
  }));
}

/** The Census's own name, with the seat's letter where it shares the place with another: 'Legislative District 1A'. */
function nameOf(name: string, district: string): string {
  const letter = /^\d+([A-Z])$/.exec(district)?.[1];
  return letter && /\d$/.test(name) ? `${name}${letter}` : name;
}

function notCensus({ path, number }: Place, what: string): OperationalError {
  const expected = 'a state legislative district as the Census Bureau writes it';
  return new OperationalError('boundaries_format', `${path}: feature ${number} is not ${expected}: ${what}.`);
}

function refuseMissingChamber(districts: BoundaryDistrict[], state: string): void {
  const found = new Set(districts.map(({ org_classification }) => org_classification));
  for (const layer of layersOf(state)) {
    const chamber = chamberOfLayer(state, layer);
    if (found.has(chamber)) continue;
    const what = `The boundaries of the ${chamberName(state, chamber)} of ${stateFacts(state).name} are missing`;
    const remedy = `Add --boundaries with the file of its districts (the Census Bureau has ${layer} in its name).`;
    throw new OperationalError('boundaries_layer', `${what}. ${remedy}`);
  }
}
