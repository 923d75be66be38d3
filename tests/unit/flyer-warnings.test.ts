import { flyerWarnings } from '../../scripts/flyer-warnings.ts';
import { readCampaign } from '../../server/campaigns/read-campaigns.ts';

const PARTS = {
  site: 'https://act.example.org',
  spoken: ['en', 'es'],
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
