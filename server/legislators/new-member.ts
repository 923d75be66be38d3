import { createHash } from 'node:crypto';
import type { Correction } from './correction.ts';
import type { NewMember } from './correction-schema.ts';
import type { District, Legislator } from './legislator.ts';
import { isSameId } from './person-ids.ts';
import { legislatorTitle } from './titles.ts';

/** The legislator whom an entry tells of, in the district that it names, since the day of the entry. */
export function memberOfEntry(correction: Correction, district: District): Legislator {
  const {
    chamber: _,
    district: __,
    person_id,
    in_place_of: ___,
    party = '',
    ...person
  } = correction.new_member!;
  const { state, division_id, org_classification } = district;
  const title = legislatorTitle(state, org_classification);
  return {
    ...person,
    id: person_id ?? derivedId(division_id, person.name, correction.date),
    party,
    // Nobody is to be taken for who sat there before.
    current_role: {
      title,
      org_classification,
      district: district.district,
      division_id,
      start_date: correction.date,
    },
  };
}

/**
 * An id of the shape that OpenStates gives, the same at every start and on every machine, so that what is done for a new
 * member stays together in the totals. A uuid of version 8: one of a scheme of its own (RFC 9562, section 5.8).
 */
export function derivedId(division_id: string, name: string, date: string): string {
  const hash = createHash('sha256')
    .update(`${division_id}\n${wordsOf(name).join(' ')}\n${date}`)
    .digest('hex');
  const variant = '89ab'[Number.parseInt(hash[16]!, 16) % 4];
  const parts = [
    hash.slice(0, 8),
    hash.slice(8, 12),
    `8${hash.slice(13, 16)}`,
    `${variant}${hash.slice(17, 20)}`,
  ];
  return `ocd-person/${parts.join('-')}-${hash.slice(20, 32)}`;
}

/** Whether the source lists the new member: by the id, or by first and last name, whatever stands between. */
export function isSamePerson({ person_id, name }: NewMember, legislator: Legislator): boolean {
  if (isSameId(person_id, legislator.id)) return true;
  const [own, theirs] = [wordsOf(name), wordsOf(legislator.name)];
  return own[0] === theirs[0] && own.at(-1) === theirs.at(-1);
}

/** Whether they share the last name alone: perhaps the same person by another first name, perhaps a relative. */
export function isNamesake({ name }: NewMember, legislator: Legislator): boolean {
  return wordsOf(name).at(-1) === wordsOf(legislator.name).at(-1);
}

/** The words of a name without accents, signs, case and what tells generations apart. */
function wordsOf(name: string): string[] {
  const plain = name.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase();
  const words = plain.replaceAll(/['’]/g, '').split(/[^\p{L}\p{N}]+/u);
  return words.filter((word) => word !== '' && !/^(jr|sr|ii|iii|iv)$/.test(word));
}
