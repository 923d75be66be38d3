import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { create } from 'fontkit';

/**
 * Noto Sans, of Google's fonts, under the SIL Open Font License 1.1: Latin with the signs of Spanish, Kreyòl, Vietnamese and
 * Yoruba, Greek, Cyrillic and Devanagari. None that is written from right to left, and no Chinese, Japanese or Korean.
 */
const FILES = {
  regular: '400Regular/NotoSans_400Regular.ttf',
  bold: '700Bold/NotoSans_700Bold.ttf',
};

/** One of the fonts that are put into a PDF. */
export type Weight = keyof typeof FILES;

const { resolve } = createRequire(import.meta.url);
const read = new Map<Weight, Buffer>();

/** The file of a font, read once. */
export function fontFile(weight: Weight): Buffer {
  const file = read.get(weight) ?? readFileSync(resolve(`@expo-google-fonts/noto-sans/${FILES[weight]}`));
  read.set(weight, file);
  return file;
}

let known: Set<number> | undefined;

/** The signs of a text that no font here has: a PDF would show an empty box in place of each. */
export function unprintable(text: string): string[] {
  if (known === undefined) {
    const font = create(fontFile('regular'));
    if (!('characterSet' in font)) throw new Error('a collection of fonts, and not one font');
    known = new Set(font.characterSet);
  }
  const has = known;
  return [...new Set(text)].filter((sign) => !/\s/.test(sign) && !has.has(sign.codePointAt(0)!));
}
