import { noteLetterAnswer } from './answer-queries.ts';
import { expectedFor, modeOf } from './expected-letters.ts';
import { confirm, disown, withdraw } from './follow-link.ts';
import { handIn } from './hand-in.ts';
import type { Letters } from './letter.ts';
import type { LetterParts } from './letter-parts.ts';
import { findLetter } from './letter-queries.ts';

/** The supporters' letters, kept in the database and sealed. */
export function createLetters(parts: LetterParts): Letters {
  const { store, now } = parts;
  return {
    modeOf: (campaign, is_sample) => modeOf(parts, campaign, is_sample),
    expected: (campaign, targets) => expectedFor(parts, campaign, targets),
    handIn: (handed_in) => handIn(parts, handed_in),
    see: async (id) => {
      const letter = await findLetter(store.read, id);
      if (!letter) return undefined;
      const content = await parts.seal.open(id, letter.sealed);
      const { form_id: _form, sealed: _sealed, sender, ...told } = letter;
      return { letter: told, content, sender };
    },
    confirm: (id) => confirm(parts, id),
    withdraw: (id) => withdraw(parts, id),
    disown: (id, sender) => disown(parts, id, sender),
    noteAnswer: (answer) => noteLetterAnswer(store, answer, now()),
  };
}
