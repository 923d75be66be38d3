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

test.each([
  // Nothing that can be seen.
  ['\u200b\u00ad\ufeff'],
  ['\0\u0007\u001b'],
  ['🏠🇺🇸👋🏽'],
  [',;'],
])('%j, in which there is nothing, counts as empty', (typed) => {
  expect(readTypedAddress(typed)).toEqual({ kind: 'empty' });
});

test.each([
  ['32209 '],
  ['32209.'],
  [' 32209,'],
  ['\u202a32209\u202c'],
  ['32209\u20131234'],
  ['32209 1234'],
  ['322091234'],
  ['FL32209'],
  ['FL-32209'],
  ['fl 32209'],
  ['zip 32209'],
  ['ZIP code: 32209'],
  ['código postal 32209'],
  ['jacksonville 32209'],
  ['Jacksonville 32209'],
  ['jacksonville florida 32209'],
  ['Jacksonville, Fla. 32209'],
  ['Jacksonville 32209 FL'],
  ['Jacksonville, 32209, Florida'],
  ['Jacksonville, FL 32209, United States of America'],
  ['Jacksonville FL 32209 EE. UU.'],
  ['32209 Jacksonville'],
  ['32209, jacksonville fl'],
  ['32209 FL'],
  ['Jacksonville\nFL\n32209'],
  ['Main Street, Jacksonville 32209'],
  ['N 3rd St, Jacksonville 32209'],
  ['SW 8th Street 32209'],
  ['County Road 210, 32209'],
  ['I-95, Jacksonville FL 32209'],
  ['Apt 12, Jacksonville, FL 32209'],
  ['🏠 32209'],
])('%j, a ZIP code without a house number, is a ZIP code and no more', (typed) => {
  expect(readTypedAddress(typed)).toEqual({ kind: 'zip', zip: '32209' });
});

test.each([
  ['Jacksonville'],
  ['Florida'],
  ['N 3rd St'],
  ['W 23rd Street, Jacksonville, FL'],
  ['County Road 210'],
  ['State Road 13, Fruit Cove'],
  ['Hwy 27'],
  ['US Hwy 1'],
  ['US-1'],
  ['U.S. 41'],
  ['SR A1A'],
  ['CR-220'],
  ['Interstate 95'],
  ['Unit 4'],
  ['apt. #4B, Main Street'],
  ['one two three'],
])('%j, words without a house number, asks for one', (typed) => {
  expect(readTypedAddress(typed)).toEqual({ kind: 'no_street' });
});

test.each([
  ['PO Box 12', undefined],
  ['p.o. box 12', undefined],
  ['po box 12', undefined],
  ['P O Box 12', undefined],
  ['P.O.Box12', undefined],
  ['PO. Box #12', undefined],
  ['P.O.B. 12', undefined],
  ['POB 12, Tampa', undefined],
  ['Post Office Box 12', undefined],
  ['Apartado postal 12, Miami 33135', '33135'],
  ['Box 12, Jacksonville FL 32209', '32209'],
  ['PO Box 12345', undefined],
  ['PO Box 12345, Jacksonville, FL 32209', '32209'],
  ['Jacksonville 32209, PO Box 7', '32209'],
])('%j is a PO box, with the ZIP code %j', (typed, zip) => {
  expect(readTypedAddress(typed)).toEqual({ kind: 'po_box', zip });
});

