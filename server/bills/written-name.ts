import type { OrgClassification } from '../legislators/legislator.ts';

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
  /** 'upper' where a title says that it is a senator's, 'lower' where it is that of a member of another chamber. */
  chamber: Exclude<OrgClassification, 'legislature'> | undefined;
  /** 'r', 'd' or 'i' in 'Smith, R', 'Smith D', 'Smith (I)': a party's letter, or an initial. It stands in no other field. */
  party_or_initial: string | undefined;
}

const TITLES =
  /^(?:(?:rep|sen|del|mr|mrs|ms|dr|hon|asm|assemb)\.\s*|(?:rep|sen|asm|mr|mrs|ms|dr|hon|representative|senator|delegate|assembly\s?(?:member|man|woman)|council\s?member|the|honorable|(?:madam|mister)|speaker|president|leader|majority|minority|chair(?:man|woman|person)?|vice|pro\s?tem(?:pore)?)(?=\s|$)\s*)/;
const TITLES_OF = [
  ['upper', /^sen/],
  ['lower', /^(rep|del|asm|assemb)/],
] as const;
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
  const whole = plain(text).trim();
  if (/&|\/|;|\band\b/.test(whole)) return undefined;
  const placed = takePlace(whole);
  const titles: string[] = [];
  const [first = '', ...after] = placed.rest.split(',').map((piece) => takeTitles(piece, titles));
  const behind = after.flatMap(plainWords);
  // Alone behind the comma a suffix is no first name, but V may be one's initial.
  const suffixes = behind.filter((word) => SUFFIXES.test(word) && word !== 'v');
  const given = behind.filter((word) => !suffixes.includes(word) && !DEGREES.test(word));
  const family = withoutSuffix(plainWords(first));
  let { party_or_initial } = placed;
  // With a dot it is an initial.
  if (given.length === 1 && after.some((piece) => /^[rdi]$/.test(piece))) party_or_initial ??= given.pop();
  if (given.length === 0 && family.words.length > 1 && /[\s-][rdi]$/.test(first))
    party_or_initial ??= family.words.pop();
  if (family.words.length === 0) return undefined;
  return {
    words: family.words,
    given: given.length > 0 ? given : undefined,
    suffix: family.suffix ?? suffixes[0],
    district: placed.district === undefined ? undefined : plainDistrict(placed.district),
    chamber: TITLES_OF.find(([, pattern]) => titles.some((title) => pattern.test(title)))?.[0],
    party_or_initial,
  };
}

/** Takes out what tells of place and party: '(17)', '(R-17)', 'of the 17th', '-17', '(R)'. */
function takePlace(whole: string): Pick<WrittenName, 'district' | 'party_or_initial'> & { rest: string } {
  let district: string | undefined;
  let party_or_initial: string | undefined;
  // '(17)', '(R-17)', '(District 17)'; what else stands there is a party, a county or a short name.
  const bare = whole.replaceAll(/\(([^)]*)\)?/g, (_, inside: string) => {
    district ??= /(?:^|[\s.-])(\d+-?[a-z]?(?:st|nd|rd|th)?)$/.exec(inside.trim())?.[1];
    party_or_initial ??= /^([rdi])(?:$|\s*[-,])/.exec(inside.trim())?.[1];
    return ' ';
  });
  const rest = bare
    .replace(/\s+of (?:the )?(\S.*)$/, (_, place: string) => {
      district ??= /^(?:district\s+)?(\d+[a-z]*)/.exec(place)?.[1];
      return '';
    })
    .replace(
      /(?:\s*[-,]\s*|\s+)(?:(?:district|dist\.?|hd|sd)\s*)?(\d+[a-z]{0,2})\s*$/,
      (_, found: string) => {
        district ??= found;
        return '';
      },
    );
  return { rest, district, party_or_initial };
}

/** A piece of a name without the titles before it, which are added to those found. */
function takeTitles(piece: string, found: string[]): string {
  let rest = piece.trim();
  for (let title = TITLES.exec(rest)?.[0]; title; title = TITLES.exec(rest)?.[0]) {
    found.push(title);
    rest = rest.slice(title.length).trim();
  }
  return rest;
}
