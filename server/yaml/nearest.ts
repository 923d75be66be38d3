/** How many letters must be put in, left out or replaced to make one word of the other (Levenshtein distance). */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, row[j]! + 1, next[j - 1]! + 1));
    }
    row = next;
  }
  return row[b.length]!;
}

/** The known word that is most likely meant by a misspelt one, or undefined where none is close (a third of its letters). */
export function nearest(word: string, known: readonly string[]): string | undefined {
  const wanted = word.toLowerCase();
  const ranked = known
    .map((candidate) => ({ candidate, off: distance(wanted, candidate.toLowerCase()) }))
    .filter(
      ({ candidate, off }) => off <= Math.max(1, Math.ceil(Math.min(word.length, candidate.length) / 3)),
    )
    .sort((a, b) => a.off - b.off);
  return ranked[0]?.candidate;
}

/** ` Did you mean 'goal'?` with a space before it, or '' where nothing is close. */
export function didYouMean(word: string, known: readonly string[]): string {
  const found = nearest(word, known);
  return found === undefined ? '' : ` Did you mean '${found}'?`;
}
