import type { Correction, CorrectionOutcome } from './correction.ts';
import type { Change } from './correction-schema.ts';
import type { Legislator, Office } from './legislator.ts';
import { telephone } from './phone-numbers.ts';

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

/** What a changed number would do to the offices that a source has. */
type NumberChange =
  /** `replaces` is the number in whose place it comes, as it is dialed; '' where the office has none. */
  | { state: 'applied'; replaces: string; message: string }
  /** The number is there: its own place is what it takes. */
  | { state: 'caught_up'; replaces: string }
  | { state: 'no_fit'; message: string };

/** What is dialed: two ways to write one number are the same. */
const dialed = (voice: string) => telephone(voice)?.href ?? voice;

/** The numbers at a kind of office, or where there are none at its address for mail; all where no kind is said. */
function numbersAt(offices: Office[], kind: string | undefined): string[] {
  const at = (classification: string | undefined) =>
    offices.flatMap((one) =>
      classification === undefined || one.classification === classification ? (one.voice ?? []) : [],
    );
  const found = at(kind);
  return found.length > 0 ? found : at(`${kind}-mail`);
}

/**
 * Finds the one number that a changed one takes the place of: the only one at such offices, or the one that was named. It
 * never guesses among several.
 */
function findNumber(offices: Office[], { voice, was, office }: Change & { voice: string }): NumberChange {
  // A number that was named is looked for at every office: sources put some under the wrong kind.
  const listed = numbersAt(offices, was === undefined ? office : undefined);
  const numbers = [...new Set(listed.map(dialed))];
  const inWords = `OpenStates has ${new Intl.ListFormat('en').format([...new Set(listed)]) || 'none'} there`;
  if (was !== undefined && dialed(was) !== dialed(voice) && numbers.includes(dialed(was)))
    return { state: 'applied', replaces: dialed(was), message: `${voice} is shown in place of ${was}.` };
  if (numbers.includes(dialed(voice))) return { state: 'caught_up', replaces: dialed(voice) };
  if (was !== undefined) {
    const message = `${was} is not there to be replaced: ${inWords}. Mend the number after was, or take this entry out.`;
    return { state: 'no_fit', message };
  }
  if (numbers.length > 1) {
    const message = `There are several numbers at such offices: ${inWords}. Add was: and the number that is wrong.`;
    return { state: 'no_fit', message };
  }
  const [old = ''] = numbers;
  const message = old === '' ? `${voice} is shown.` : `${voice} is shown in place of ${listed[0]}.`;
  return { state: 'applied', replaces: old, message };
}

/** The offices with a number replaced wherever it stands, for it is wrong there too; or put in where there was none. */
function putNumber(
  offices: Office[],
  { voice, office }: Change & { voice: string },
  replaces: string,
): Office[] {
  if (replaces !== '')
    return offices.map((one) => (one.voice && dialed(one.voice) === replaces ? { ...one, voice } : one));
  const classification = office!;
  const bare = offices.find((one) => one.classification === classification);
  if (!bare) return [...offices, { classification, voice }];
  return offices.map((one) => (one === bare ? { ...one, voice } : one));
}
