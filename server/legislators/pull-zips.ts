import { text } from 'node:stream/consumers';
import { OperationalError } from '../errors.ts';
import { type Layer, layersOf } from './district-names.ts';
import type { VersionMark } from './roster-schema.ts';
import type { FetchSource, SourceRequest } from './source-client.ts';
import type { StateFacts } from './states.ts';
import { readZipRelation, type ZipRelation } from './zip-relation.ts';
import { keepZipRelation } from './zip-relation-file.ts';

/** The relation of the whole country has some ten megabytes for each layer. */
const LARGEST_RELATION = 100_000_000;

/** What came of a state's ZIP codes. */
export interface PulledZips {
  /** Versions of what is at hand now. */
  marks: VersionMark[];
  /** Why they could not be had, a sentence. */
  notes: string[];
}

/**
 * Pulls what the Census Bureau says of a state's ZIP codes, all layers together, and keeps it in the folder of the roster.
 * `url` has `{fips}` and `{layer}` to be filled in. They are a help: where they can't be had what is at hand stays, and a
 * note says why. Throws OperationalError `source_stopped` alone.
 */
export async function pullZips(
  fetchSource: FetchSource,
  facts: StateFacts,
  url: string,
  { folder, known, stopped }: { folder: string; known: VersionMark[] } & Pick<SourceRequest, 'stopped'>,
): Promise<PulledZips> {
  const urls = layersOf(facts.state).map((layer): [Layer, string] => [
    layer,
    url.replaceAll('{fips}', facts.fips).replaceAll('{layer}', layer),
  ]);
  const isKnown = urls.every(([, one]) => known.some((mark) => mark.url === one));
  const relations: Partial<Record<Layer, ZipRelation>> = {};
  const marks: VersionMark[] = [];
  try {
    for (const [layer, one] of urls) {
      // All layers are kept together: once one is new the others are needed too.
      const condition = isKnown && marks.length === 0 ? known.find((mark) => mark.url === one) : undefined;
      const answer = await fetchSource(
        { url: one, largest: LARGEST_RELATION, stopped, known: condition },
        text,
      );
      if (answer.kind === 'unchanged') continue;
      if (answer.kind === 'missing') return { marks: known, notes: [missing(one)] };
      relations[layer] = readZipRelation(answer.value, { state: facts.state, layer });
      marks.push(answer.mark);
    }
    if (marks.length === 0) return { marks: known, notes: [] };
    if (marks.length < urls.length) {
      return await pullZips(fetchSource, facts, url, { folder, known: [], stopped });
    }
    await keepZipRelation(folder, relations);
    return { marks, notes: [] };
  } catch (error) {
    if (!(error instanceof OperationalError) || error.code === 'source_stopped') throw error;
    return { marks: known, notes: [`Without the districts of ZIP codes: ${error.message}`] };
  }
}

function missing(url: string): string {
  return `Without the districts of ZIP codes: there is nothing at ${url}. Look at ZIP_DISTRICTS_URL, if you have set it.`;
}
