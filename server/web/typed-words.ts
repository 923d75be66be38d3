import { allOf } from './visit.ts';

/** Fields that say who somebody is or where they live. */
const DETAILS = ['address', 'name', 'street', 'city', 'zip', 'latitude', 'longitude'];
const TEXTS = ['text', 'draft', 'subject'];
/** Shorter words say nothing, and stand in many others. */
const SHORTEST = 3;

/** What a visitor typed into a form and no log may repeat: texts whole, details word by word, as typed and as in addresses. */
export function typedWords(body: unknown): string[] {
  const words = DETAILS.flatMap((name) => allOf(body, name)).flatMap((value) => [
    value,
    ...value.split(/[^\p{L}\p{N}.]+/u),
  ]);
  const typed = [...words, ...TEXTS.flatMap((name) => allOf(body, name))].filter(
    (word) => word.length >= SHORTEST,
  );
  return [...new Set(typed.flatMap((word) => [word, encodeURIComponent(word)]))];
}
