import type { OrgClassification } from '../legislators/legislator.ts';
import {
  type ApiCommittee,
  apiMembershipSchema,
  readEntries,
} from '../legislators/openstates-bill-replies.ts';
import type { BillCommittee } from './bill-record.ts';
import { personId } from './reply-parts.ts';

/** Which committee is looked for: its name as the bill's actions have it, in which chamber. */
export interface SoughtCommittee {
  name: string;
  chamber: OrgClassification;
  /** OpenStates' id of that chamber; undefined where nothing about the bill tells it. */
  chamber_id: string | undefined;
}

/**
 * The one committee that is meant, of all that OpenStates has; 'none' and 'several' where it can't be told for certain. One of
 * another chamber never is, nor a committee where a subcommittee is meant, or the other way round.
 */
export function findCommittee(
  sought: SoughtCommittee,
  committees: readonly ApiCommittee[],
): ApiCommittee | 'none' | 'several' {
  const name = readName(sought.name);
  if (name.chamber !== undefined && name.chamber !== sought.chamber) return 'none';
  const fitting = committees.filter((one) => {
    const candidate = readName(one.name);
    const is_sub = candidate.is_sub || one.classification === 'subcommittee';
    return (
      candidate.bare === name.bare &&
      is_sub === name.is_sub &&
      (candidate.chamber ?? sought.chamber) === sought.chamber &&
      isUnder(one, sought.chamber_id, committees)
    );
  });
  // Pages that moved while they were read may bring one twice.
  const ids = new Set(fitting.map(({ id }) => id));
  if (ids.size > 1) return 'several';
  return fitting[0] ?? 'none';
}

/** Whether it belongs to the chamber, or to a committee of the chamber. */
function isUnder(
  { parent_id }: ApiCommittee,
  chamber_id: string | undefined,
  committees: readonly ApiCommittee[],
): boolean {
  if (chamber_id === undefined || parent_id === undefined) return false;
  if (parent_id === chamber_id) return true;
  return committees.some((one) => one.id === parent_id && one.parent_id === chamber_id);
}

/** Whether a name is that of a subcommittee, as far as the name itself tells. */
export function isSubcommittee(name: string): boolean {
  return readName(name).is_sub;
}

/** Whether two names mean one committee of one chamber. */
export function isSameCommitteeName(one: string, other: string): boolean {
  const [first, second] = [readName(one), readName(other)];
  return first.bare === second.bare && first.is_sub === second.is_sub;
}

interface ReadName {
  /** Without what only says that it is a committee, and of which chamber: 'criminal justice'. */
  bare: string;
  is_sub: boolean;
  /** That the name itself says: 'Senate Committee on Rules'. */
  chamber: OrgClassification | undefined;
}

const CHAMBER_WORDS: [RegExp, OrgClassification][] = [
  [/^senate\b/, 'upper'],
  [/^(house( of (representatives|delegates))?|assembly)\b/, 'lower'],
];

function readName(name: string): ReadName {
  let bare = name
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/&/g, ' and ')
    .replace(/['’]/g, '')
    .replace(/\bsub-committee/g, 'subcommittee')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .replace(/^ ?(the )?/, '')
    .trim();
  let chamber: OrgClassification | undefined;
  for (const [words, of] of CHAMBER_WORDS) {
    const rest = bare.replace(words, '').trim();
    // 'Assembly' or 'House' alone is a name that says nothing else.
    if (rest !== bare && rest !== '') {
      chamber = of;
      bare = rest;
      break;
    }
  }
  const is_sub = /\bsubcommittee\b/.test(bare);
  bare = bare
    .replace(/\b(standing )?(sub)?committee\b( on\b)?( the\b)?/g, ' ')
    .replace(/\band\b/g, ' ')
    .replace(/ +/g, ' ')
    .trim();
  return { bare, is_sub, chamber };
}

/** The members of a committee, as a bill's record keeps them; undefined where OpenStates names none. */
export function membersOf({ memberships }: ApiCommittee): BillCommittee['members'] {
  const { found } = readEntries(memberships ?? [], apiMembershipSchema);
  if (found.length === 0) return undefined;
  return found.map(({ person_name, person, role }) => ({
    name: person_name,
    ...personId(person),
    role: role ?? 'member',
  }));
}
