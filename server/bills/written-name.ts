/** A name as a legislature writes it in a list, taken apart. */
export interface WrittenName {
  /** Plain words of the name in its order, without what is told apart below; where it has a comma, of what stands before. */
  words: string[];
  /** First names or initials behind a comma; undefined where there is no comma. */
  given: string[] | undefined;
  /** 'jr', 'iii' … */
  suffix: string | undefined;
  /** '17', '12a', as plainDistrict gives it. */
  district: string | undefined;
  /** The chamber that a title tells of: 'Sen.', 'Rep.'; undefined where none does. */
  chamber: 'upper' | 'lower' | undefined;
  /** Behind the name stands a letter that may be a party's, or a first name's: 'Smith, R'. */
  party_or_initial: string | undefined;
}

const TITLES =
  /^(?:(?:rep|sen|del|mr|mrs|ms|dr|hon|asm|assemb)\.\s*|(?:rep|sen|asm|mr|mrs|ms|dr|hon|representative|senator|delegate|assembly\s?(?:member|man|woman)|council\s?member|the|honorable|(?:madam|mister)|speaker|president|leader|majority|minority|chair(?:man|woman|person)?|vice|pro\s?tem(?:pore)?)(?=\s|$)\s*)/;
/** Titles that only members of one chamber have, wherever they stand in a name. */
const OF_LOWER = /(?:^|[\s,(])(?:rep|del|asm|assemb)\.?(?=[\s,)]|$)|representative|delegate|assembly/;
const OF_UPPER = /(?:^|[\s,(])sen\.?(?=[\s,)]|$)|senator/;

const SUFFIXES = /^(jr|sr|ii|iii|iv|v)$/;
const DEGREES = /^(md|phd|esq|dds|dvm|rn)$/;

/** Lower case, without accents, apostrophes and dots; hyphens become spaces. */
function plain(text: string): string {
  return text
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll(/['’‘`ʻ´]/g, '')
    .replaceAll(/[‐‑–—-]/g, '-');
}

/** A district's name as names in lists have it: '017' and '17th' are '17', '12-A' is '12a'. */
export function plainDistrict(district: string): string {
  return plain(district)
    .replaceAll(/[^a-z0-9]/g, '')
    .replace(/^0+(?=\d)/, '')
    .replace(/(?<=\d)(st|nd|rd|th)$/, '');
}

/** The plain words of a piece of a name: "O'Neil-Díaz, Jr." is oneil, diaz, jr. */
export function plainWords(text: string): string[] {
  return plain(text)
    .replaceAll(/[^\p{L}\d]+/gu, ' ')
    .split(' ')
    .filter((word) => word !== '');
}

/** Words without 'Jr.', 'III' or a degree at their end, and the first of these. */
export function withoutSuffix(words: string[]): { words: string[]; suffix: string | undefined } {
  const isSuffix = (word: string) => SUFFIXES.test(word) || DEGREES.test(word);
  let end = words.length;
  while (end > 1 && isSuffix(words[end - 1]!)) end -= 1;
  return { words: words.slice(0, end), suffix: words.slice(end).find((word) => SUFFIXES.test(word)) };
}

/** Takes a name apart: 'Rep. Smith, C. (17)', 'Smith-17', 'Smith of the 17th'. Undefined where it names nobody, or more than one. */
export function readWrittenName(text: string): WrittenName | undefined {
  let rest = plain(text).trim();
  const chamber = OF_UPPER.test(rest) ? 'upper' : OF_LOWER.test(rest) ? 'lower' : undefined;
  if (/&|\/|;|\band\b/.test(rest)) return undefined;
  let district: string | undefined;
  // '(17)', '(R-17)', '(District 17)'; what else stands there is a party, a county or a short name.
  rest = rest.replaceAll(/\(([^)]*)\)?/g, (_, inside: string) => {
    district ??= /(?:^|[\s.-])(\d+-?[a-z]?(?:st|nd|rd|th)?)$/.exec(inside.trim())?.[1];
    return ' ';
  });
  rest = rest.replace(/\s+of (?:the )?(\S.*)$/, (_, place: string) => {
    district ??= /^(?:district\s+)?(\d+[a-z]*)/.exec(place)?.[1];
    return '';
  });
  rest = rest.replace(
    /(?:\s*[-,]\s*|\s+)(?:(?:district|dist\.?|hd|sd)\s*)?(\d+[a-z]{0,2})\s*$/,
    (_, found: string) => {
      district ??= found;
      return '';
    },
  );
  for (let before = ''; before !== rest; ) {
    before = rest;
    rest = rest.trim().replace(TITLES, '');
  }
  const party_or_initial = /(?<=\S[\s,]+)[rdi]$/.exec(rest)?.[0];
  const [first = '', ...after] = rest.split(',').map((piece) => piece.trim());
  const family = withoutSuffix(plainWords(first));
  const behind = after.map((piece) => piece.replace(TITLES, '')).flatMap(plainWords);
  // Alone behind the comma a suffix is no first name, but V may be one's initial.
  const suffixes = behind.filter((word) => SUFFIXES.test(word) && word !== 'v');
  const given = behind.filter((word) => !suffixes.includes(word) && !DEGREES.test(word));
  if (family.words.length === 0) return undefined;
  return {
    words: family.words,
    given: given.length > 0 ? given : undefined,
    suffix: family.suffix ?? suffixes[0],
    district: district === undefined ? undefined : plainDistrict(district),
    chamber,
    party_or_initial,
  };
}
