import type { FileFault } from '../errors.ts';
import type { CampaignText } from './campaign-texts.ts';
import { FILLED_IN, HARDEST, type Reading, readingOf } from './reading.ts';
import { faultAt } from './template-syntax.ts';

/** How hard one text of a campaign is to read, and where its longest sentence stands. */
export interface TextReading extends FileFault, Reading {
  language: string;
}

/** Where texts stand. */
export interface TextPlaces {
  /** The content of a file that faults name so. */
  sourceOf: (file: string) => string | undefined;
  /** Where something stands in campaign.yaml. */
  placeOf: (path: readonly PropertyKey[]) => Omit<FileFault, 'message'>;
}

/** How hard each text is to read that is long enough to tell, by the hardest way in which it comes out; `message` says it in words. */
export function readingsOf(texts: readonly CampaignText[], places: TextPlaces): TextReading[] {
  return texts.flatMap((text): TextReading[] => {
    const readings = text.versions.flatMap((version) => readingOf(version, text.language) ?? []);
    if (readings.length === 0) return [];
    const hardest = readings.reduce((one, other) => (isHarder(other, one) ? other : one));
    const place = placeOfSentence(text, hardest.longest, places);
    return [{ ...place, message: inWords(hardest, text.language), ...hardest, language: text.language }];
  });
}

function isHarder(one: Reading, other: Reading): boolean {
  return one.scale === 'szigriszt-pazos' ? one.value < other.value : one.value > other.value;
}

function inWords(reading: Reading, language: string): string {
  const { scale, value, is_hard, longest, longest_words } = reading;
  const aim = HARDEST[scale];
  const measured = {
    'flesch-kincaid': `Reading grade ${value} (Flesch-Kincaid); ${aim} or below is read with ease.`,
    'szigriszt-pazos': `Reading ease ${value} of 100 (Szigriszt-Pazos); ${aim} or above is read with ease, which is about grade 8.`,
    'sentence-length': `${value} words a sentence; ${aim} or fewer are read with ease. For '${language}' nothing else is measured.`,
  }[scale];
  if (!is_hard) return measured;
  return `${measured} The longest sentence has ${longest_words} words: '${shortened(longest)}'. Make two or three of it, and put short words in place of long ones.`;
}

function shortened(sentence: string): string {
  const shown = sentence.replaceAll(FILLED_IN, '…');
  return shown.length <= 60 ? shown : `${shown.slice(0, 60).replace(/\s+\S*$/, '')} …`;
}

/** Looks for a sentence by words of it that stand beside each other in the file too. */
function placeOfSentence(
  text: CampaignText,
  sentence: string,
  { sourceOf, placeOf }: TextPlaces,
): Omit<FileFault, 'message'> {
  if (text.path) return placeOf(text.path);
  const { file } = text as { file: string };
  const source = sourceOf(file) ?? '';
  const words = sentence.split(/\s+/);
  for (let first = 0; first < words.length; first += 1) {
    const run = words.slice(first, first + 4);
    if (run.some((word) => word.includes(FILLED_IN))) continue;
    const escaped = run.map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
    const found = new RegExp(escaped.join('(?:\\s|[*_[\\]>-])+')).exec(source);
    if (found) {
      const { line, column } = faultAt(source, found.index, '');
      return { file, line, column };
    }
  }
  return { file, line: 1, column: 1 };
}
