// Writes sample-data/fl: made-up legislators on the real districts. node scripts/make-sample-data.ts SLDL SLDU
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { readDistricts } from '../server/legislators/census-boundaries.ts';
import { withCounties } from '../server/legislators/counties.ts';
import type { District, Legislator, Office } from '../server/legislators/legislator.ts';
import { writeRosterFiles } from '../server/legislators/roster-files.ts';
import type { BoundariesFile } from '../server/legislators/roster-schema.ts';
import { stateFacts } from '../server/legislators/states.ts';
import { legislatorTitle } from '../server/legislators/titles.ts';

const state = stateFacts('fl');
const folder = join(import.meta.dirname, '../sample-data', state.state);

/** Cases that pages have to bear, each on one district. */
const VACANT = 'lower 78';
const LONG_NAME = 'lower 14';
const WITHOUT_EMAIL = 'lower 20';
const FIVE_OFFICES = 'upper 5';

/** Numbers kept for made-up people: 555-0100 to 555-0199. */
function number(index: number, extension = ''): string {
  return `850-555-0${100 + (index % 100)}${extension}`;
}

function officesOf(key: string, index: number): Office[] {
  const capitol: Office = {
    classification: 'capitol',
    address: `Room ${100 + index}, Sample Capitol, Tallahassee, FL 32399`,
    voice: number(index),
  };
  const district = (nth: number): Office => ({
    classification: 'district',
    address: `${nth} Example Street, Suite ${index}, Sampletown, FL 32399`,
    voice: number(index + nth, nth % 2 === 0 ? ' ext. 12' : ''),
    fax: number(index + nth + 50),
  });
  const count = key === FIVE_OFFICES ? 4 : 1;
  return [capitol, ...Array.from({ length: count }, (_, nth) => district(nth + 1))];
}

/** A made-up member: the id is a uuid (version 8, as made-up ones are) from the district. */
function sampleMember({ org_classification, district, division_id }: District, index: number): Legislator {
  const key = `${org_classification} ${district}`;
  const title = legislatorTitle(state.state, org_classification);
  const chamber = org_classification === 'upper' ? 'senate' : 'house';
  const hash = createHash('sha256').update(`sample ${division_id}`).digest('hex');
  const id = `${hash.slice(0, 8)}-0000-8000-8000-${hash.slice(8, 20)}`;
  const name = key === LONG_NAME ? 'Sample-Maria Longestname' : `Sample ${title}, District ${district}`;
  return {
    id: `ocd-person/${id}`,
    name,
    given_name: 'Sample',
    family_name: key === LONG_NAME ? 'Longestname' : `Sample ${district}`,
    party: 'Sample party',
    ...(key === WITHOUT_EMAIL ? {} : { email: `${chamber}-${district}@example.org` }),
    current_role: { title, org_classification, district, division_id },
    offices: officesOf(key, index),
    links: [{ url: `https://example.org/${chamber}/${district}`, note: 'made-up contact page' }],
  };
}

const drawn = await readDistricts(process.argv.slice(2), state.state);
const boundaries: BoundariesFile = {
  type: 'FeatureCollection',
  features: drawn.map(({ division_id, geometry }) => ({
    type: 'Feature',
    properties: { division_id },
    geometry,
  })),
};
const districts = await withCounties(
  drawn.map(({ geometry: _, ...district }): District => ({ ...district, state: state.state, seats: 1 })),
  boundaries,
);
const legislators = districts
  .filter((district) => `${district.org_classification} ${district.district}` !== VACANT)
  .map(sampleMember);
const { jurisdiction_id } = state;
const source = {
  source: 'Made up, for trying the app',
  as_of: '2026-11-24',
  imported_at: '2026-11-24T00:00:00.000Z',
  is_sample: true,
};
await writeRosterFiles(
  folder,
  { state: state.state, jurisdiction_id, ...source, districts, legislators },
  boundaries,
);
process.stdout.write(`${districts.length} districts, ${legislators.length} made-up members\n`);
