import { z } from 'zod';

/** The keys that a schema knows at a path of the file that it checks. */
export function knownKeysOf(whole: z.ZodType, path: readonly PropertyKey[]): string[] {
  let schema = whole;
  for (const part of path) {
    const inner = unwrapped(schema);
    if (inner instanceof z.ZodArray) schema = inner.element as z.ZodType;
    else if (inner instanceof z.ZodObject) schema = inner.shape[String(part)] as z.ZodType;
  }
  const inner = unwrapped(schema);
  return inner instanceof z.ZodObject ? Object.keys(inner.shape) : [];
}

/** A schema without what makes it optional or gives it a default. */
function unwrapped(schema: z.ZodType): z.ZodType {
  const is_wrapped =
    schema instanceof z.ZodDefault || schema instanceof z.ZodPrefault || schema instanceof z.ZodOptional;
  return is_wrapped ? unwrapped(schema.unwrap() as z.ZodType) : schema;
}
