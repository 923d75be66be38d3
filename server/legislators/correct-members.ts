import { type Correction, type CorrectionOutcome, kindOf } from './correction.ts';
import { CORRECTION_KINDS } from './correction-schema.ts';
import type { Legislator, Roster } from './legislator.ts';
import { isNamesake, isSamePerson, memberOfEntry } from './new-member.ts';
import { isSameId, nearlyOfId, ofId } from './person-ids.ts';
import { districtFinder } from './place-members.ts';
import { chamberName } from './states.ts';

/** Title and name, for whoever wrote the correction. */
export const whoIs = ({ current_role, name }: Legislator) => `${current_role.title} ${name}`;

/** What is said of an id that nobody has, where somebody's is nearly the same. */
export const mistyped = (meant: Legislator) =>
  `OpenStates lists nobody of this id. Mend it: ${whoIs(meant)} is ${meant.id}.`;

/** Who sits where once some have left and others have come. */
export interface CorrectedMembers {
  legislators: Legislator[];
  outcomes: CorrectionOutcome[];
}

interface Step {
  legislators: Legislator[];
  outcome: CorrectionOutcome;
}

/** Takes out who has left and puts in who has come, in the order of the days; on one day those who leave go first. */
export function correctMembers(roster: Roster, corrections: Correction[]): CorrectedMembers {
  const order = (correction: Correction) => CORRECTION_KINDS.indexOf(kindOf(correction));
  const inTurn = corrections.toSorted((a, b) => a.date.localeCompare(b.date) || order(a) - order(b));
  let { legislators } = roster;
  const outcomes = inTurn.map((correction) => {
    const take = correction.new_member ? seat : unseat;
    const step = take(roster, legislators, correction);
    legislators = step.legislators;
    return step.outcome;
  });
  return { legislators, outcomes };
}

/** The seat of someone who has left becomes vacant; one taken since then, in the other chamber perhaps, does not. */
function unseat(roster: Roster, legislators: Legislator[], correction: Correction): Step {
  const id = correction.left_office!;
  const found = ofId(legislators, id);
  const told = { correction, legislator_id: found?.id ?? id };
  const since = found?.current_role.start_date;
  if (found && since !== undefined && since >= correction.date) {
    const message = `OpenStates lists ${whoIs(found)} since ${since}, which is later than this entry: it can be taken out.`;
    return { legislators, outcome: { ...told, state: 'caught_up', message } };
  }
  if (found) {
    const { division_id } = found.current_role;
    return {
      legislators: legislators.filter((one) => one !== found),
      outcome: { ...told, state: 'applied', division_id, message: `${whoIs(found)} is left out.` },
    };
  }
  return { legislators, outcome: { ...told, ...whyNobody(roster, correction, id) } };
}

/** Nobody of this id is left: for good, or by a slip in the id while the one who is meant is still called. */
function whyNobody(
  roster: Roster,
  { date }: Correction,
  id: string,
): Pick<CorrectionOutcome, 'state' | 'message'> {
  if (ofId(roster.legislators, id))
    return {
      state: 'superseded',
      message: 'Another correction has filled this seat: this entry can be taken out.',
    };
  const meant = nearlyOfId(roster.legislators, id);
  if (meant) return { state: 'no_fit', message: mistyped(meant) };
  if (date > roster.as_of)
    return {
      state: 'no_fit',
      message: `OpenStates had nobody of this id on ${roster.as_of} already, before the date of this entry: mend the id. Or take this entry out, if whoever left is not shown any more.`,
    };
  return {
    state: 'caught_up',
    message:
      'OpenStates lists nobody of this id: this entry can be taken out, if whoever left is not shown any more.',
  };
}

/**
 * A new member takes a vacant seat; or the seat of the one whom the entry names; or, where the entry names nobody and the
 * district elects one, the seat of whoever is there.
 */
function seat(roster: Roster, legislators: Legislator[], correction: Correction): Step {
  const entry = correction.new_member!;
  const { chamber, in_place_of } = entry;
  const district = districtFinder(roster.districts)(chamber, entry.district);
  const none = (state: 'caught_up' | 'no_fit', message: string, legislator_id?: string): Step => ({
    legislators,
    outcome: { correction, state, message, legislator_id },
  });
  if (!district) {
    const house = chamberName(roster.state, chamber);
    return none(
      'no_fit',
      `There is no district '${entry.district}' of the ${house}: mend district or chamber.`,
    );
  }
  const { division_id } = district;
  const sitting = legislators.filter(({ current_role }) => current_role.division_id === division_id);
  const listed = sitting.find((one) => isSamePerson(entry, one));
  if (listed) {
    const message = `OpenStates lists ${whoIs(listed)} there now (${listed.id}): this entry can be taken out.`;
    return none('caught_up', message, listed.id);
  }
  const member = memberOfEntry(correction, district);
  const named = sitting.find(({ id }) => isSameId(in_place_of, id));
  const is_full = sitting.length >= district.seats;
  if (is_full && !named) {
    const names = new Intl.ListFormat('en').format(sitting.map((one) => `${whoIs(one)} (${one.id})`));
    if (in_place_of !== undefined)
      return none(
        'no_fit',
        `Someone else sits there now: ${names}. Take this entry out, or mend in_place_of.`,
        member.id,
      );
    if (sitting.length > 1 || district.seats > 1)
      return none(
        'no_fit',
        `No seat is vacant there: say with in_place_of whose it was. ${names} sit there.`,
        member.id,
      );
    if (isNamesake(entry, sitting[0]!)) {
      const message = `${names} sits there. If that is the same person, take this entry out; if not, add in_place_of: ${sitting[0]!.id}`;
      return none('no_fit', message, member.id);
    }
  }
  const before = named ?? (is_full ? sitting[0] : undefined);
  // Someone who comes from the other chamber leaves the seat there.
  const others = legislators.filter((one) => one !== before && !isSameId(one.id, member.id));
  const hint =
    before && !named
      ? ` Add in_place_of: ${before.id}, so that this ends by itself once someone else sits there.`
      : '';
  const message = `${whoIs(member)} (${member.id}) sits ${before ? `in place of ${whoIs(before)}` : 'in a vacant seat'}.${hint}`;
  return {
    legislators: [...others, member],
    outcome: { correction, state: 'applied', message, legislator_id: member.id, division_id },
  };
}
