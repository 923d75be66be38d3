import { MADE_UP } from '../fixtures/locales/made-up-language.ts';
import { goTo, openPhone, PAGE_NAMES, SCRIPTED, type Stage, setStage } from '../support/every-page.ts';
import { axeFaults, sizeFaults } from '../support/page-faults.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await setStage();
});
afterAll(() => stage.close());

const LOOKS = ['en', 'es', 'ht', MADE_UP].flatMap((language) =>
  [true, false].map((has_script) => ({ language, has_script })),
);

describe.each(LOOKS)('in $language, script $has_script', ({ language, has_script }) => {
  const names = PAGE_NAMES.filter((name) => !has_script || SCRIPTED.test(name));
  test.each(names)('axe finds nothing on %s, in light and in dark, and all of it fits', async (name) => {
    const page = await openPhone(stage, language, has_script);
    await goTo(name, page, stage);
    expect(await page.locator('html').getAttribute('lang')).toBe(language);
    expect(await axeFaults(page, true)).toEqual([]);
    expect(await sizeFaults(page)).toEqual([]);
    await page.context().close();
  });
});
