import type { OrgClassification } from './legislator.ts';
import { replaceOrdinals } from './ordinals.ts';
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

/** The layer that holds a chamber's districts. */
export function layerOfChamber(chamber: OrgClassification): Layer {
  return chamber === 'lower' ? 'sldl' : 'sldu';
}

/** The layers that a state's legislature fills. */
export function layersOf(state: string): Layer[] {
  return stateFacts(state).chambers.length === 1 ? ['sldu'] : [...LAYERS];
}

/** Whether a name is a number or a letter alone: '005', '64A', 'K'. */
export function isCode(name: string): boolean {
  return /^(\d+[a-z]?|[a-z])$/i.test(name);
}

/** A district's name as OpenStates has it: numbers without leading zeros ('005' → '5', '064A' → '64A'). */
export function districtName(name: string): string {
  const trimmed = name.trim();
  return isCode(trimmed) ? trimmed.replace(/^0+(?=.)/, '').toUpperCase() : trimmed;
}

/** A name in the letters of English: 'Coös' → 'Coos'. */
export function withoutAccents(name: string): string {
  return name.normalize('NFD').replaceAll(/\p{M}/gu, '');
}

/** What the Census Bureau and others put around a district's own name, or leave out of it. */
const AROUND =
  /\b(state|house|senate|senatorial|assembly|legislative|legislature|(sub)?district|ward|county|no|and)\b/g;

/**
 * What two spellings of one district have in common: case, accents, punctuation, leading zeros and words like 'Ward',
 * 'County No.' or 'State House District' gone, ordinals as numbers. Seen in the Census's files: 'Berkshire-Hampden-Franklin-
 * Hampshire District', 'State House District Belknap 01' (formerly 'Belknap County No. 1'), 'Chittenden South East Senatorial
 * District', 'Addison-1 State House District'.
 */
export function districtKey(name: string): string {
  const plain = withoutAccents(name.toLowerCase()).replaceAll('&', ' and ');
  return replaceOrdinals(plain, String)
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .replaceAll(AROUND, ' ')
    .replaceAll(/\b(north|south) (east|west)\b/g, '$1$2')
    .replaceAll(/\b0+(?=[\da-z])/g, '')
    .trim()
    .replaceAll(/\s+/g, ' ');
}
