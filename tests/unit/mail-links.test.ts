import {
  draftAround,
  finishText,
  LONGEST_LINK,
  mailLinks,
  OWN_WORDS,
  putOwnWords,
  withPlace,
} from '../../views/assets/mail-links.js';

const placeholders = {
  name: '[your name]',
  street: '[your street address]',
  city: '[your city]',
  zip: '[your ZIP code]',
};

test('a short message goes whole into every link, line breaks as RFC 6068 has them', () => {
  const links = mailLinks({
    to: 'senate-5@example.org',
    subject: 'SB 316 & HB 419',
    text: 'Dear Senator,\nplease.',
  });
  expect(links.is_cut).toBe(false);
  expect(links.mailto).toBe(
    'mailto:senate-5@example.org?subject=SB%20316%20%26%20HB%20419&body=Dear%20Senator%2C%0D%0Aplease.',
  );
  for (const link of [links.gmail, links.outlook, links.yahoo]) {
    expect(new URL(link).searchParams.get('body')).toBe('Dear Senator,\r\nplease.');
    expect(new URL(link).searchParams.get('to')).toBe('senate-5@example.org');
  }
});

test('a message too long for a link leaves it with the subject alone, and says so', () => {
  const links = mailLinks({ to: 'senate-5@example.org', subject: 'SB 316', text: 'é'.repeat(500) });
  expect(links.is_cut).toBe(true);
  for (const link of [links.mailto, links.gmail, links.outlook, links.yahoo]) {
    expect(link.length).toBeLessThanOrEqual(LONGEST_LINK);
    expect(link).not.toContain('body=');
  }
});

test('an address can not add headers or recipients to a mail link', () => {
  const { mailto } = mailLinks({ to: 'a@example.org?bcc=b@example.org', subject: 's', text: 't' });
  expect(mailto).toMatch(/^mailto:a@example\.org%3Fbcc%3Db@example\.org\?subject=s/);
});

test('what was typed takes the place of its brackets everywhere; what was not stays in brackets', () => {
  const text = 'I am [your name], ZIP [your ZIP code].\n[your name]\n[your city]';
  expect(finishText(text, placeholders, { name: 'Ada $& Lee', zip: '32301' }, '')).toBe(
    'I am Ada $& Lee, ZIP 32301.\nAda $& Lee\n[your city]',
  );
});

test('the line that no reply is needed is added once', () => {
  const once = finishText('Dear Senator', placeholders, {}, 'I do not need a reply.');
  expect(once).toBe('Dear Senator\n\nI do not need a reply.');
  expect(finishText(once, placeholders, {}, 'I do not need a reply.')).toBe(once);
});

test.each([
  ['Dear A,\n\nI live here.\nYes.\n\nPlease.', 'Dear A,\n\nI live here.\nYes.\n\n…\n\nPlease.'],
  ['Dear A,\nI live here.\n\nPlease.', 'Dear A,\nI live here.\n\n…\n\nPlease.'],
  ['A la oficina:\n\nVivo aquí.', 'A la oficina:\n\nVivo aquí.\n\n…'],
  ['I live here.\n \nPlease.', 'I live here.\n\n…\n\nPlease.'],
  ['I live here.', 'I live here.\n\n…'],
])('the place for own words in %j is %j', (text, placed) => {
  expect(withPlace(text)).toBe(placed.replace('…', OWN_WORDS));
  expect(withPlace(withPlace(text))).toBe(withPlace(text));
});

test.each([
  ['a\n\n…\n\nb', 'a\n\nX\n\nb', 'a\n\nb'],
  ['a\n…\nb', 'a\nX\nb', 'a\nb'],
  ['a\n\n…\nb', 'a\n\nX\nb', 'a\n\nb'],
  ['…\n\nb', 'X\n\nb', 'b'],
  ['a\n\n…', 'a\n\nX', 'a'],
  ['a\n\n…\n\nb\n\n…\n\nc', 'a\n\nX\n\nb\n\nc', 'a\n\nb\n\nc'],
  ['a\n\nb', 'a\n\nX\n\nb', 'a\n\nb'],
])('in %j own words stand once, and without any no gap is left', (marked, filled, bare) => {
  const draft = marked.replaceAll('…', OWN_WORDS);
  expect(putOwnWords(draft, 'X')).toBe(filled);
  expect(putOwnWords(draft, '')).toBe(bare);
});

test('own words are found again where they are whole lines, and may hold what looks like a bracket', () => {
  expect(draftAround('a\n\nX\nY\n\nb', 'X\nY')).toBe(`a\n\n${OWN_WORDS}\n\nb`);
  expect(draftAround('a X b', 'X')).toBeUndefined();
  expect(draftAround('a\n\nb', '')).toBeUndefined();
  const typed = { name: 'Ada', own_words: ' Why [your name]? $& ' };
  expect(finishText(`[your name]\n\n${OWN_WORDS}`, placeholders, typed, 'Bye')).toBe(
    'Ada\n\nWhy [your name]? $&\n\nBye',
  );
});
