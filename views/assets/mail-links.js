// @ts-check
// The same rules in the page and on the server: one file serves both.

/**
 * Longest link, in characters, that goes through everywhere. Chrome on Windows hands a mail program about 2,046
 * characters and drops the rest or does nothing; the webmail sites are held to the same, since theirs are not published.
 */
export const LONGEST_LINK = 2000;

/**
 * Links that open a mail already written. Where one would be too long, it carries the subject alone
 * and `is_cut` says that the text has to be copied.
 * @param {{ to: string, subject: string, text: string }} mail
 * @returns {{ mailto: string, gmail: string, outlook: string, yahoo: string, is_cut: boolean }}
 */
export function mailLinks({ to, subject, text }) {
  const encode = encodeURIComponent;
  // Mail programs expect CRLF in the text of a mailto link (RFC 6068, section 5).
  const body = encode(text.replace(/\r\n|\r|\n/g, '\r\n'));
  const head = { to: encode(to), subject: encode(subject) };
  const build = (/** @type {string} */ withBody) => ({
    mailto: `mailto:${to.split(',').map(encode).join(',').replaceAll('%40', '@')}?subject=${head.subject}${withBody && `&body=${withBody}`}`,
    gmail: `https://mail.google.com/mail/?view=cm&fs=1&to=${head.to}&su=${head.subject}${withBody && `&body=${withBody}`}`,
    outlook: `https://outlook.live.com/mail/0/deeplink/compose?to=${head.to}&subject=${head.subject}${withBody && `&body=${withBody}`}`,
    yahoo: `https://compose.mail.yahoo.com/?to=${head.to}&subject=${head.subject}${withBody && `&body=${withBody}`}`,
  });
  const full = build(body);
  const is_cut = Object.values(full).some((link) => link.length > LONGEST_LINK);
  return { ...(is_cut ? build('') : full), is_cut };
}

/** Stands in a draft, on a line of its own, where the supporter's own words go. Nobody sees it. */
export const OWN_WORDS = '[[own_words]]';

/**
 * A draft with a place for the supporter's own words: the one that it has, or else after its first paragraph. A line that
 * ends with a comma or a colon is a greeting and goes with the paragraph below it.
 * @param {string} text
 * @returns {string}
 */
export function withPlace(text) {
  if (text.includes(OWN_WORDS)) return text;
  const parts = text.split(/(\n(?:[ \t]*\n)+)/);
  const is_greeted = parts.length > 1 && /^[^\n]*[,:][ \t]*$/.test(parts[0] ?? '');
  // Every other part is the gap between two paragraphs.
  const end = is_greeted ? 3 : 1;
  const first = parts.slice(0, end).join('');
  const rest = parts.slice(end + 1).join('');
  return `${first.trimEnd()}\n\n${OWN_WORDS}${rest && `\n\n${rest}`}`;
}

/**
 * A draft with the supporter's own words in their place. Without words the place goes, with the gap around it.
 * @param {string} draft
 * @param {string} words
 * @returns {string}
 */
export function putOwnWords(draft, words) {
  if (words !== '') {
    const [before = '', ...after] = withPlace(draft).split(OWN_WORDS);
    return before + words + putOwnWords(after.join(OWN_WORDS), '');
  }
  return draft.split(OWN_WORDS).reduce((before, after) => {
    const gaps = [/\s*$/.exec(before)?.[0] ?? '', /^\s*/.exec(after)?.[0] ?? ''];
    const gap = gaps.toSorted((a, b) => b.length - a.length)[0];
    const [above, below] = [before.trimEnd(), after.trimStart()];
    return above && below ? above + gap + below : above + below;
  });
}

/**
 * The draft of a text in which these words of the supporter's own stand; undefined where no lines of it are these words.
 * @param {string} text
 * @param {string} words
 * @returns {string | undefined}
 */
export function draftAround(text, words) {
  const at = words === '' ? -1 : `\n${text}\n`.indexOf(`\n${words}\n`);
  return at === -1 ? undefined : text.slice(0, at) + OWN_WORDS + text.slice(at + words.length);
}

/**
 * Puts what the supporter typed in place of the words in brackets; what was left empty keeps its brackets,
 * so that nothing goes out unseen. Their own words are put in last: what looks like a bracket there is theirs.
 * `no_reply` is the line to add, '' for none.
 * @param {string} text
 * @param {Record<string, string>} placeholders by field: name, street, city, zip
 * @param {Record<string, string>} typed by the same fields, and own_words
 * @param {string} no_reply
 * @returns {string}
 */
export function finishText(text, placeholders, typed, no_reply) {
  let finished = text;
  for (const [field, placeholder] of Object.entries(placeholders)) {
    const value = (typed[field] ?? '').trim();
    if (value !== '') finished = finished.replaceAll(placeholder, () => value);
  }
  finished = putOwnWords(finished, (typed.own_words ?? '').trim());
  return no_reply === '' || finished.includes(no_reply) ? finished : `${finished.trimEnd()}\n\n${no_reply}`;
}
