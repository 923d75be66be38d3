import { addressKeys } from '../../server/web/rate-limits.ts';

test('addresses of one IPv4 /24 share a block, and each counts alone', () => {
  const [a, b] = [addressKeys('192.0.2.1'), addressKeys('192.0.2.200')];
  expect(a.block).toBe(b.block);
  expect(a.address).not.toBe(b.address);
  expect(addressKeys('192.0.3.1').block).not.toBe(a.block);
});

test('an IPv4 address counts the same when it is written as IPv6', () => {
  expect(addressKeys('::ffff:192.0.2.1')).toEqual(addressKeys('192.0.2.1'));
});

test('a household with an IPv6 /64 counts as one address, a /48 as one block', () => {
  const [a, b, c] = [
    addressKeys('2001:db8:1:2::1'),
    addressKeys('2001:db8:1:2:ffff::9'),
    addressKeys('2001:db8:1:3::1'),
  ];
  expect(a.address).toBe(b.address);
  expect(a.address).not.toBe(c.address);
  expect(a.block).toBe(c.block);
});
