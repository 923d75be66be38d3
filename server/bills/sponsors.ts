import type { OrgClassification } from '../legislators/legislator.ts';
import { stateFacts } from '../legislators/states.ts';
import type { BillRecord } from './bill-record.ts';
import type { NameMatch } from './match-names.ts';
import type { PeopleSight, Tell } from './names-then.ts';
import { readWrittenName } from './written-name.ts';

/**
 * Everybody who put their name to a bill, each once, by OpenStates' id; whoever is told as a sponsor and a cosponsor is a
 * sponsor. A name is looked for in the chamber where the bill was filed, or in that of its title ('Sen. Yew' on a House bill).
 * Where someone of the other chamber is among them, a name without a title may be of either: one that fits in both is told
 * as unmatched.
 */
export function sponsorsOf(
  record: BillRecord,
  people: PeopleSight,
  tell: Tell,
): { person_id: string; is_primary: boolean }[] {
  const { sponsorships, first_action_date } = record;
  const { chambers } = stateFacts(people.roster.state);
  const in_either = hasSponsorsElsewhere(record, people);
  const find = (name: string, chamber: OrgClassification) =>
    people.namesThen(name, chamber, first_action_date);
  const whoIs = (name: string): NameMatch => {
    const title = readWrittenName(name)?.chamber;
    if (title) return find(name, chambers.includes(title) ? title : record.chamber);
    const match = find(name, record.chamber);
    if (!in_either || match.kind !== 'one') return match;
    const elsewhere = chambers
      .filter((chamber) => chamber !== record.chamber)
      .map((chamber) => find(name, chamber))
      .flatMap((one) => (one.kind === 'one' ? one.person_id : one.may_be));
    return elsewhere.length > 0 ? { kind: 'several', may_be: [match.person_id, ...elsewhere] } : match;
  };

  const found = new Map<string, boolean>();
  for (const { name, person_id, is_primary } of sponsorships) {
    const match: NameMatch = person_id === undefined ? whoIs(name) : { kind: 'one', person_id };
    if (match.kind === 'one') found.set(match.person_id, is_primary || found.get(match.person_id) === true);
    else tell(name, is_primary ? 'sponsor' : 'cosponsor', match.kind);
  }
  return [...found].map(([person_id, is_primary]) => ({ person_id, is_primary }));
}

/** Whether someone of another chamber than the one where the bill was filed is known to be a sponsor. */
function hasSponsorsElsewhere({ sponsorships, chamber }: BillRecord, { roster }: PeopleSight): boolean {
  return sponsorships.some(({ name, person_id }) => {
    const of_person =
      person_id === undefined ? undefined : roster.legislator(person_id)?.current_role.org_classification;
    // The only chamber of a state has no other beside it.
    const of_title = chamber === 'legislature' ? undefined : readWrittenName(name)?.chamber;
    const told = of_person ?? of_title;
    return told !== undefined && told !== chamber;
  });
}
