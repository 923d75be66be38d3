import { districtKey } from './district-names.ts';
import type { District, OrgClassification, Roster } from './legislator.ts';

/** Words that say which chamber is meant, in English and Spanish, accents gone. */
const CHAMBER_WORDS: Record<'upper' | 'lower', string[]> = {
  upper: ['senate', 'senator', 'senatorial', 'sen', 'sd', 'senado', 'senador', 'senadora'],
  lower: [
    ...['house', 'representative', 'representatives', 'rep', 'hd', 'assembly', 'ad', 'delegate', 'delegates'],
    ...['camara', 'representante', 'representantes', 'representativo', 'asamblea', 'diputado', 'diputada'],
  ],
};

/** What the parts of a state are called that a county search is for, in English and Spanish, accents gone. */
const COUNTY_WORDS = new Set(
  'county counties parish parishes borough municipality municipio condado parroquia municipalidad'.split(' '),
);

/** Words that say what kind of thing is meant, and not which: 'District 5', 'Duval County', 'condado de Duval'. */
const KIND_WORDS = new Set([
  ...COUNTY_WORDS,
  ...['district', 'dist', 'ld', 'ward', 'number', 'no', 'state', 'legislative', 'of', 'the'],
  ...['distrito', 'numero', 'num', 'estatal', 'legislativo', 'de', 'del', 'la', 'el'],
]);

/** How maps and people shorten the same words. */
const SHORT: Record<string, string> = { saint: 'st', sainte: 'ste', fort: 'ft', mount: 'mt' };

/** What of a text is compared: without accents, case, points and apostrophes, word by word. */
function wordsOf(text: string): string[] {
  const plain = text
    .normalize('NFKD')
    // '5.14' and '5,14' are two numbers.
    .replaceAll(/(?<=\d)[.,](?=\d)/g, ' ')
    .replaceAll(/[\p{M}.'’ʻ‘]/gu, '')
    .toLowerCase();
  const words = plain.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== '');
  return words.map((word) => SHORT[word] ?? word.replace(/^0+(?=\d)/, ''));
}

/** What was typed, in words; `chamber` where one of them named it. */
interface Query {
  words: string[];
  chamber?: 'upper' | 'lower' | undefined;
}

/** The words that say which one, once those are gone that say what kind of thing it is. */
function tellingWords(words: string[]): Query {
  const chamber = (['upper', 'lower'] as const).find((one) =>
    words.some((word) => CHAMBER_WORDS[one].includes(word)),
  );
  const isTelling = (word: string) =>
    !KIND_WORDS.has(word) && !(chamber && CHAMBER_WORDS[chamber].includes(word));
  return { words: words.filter(isTelling), chamber };
}

/** The words without those that say 'county', Alaska's two of them included; undefined where none does. */
function countyWords(words: string[]): string[] | undefined {
  const others = words.filter(
    (word, index) =>
      !COUNTY_WORDS.has(word) &&
      !(word === 'census' && words[index + 1] === 'area') &&
      !(word === 'area' && words[index - 1] === 'census'),
  );
  return others.length < words.length ? others : undefined;
}

/**
 * The districts of a state that a text names, in the roster's order: by number ('5', 'House District 005', 'SD 5', '64a'),
 * by the name of a district that has one, of a member (its words in any order) or of a county ('Duval', 'St. Johns County').
 * Where the text says 'county', or what a state calls its own, members of that name are meant only where no county fits.
 * Beginnings of words find something where whole words do not. Empty where nothing fits.
 */
export function findDistricts(roster: Roster, text: string): District[] {
  const words = wordsOf(text);
  const telling = tellingWords(words);
  const byNumber = ofNumber(roster.districts, telling) ?? ofNumber(roster.districts, splitNumber(telling));
  if (byNumber) return byNumber;
  const county = countyWords(words);
  const inCounty = county && firstFit(countyNames(roster), [{ words: county }, tellingWords(county)]);
  return inCounty ?? firstFit(everyName(roster), [{ words }, telling]) ?? [];
}

/** A district with the names by which it may be sought, each in words. */
interface Named {
  district: District;
  names: string[][];
}

/** What the first query finds that finds anything, by whole words before their beginnings. */
function firstFit(named: Named[], queries: Query[]): District[] | undefined {
  for (const query of queries) {
    if (query.words.length === 0) continue;
    for (const fits of [isWhole, isBeginning]) {
      const found = named.filter(
        (one) => isOfChamber(one.district, query) && one.names.some((name) => fits(name, query.words)),
      );
      if (found.length > 0) return found.map(({ district }) => district);
    }
  }
  return undefined;
}

/** 'HD5' as 'HD 5': the number of a district written together with what it is. */
function splitNumber({ words, chamber }: Query): Query {
  const [, kind, number] = /^(hd?|sd?|ad|ld|d|no)0*(\d+[a-z]?)$/.exec(words.join(' ')) ?? [];
  if (number === undefined) return { words, chamber };
  const named = kind?.startsWith('s') ? 'upper' : kind?.startsWith('h') || kind === 'ad' ? 'lower' : chamber;
  return { words: [number], chamber: named };
}

/** The districts of a number or letter, if that is all that was said; '64' is that of 64A and 64B too. */
function ofNumber(districts: District[], query: Query): District[] | undefined {
  const [said, ...others] = query.words;
  const code = said?.replace(/^(\d+)(st|nd|rd|th)$/, '$1');
  if (!code || others.length > 0 || !/^(\d+[a-z]?|[a-z])$/.test(code)) return undefined;
  const found = districts.filter((district) => {
    const key = districtKey(district.district);
    return isOfChamber(district, query) && (key === code || (/\d$/.test(code) && isLettered(key, code)));
  });
  return found.length > 0 ? found : undefined;
}

const isLettered = (key: string, number: string) =>
  key.length === number.length + 1 && key.startsWith(number) && /[a-z]$/.test(key);

function isOfChamber({ org_classification }: District, { chamber }: Query): boolean {
  const asked: OrgClassification[] = chamber === 'upper' ? ['upper', 'legislature'] : ['lower'];
  return chamber === undefined || asked.includes(org_classification);
}

/** The districts by the counties that they lie in. */
function countyNames({ districts }: Roster): Named[] {
  return districts.map((district) => ({ district, names: (district.counties ?? []).map(wordsOf) }));
}

/** The districts by their own names, their members and their counties. */
function everyName(roster: Roster): Named[] {
  return roster.districts.map((district) => {
    const members = roster.representation(district.division_id)?.legislators.map(({ name }) => name) ?? [];
    return { district, names: [district.district, ...members, ...(district.counties ?? [])].map(wordsOf) };
  });
}

/** Whether every word stands in the name, or all of them together are it: 'de soto' and 'DeSoto', but not '5' and '0'. */
function isWhole(name: string[], words: string[]): boolean {
  const together = words.join('');
  return (
    words.every((word) => name.includes(word)) || (/\p{L}/u.test(together) && name.join('') === together)
  );
}

/** Whether every word begins one of the name, a single letter or a number aside: those must be the whole. */
function isBeginning(name: string[], words: string[]): boolean {
  const begins = (word: string) => {
    const must_be_whole = word.length < 2 || /^\d+$/.test(word);
    return name.some((one) => (must_be_whole ? one === word : one.startsWith(word)));
  };
  const together = words.join('');
  return words.every(begins) || (together.length > 2 && name.join('').startsWith(together));
}
