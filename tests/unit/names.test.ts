import { openLocales } from '../../server/words/locale.ts';
import { partyIn } from '../../server/words/names.ts';

test.each([
  ['Democratic', 'Democratic', 'Demócrata'],
  ['Republican', 'Republican', 'Republicano'],
  ['Independent', 'Independent', 'Independiente'],
  ['Nonpartisan', 'Nonpartisan', 'Sin partido'],
  ['Democratic-Farmer-Labor', 'Democratic-Farmer-Labor', 'Demócrata-Agrario-Laborista'],
  ['Democratic/Progressive', 'Democratic/Progressive', 'Demócrata/Progresista'],
  ['Sample & Friends', 'Sample & Friends', 'Sample & Friends'],
  ['U.S. Party: A. B.', 'U.S. Party: A. B.', 'U.S. Party: A. B.'],
  ['constructor', 'constructor', 'constructor'],
  ['', '', ''],
])('the party %j is %j in English and %j in Spanish', async (party, english, spanish) => {
  const { translate } = await openLocales('views/locales');
  expect([partyIn(translate('en'), party), partyIn(translate('es'), party)]).toEqual([english, spanish]);
});
