import { randomIds } from '../../server/start/random-ids.ts';

test('ten thousand ids, drawn many at once, are 16 bytes each and all different', () => {
  const newId = randomIds();
  const ids = Array.from({ length: 10_000 }, newId);
  expect(new Set(ids).size).toBe(10_000);
  expect(ids.every((id) => Buffer.from(id, 'base64url').length === 16)).toBe(true);
});
