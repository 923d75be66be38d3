/** One way to take a member's name apart; plain words. */
export interface NameSplit {
  /** The words of the family name, put together. */
  family: string;
  /** The first names and initials before it, in their order. */
  given: string[];
  /** Short names, and the first name that the source tells apart. */
  goes_by: string[];
  /** Further first names that the source tells apart. */
  further: string[];
}

/** Whether a name fits, or only might. */
export type Fit = 'yes' | 'perhaps' | 'no';

/**
 * Whether first names and initials that were written down ('jane', 'j') fit a member's. An initial stands for the first name;
 * that it stands for a middle one alone is no more than possible. A whole name fits the initial that a member has in its
 * place: Robert J. Jones is no Jennifer, and J. Robert Smith, who has a first name to go by, no Jane.
 */
export function agreementOf(written: readonly string[], { given, goes_by, further }: NameSplit): Fit {
  const [first, ...middle] = given;
  const firsts = [...(first === undefined ? [] : [first]), ...goes_by];
  const others = [...middle, ...further];
  const is_initial_alone = [...middle, ...goes_by].every(
    (name) => name.length === 1 || written.includes(name),
  );
  const fits = written.map((word, place): Fit => {
    const is_initial = word.length === 1;
    const standsFor = (name: string) => name === word || (is_initial && name.startsWith(word));
    if (firsts.some(standsFor)) return 'yes';
    if (others.some(standsFor)) return is_initial && place === 0 ? 'perhaps' : 'yes';
    if (is_initial) return 'no';
    const initials = place === 0 ? (is_initial_alone && first ? [first] : []) : middle;
    return initials.includes(word[0]!) ? 'yes' : 'no';
  });
  if (fits.includes('no')) return 'no';
  return fits.includes('perhaps') ? 'perhaps' : 'yes';
}
