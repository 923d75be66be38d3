import { districtKey } from './district-names.ts';
import type { District, OrgClassification, Roster } from './legislator.ts';

/** Words that say which chamber is meant, in English and Spanish, accents gone. */
const CHAMBER_WORDS: Record<'upper' | 'lower', string[]> = {
  upper: ['senate', 'senator', 'sen', 'sd', 'senado', 'senador', 'senadora'],
  lower: [
    ...['house', 'representative', 'rep', 'hd', 'assembly', 'ad', 'delegate', 'delegates'],
    ...['camara', 'representante', 'representantes', 'asamblea', 'diputado', 'diputada'],
  ],
};

/** Words that say what kind of thing is meant, and not which: 'District 5', 'Duval County', 'condado de Duval'. */
const KIND_WORDS = new Set([
  ...['district', 'dist', 'ld', 'ward', 'number', 'no', 'state', 'county', 'counties', 'parish', 'borough'],
  ...[
    'distrito',
    'numero',
    'num',
    'estatal',
    'condado',
    'parroquia',
    'municipio',
    'of',
    'the',
    'de',
    'del',
    'la',
  ],
]);

/** How maps and people shorten the same words. */
const SHORT: Record<string, string> = { saint: 'st', sainte: 'ste', fort: 'ft', mount: 'mt' };

/** What of a text is compared: without accents, case, points and apostrophes, word by word. */
function wordsOf(text: string): string[] {
  const plain = text
    .normalize('NFKD')
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

/**
 * The districts of a state that a text names, in the roster's order: by number ('5', 'House District 005', 'SD 5', '64a'),
 * by the name of a district that has one, of a member (its words in any order) or of a county ('Duval', 'St. Johns County').
 * Beginnings of words find something where whole words do not. Empty where nothing fits.
 */
export function findDistricts(roster: Roster, text: string): District[] {
  const words = wordsOf(text);
  const telling = tellingWords(words);
  const byNumber = ofNumber(roster.districts, telling) ?? ofNumber(roster.districts, splitNumber(telling));
  if (byNumber) return byNumber;
  const names = roster.districts.map((district) => ({ district, names: namesOf(roster, district) }));
  for (const query of [{ words }, telling]) {
    if (query.words.length === 0) continue;
    for (const fits of [isWhole, isBeginning]) {
      const found = names.filter(
        (one) => isOfChamber(one.district, query) && one.names.some((name) => fits(name, query.words)),
      );
      if (found.length > 0) return found.map(({ district }) => district);
    }
  }
  return [];
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

/** Every name by which a district may be sought, each in words. */
function namesOf(roster: Roster, { division_id, district, counties = [] }: District): string[][] {
  const members = roster.representation(division_id)?.legislators.map(({ name }) => name) ?? [];
  return [district, ...members, ...counties].map(wordsOf);
}

/** Whether every word stands in the name, or all of them together are it: 'de soto' and 'DeSoto'. */
function isWhole(name: string[], words: string[]): boolean {
  return words.every((word) => name.includes(word)) || name.join('') === words.join('');
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
