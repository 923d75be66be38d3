import { OperationalError } from '../errors.ts';
import { type DrawnDistrict, knownState, readBoundaries } from './census-boundaries.ts';
import type { District, Legislator } from './legislator.ts';
import { type Member, TOLERATED_SHARE } from './member.ts';
import { readPeople } from './people-source.ts';
import { createRoster } from './roster.ts';
import { type BoundariesFile, rosterFolder, writeRosterFiles } from './roster-files.ts';
import { type RosterSummary, summarizeRoster } from './roster-summary.ts';
import { chamberName, type StateFacts } from './states.ts';
import { legislatorTitle } from './titles.ts';

/** What to import, and where to put it. */
export interface ImportRequest {
  /** Postal code. */
  state: string;
  /** The bulk CSV, a people tarball or a folder of people YAML. */
  people: string;
  /** Census zips or GeoJSON, one for each chamber or all in one. */
  boundaries: string[];
  /** ISO date as of which the people are true. */
  as_of: string;
  data_dir: string;
  now: Date;
}

/** What came of an import. */
export interface ImportReport extends RosterSummary {
  state: string;
  source: string;
  as_of: string;
  /** What was left out or corrected and why, a sentence each. */
  notes: string[];
}

/** Reads, checks and swaps in a state's roster, whole or not at all. Throws OperationalError; then nothing has changed. */
export async function importRoster(request: ImportRequest): Promise<ImportReport> {
  const state = knownState(request.state);
  const drawn = (await Promise.all(request.boundaries.map((path) => readBoundaries(path, state)))).flat();
  checkChambers(drawn, state);
  const { jurisdiction_id } = state;
  const people = await readPeople(request.people, {
    state: state.state,
    jurisdiction_id,
    as_of: request.as_of,
  });
  const seated = seatMembers(people.members, drawn, state);
  const source = { source: people.source, as_of: request.as_of, is_sample: false };
  const data = {
    ...source,
    state: state.state,
    jurisdiction_id,
    districts: seated.districts,
    legislators: seated.legislators,
  };
  const boundaries: BoundariesFile = {
    type: 'FeatureCollection',
    features: drawn.map(({ district, geometry }) => ({
      type: 'Feature',
      properties: { division_id: district.division_id },
      geometry,
    })),
  };
  const folder = rosterFolder(request.data_dir, state.state);
  await writeRosterFiles(folder, { ...data, imported_at: request.now.toISOString() }, boundaries);
  return {
    ...summarizeRoster(createRoster(data)),
    state: state.state,
    ...source,
    notes: [...people.notes, ...seated.notes],
  };
}

/** A roster of one chamber alone would say of the other that no one speaks there. */
function checkChambers(drawn: DrawnDistrict[], state: StateFacts): void {
  for (const chamber of state.chambers) {
    if (drawn.some(({ district }) => district.org_classification === chamber)) continue;
    const layer = chamber === 'lower' ? 'sldl' : 'sldu';
    const message = `The districts of the ${chamberName(state.state, chamber)} are missing. Give its boundaries too: --boundaries cb_2024_${state.fips}_${layer}_500k.zip`;
    throw new OperationalError('boundaries_missing', message);
  }
  const ids = drawn.map(({ district }) => district.division_id);
  const twice = ids.find((id, index) => ids.indexOf(id) < index);
  if (twice)
    throw new OperationalError(
      'boundaries_twice',
      `${twice} is in the boundaries twice. Give each file once.`,
    );
}

/** Gives each member his or her district, and each district its seats: as many as it has members, and one at least. */
function seatMembers(members: Member[], drawn: DrawnDistrict[], state: StateFacts) {
  const byName = new Map(
    drawn.map(({ district }) => [seatKey(district.org_classification, district.district), district]),
  );
  const legislators: Legislator[] = [];
  const lost: string[] = [];
  for (const { org_classification, district: name, ...person } of members) {
    const district = byName.get(seatKey(org_classification, name));
    if (!district) {
      lost.push(`${person.name} (${chamberName(state.state, org_classification)} ${name})`);
      continue;
    }
    const { division_id } = district;
    const title = legislatorTitle(state.state, org_classification);
    legislators.push({
      ...person,
      current_role: { title, org_classification, district: district.district, division_id },
    });
  }
  if (lost.length > members.length * TOLERATED_SHARE) {
    const message = `${lost.length} of ${members.length} members sit in districts that the boundaries do not have, so nothing was changed: ${lost.slice(0, 5).join(', ')} …`;
    throw new OperationalError('districts_differ', message);
  }
  const counts = Map.groupBy(legislators, ({ current_role }) => current_role.division_id);
  const districts = drawn.map(
    ({ district }): District => ({
      ...district,
      seats: Math.max(1, counts.get(district.division_id)?.length ?? 0),
    }),
  );
  const notes = lost.length > 0 ? [`Left out, no such district in the boundaries: ${lost.join(', ')}.`] : [];
  return { districts: districts.toSorted(bySeat), legislators, notes };
}

/** One spelling for a chamber's district, whoever writes it: '05' and '5', 'Chittenden 1' and 'Chittenden-1'. */
function seatKey(chamber: string, name: string): string {
  return `${chamber} ${name
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '')
    .replace(/^0+(?=\d)/, '')}`;
}

function bySeat(a: District, b: District): number {
  return (
    b.org_classification.localeCompare(a.org_classification) ||
    a.district.localeCompare(b.district, 'en', { numeric: true })
  );
}