/** What is typed, what is asked of the geocoder where that is not the same, and the ZIP code. */
const ADDRESSES: [typed: string, zip: string | undefined, text?: string][] = [
  ['12 main st jacksonville fl 32209', '32209'],
  ['12 MAIN ST JACKSONVILLE FL', undefined],
  ['12 main st', undefined],
  ['12 Main St 32209', '32209'],
  ['12 Main St., Jacksonville, FL 32209-1234', '32209'],
  ['12 Main St, Jacksonville, FL 322091234', '32209'],
  ['12 Main St, Jacksonville, FL 32209 1234', '32209'],
  ['12 Main St #4B, Jacksonville, FL 32209', '32209'],
  ['12 Main St, Jacksonville, FL 32209 #4B', '32209'],
  ['12 Main St Apt 12, Jacksonville, FL 32209', '32209'],
  ['12 Main St, Jacksonville, FL 32209, Apt 12345', '32209'],
  ['12 Main St, Jacksonville, FL 32209 apt 7', '32209'],
  ['Apt 12, 12 Main St, 32209', '32209'],
  ['12-B Main St 32209', '32209'],
  ['12B Main St 32209', '32209'],
  ['12 1/2 Main St 32209', '32209'],
  ['12½ Main St 32209', '32209', '12 1/2 Main St 32209'],
  ['12 Main St, 32209 Jacksonville', '32209'],
  ['12 Main St, Jacksonville 32209 Florida', '32209'],
  ['12 Main St Jacksonville FL 32209 USA', '32209'],
  [
    '12 Main St, Jacksonville, FL 32209, United States.',
    '32209',
    '12 Main St, Jacksonville, FL 32209, United States.',
  ],
  ['12 Main St Jacksonville 32209 apt 7', '32209'],
  ['12 Main St Jacksonville 32209, second floor', '32209'],
  ['#4 12345 Main St', undefined],
  ['Apt 4, 12345 Main St, Miami', undefined],
  ['Lakeview Apartments, 12345 Main St, Miami, FL', undefined],
  ['Lakeview Apartments, 12345 Main St, Miami, FL 33135', '33135'],
  ['Jacksonville, 32209, 12 Main St', '32209'],
  ['12 Main St, Jacksonville, FL, 32209, near the park', '32209'],
  ['Unit 4 12345 Main St', undefined],
  // A ZIP code in front goes to the end, where the geocoder looks for it.
  ['32209, 12 Main St, Jacksonville', '32209', '12 Main St, Jacksonville, 32209'],
  ['32209 1234 Main St Jacksonville', '32209', '1234 Main St Jacksonville, 32209'],
  ['32209-1234, 12 Main St', '32209', '12 Main St, 32209'],
  // Five digits that are a house's.
  ['12345 Main Street', undefined],
  ['12345 US Hwy 1', undefined],
  ['12345 US Hwy 1, Sebastian, FL 32958', '32958'],
  ['10250 103rd St, Jacksonville', undefined],
  ['13500 8 St, Miami', undefined],
  ['13500 SW 88 St, Miami, FL 33186', '33186'],
  ['12345 NW 7th Ave, Miami', undefined],
  ['32209 Jacksonville Ave, Tampa', undefined],
  // Highways and the country.
  ['4500 County Road 210', undefined],
  ['4500 County Road 210 W, St Johns, FL 32259', '32259'],
  ['4000 A1A S, St Augustine', undefined],
  ['Highway 27 4500', undefined],
  ['RR 2 Box 15, Perry FL 32347', '32347'],
  ['1 5th St', undefined],
  // Spanish.
  ['Calle 8 #123, Miami 33135', '33135'],
  ['Avenida Central #45, Miami, FL 33135', '33135'],
  ['123 Calle Ocho, apto 4, Miami, FL 33135, EE.UU.', '33135'],
  ['1234 José Martí Blvd, Hialeah 33010', '33010'],
  // A street beside a box.
  ['PO Box 7, 12 Main St, Jacksonville 32209', '32209', '12 Main St, Jacksonville 32209'],
  ['12 Main St, P.O. Box 7, Jacksonville 32209', '32209', '12 Main St, Jacksonville 32209'],
  // Breaks, tabs, widths and marks.
  ['12 Main St\r\nJacksonville, FL\r\n32209\r\n', '32209', '12 Main St Jacksonville, FL 32209'],
  ['12\tMain\u00a0St\t32209', '32209', '12 Main St 32209'],
  ['１２ Ｍａｉｎ Ｓｔ ３２２０９', '32209', '12 Main St 32209'],
  ['12 Main St\u200b, Jack\u00adsonville 32209', '32209', '12 Main St, Jacksonville 32209'],
  ['\u202a12 Main St 32209\u202c', '32209', '12 Main St 32209'],
  ['12\0 Main\u0007 St 32209', '32209', '12 Main St 32209'],
  ['🏠 12 Main St 32209 😀', '32209', '12 Main St 32209'],
  ['1️⃣2️⃣ Main St 32209', '32209', '12 Main St 32209'],
  ['12 O’Brien St 32209', '32209', "12 O'Brien St 32209"],
  ['12 Main St 32209–1234', '32209', '12 Main St 32209-1234'],
  ['  12 Main St ,, 32209 , ', '32209', '12 Main St, 32209'],
  [`12 ${'x'.repeat(97)}`, undefined],
];

test.each(ADDRESSES)('%j is an address, with the ZIP code %j', (typed, zip, text = typed) => {
  expect(readTypedAddress(typed)).toEqual({ kind: 'address', text, zip });
});

test('an address longer than the Census takes is too long, and its ZIP code still counts', () => {
  expect(readTypedAddress(`12 ${'x'.repeat(91)} 32209`)).toMatchObject({ kind: 'address' });
  expect(readTypedAddress(`12 ${'x'.repeat(92)} 32209`)).toEqual({ kind: 'too_long', zip: '32209' });
  expect(readTypedAddress('1 '.repeat(200))).toEqual({ kind: 'too_long' });
});

test.each([
  ['Main Street 12345, Jacksonville, FL 32209', '32209'],
  ['123456 Main St', undefined],
  ['904-555-01234 Main', undefined],
  ['30.32550, -81.65650', undefined],
  ['12 Main St Unit 12345', undefined],
])('of %j the ZIP code is %j', (typed, zip) => {
  expect(readTypedAddress(typed)).toMatchObject(zip === undefined ? { kind: 'address' } : { zip });
  expect('zip' in readTypedAddress(typed) ? readTypedAddress(typed) : {}).toEqual(
    zip === undefined
      ? expect.not.objectContaining({ zip: expect.any(String) })
      : expect.objectContaining({ zip }),
  );
});

test('a long text of digits and commas is read at once', () => {
  // A pattern that tries every division of its input would take longer than the whole run may.
  for (const unit of ['1,', ' ,', '12345 ', 'fl ', 'p.o.', '#', 'apt 1 ', '-', 'usa ']) {
    expect(['too_long', 'empty', 'no_street']).toContain(readTypedAddress(unit.repeat(5000)).kind);
  }
});

test.each(['ee uu. ', 'eeuu..', 'eeuu.,', 'ee.uu. ', 'u.s.a. ', 'fl. ', 'po box 1-', '1 , '])(
  'a text of many %j takes no longer than its length accounts for',
  (word) => {
    // The quickest of several runs: a pause of the machine lengthens one of them, a doubling all.
    const time = (text: string) =>
      Math.min(
        ...Array.from({ length: 9 }, () => {
          const started = performance.now();
          for (let round = 0; round < 10; round += 1) readTypedAddress(text);
          return performance.now() - started;
        }),
      );
    const plain = '4711 Zebrafinch Lane, Jacksonville, FL 32209';
    time(plain);
    // Twice the words may take a few times as long; where it doubles for each word, it is thousands of times.
    const short = Math.max(time(`32210 ${word.repeat(10)}!`), time(plain));
    expect(time(`32210 ${word.repeat(22)}!`) / short).toBeLessThan(100);
  },
);
