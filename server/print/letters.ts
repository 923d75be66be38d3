import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type * as Fontkit from 'fontkit';
import type { Font } from 'fontkit';
import { whenNeeded } from '../when-needed.ts';

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

const require = createRequire(import.meta.url);
const fontkit = whenNeeded(() => require('fontkit') as typeof Fontkit);
const read = new Map<Weight, Font>();

/** A font, read once: reading it takes longer than writing a flyer. */
export function fontOf(weight: Weight): Font {
  const font =
    read.get(weight) ??
    fontkit().create(readFileSync(require.resolve(`@expo-google-fonts/noto-sans/${FILES[weight]}`)));
  if (!('characterSet' in font)) throw new Error('a collection of fonts, and not one font');
  read.set(weight, font);
  return font;
}

/** The signs of a text that no font here has: a PDF would show an empty box in place of each. */
export function unprintable(text: string): string[] {
  const font = fontOf('regular');
  return [...new Set(text)].filter(
    (sign) => !/\s/.test(sign) && !font.hasGlyphForCodePoint(sign.codePointAt(0)!),
  );
}
