import { readTypedAddress } from '../../server/legislators/typed-address.ts';

test.each([
  ['', { kind: 'empty' }],
  [' \t\n ', { kind: 'empty' }],
  ['32209', { kind: 'zip', zip: '32209' }],
  ['32209-1234', { kind: 'zip', zip: '32209' }],
  ['Jacksonville, FL 32209', { kind: 'zip', zip: '32209' }],
  ['FL 32209 USA', { kind: 'zip', zip: '32209' }],
  ['３２２０９', { kind: 'zip', zip: '32209' }],
  ['Main Street, Jacksonville', { kind: 'no_street' }],
  ['PO Box 12, Jacksonville, FL 32209', { kind: 'po_box', zip: '32209' }],
  ['P. O. Box 12', { kind: 'po_box' }],
  ['x'.repeat(101), { kind: 'too_long' }],
  ['12  Main\nStreet, 32301', { kind: 'address', text: '12 Main Street, 32301', zip: '32301' }],
  ['12345 Main Street', { kind: 'address', text: '12345 Main Street' }],
  [
    '1600 Main St, Tampa, FL 33602-1234',
    { kind: 'address', text: '1600 Main St, Tampa, FL 33602-1234', zip: '33602' },
  ],
])('%j is read as %j', (typed, expected) => {
  expect(readTypedAddress(typed)).toEqual(expected);
});
