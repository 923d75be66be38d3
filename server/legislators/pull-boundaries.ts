import { buffer } from 'node:stream/consumers';
import { OperationalError } from '../errors.ts';
import type { BoundarySource } from './boundary-file.ts';
import { type BoundaryDistrict, readDistricts } from './census-boundaries.ts';
import { type Layer, layersOf } from './district-names.ts';
import type { VersionMark } from './roster-schema.ts';
import type { FetchSource, SourceRequest } from './source-client.ts';
import type { StateFacts } from './states.ts';

/** The largest state's districts of one chamber have some ten megabytes. */
const LARGEST_ZIP = 100_000_000;

/** How many years to go back for the newest boundaries: the Census Bureau publishes those of a year in the next, or later. */
const YEARS_BACK = 3;

/** Where boundaries are pulled from. */
export interface BoundariesPlace {
  /** An address with `{vintage}`, `{fips}` and `{layer}` to be filled in. */
  url: string;
  /** The year of the boundaries that are wanted; undefined for the newest. */
  vintage: number | undefined;
}

/** A state's boundaries as they were pulled; `unchanged` where those at hand are still the newest. */
export type PulledBoundaries =
  | { kind: 'unchanged' }
  | {
      kind: 'fetched';
      districts: BoundaryDistrict[];
      marks: VersionMark[];
      vintage: number;
      notes: string[];
    };

/**
 * Pulls a state's boundaries from the Census Bureau, all layers of one vintage: the one that is wanted, or the newest, else
 * those of a year before. Layers that have not changed since `known` are not fetched, unless another one has.
 * Throws OperationalError `boundaries_missing` where there are none, and what the client and `readDistricts` throw.
 */
export async function pullBoundaries(
  fetchSource: FetchSource,
  facts: StateFacts,
  place: BoundariesPlace,
  options: Pick<SourceRequest, 'stopped' | 'onProgress'> & { known: VersionMark[]; year: number },
): Promise<PulledBoundaries> {
  const { known, year, ...request } = options;
  const newest = place.vintage ?? year;
  const back = place.vintage === undefined ? YEARS_BACK : 1;
  for (let vintage = newest; vintage >= newest - back; vintage -= 1) {
    const found = await pullVintage(fetchSource, facts, { ...request, known, url: place.url, vintage });
    if (found?.kind === 'fetched' && place.vintage !== undefined && vintage !== place.vintage) {
      const note = `The Census Bureau has no boundaries of ${place.vintage} (BOUNDARIES_VINTAGE): these are of ${vintage}.`;
      return { ...found, notes: [note] };
    }
    if (found) return found;
  }
  const years = `${newest - back} to ${newest}`;
  const message = `The Census Bureau has no boundaries of the legislature of ${facts.name} of ${years} (looked for at ${filledIn(place.url, facts, newest, layersOf(facts.state)[0]!)}). Look at BOUNDARIES_URL and BOUNDARIES_VINTAGE, if you have set them.`;
  throw new OperationalError('boundaries_missing', message);
}

interface VintageRequest extends Pick<SourceRequest, 'stopped' | 'onProgress'> {
  url: string;
  vintage: number;
  known: VersionMark[];
}

/** All layers of one year; undefined where one of them is not there. */
async function pullVintage(
  fetchSource: FetchSource,
  facts: StateFacts,
  { url, vintage, known, ...request }: VintageRequest,
): Promise<PulledBoundaries | undefined> {
  const urls = layersOf(facts.state).map((layer) => filledIn(url, facts, vintage, layer));
  // Only where every layer is at hand is it of use to hear that one has not changed.
  const marks = urls.map((one) => known.find((mark) => mark.url === one));
  const isKnown = marks.every((mark) => mark !== undefined);
  const files: { source: BoundarySource; mark: VersionMark }[] = [];
  for (const [index, one] of urls.entries()) {
    const asked = { ...request, url: one, largest: LARGEST_ZIP };
    const condition = isKnown && files.length === 0 ? { known: marks[index] } : {};
    const answer = await fetchSource({ ...asked, ...condition }, buffer).catch(absent);
    // Some servers say in HTML, with 200, that there is no such file.
    if (answer.kind === 'missing' || (answer.kind === 'fetched' && !isZip(answer.value))) return undefined;
    if (answer.kind === 'unchanged') continue;
    files.push({ source: { name: one, content: answer.value }, mark: answer.mark });
  }
  if (files.length === 0) return { kind: 'unchanged' };
  // One has changed: those before it, which have not, are needed too.
  if (files.length < urls.length) {
    return pullVintage(fetchSource, facts, { url, vintage, known: [], ...request });
  }
  const districts = await readDistricts(
    files.map(({ source }) => source),
    facts.state,
  );
  return { kind: 'fetched', districts, marks: files.map(({ mark }) => mark), vintage, notes: [] };
}

const isZip = (content: Buffer) => content.subarray(0, 2).toString('latin1') === 'PK';

/** Others refuse what they do not have. */
function absent(error: unknown): { kind: 'missing' } {
  if (error instanceof OperationalError && error.code === 'source_refused') return { kind: 'missing' };
  throw error;
}

function filledIn(url: string, { fips }: StateFacts, vintage: number, layer: Layer): string {
  return url.replaceAll('{vintage}', String(vintage)).replaceAll('{fips}', fips).replaceAll('{layer}', layer);
}
