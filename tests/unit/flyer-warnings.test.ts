import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { flyerWarnings } from '../../scripts/flyer-warnings.ts';
import { readCampaign } from '../../server/campaigns/read-campaigns.ts';
import { openLocales } from '../../server/words/locale.ts';

const PARTS = {
  site: 'https://act.example.org',
  locales: { ...(await openLocales('views/locales')), languages: ['en', 'es'] },
  placeOf: () => ({ file: 'campaign.yaml', line: 2, column: 1 }),
};

test('a flyer that fits is not warned of; one that does not is, with its file and its paper', async () => {
  const { campaign } = await readCampaign('campaigns', 'visible-act');
  expect(flyerWarnings(campaign!, PARTS)).toEqual([]);
  const item = { text: 'Please do this, and that, and look at it once more.', is_item: true };
  const flyer = campaign!.flyers.en!;
  const withItems = (count: number) => ({
    ...campaign!,
    flyers: { ...campaign!.flyers, en: { ...flyer, say: Array.from({ length: count }, () => item) } },
  });
  const told = (count: number) => flyerWarnings(withItems(count), PARTS).map(({ message }) => message);
  expect(told(10)).toEqual([
    expect.stringContaining('does not fit on a quarter of a sheet, in the smallest'),
  ]);
  expect(told(30)).toEqual([
    expect.stringContaining('does not fit on a sheet of letter size and on a quarter of a sheet, in the'),
  ]);
  expect(flyerWarnings(withItems(30), PARTS)[0]).toMatchObject({ file: flyer.file, line: 1, column: 1 });
});

test('signs that the letters of the PDF lack are named, where the text stands', async () => {
  const { campaign } = await readCampaign('campaigns', 'visible-act');
  const { es } = campaign!.flyers;
  const [warning, ...others] = flyerWarnings(
    { ...campaign!, flyers: { es: es! }, summary: { en: 'Water 水', es: 'Agua' } },
    PARTS,
  );
  expect(warning).toMatchObject({ file: 'campaign.yaml', line: 2 });
  expect(warning!.message).toContain("The flyer in 'en' has signs that the letters of its PDF lack (水)");
  expect(others).toEqual([]);
});

test('where a language of the program lacks its words for flyers, the English ones are measured', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'statehouse-locales-'));
  for (const language of ['en', 'es']) {
    const { flyer, ...others } = JSON.parse(readFileSync(`views/locales/${language}.json`, 'utf8'));
    const words = language === 'en' ? { ...others, flyer } : others;
    writeFileSync(join(folder, `${language}.json`), JSON.stringify(words));
  }
  const locales = await openLocales(folder);
  rmSync(folder, { recursive: true });
  const { campaign } = await readCampaign('campaigns', 'visible-act');
  expect(flyerWarnings(campaign!, { ...PARTS, locales })).toEqual([]);
  const { es: _, ...without_spanish } = campaign!.flyers;
  expect(flyerWarnings({ ...campaign!, flyers: without_spanish }, { ...PARTS, locales })).toEqual([]);
});
