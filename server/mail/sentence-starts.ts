/**
 * Words with which a sentence begins in a letter, in English, Spanish and Kreyòl, and which are endings of domains as well.
 * Endings that are seen in links far more than in letters (`win`, `click`, `shop`, `app`) stay out, whatever they mean.
 */
export const BEGINS_SENTENCES: ReadonlySet<string> = new Set(
  [
    // English
    'am as at be best by call care do education family food here health help house how in is it kids law like living me mr ms my',
    'new no now one our safety save school so social support taxi to today us vote voting you',
    // Spanish
    'al casa de es la me ni no se si soy sr su tu uno va ve viva vivo voto',
    // Kreyòl
    'ba ke ki la li men pa sa se si tout vin vote',
  ]
    .join(' ')
    .split(' '),
);
