import type { OrgClassification } from '../legislators/legislator.ts';
import { chamberName, stateFacts } from '../legislators/states.ts';
import type { RollCall } from './bill-record.ts';
import type { PeopleSight, Tell } from './names-then.ts';
import type { PositionName } from './position.ts';

/** OpenStates' options of a vote; whoever is paired, or voted otherwise, has no position that is known. */
const OPTIONS = new Map<string, PositionName>([
  ['yes', 'voted_yes'],
  ['no', 'voted_no'],
  ['not voting', 'not_voting'],
  ['absent', 'not_voting'],
  ['excused', 'not_voting'],
  ['abstain', 'not_voting'],
]);

/** How one legislator voted, with the page that tells so. */
export interface KnownVote {
  person_id: string;
  position: PositionName;
  source: string;
}

/**
 * How each legislator voted who can be told, by OpenStates' id. Two votes of one are of two people, or nobody knows which
 * counts. Where nobody says of which chamber a committee is that voted, a name alone can't be told: only ids are taken.
 */
export function votesOf(roll_call: RollCall, { roster, namesThen }: PeopleSight, tell: Tell): KnownVote[] {
  const { votes, date, source } = roll_call;
  const chamber = roll_call.chamber ?? chamberIn(roll_call.organization, roster.state);
  const by_person = new Map<string, RollCall['votes']>();
  for (const vote of votes) {
    const match = vote.person_id === undefined && chamber ? namesThen(vote.name, chamber, date) : undefined;
    const person_id = vote.person_id ?? (match?.kind === 'one' ? match.person_id : undefined);
    if (person_id === undefined) {
      tell(vote.name, 'vote', match?.kind === 'several' ? 'several' : 'none');
      continue;
    }
    const before = by_person.get(person_id);
    if (before) before.push(vote);
    else by_person.set(person_id, [vote]);
  }
  const known: KnownVote[] = [];
  for (const [person_id, own] of by_person) {
    const option = own[0]!.option.toLowerCase();
    const is_same = own.length === 1 || own.every((vote) => vote.option.toLowerCase() === option);
    const is_sure = own.length === 1 || own.some((vote) => vote.person_id !== undefined);
    const position = OPTIONS.get(option);
    if (!is_same || !is_sure) for (const { name } of own) tell(name, 'vote', 'several');
    else if (position) known.push({ person_id, position, source });
  }
  return known;
}

/** The chamber that a committee's own name tells: 'House Judiciary Committee'. A state's only chamber is that of each of them. */
function chamberIn(organization: string, state: string): OrgClassification | undefined {
  const { chambers } = stateFacts(state);
  if (chambers.length === 1) return chambers[0];
  const [first, ...rest] = organization
    .toLowerCase()
    .replace(/^\s*the\s+/, '')
    .trim()
    .split(/\s+/);
  if (rest.length === 0) return undefined;
  return chambers.find((chamber) => chamberName(state, chamber).toLowerCase().split(' ')[0] === first);
}
