import { walkGuide } from '../support/walk-guide.ts';

test('every command of the guides runs in turn, with npm itself and what it installs without what only tests need', async () => {
  await walkGuide({ installs: true, whole: true });
});
