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

/**
 * Puts what the supporter typed in place of the words in brackets; what was left empty keeps its brackets,
 * so that nothing goes out unseen. `no_reply` is the line to add, '' for none.
 * @param {string} text
 * @param {Record<string, string>} placeholders by field: name, street, city, zip
 * @param {Record<string, string>} typed by the same fields
 * @param {string} no_reply
 * @returns {string}
 */
export function finishText(text, placeholders, typed, no_reply) {
  let finished = text;
  for (const [field, placeholder] of Object.entries(placeholders)) {
    const value = (typed[field] ?? '').trim();
    if (value !== '') finished = finished.replaceAll(placeholder, () => value);
  }
  return no_reply === '' || finished.includes(no_reply) ? finished : `${finished.trimEnd()}\n\n${no_reply}`;
}
