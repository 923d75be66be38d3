import type { OrgClassification } from './legislator.ts';
import { stateFacts } from './states.ts';

/** The Census Bureau's layers of state legislative districts: upper (or only) chamber, and lower chamber. */
export const LAYERS = ['sldu', 'sldl'] as const;
/** One of these layers. */
export type Layer = (typeof LAYERS)[number];

/** The chamber whose districts a layer holds: a one-chamber legislature is in the upper layer. */
export function chamberOfLayer(state: string, layer: Layer): OrgClassification {
  if (layer === 'sldl') return 'lower';
  return stateFacts(state).chambers[0]!;
}

/** The layers that a state's legislature fills. */
export function layersOf(state: string): Layer[] {
  return stateFacts(state).chambers.length === 1 ? ['sldu'] : [...LAYERS];
}

const isCode = (name: string) => /^(\d+[a-z]?|[a-z])$/i.test(name);

/** A district's name as OpenStates has it: numbers without leading zeros ('005' → '5', '064A' → '64A'). */
export function districtName(name: string): string {
  const trimmed = name.trim();
  return isCode(trimmed) ? trimmed.replace(/^0+(?=.)/, '').toUpperCase() : trimmed;
}

/**
 * OCD id of a district's division: 'ocd-division/country:us/state:fl/sldl:5'. Names are written as OCD does: lower case,
 * blanks as underscores, without commas, 'and' for '&'. The wards of DC have a type of their own.
 */
export function divisionId(state: string, layer: Layer, district: string): string {
  const place = stateFacts(state).division_id;
  const ward = state === 'dc' ? /^(?:ward )?0*(\d+)$/i.exec(district.trim())?.[1] : undefined;
  if (ward) return `${place}/ward:${ward}`;
  const slug = districtName(district).toLowerCase().replaceAll('&', 'and').replaceAll(/[,.']/g, '');
  return `${place}/${layer}:${slug.trim().replaceAll(/\s+/g, '_')}`;
}

/** What two spellings of one district have in common: case, punctuation, leading zeros and 'Ward' or 'District' gone. */
export function districtKey(name: string): string {
  return name
    .toLowerCase()
    .replaceAll('&', ' and ')
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .replaceAll(/\b(ward|district)\b/g, ' ')
    .replaceAll(/\b0+(?=[\da-z])/g, '')
    .trim()
    .replaceAll(/\s+/g, ' ');
}
