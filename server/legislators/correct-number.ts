import type { Change } from './correction-schema.ts';
import type { Office } from './legislator.ts';
import { telephone } from './phone-numbers.ts';

/** What a changed number would do to the offices that a source has. */
export type NumberChange =
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
export function findNumber(
  offices: Office[],
  { voice, was, office }: Change & { voice: string },
): NumberChange {
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
export function putNumber(
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
