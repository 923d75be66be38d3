import { telephone } from '../../server/legislators/phone-numbers.ts';

test.each([
  '850-555-0100',
  '1-850-555-0100',
  '+1 850 555 0100',
  '(850) 555-0100',
  '850.555.0100',
  '8505550100',
  '850–555–0100',
  ' 850-555-0100 ',
  '850-555-0100"><script>',
  'Tel: 850-555-0100',
  '850-555-0100 (Exampleton)',
  '850-555-0100 ext.',
])('%j is read and dialled as one number', (voice) => {
  expect(telephone(voice)).toEqual({ display: '850-555-0100', href: 'tel:+18505550100' });
});

test.each([
  '850-555-0100 ext. 12',
  '1-850-555-0100 ext. 12',
  '(850) 555-0100 x12',
  '850-555-0100 extension 12',
  '850-555-0100, ext 12',
  '850-555-0100 EXT: 12',
  '850-555-0100 #12',
  '850-555-0100;ext=12',
])('%j keeps its extension, to read and to dial', (voice) => {
  expect(telephone(voice)).toEqual({ display: '850-555-0100 ext. 12', href: 'tel:+18505550100;ext=12' });
});

test('zeros at the front of an extension are kept', () => {
  expect(telephone('850-555-0100 ext. 0012')).toEqual({
    display: '850-555-0100 ext. 0012',
    href: 'tel:+18505550100;ext=0012',
  });
});

test('a number of Puerto Rico is dialled as one of the United States, a number abroad with its country', () => {
  expect(telephone('787-555-0100')?.href).toBe('tel:+17875550100');
  expect(telephone('+44 20 7946 0958 ext. 7')).toEqual({
    display: '+44 20 7946 0958 ext. 7',
    href: 'tel:+442079460958;ext=7',
  });
});

test.each([
  ['nothing', ''],
  ['blanks', '   '],
  ['words', 'call the clerk'],
  ['N/A', 'N/A'],
  ['a number without its area code', '555-0100'],
  ['a digit too many', '1-850-555-01000'],
  ['a short number', '911'],
  ['letters for digits', '850-EXA-MPLE'],
  ['two numbers', '850-555-0100 or 850-555-0101'],
  ['two numbers with a slash', '850-555-0100 / 850-555-0101'],
  ['two extensions', '850-555-0100 ext. 12 and 13'],
  ['zeros that stand for no number', '000-000-0000'],
  ['ones that stand for no number', '111-111-1111'],
  ['markup', '<script>alert(1)</script>'],
])('%s: no link is made where it would dial something else or nothing', (_name, voice) => {
  expect(telephone(voice)).toBeUndefined();
});
