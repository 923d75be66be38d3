import { z } from 'zod';
import type { Point } from './legislator.ts';

/** One place that the geocoder found. */
export interface GeocoderMatch {
  point: Point;
  /** Postal code of the state, lower case; undefined where the reply has none. */
  state?: string;
  /** The Census's ids of the legislative districts; absent where the reply's layer failed or is missing. */
  geoids: { upper?: string; lower?: string };
}

/** A layer's records; one that failed holds a record without a GEOID: `{ status: 'Layer query encountered an error …' }`. */
const layerSchema = z.array(z.object({ GEOID: z.string().optional() }));

/** `result.addressMatches` of the Census geocoder; x is the longitude. Other fields are left alone. */
export const replySchema = z.object({
  result: z.object({
    addressMatches: z.array(
      z.object({
        coordinates: z.object({ x: z.number().min(-180).max(180), y: z.number().min(-90).max(90) }),
        addressComponents: z.object({ state: z.string().optional() }).optional(),
        geographies: z.record(z.string(), z.unknown()).optional(),
      }),
    ),
  }),
});

/** What a 400 says. */
export const refusalSchema = z.object({ errors: z.array(z.string()) });

/** The matches of a checked reply. Layers are known by their names without the year, which changes with the vintage. */
export function matchesOf({ result }: z.infer<typeof replySchema>): GeocoderMatch[] {
  return result.addressMatches.map(({ coordinates, addressComponents, geographies = {} }) => ({
    point: { latitude: coordinates.y, longitude: coordinates.x },
    state: addressComponents?.state?.toLowerCase(),
    geoids: { upper: geoidOf(geographies, 'Upper'), lower: geoidOf(geographies, 'Lower') },
  }));
}

function geoidOf(geographies: Record<string, unknown>, chamber: 'Upper' | 'Lower'): string | undefined {
  const name = Object.keys(geographies).find((layer) =>
    layer.endsWith(`State Legislative Districts - ${chamber}`),
  );
  const layer = name === undefined ? undefined : layerSchema.safeParse(geographies[name]).data;
  const geoid = layer?.[0]?.GEOID;
  // What is in no district, water mostly, the Census calls ZZZ.
  return geoid?.endsWith('ZZZ') ? undefined : geoid;
}
