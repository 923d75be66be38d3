import { districtName, isCode, type Layer, withoutAccents } from './district-names.ts';
import { ordinalInDigits, ordinalInWords, replaceOrdinals } from './ordinals.ts';

/** A district in the Census Bureau's files: SLDUST or SLDLST ('005', '64A', 'D01'), and NAME ('5', 'Addison-1'). */
export interface CensusName {
  code: string;
  name: string;
}

/**
 * Counties of New Hampshire in the order of RSA 662:5, each with how many districts it has there. A House district's code
 * at the Census Bureau is the place of its county, from 0, and its own number in two places: 'Coos 2' is 302.
 */
const NH_COUNTIES: readonly (readonly [county: string, districts: number])[] = [
  ['Belknap', 8],
  ['Carroll', 8],
  ['Cheshire', 18],
  ['Coos', 7],
  ['Grafton', 18],
  ['Hillsborough', 45],
  ['Merrimack', 30],
  ['Rockingham', 40],
  ['Strafford', 21],
  ['Sullivan', 8],
];

/** Every House district of New Hampshire as OpenStates names it: 'Belknap 1' … 'Sullivan 8'. */
export const NH_HOUSE_DISTRICTS: readonly string[] = NH_COUNTIES.flatMap(([county, districts]) =>
  Array.from({ length: districts }, (_, index) => `${county} ${index + 1}`),
);

/** Vermont's districts that the Census Bureau may spell otherwise than OpenStates, by layer and code. */
const VERMONT: Record<string, string> = {
  'sldl ORC': 'Orange-Caledonia',
  'sldl WWB': 'Windham-Windsor-Bennington',
  'sldu CHS': 'Chittenden Southeast',
  'sldu GRI': 'Grand Isle',
};

/**
 * The districts of OpenStates that a district of the Census Bureau is; two where Idaho elects a seat A and a seat B in it.
 * Known from the table of OpenStates' names and Census codes of August 2026: where districts have numbers or letters the
 * code is the name with zeros before it. Elsewhere the name ties them: New Hampshire's House ('Belknap 01'), Vermont
 * ('Addison-1'), Massachusetts ('First Plymouth-Norfolk'); how the Census Bureau spells these has changed with the years.
 */
export function districtsOfCensus(state: string, layer: Layer, { code, name }: CensusName): string[] {
  if (state === 'nh' && layer === 'sldl') return [newHampshireName(code, name)];
  if (state === 'ma') return [massachusettsName(layer, name)];
  if (state === 'vt') return [VERMONT[`${layer} ${code}`] ?? bareName(name)];
  const district = districtName(isCode(code) ? code : name);
  if (state === 'dc' && isCode(district)) return [`Ward ${district}`];
  if (state === 'id' && layer === 'sldl' && /^\d+$/.test(district)) return [`${district}A`, `${district}B`];
  return [district];
}

/** Whether the districts of a layer go by names, so that a name is all there is to show. */
export function isNamedLayer(state: string, layer: Layer): boolean {
  return ['ma', 'vt'].includes(state) || (state === 'nh' && layer === 'sldl');
}

/**
 * The Census Bureau's code of a district with its name at OpenStates: three places ('005', '64A', '00K'), in New Hampshire
 * by county. Undefined for Massachusetts and Vermont, where only the files tell the code, and for districts that are no
 * places there.
 */
export function censusCode(state: string, layer: Layer, district: string): string | undefined {
  if (state === 'nh' && layer === 'sldl') {
    const [, county = '', number = ''] = /^(\w+) (\d{1,2})$/.exec(district) ?? [];
    const place = NH_COUNTIES.findIndex(([one]) => one === county);
    return place < 0 ? undefined : `${place}${number.padStart(2, '0')}`;
  }
  const code = districtName(district.replace(/^ward /i, ''));
  if (!isCode(code)) return undefined;
  return (state === 'id' && layer === 'sldl' ? code.replace(/[A-Z]$/, '') : code).padStart(3, '0');
}

/** A name without 'State House District' and the like before it or after it. */
function bareName(name: string): string {
  return name.replaceAll(/\b(state )?(house |senate |senatorial )?district\b/gi, ' ').trim();
}

function newHampshireName(code: string, name: string): string {
  const plain = withoutAccents(name);
  const county = NH_COUNTIES.find(([one]) => plain.includes(one))?.[0] ?? NH_COUNTIES[Number(code[0])]?.[0];
  const number = /(\d+)\s*$/.exec(plain)?.[1] ?? code.slice(1);
  return county ? `${county} ${Number(number)}` : districtName(bareName(name));
}

/** As OpenStates has it: 'Norfolk, Plymouth and Bristol'; ordinals in words in the Senate, in digits in the House. */
function massachusettsName(layer: Layer, name: string): string {
  const ordinal = layer === 'sldu' ? ordinalInWords : ordinalInDigits;
  let first = '';
  const counties = replaceOrdinals(bareName(name), (number) => {
    first = `${ordinal(number)} `;
    return '';
  }).split(/\s*(?:[,&-]|\band\b)\s*/i);
  const named = counties.map((county) => county.trim()).filter((county) => county !== '');
  const last = named.pop() ?? '';
  return `${first}${named.length > 0 ? `${named.join(', ')} and ` : ''}${last}`;
}
