import type { Correction } from './correction.ts';

/** Something better mended in an entry that holds: where it stands in the entry, and a sentence for whoever wrote it. */
export interface CorrectionHint {
  path: PropertyKey[];
  message: string;
}

const TITLE =
  /^(?:(?:rep|sen|del|hon)\.|(?:representative|senator|delegate|assembly ?(?:man|woman|member|person))\b)/i;
const GENERATION = /, *(?:jr|sr|[iv]+)\.?$/i;

/** What is allowed, and yet seldom meant. It repeats nothing of what is written there: it goes to the log, too. */
export function hintsOf({ new_member }: Correction): CorrectionHint[] {
  if (!new_member) return [];
  const { name, email, offices, links } = new_member;
  const hints: CorrectionHint[] = [];
  const say = (key: string, message: string) => hints.push({ path: ['new_member', key], message });
  if (TITLE.test(name))
    say(
      'name',
      "'name' begins with a title, and pages put one before it by themselves. Write the name alone.",
    );
  else if (name.replace(GENERATION, '').includes(','))
    say('name', "'name' has a comma in it. Write it as it is spoken, the first name first: Alex Sample.");
  if (email === undefined && links.length === 0 && !offices.some(({ voice }) => voice !== undefined))
    say(
      'name',
      'Nobody can reach this new member: add email, an office with voice, or links, as soon as you know one.',
    );
  return hints;
}
