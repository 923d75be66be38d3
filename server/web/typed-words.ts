import { allOf } from './visit.ts';

/** Fields that say who somebody is or where they live. */
const DETAILS = ['address', 'find', 'name', 'street', 'city', 'zip', 'email', 'latitude', 'longitude'];
const TEXTS = ['text', 'draft', 'subject', 'own_words'];
/** Shorter words say nothing, and stand in many others. */
const SHORTEST = 3;

/**
 * What a visitor typed into a form and no log may repeat: texts whole, details word by word, as typed and as in addresses.
 * A form comes as a body or as a query.
 */
export function typedWords({ body, query }: { body?: unknown; query?: unknown }): string[] {
  const typedIn = (name: string) => [body, query].flatMap((fields) => allOf(fields, name));
  const words = DETAILS.flatMap(typedIn).flatMap((value) => [value, ...value.split(/[^\p{L}\p{N}.]+/u)]);
  const typed = [...words, ...TEXTS.flatMap(typedIn)].filter((word) => word.length >= SHORTEST);
  return [...new Set(typed.flatMap((word) => [word, encodeURIComponent(word)]))];
}
