let collator: Intl.Collator | undefined;

/** The order of names that hold numbers, for sorts: '2' before '10', '2026' before '2026S1'. */
export function byNumber(one: string, other: string): number {
  // One for all, made when the first is asked for: making it is slow.
  collator ??= new Intl.Collator('en', { numeric: true });
  return collator.compare(one, other);
}
