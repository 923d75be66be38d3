import { z } from 'zod';

/** An address that answers with data, as programs are told of it. */
export interface DataAddress {
  /** As OpenAPI writes it: '/campaigns/{slug}/totals.json'. */
  path: string;
  /** A name that no other has, for programs that make code of the document. */
  operation_id: string;
  summary: string;
  /** Who may ask, how long an answer may be kept, and the like. */
  description: string;
  /** What the braces of the path stand for, and what may stand in its query. */
  parameters: { name: string; in: 'path' | 'query'; description: string; is_required?: boolean }[];
  answer: JsonAnswer | CsvAnswer;
}

interface JsonAnswer {
  type: 'application/json';
  /** What the shape is called. */
  name: string;
  shape: z.ZodType;
}

interface CsvAnswer {
  type: 'text/csv';
  /** The header line. */
  columns: readonly string[];
}

/** An OpenAPI document, as far as we look into it. */
export interface OpenApiDocument {
  openapi: string;
  paths: Record<string, unknown>;
  [field: string]: unknown;
}

const ABOUT = `Numbers that any program may read. Actions are counted, not people, and nobody who took one is named.
Fields are spelled as in the Open Supporter Data Interface (OSDI), OpenStates and Open Civic Data where these have them;
descriptions name those of OSDI. Fields may be added: pass over those that you do not know. A field that changes its meaning
or goes raises schema_version.`;

/** What is answered where there is nothing to give. */
const PROBLEM = z.object({
  code: z
    .string()
    .describe(
      "What is the matter: 'not_found', 'unavailable' while the store can't be reached, or of a link 'report_wrong', 'report_expired', 'report_revoked'.",
    ),
});

/** Describes addresses by the OpenAPI specification, version 3.1.1; `url` is where the site is, without a slash at the end. */
export function openApiDocument(addresses: readonly DataAddress[], url: string): OpenApiDocument {
  const shapes = addresses.flatMap(({ answer }) =>
    answer.type === 'application/json' ? [[answer.name, schemaOf(answer.shape)] as const] : [],
  );
  return {
    openapi: '3.1.1',
    info: { title: 'Statehouse', version: '1.0.0', description: ABOUT.replaceAll('\n', ' ') },
    servers: [{ url }],
    paths: Object.fromEntries(addresses.map((address) => [address.path, { get: operationOf(address) }])),
    components: { schemas: { ...Object.fromEntries(shapes), Problem: schemaOf(PROBLEM) } },
  };
}

function operationOf({ operation_id, summary, description, parameters, answer }: DataAddress) {
  return {
    operationId: operation_id,
    summary,
    description,
    parameters: parameters.map(
      ({ name, in: place, description: meaning, is_required = place === 'path' }) => ({
        name,
        in: place,
        required: is_required,
        description: meaning,
        schema: { type: 'string' },
      }),
    ),
    responses: {
      200: { description: 'What was asked for.', content: contentOf(answer) },
      // Whoever has no link is not told what is there.
      ...(parameters.some(({ name }) => name === 'link')
        ? { 403: refusal('The link is forged, of another campaign, has expired or was revoked.') }
        : { 404: refusal('Nothing is there, or it is not public.') }),
      503: refusal('The store can not be reached: ask again in a minute.'),
    },
  };
}

function contentOf(answer: DataAddress['answer']) {
  const schema =
    answer.type === 'application/json'
      ? { $ref: `#/components/schemas/${answer.name}` }
      : {
          type: 'string',
          description: `A header line, then a line for each number (RFC 4180): ${answer.columns.join(',')}`,
        };
  return { [answer.type]: { schema } };
}

/** Who asks for JSON gets it; browsers get a page. */
function refusal(description: string) {
  const schema = { $ref: '#/components/schemas/Problem' };
  return {
    description: `${description} As JSON where the request's Accept asks for it, else as a page.`,
    content: { 'application/json': { schema }, 'text/html': { schema: { type: 'string' } } },
  };
}

/** A shape as JSON Schema (draft 2020-12), which OpenAPI 3.1 takes as it is. */
function schemaOf(shape: z.ZodType): Record<string, unknown> {
  const { $schema: _, ...schema } = z.toJSONSchema(shape, {
    override: ({ jsonSchema }) => {
      // The format says it already.
      if (jsonSchema.format) delete jsonSchema.pattern;
      if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
      if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
      // Fields may come: who checks answers by this document today is not to refuse them tomorrow.
      if (jsonSchema.additionalProperties === false) delete jsonSchema.additionalProperties;
    },
  });
  return schema;
}
