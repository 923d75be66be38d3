import { finishText, LONGEST_LINK, mailLinks } from '../../views/assets/mail-links.js';

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
