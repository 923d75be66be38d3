import { walkGuide } from '../support/walk-guide.ts';

test('every command of the README sets a server up in turn, and its unit then starts an app that is ready and stops when told', async () => {
  await walkGuide({ installs: false, whole: false });
}, 120_000);
