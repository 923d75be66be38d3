import { districtName, type Layer, withoutAccents } from './district-names.ts';
import { ordinalInDigits, replaceOrdinals } from './ordinals.ts';
import { stateFacts } from './states.ts';

/**
 * Divisions whose ids no rule gives, by state, layer and the district's name at OpenStates; '' for the whole state. Source:
 * OpenStates' metadata, as of August 2026.
 */
const EXCEPTIONS: Record<string, string> = {
  'dc sldu Chairman': '',
  'dc sldu At-Large': '',
  'me sldl Houlton Band of Maliseet Indians': '/sldl:houlton-band',
  'me sldl Passamaquoddy Tribe': '/sldl:passamaquoddy-tribe',
  'pr sldu At-Large': '',
  'vt sldl Windham-Windsor-Bennington': '/sldl:windham-bennington-windsor',
  'vt sldu Chittenden Central': '/sldu:chittenden-central',
  'vt sldu Chittenden North': '/sldu:chittenden-north',
  'vt sldu Chittenden Southeast': '/sldu:chittenden-southeast',
};

/**
 * OCD id of the division of a district with its name at OpenStates: 'ocd-division/country:us/state:fl/sldl:5'. Names are
 * written as OCD does: lower case, blanks as underscores, hyphens kept, without commas, 'and' for '&', ordinals in digits.
 * The wards of DC have a type of their own, and those elected at large in DC and to Puerto Rico's Senate the id of the whole.
 */
export function divisionId(state: string, layer: Layer, district: string): string {
  const place = stateFacts(state).division_id;
  const name = districtName(district);
  const exception = EXCEPTIONS[`${state} ${layer} ${name}`];
  if (exception !== undefined) return `${place}${exception}`;
  const ward = state === 'dc' ? /^(?:ward )?0*(\d+)$/i.exec(name)?.[1] : undefined;
  if (ward) return `${place}/ward:${ward}`;
  const plain = withoutAccents(name.toLowerCase())
    .replaceAll('&', 'and')
    .replaceAll(/[,.'’]/g, '');
  const slug = replaceOrdinals(plain, ordinalInDigits).replaceAll(/\s+/g, '_');
  return `${place}/${layer}:${slug}`;
}
