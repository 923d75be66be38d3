import { correctContacts } from './correct-contacts.ts';
import { correctMembers, mistyped, whoIs } from './correct-members.ts';
import type { Correction, CorrectionOutcome } from './correction.ts';
import type { Legislator, Roster } from './legislator.ts';
import { nearlyOfId, ofId } from './person-ids.ts';
import { createRoster, type StateRoster } from './roster.ts';
import { lastGeneralElection } from './roster-age.ts';

/** A state's roster with what people here know better. */
export interface CorrectedRoster extends StateRoster {
  /** Every correction of the state and what has become of it, in the order of the file. */
  corrections: CorrectionOutcome[];
}

/**
 * Puts the corrections of a state over its roster, as of a day (ISO date, the state's own). The roster itself stays as it
 * is, whatever it came from. Someone who has left is still known by id: totals name them.
 */
export function correctRoster(place: StateRoster, corrections: Correction[], today: string): CorrectedRoster {
  const { roster } = place;
  const own = corrections.filter(({ state }) => state === roster.state);
  const due = own.filter(({ date }) => date <= today && !roster.is_sample);
  if (due.length === 0) return { ...place, corrections: own.map((one) => waiting(roster, one)) };

  const seated = correctMembers(
    roster,
    due.filter(({ change }) => !change),
  );
  const changed = correctPeople(
    roster,
    seated.legislators,
    due.filter(({ change }) => change),
  );
  const warned = seated.outcomes.map((outcome) =>
    warnOfElection(outcome, lastGeneralElection(roster.state, today)),
  );
  const outcomes = new Map([...warned, ...changed.outcomes].map((outcome) => [outcome.correction, outcome]));
  const corrected = createRoster({ ...roster, legislators: changed.legislators });
  return {
    ...place,
    roster: { ...corrected, legislator: (id) => corrected.legislator(id) ?? roster.legislator(id) },
    corrections: own.map((one) => outcomes.get(one) ?? waiting(roster, one)),
  };
}

/** Who has come or left stays so until the entry is taken out: after an election it may be forgotten rather than true. */
function warnOfElection(outcome: CorrectionOutcome, election: string): CorrectionOutcome {
  if (outcome.state !== 'applied' || outcome.correction.date >= election) return outcome;
  const message = `${outcome.message} An election has passed since, on ${election}: check that it is still so.`;
  return { ...outcome, message };
}

function waiting(roster: Roster, correction: Correction): CorrectionOutcome {
  const { change, left_office } = correction;
  const id = change?.person_id ?? left_office;
  const told = { correction, legislator_id: id && (ofId(roster.legislators, id)?.id ?? id) };
  if (roster.is_sample)
    return { ...told, state: 'on_sample', message: 'Made-up legislators are not corrected.' };
  const doubt =
    id === undefined || ofId(roster.legislators, id) ? '' : ' Nobody has this id today: is it right?';
  return { ...told, state: 'to_come', message: `In force from ${correction.date} on.${doubt}` };
}

/** Changes numbers and addresses of those who sit once all have left and come. */
function correctPeople(roster: Roster, legislators: Legislator[], corrections: Correction[]) {
  const byPerson = Map.groupBy(corrections, ({ change }) => change!.person_id.toLowerCase());
  const outcomes: CorrectionOutcome[] = [];
  const corrected = legislators.map((legislator) => {
    const id = legislator.id.toLowerCase();
    const own = byPerson.get(id);
    if (!own) return legislator;
    byPerson.delete(id);
    const done = correctContacts(legislator, own);
    outcomes.push(...done.outcomes);
    return done.legislator;
  });
  const ofNobody = [...byPerson.values()].flat().map((correction): CorrectionOutcome => {
    const legislator_id = correction.change!.person_id;
    const gone = ofId(roster.legislators, legislator_id);
    const told = { correction, legislator_id: gone?.id ?? legislator_id };
    if (gone) {
      const message = `${whoIs(gone)} has left, by another correction: this entry can be taken out.`;
      return { ...told, state: 'superseded', message };
    }
    const meant = nearlyOfId(legislators, legislator_id);
    const message = meant
      ? mistyped(meant)
      : 'OpenStates lists nobody of this id: mend it, or take this entry out.';
    return { ...told, state: 'no_fit', message };
  });
  return { legislators: corrected, outcomes: [...outcomes, ...ofNobody] };
}
