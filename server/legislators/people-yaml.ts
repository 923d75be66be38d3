import { parse as parseYaml } from 'yaml';
import { z } from 'zod';
import { OperationalError } from '../errors.ts';
import { shapeFault } from '../yaml/yaml-shape.ts';
import { ORG_CLASSIFICATIONS } from './legislator.ts';
import {
  type Corrections,
  correctionNotes,
  type Member,
  type People,
  type PeopleRequest,
  TOLERATED_SHARE,
  usableEmail,
  usableLinks,
  usableOffice,
} from './member.ts';

/** One person's file. */
export interface PersonFile {
  name: string;
  text: string;
  /** When it was last changed, where an archive says so. */
  modified?: Date;
}

/** Most bytes of a person's file, which has some kilobytes: what is far larger would keep the parser busy for hours. */
export const LARGEST_PERSON_FILE = 100_000;

/** YAML takes 2024 or 8505550100 without quotes for a number. */
const written = z.union([z.string(), z.number()], 'is a text').transform(String);
const text = written.nullish();
/** A date as OpenStates writes it: a day, a month or a year; empty for none. */
const date = written
  .pipe(z.string().regex(/^(\d{4}(-\d{2}(-\d{2})?)?)?$/, 'is a date such as 2026-08-05'))
  .nullish();
const period = { start_date: date, end_date: date };
type Period = z.infer<z.ZodObject<typeof period>>;

/** What of an OpenStates person is used here; the other keys are let through. */
const personSchema = z.object({
  id: z.string().startsWith('ocd-person/', 'begins with ocd-person/'),
  name: z.string().trim().min(1, 'is the name of the person'),
  given_name: text,
  family_name: text,
  email: text,
  party: z.array(z.object({ name: z.string(), ...period })).nullish(),
  roles: z.array(
    z.object({
      type: z.string(),
      jurisdiction: text,
      district: text,
      ...period,
    }),
  ),
  offices: z
    .array(z.object({ classification: z.string(), name: text, address: text, voice: text, fax: text }))
    .nullish(),
  links: z.array(z.object({ url: z.string(), note: text })).nullish(),
});

/**
 * In force on a day: begun on it or before, not yet ended (OpenStates: a role whose end_date is that day has ended).
 * A year or a month alone is taken at its widest.
 */
function isActive({ start_date, end_date }: Period, day: string): boolean {
  const start = start_date && start_date + '0000-01-01'.slice(start_date.length);
  const end = end_date && end_date + '9999-12-31'.slice(end_date.length);
  return (!start || start <= day) && (!end || end > day);
}

/** Those in force on a day, the one that began last before the others. */
function activeOn<Held extends Period>(held: Held[], day: string): Held[] {
  return held
    .filter((one) => isActive(one, day))
    .sort((one, other) => (other.start_date ?? '').localeCompare(one.start_date ?? ''));
}

/** People of another state may come by the hundred: that many are named. */
const MOST_NAMED = 10;

const seatTypes: readonly string[] = ORG_CLASSIFICATIONS;

/** The member a file tells of; undefined for somebody without a seat on that day; a string says what is wrong. */
export function readPerson(
  file: PersonFile,
  request: PeopleRequest,
  noted: Corrections,
): Member | undefined | string {
  if (file.text.length > LARGEST_PERSON_FILE) return `${file.name}: too large for a person’s file`;
  const shape = shapeFault(file.text);
  if (shape) return `${file.name}: line ${shape.line}: ${shape.message}`;
  let value: unknown;
  try {
    value = parseYaml(file.text);
  } catch (error) {
    return `${file.name}: not readable as YAML (${(error as Error).message.split('\n')[0]})`;
  }
  const parsed = personSchema.safeParse(value);
  if (!parsed.success) {
    const issue = parsed.error.issues[0]!;
    return `${file.name}: ${issue.path.join('.') || 'the whole file'}: ${issue.message}`;
  }
  const person = parsed.data;
  const seats = person.roles.filter(
    (role) => seatTypes.includes(role.type) && role.jurisdiction === request.jurisdiction_id,
  );
  const [seat] = activeOn(seats, request.as_of);
  if (!seat) return undefined;
  const district = seat.district?.trim();
  if (!district) return `${file.name}: the role in force names no district`;
  return {
    id: person.id,
    name: person.name,
    given_name: person.given_name ?? undefined,
    family_name: person.family_name ?? undefined,
    party: activeOn(person.party ?? [], request.as_of)[0]?.name ?? '',
    email: usableEmail(person.email ?? undefined, person.name, noted),
    org_classification: seat.type as Member['org_classification'],
    district,
    start_date: seat.start_date || undefined,
    offices: (person.offices ?? []).flatMap(
      ({ classification, name, address, voice, fax }) =>
        usableOffice({
          classification,
          name: name ?? undefined,
          address: address ?? undefined,
          voice: voice ?? undefined,
          fax: fax ?? undefined,
        }) ?? [],
    ),
    links: usableLinks(
      (person.links ?? []).map(({ url, note }) => (note ? { url, note } : { url })),
      noted,
    ),
  };
}

/**
 * The members among the person files of a state's `legislature` folder, on the day asked for.
 * A few broken files are told of; OperationalError `people_broken` where more than one in twenty is.
 */
export async function readPersonFiles(
  files: AsyncIterable<PersonFile> | Iterable<PersonFile>,
  request: PeopleRequest,
): Promise<People> {
  const noted: Corrections = { malformed_emails: [], bad_links: 0 };
  const members: Member[] = [];
  const broken: string[] = [];
  const without_seat: string[] = [];
  let count = 0;
  let newest = '';
  for await (const file of files) {
    count += 1;
    const changed_on = file.modified?.toISOString().slice(0, 10) ?? '';
    if (changed_on > newest) newest = changed_on;
    const person = readPerson(file, request, noted);
    if (typeof person === 'string') broken.push(person);
    else if (person) members.push(person);
    else without_seat.push(file.name);
  }
  if (broken.length > count * TOLERATED_SHARE) {
    const some = broken.slice(0, 5).join('\n  ');
    const message = `${broken.length} of ${count} person files can’t be read, so nothing was changed. The first:\n  ${some}\nGet the people files anew.`;
    throw new OperationalError('people_broken', message);
  }
  const notes = broken.map((fault) => `Left out, can’t be read: ${fault}`);
  if (without_seat.length > 0) {
    const others = without_seat.length > MOST_NAMED ? ` and ${without_seat.length - MOST_NAMED} more` : '';
    const named = without_seat.slice(0, MOST_NAMED).join(', ');
    notes.push(`Left out, in no seat on ${request.as_of}: ${named}${others}.`);
  }
  members.sort((one, other) => one.id.localeCompare(other.id));
  return {
    source: 'OpenStates people files',
    members,
    notes: [...notes, ...correctionNotes(noted)],
    newest: newest || undefined,
  };
}
