const UNITS = 'first second third fourth fifth sixth seventh eighth ninth'.split(' ');
const TEENS =
  'tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth'.split(
    ' ',
  );

/** 'first' to 'thirty-ninth': Massachusetts needs 37. */
const WORDS = [
  ...UNITS,
  ...TEENS,
  ...['twent', 'thirt'].flatMap((ten) => [`${ten}ieth`, ...UNITS.map((unit) => `${ten}y-${unit}`)]),
];

/** The longer words first: 'twenty-first' is not 'first'. */
const ORDINAL = new RegExp(
  `\\b(?:(\\d+)(?:st|nd|rd|th)|(${WORDS.toReversed().join('|').replaceAll('-', '[- ]')}))\\b`,
  'gi',
);

/** A text with each of its ordinals ('10th', 'Tenth', 'twenty-first', up to thirty-ninth) put as `write` says, by its number. */
export function replaceOrdinals(text: string, write: (number: number) => string): string {
  return text.replaceAll(ORDINAL, (_, digits: string | undefined, word: string | undefined) =>
    write(digits ? Number(digits) : WORDS.indexOf(word!.toLowerCase().replace(' ', '-')) + 1),
  );
}

/** '1st', '22nd', '11th'. */
export function ordinalInDigits(number: number): string {
  const is_teen = number % 100 >= 11 && number % 100 <= 13;
  return `${number}${(is_teen ? undefined : ['th', 'st', 'nd', 'rd'][number % 10]) ?? 'th'}`;
}

/** 'First', 'Twenty-First'; in digits beyond thirty-nine. */
export function ordinalInWords(number: number): string {
  const word = WORDS[number - 1] ?? ordinalInDigits(number);
  return word.replaceAll(/\b[a-z]/g, (letter) => letter.toUpperCase());
}
