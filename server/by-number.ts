/** The order of names that hold numbers, for sorts: '2' before '10', '2026' before '2026S1'. One is made for all: making it is slow. */
export const byNumber = new Intl.Collator('en', { numeric: true }).compare;
