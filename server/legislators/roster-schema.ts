import type { FeatureCollection, MultiPolygon, Polygon } from 'geojson';
import { z } from 'zod';
import { type District, type Legislator, ORG_CLASSIFICATIONS } from './legislator.ts';
import { webAddress } from './member.ts';

const chamber = z.enum(ORG_CLASSIFICATIONS);
const date = z.iso.date();

const office = z.object({
  classification: z.string(),
  name: z.string().optional(),
  address: z.string().optional(),
  voice: z.string().optional(),
  fax: z.string().optional(),
});

const legislator: z.ZodType<Legislator> = z.object({
  id: z.string(),
  name: z.string().min(1),
  given_name: z.string().optional(),
  family_name: z.string().optional(),
  party: z.string(),
  email: z.string().optional(),
  current_role: z.object({
    title: z.string(),
    org_classification: chamber,
    district: z.string(),
    division_id: z.string(),
    start_date: z.string().optional(),
  }),
  offices: z.array(office),
  links: z.array(z.object({ url: webAddress, note: z.string().optional() })),
});

const district: z.ZodType<District> = z.object({
  division_id: z.string(),
  state: z.string(),
  org_classification: chamber,
  district: z.string(),
  name: z.string(),
  seats: z.int().positive(),
  geoid: z.string().optional(),
  counties: z.array(z.string()).optional(),
});

/** What a server says of a version of a file, so that the same is not fetched twice. */
const versionMark = z.object({
  url: z.string(),
  etag: z.string().optional(),
  last_modified: z.string().optional(),
});
/** One such mark; `etag` and `last_modified` as the server spells them. */
export type VersionMark = z.infer<typeof versionMark>;

/** Where a roster comes from, and since when it is here: beside it, so that the same people make the same file. */
export const sourceFileSchema = z.object({
  source: z.string(),
  /** ISO date as of which the members are true. */
  as_of: date,
  /** ISO time at which it was imported. */
  imported_at: z.iso.datetime(),
  /** Where it was pulled: which versions of the people, the boundaries and the ZIP codes it is made of. */
  pulled: z
    .object({
      people: versionMark.optional(),
      boundaries: z.array(versionMark),
      zips: z.array(versionMark).optional(),
      /** ISO time at which the servers were last asked for newer ones. */
      checked_at: z.iso.datetime(),
      /** Where boundaries and ZIP codes were asked for; absent where not all that was wanted came. */
      whole: z.string().optional(),
    })
    .optional(),
});
/** What such a file holds. */
export type SourceFile = z.infer<typeof sourceFileSchema>;

/** `roster.json`: one state's members and districts, and the file of the boundaries. */
export const rosterFileSchema = z.object({
  state: z.string(),
  jurisdiction_id: z.string(),
  // Rosters of before hold these themselves.
  source: sourceFileSchema.shape.source.optional(),
  as_of: date.optional(),
  imported_at: z.iso.datetime().optional(),
  is_sample: z.boolean(),
  /** Name of the GeoJSON file beside it; absent where nobody here knows where the districts lie. */
  boundaries_file: z
    .string()
    .regex(/^[\w.-]+\.geojson$/)
    .optional(),
  districts: z.array(district).min(1),
  legislators: z.array(legislator).min(1),
});
/** What roster.json holds once it has been checked. */
export type RosterFile = z.infer<typeof rosterFileSchema>;

/** A feature of the boundaries' file: a district's outline with its `division_id`. */
export const boundaryFeatureSchema = z.object({
  type: z.literal('Feature'),
  properties: z.object({ division_id: z.string() }),
  geometry: z.object({
    type: z.enum(['Polygon', 'MultiPolygon']),
    coordinates: z.array(z.unknown()).min(1),
  }),
});
/** What such a feature holds, its outline not yet checked. */
export type BoundaryFeature = z.infer<typeof boundaryFeatureSchema>;

/** The boundaries' file: GeoJSON. */
export const boundariesFileSchema = z.object({
  type: z.literal('FeatureCollection'),
  features: z.array(boundaryFeatureSchema),
});
/** What the boundaries' file holds once it has been checked. */
export type BoundariesFile = FeatureCollection<Polygon | MultiPolygon, { division_id: string }>;
