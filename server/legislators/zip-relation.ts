import { parse } from 'csv-parse/sync';
import { z } from 'zod';
import { OperationalError } from '../errors.ts';
import type { Layer } from './district-names.ts';
import { stateFacts } from './states.ts';

/** The part of a ZIP code's area that lies in one district, in square metres. */
export interface ZipPart {
  /** The Census's id of the district: '12005'. */
  geoid: string;
  land: number;
  water: number;
}

/** ZIP codes with the districts of one chamber in which they have land, the largest part first. */
export type ZipRelation = Map<string, ZipPart[]>;

const area = z.string().regex(/^\d+$/, 'is no area').transform(Number);
const rowSchema = z.object({
  geoid: z.string().regex(/^\d{2}[\w-]{3}$/, 'is no id of a district'),
  zip: z.string().regex(/^\d{5}$/, 'is no ZIP code'),
  land: area,
  water: area,
});
type Field = keyof typeof rowSchema.shape;

/** The columns that count, by the names that the Census gives them; the years in these change. */
const columnsOf = (layer: Layer): Record<Field, RegExp> => ({
  geoid: new RegExp(`^GEOID_${layer.toUpperCase()}\\d*_\\d\\d$`),
  zip: /^GEOID_ZCTA5_\d\d$/,
  land: /^AREALAND_PART$/,
  water: /^AREAWATER_PART$/,
});

/**
 * Reads the Census Bureau's relation of districts to ZIP Code Tabulation Areas (ZCTAs, its likeness of ZIP codes): a text of
 * one layer with a line of names and fields set apart by '|', of one state or of them all, of which this state's is taken.
 * Layout: https://www.census.gov/programs-surveys/geography/technical-documentation/records-layout/2020-CD-SLD-record-layout.html
 *
 * Left out: rows without a ZCTA or without a district (ZZZ: open water), and parts that are water alone, where no house stands.
 * A part with any land stays, however small: area says nothing of people, and a block of flats is smaller than a lawn. The
 * smallest come last.
 * Throws OperationalError: `zip_relation_format` for another kind of text, `zip_relation_broken` for one that is cut short or
 * damaged, `zip_relation_state` where it has nothing of the state.
 */
export function readZipRelation(
  text: string,
  { state, layer }: { state: string; layer: Layer },
): ZipRelation {
  const { name, fips } = stateFacts(state);
  const parts = readRows(text, layer).filter(({ geoid }) => geoid.startsWith(fips));
  if (parts.length === 0) {
    const message = `The Census relation of ZIP codes to districts (${layer}) has no rows of ${name}. Check ZIP_DISTRICTS_URL.`;
    throw new OperationalError('zip_relation_state', message);
  }
  const on_land = parts.filter(({ land }) => land > 0);
  const byZip = Map.groupBy(on_land, ({ zip }) => zip);
  return new Map(
    [...byZip].map(([zip, rows]): [string, ZipPart[]] => [
      zip,
      rows
        .map(({ geoid, land, water }) => ({ geoid, land, water }))
        .sort((one, other) => other.land - one.land || one.geoid.localeCompare(other.geoid)),
    ]),
  );
}

/** The rows that have a ZIP code and a district. */
function readRows(text: string, layer: Layer): z.infer<typeof rowSchema>[] {
  const [names = [], ...lines] = parseLines(text, layer);
  const columns = Object.entries(columnsOf(layer)).map(([field, pattern]): [Field, number] => {
    const index = names.findIndex((name) => pattern.test(name));
    if (index < 0) throw notSuchAFile(layer, `no column ${pattern.source}`);
    return [field as Field, index];
  });
  return lines.flatMap((line, index) => {
    const row = Object.fromEntries(columns.map(([field, at]) => [field, line[at]])) as Record<Field, string>;
    if (row.zip === '' || row.geoid === '' || row.geoid.endsWith('ZZZ')) return [];
    const read = rowSchema.safeParse(row);
    if (read.success) return [read.data];
    const [issue] = read.error.issues;
    throw broken(layer, `line ${index + 2}, ${issue!.path.join('.')}: ${issue!.message}`, read.error);
  });
}

function parseLines(text: string, layer: Layer): string[][] {
  if (!/^\uFEFF?OID_|^\uFEFF?GEOID_/.test(text)) throw notSuchAFile(layer, 'no line of column names');
  try {
    // Names of places may hold quotes, which here mean nothing.
    return parse(text, { bom: true, delimiter: '|', quote: false, trim: true, skip_empty_lines: true });
  } catch (cause) {
    throw broken(layer, (cause as Error).message, cause);
  }
}

function notSuchAFile(layer: Layer, why: string): OperationalError {
  const message = `This is not the Census relation of ZIP codes to districts (${layer}): ${why}. Check ZIP_DISTRICTS_URL.`;
  return new OperationalError('zip_relation_format', message);
}

function broken(layer: Layer, why: string, cause: unknown): OperationalError {
  const message = `The Census relation of ZIP codes to districts (${layer}) is cut short or damaged (${why}). Get it anew.`;
  return new OperationalError('zip_relation_broken', message, { cause });
}
