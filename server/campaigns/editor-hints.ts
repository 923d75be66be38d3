import type { FileFault } from '../errors.ts';

/** The first line of a campaign.yaml: by it editors find the schema (as yaml-language-server reads it). */
export const SCHEMA_LINE = '# yaml-language-server: $schema=../campaign.schema.json';

/** A hint where a campaign.yaml does not name the schema for editors in a note above its first key. */
export function editorHints(file: string, source: string): FileFault[] {
  const notes = /^(\s*(#.*)?\n)*/.exec(source)![0];
  if (/^#\s*yaml-language-server:\s*\$schema=/m.test(notes)) return [];
  const message = `Make this the first line, and editors complete and explain the keys: ${SCHEMA_LINE}`;
  return [{ file, line: 1, column: 1, message }];
}
