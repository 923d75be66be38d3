import { allOf, firstOf, queryOf, visitHref } from '../../server/web/visit.ts';

test('an OCD id stays legible in a query, and everything else is escaped', () => {
  const query = queryOf([
    ['division', 'ocd-division/country:us/state:fl/sldl:14'],
    ['lang', ''],
    ['q', 'a&b=c d'],
  ]);
  expect(query).toBe('?division=ocd-division/country:us/state:fl/sldl:14&q=a%26b%3Dc%20d');
});

test('partner, languages, variants and preview go along on every address of the visit', () => {
  const visit = {
    partner: 'jira',
    lang: 'es',
    message_language: 'en',
    variants: ['b', ''],
    preview: '12.x',
    page_language: 'es',
  };
  expect(visitHref(visit, '/privacy')).toBe(
    '/privacy?partner=jira&lang=es&message_language=en&variant=b&variant=_&preview=12.x',
  );
  const none = {
    partner: '',
    lang: '',
    message_language: '',
    variants: [],
    preview: '',
    page_language: 'en',
  };
  expect(visitHref(none, '/privacy')).toBe('/privacy');
});

test('a field is read as a list or as its first value, and nothing else passes for text', () => {
  expect(allOf({ division: ['a', '', 'b'] }, 'division')).toEqual(['a', 'b']);
  expect(firstOf({ address: ['first', 'second'] }, 'address')).toBe('first');
  expect(firstOf({ address: { $ne: '' } }, 'address')).toBe('');
  expect(firstOf(undefined, 'address')).toBe('');
});
