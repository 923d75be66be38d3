import { meantDomain } from '../../server/web/mistyped-domain.ts';

test.each([
  ['ada@gmial.com', 'gmail.com'],
  ['ada@gmai.com', 'gmail.com'],
  ['ada@gmaill.com', 'gmail.com'],
  ['ada@gnail.com', 'gmail.com'],
  ['ada@gmail.con', 'gmail.com'],
  ['ada@gmail.co', 'gmail.com'],
  ['Ada@Yaho.com', 'yahoo.com'],
  ['ada@hotmial.com', 'hotmail.com'],
  ['ada@outlok.com', 'outlook.com'],
  ['ada@iclould.com', 'icloud.com'],
])('%s was most likely meant for %s', (address, meant) => {
  expect(meantDomain(address)).toBe(meant);
});

test.each([
  'ada@gmail.com',
  'ada@GMAIL.com',
  'ada@mail.com',
  'ada@ymail.com',
  'ada@aim.com',
  'ada@example.org',
  'gmial.com@example.org',
  'ada@gamil.co',
  'ada@yahoo.ca',
  'ada@l.com',
  'ada@',
])('nothing is asked of %s', (address) => {
  expect(meantDomain(address)).toBeUndefined();
});
