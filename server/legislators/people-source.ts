import { createReadStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { OperationalError } from '../errors.ts';
import type { People, PeopleRequest } from './member.ts';
import { isYaml, readPeopleArchive } from './people-archive.ts';
import { readPeopleCsv } from './people-csv.ts';
import { LARGEST_PERSON_FILE, type PersonFile, readPersonFiles } from './people-yaml.ts';
import { readSized } from './sized-file.ts';
import { findState } from './states.ts';

/** Bytes; that of the largest legislature has half a megabyte. */
const LARGEST_CSV = 20_000_000;
const PACKED = /\.(tgz|tar\.gz|zip|csv)$/i;

/**
 * Reads the members from the bulk CSV (.csv), a people tarball (.tgz, .tar.gz) or a folder of people YAML.
 * Throws OperationalError: `file_missing`, `people_format`, `people_unreadable`, `people_broken`, `people_empty`.
 */
export async function readPeople(path: string, request: PeopleRequest): Promise<People> {
  const found = await stat(path).catch((cause: unknown) => {
    const message = `There is no file or folder ${path}. Check the path after --people.`;
    throw new OperationalError('file_missing', message, { cause });
  });
  const people = await readKind(path, found.isDirectory(), request);
  const packed = found.isDirectory() ? (await readdir(path)).find((name) => PACKED.test(name)) : undefined;
  const remedy = packed
    ? `There is a file ${packed} in it: give that file, or unpack it first if it is a zip.`
    : `Check that it is of the state '${request.state}', and the date.`;
  return settled(people, { path, as_of: request.as_of, remedy });
}

/** The people of a source, each once; OperationalError `people_empty` where it holds no member. */
export function settled(people: People, of: { path: string; as_of: string; remedy: string }): People {
  if (people.members.length > 0) return withoutTwins(people);
  const where = `${of.path} holds no member of the legislature in office on ${of.as_of}`;
  throw new OperationalError('people_empty', `${where}. ${[...people.notes, of.remedy].join('\n')}`);
}

/** Each person once: a second entry of one would seat two in a district. */
function withoutTwins({ members, notes, ...rest }: People): People {
  const byId = Map.groupBy(members, ({ id }) => id);
  const twins = [...byId.values()].filter((entries) => entries.length > 1);
  const told = twins.map(([member]) => `Listed more than once, taken once: ${member!.name}.`);
  return { ...rest, members: [...byId.values()].map(([member]) => member!), notes: [...notes, ...told] };
}

async function readKind(path: string, is_folder: boolean, request: PeopleRequest): Promise<People> {
  if (is_folder) return readPersonFiles(filesOfFolder(path, request.state), request);
  if (/\.(tgz|tar\.gz)$/i.test(path)) {
    const { files } = await readPeopleArchive(createReadStream(path), { states: [request.state], path });
    return readPersonFiles(files.get(request.state)!, request);
  }
  if (/\.csv$/i.test(path)) {
    refuseOtherState(path, request.state);
    const content = await readSized(path, LARGEST_CSV).catch((cause: Error) => {
      throw unreadable(path, `can’t be read (${cause.message})`, cause);
    });
    return readPeopleCsv(content, path, request);
  }
  const kinds = 'the bulk CSV (.csv), a people tarball (.tgz) or a folder of people YAML';
  const remedy = /\.zip$/i.test(path) ? ' Unpack it, and give the folder.' : '';
  throw new OperationalError('people_format', `${path} is none of what --people takes: ${kinds}.${remedy}`);
}

/** The CSV does not say of which state it is, but for its name: 'ga.csv' would pass for Florida's. */
function refuseOtherState(path: string, state: string): void {
  const named = findState(basename(path).replace(/\.csv$/i, ''));
  if (named && named.state !== state) {
    const message = `${path} is named as the file of ${named.name}, but '${state}' is being imported.`;
    throw new OperationalError('people_format', `${message} Give the CSV of that state, or rename the file.`);
  }
}

/** The state's person files in a folder: the folder itself, or a copy of the people repository around it. */
async function* filesOfFolder(path: string, state: string): AsyncGenerator<PersonFile> {
  for (const inside of [`data/${state}/legislature`, `${state}/legislature`, 'legislature', '.']) {
    const folder = join(path, inside);
    const names = await readdir(folder).catch((cause: NodeJS.ErrnoException) => {
      if (cause.code === 'ENOENT' || cause.code === 'ENOTDIR') return [];
      throw unreadable(folder, `can’t be read (${cause.message})`, cause);
    });
    const files = names.filter(isYaml).sort();
    if (files.length === 0) continue;
    for (const name of files) {
      const content = await readSized(join(folder, name), LARGEST_PERSON_FILE).catch((cause: Error) => {
        throw unreadable(join(folder, name), `can’t be read (${cause.message})`, cause);
      });
      yield { name, text: content.toString('utf8') };
    }
    return;
  }
}

function unreadable(path: string, what: string, cause: unknown): OperationalError {
  return new OperationalError('people_unreadable', `${path} ${what}.`, { cause });
}
