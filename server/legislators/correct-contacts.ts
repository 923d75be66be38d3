import { findNumber, putNumber } from './correct-number.ts';
import type { Correction, CorrectionOutcome } from './correction.ts';
import type { Legislator } from './legislator.ts';

/** What one entry would do to a legislator, by itself. */
interface Found {
  correction: Correction;
  state: 'applied' | 'caught_up' | 'no_fit';
  /** What it is about: two entries with one key are about the same number, or both about the e-mail address. */
  key: string;
  message: string;
  apply: (legislator: Legislator) => Legislator;
}

const CAUGHT_UP = 'OpenStates says the same now: this entry can be taken out.';
const same = (legislator: Legislator) => legislator;

/**
 * Changes the numbers and the e-mail address of a legislator as the source has them. Of several entries about the same one
 * that of the latest day counts, even where the source says the same by now: an earlier one must not come back.
 */
export function correctContacts(
  legislator: Legislator,
  corrections: Correction[],
): { legislator: Legislator; outcomes: CorrectionOutcome[] } {
  const found = corrections
    .toSorted((a, b) => a.date.localeCompare(b.date))
    .map((correction) => (correction.change!.email ? emailOf : numberOf)(legislator, correction));
  const latest = new Map(found.map((one) => [one.key, one]));
  const outcomes = found.map((one): CorrectionOutcome => {
    const { correction, state, message } = one;
    const told = { correction, legislator_id: legislator.id };
    if (latest.get(one.key) === one) return { ...told, state, message };
    return {
      ...told,
      state: 'superseded',
      message: 'A later entry says otherwise: this one can be taken out.',
    };
  });
  const changed = [...latest.values()].reduce((person, { apply }) => apply(person), legislator);
  return { legislator: changed, outcomes };
}

function emailOf(legislator: Legislator, correction: Correction): Found {
  const email = correction.change!.email!;
  const before = legislator.email;
  if (before?.toLowerCase() === email.toLowerCase())
    return { correction, state: 'caught_up', key: 'email', message: CAUGHT_UP, apply: same };
  const message = before ? `${email} is shown in place of ${before}.` : `${email} is shown.`;
  return { correction, state: 'applied', key: 'email', message, apply: (person) => ({ ...person, email }) };
}

function numberOf(legislator: Legislator, correction: Correction): Found {
  const change = { ...correction.change!, voice: correction.change!.voice! };
  const found = findNumber(legislator.offices, change);
  switch (found.state) {
    case 'no_fit':
      // Nobody else's: it takes the place of nothing.
      return { ...found, correction, key: `no_fit ${correction.place.line}`, apply: same };
    case 'caught_up':
      return { correction, state: 'caught_up', key: found.replaces, message: CAUGHT_UP, apply: same };
    case 'applied':
      return {
        ...found,
        correction,
        key: found.replaces || `none at ${change.office}`,
        apply: (person) => ({ ...person, offices: putNumber(person.offices, change, found.replaces) }),
      };
  }
}
