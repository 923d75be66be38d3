import { join } from 'node:path';
import { z } from 'zod';
import type { FileFault } from '../errors.ts';
import { knownKeysOf } from '../yaml/known-keys.ts';
import { displayPath, filesOf, readText } from '../yaml/read-text.ts';
import { schemaFaults } from '../yaml/yaml-faults.ts';
import { readYamlList } from '../yaml/yaml-list.ts';
import type { Correction } from './correction.ts';
import { hintsOf } from './correction-hints.ts';
import { correctionSchema } from './correction-schema.ts';
import { districtKey } from './district-names.ts';

/** The file of corrections, beside the folders of campaigns. */
export const CORRECTIONS_FILE = 'legislators.overrides.yaml';

/** What the file of corrections says. */
export interface CorrectionsRead {
  /** The entries without a fault, in their order: each stands by itself, whatever is wrong with others. */
  corrections: Correction[];
  /** Every fault of the others, each at its place. */
  faults: FileFault[];
  /** What is better mended, in entries that hold as well as in others. */
  hints: FileFault[];
  /** The file itself can't be read: whether it holds entries is not known. */
  is_unreadable: boolean;
}

const listSchema = z.array(correctionSchema);

/** The schema of the file for editors, as `campaigns/legislators.overrides.schema.json` holds it. */
export function correctionsJsonSchema(): string {
  const { $schema, ...list } = z.toJSONSchema(listSchema, { io: 'input', target: 'draft-7' });
  // A file of nothing but notes holds nothing.
  const schema = { title: 'Corrections of legislators', $schema, anyOf: [list, { type: 'null' }] };
  return `${JSON.stringify(schema, null, 2)}\n`;
}

/** Reads the corrections beside the campaigns; none where there is no such file. */
export async function readCorrections(campaigns_dir: string): Promise<CorrectionsRead> {
  const path = join(campaigns_dir, CORRECTIONS_FILE);
  const file = displayPath(path);
  const { text, fault } = await readText(path);
  if (fault) return { corrections: [], faults: [fault], hints: [], is_unreadable: true };
  if (text === undefined)
    return { corrections: [], faults: await misnamed(campaigns_dir), hints: [], is_unreadable: false };

  const read = readYamlList(file, text, 'corrections');
  const faults = [...read.faults];
  const hints = [...read.hints];
  const corrections: Correction[] = [];
  const seen = new Map<string, number>();
  for (const yaml of read.entries) {
    const checked = listSchema.safeParse(yaml.value);
    if (!checked.success) {
      faults.push(
        ...schemaFaults(file, yaml, withoutEcho(checked.error), (at) => knownKeysOf(listSchema, at)),
      );
      continue;
    }
    const place = { file, ...yaml.positionOf([0]) };
    const correction = { ...checked.data[0]!, place };
    const key = keyOf(correction);
    const earlier = seen.get(key);
    if (earlier !== undefined) {
      const message = `This says once more what the entry in line ${earlier} is about. That one counts; take one of them out.`;
      faults.push({ ...place, message });
      continue;
    }
    seen.set(key, place.line);
    corrections.push(correction);
    for (const { path, message } of hintsOf(correction))
      hints.push({ file, ...yaml.positionOf([0, ...path]), message });
  }
  return { corrections, faults: inOrder(faults), hints: inOrder(hints), is_unreadable: false };
}

const inOrder = (faults: FileFault[]) => faults.toSorted((a, b) => a.line - b.line || a.column - b.column);

/** A key that is misspelt is one mistake, not also the want of the kind that it would be. */
function withoutEcho({ issues }: z.ZodError): z.ZodError {
  const strange = issues.some(({ code, path }) => code === 'unrecognized_keys' && path.length === 1);
  return new z.ZodError(
    issues.filter(({ code, path }) => !strange || code !== 'custom' || path.length !== 1),
  );
}

/** What a correction is about. No two entries may have the same; of a number that changed twice, each has its day. */
function keyOf({ state, date, change, left_office, new_member }: Correction): string {
  if (change) {
    const what = change.email === undefined ? `voice ${change.office ?? ''} ${change.was ?? ''}` : 'email';
    return `change ${state} ${change.person_id} ${date} ${what}`;
  }
  if (left_office !== undefined) return `left ${state} ${left_office}`;
  const { chamber, district, name } = new_member!;
  return `new ${state} ${chamber} ${districtKey(district)} ${name.toLowerCase()}`;
}

/** Editors add an ending of their own, and systems hide it. */
async function misnamed(campaigns_dir: string): Promise<FileFault[]> {
  const { names } = await filesOf(campaigns_dir);
  const found = names.find((name) => /^legislators?[._-]overrides?(\.ya?ml)?(\.\w+)?$/i.test(name));
  if (found === undefined) return [];
  const file = displayPath(join(campaigns_dir, found));
  const message = `Rename this file to ${CORRECTIONS_FILE}, or it is not read (your system may hide its ending).`;
  return [{ file, line: 1, column: 1, message }];
}
