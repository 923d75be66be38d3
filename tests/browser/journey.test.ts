import type { Browser, BrowserContext, Page } from 'playwright-core';
import { openBrowser } from '../support/browser.ts';
import { startTestApp, type TestApp } from '../support/test-app.ts';

const PHONE = { width: 360, height: 740 };
const ACT =
  '/campaigns/visible-act/act?division=ocd-division/country:us/state:fl/sldu:5&division=ocd-division/country:us/state:fl/sldl:14';

let app: TestApp;
let browser: Browser;
beforeAll(async () => {
  app = await startTestApp();
  browser = await openBrowser();
});
afterAll(async () => {
  await browser.close();
  await app.close();
});

/** Opens a page, runs a walk on it, and fails on any fault that the page's console or policy reports. */
async function walk(
  options: { script: boolean; path: string },
  steps: (page: Page, context: BrowserContext) => Promise<void>,
) {
  const context = await browser.newContext({ viewport: PHONE, javaScriptEnabled: options.script });
  context.setDefaultTimeout(15_000);
  const page = await context.newPage();
  const faults: string[] = [];
  // A 422 is a page like any other to us, and an error to the console.
  page.on(
    'console',
    (message) => message.type() === 'error' && !message.text().includes('422') && faults.push(message.text()),
  );
  page.on('pageerror', (error) => faults.push(error.message));
  await page.goto(`${app.url}${options.path}`);
  await steps(page, context);
  expect(faults).toEqual([]);
  await context.close();
}

async function totals() {
  return JSON.parse((await app.get('/campaigns/visible-act/totals.json')).text);
}

test.each([{ script: true }, { script: false }])(
  'in Spanish Back leads to the choice and from another language to the page before, and what is done there is counted as Spanish, script $script',
  async ({ script }) => {
    const before = await totals();
    await walk({ script, path: '/campaigns/visible-act?partner=jira&lang=es' }, async (page) => {
      const heading = (name: string) => page.getByRole('heading', { name, exact: true }).waitFor();
      await page.getByLabel('Su dirección y código postal').fill('PO Box 1, Jacksonville 32209');
      await page.getByRole('button', { name: 'Buscar a mis legisladores' }).click();
      await heading('Hay un problema');
      await page.getByLabel('Su dirección y código postal').fill('32209');
      await page.getByRole('button', { name: 'Buscar a mis legisladores' }).click();
      const choose = async (house: number) => {
        await heading('Elija sus distritos');
        await page.getByLabel('Su distrito: Senado').selectOption({ index: 1 });
        await page.getByLabel('Su distrito: Cámara de Representantes').selectOption({ index: house });
        await page.getByRole('button', { name: 'Ver a mis legisladores' }).click();
        await heading('Sus legisladores');
      };
      await choose(2);
      // The wrong one was picked.
      await page.goBack();
      await choose(1);
      await page.getByRole('link', { name: 'English' }).click();
      await heading('Your legislators');
      await page.goBack();
      await heading('Sus legisladores');
      await page.getByRole('button', { name: 'Dejé un mensaje' }).first().click();
      await page.getByText('1 de 2 completados').waitFor();
      await page.locator('#target-2').getByRole('button', { name: 'Hablé con alguien' }).click();
      await heading('Gracias');
      await page.goBack();
      await page.getByText('1 de 2 completados').waitFor();
    });
    const after = await totals();
    const of = (list: Record<string, unknown>[], key: string, value: string) =>
      (list.find((row) => row[key] === value)?.completed_actions as number) ?? 0;
    const grown = (view: string, key: string, value: string) =>
      of(after[view], key, value) - of(before[view], key, value);
    expect(grown('by_partner', 'partner', 'jira')).toBe(2);
    expect(grown('by_language', 'language', 'es')).toBe(2);
    expect(grown('by_message_language', 'language', 'en')).toBe(2);
  },
);

test.each([{ script: true }, { script: false }])(
  'from the list by county to a call, and from a wrong district back to it, by keyboard alone, script $script',
  async ({ script }) => {
    await walk({ script, path: '/campaigns/visible-act/districts?partner=jira' }, async (page) => {
      const find = async (text: string) => {
        await page.getByLabel('Find by district number, legislator or county').fill(text);
        await page.keyboard.press('Enter');
      };
      const go = () => page.getByRole('button', { name: 'Show my legislators' }).press('Enter');
      const option = (chamber: string, name: RegExp) =>
        page.getByRole('group', { name: `Your district in the ${chamber}` }).getByRole('radio', { name });
      await find('HD 13');
      await page.getByText('1 district fits “HD 13”.').waitFor();
      await option('House', /^District 13: /).press('Space');
      await find('Duval');
      await page.getByText('8 districts fit “Duval”.').waitFor();
      expect(await option('House', /^District 13: /).isChecked()).toBe(true);
      await option('Senate', /^District 5: .* County: Duval$/).press('Space');
      await go();
      await page.locator('#target-1').getByRole('button', { name: 'I left a message' }).press('Enter');
      await page.getByText('1 of 2 done').waitFor();

      // The House district is wrong; what was done for the Senate one stays done.
      await page.locator('#target-2').getByRole('link', { name: 'This is not my district' }).press('Enter');
      await page.getByRole('heading', { name: 'Choose your districts' }).waitFor();
      await find('longestname');
      await page.getByText('1 district fits').waitFor();
      expect(await page.getByLabel('Your district in the Senate').inputValue()).toMatch(/sldu:5$/);
      await option('House', /^District 14: /).press('Space');
      await go();
      await page.getByText('1 of 2 done').waitFor();
      expect(page.url()).toContain('division=ocd-division/country:us/state:fl/sldl:14');
      expect(page.url()).not.toContain('sldl:13');
      expect(page.url()).toContain('partner=jira');
    });
  },
);

test.each([{ script: true }, { script: false }])(
  'from the flyer to the totals on a small phone, script $script',
  async ({ script }) => {
    const before = await totals();
    await walk({ script, path: '/campaigns/visible-act?partner=jira' }, async (page) => {
      await page.getByLabel('Your street address and ZIP code').fill('1 Example Street, Jacksonville 32209');
      await page.getByRole('button', { name: 'Find my legislators' }).click();
      for (const chamber of ['Senate', 'House']) {
        const list = page.getByLabel(`Your district in the ${chamber}`);
        await list.selectOption({ index: 1 });
      }
      await page.getByRole('button', { name: 'Show my legislators' }).click();
      await page.getByText('0 of 2 done').waitFor();
      await page.getByRole('button', { name: 'I left a message' }).first().click();
      await page.getByText('1 of 2 done').waitFor();

      await page.locator('#target-2-email > summary').click();
      const card = page.locator('#target-2');
      await card.getByLabel('Your name').fill('Ada Example');
      await card.getByLabel('ZIP code').fill('32209');
      if (!script) {
        await card.getByRole('button', { name: 'Put my details in the message' }).click();
        await card.getByText(/^Your message is ready/).waitFor();
      }
      const mail = await card.getByRole('link', { name: 'Open in Gmail' }).getAttribute('href');
      expect(new URL(mail!).searchParams.get('body')).toContain('Ada Example');
      await card.getByRole('button', { name: 'I sent it' }).click();
      await page.getByRole('heading', { name: 'Thank you' }).waitFor();
      await page.getByRole('link', { name: 'Totals', exact: true }).click();
      await page.getByRole('heading', { name: 'Totals', exact: true }).waitFor();
    });
    const after = await totals();
    expect(after.completed_actions - before.completed_actions).toBe(2);
  },
);

test('with script the name never leaves the page, and taking the text along is reported', async () => {
  await walk({ script: true, path: ACT }, async (page, context) => {
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    const sent: string[] = [];
    page.on('request', (request) => sent.push(`${request.url()} ${request.postData() ?? ''}`));
    const card = page.locator('#target-1');
    await page.locator('#target-1-email > summary').click();
    await card.getByLabel('Your name').fill('Ada Example');
    await card.getByLabel('City').press('Enter');
    const reported = page.waitForResponse((response) => response.url().endsWith('/actions'));
    await card.getByRole('button', { name: 'Copy the message' }).click();
    expect((await reported).status()).toBe(204);
    await card.getByText(/^Copied,/).waitFor();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toContain('Ada Example');
    expect(await page.locator('#target-2').getByLabel('Your name').inputValue()).toBe('Ada Example');
    expect(sent.length).toBe(1);
    expect(sent.join()).not.toContain('Ada');
    expect(page.url()).toBe(`${app.url}${ACT}`);
  });
});

test('with script the message in the box is the one that goes out: filled in as it is typed, and what was edited stays', async () => {
  await walk({ script: true, path: ACT }, async (page) => {
    const card = page.locator('#target-1');
    await page.locator('#target-1-email > summary').click();
    const box = card.getByLabel('Message');
    const body = async () => {
      const link = await card.getByRole('link', { name: 'Open in Gmail' }).getAttribute('href');
      return new URL(link!).searchParams.get('body')!.replaceAll('\r\n', '\n');
    };
    await card.getByLabel('City').fill('Jacksonville');
    expect(await box.inputValue()).toContain('in Jacksonville.');
    await card.getByLabel('City').fill('Tampa');
    expect(await box.inputValue()).not.toContain('Jacksonville');

    await box.fill(`${await box.inputValue()}\nMy own words.`);
    await card.getByLabel('Your name').fill('Ada Example');
    await card.getByText('No reply needed').click();
    expect(await box.inputValue()).toMatch(/Ada Example.*My own words\..*I do not need a reply\./s);
    expect(await body()).toBe(await box.inputValue());
    await card.getByText('No reply needed').click();
    expect(await box.inputValue()).not.toContain('I do not need a reply.');
    expect(await page.locator('#target-2').getByLabel('Message').inputValue()).toContain('Ada Example');
  });
});

test('with script own words stand in the letter as they are typed, for the legislators below too, and never leave the page', async () => {
  await walk({ script: true, path: ACT }, async (page) => {
    const sent: string[] = [];
    page.on('request', (request) => sent.push(request.url() + (request.postData() ?? '')));
    const card = (index: number) => page.locator(`#target-${index}`);
    const own = (index: number) => card(index).getByLabel(/^In your own words/);
    const letter = (index: number) => card(index).getByLabel('Message').inputValue();
    for (const index of [1, 2]) await page.locator(`#target-${index}-email > summary`).click();
    const before = await letter(1);

    await own(1).fill('There is a school here.');
    expect(await letter(1)).toContain('\n\nThere is a school here.\n\nWould you tell me');
    expect(await letter(2)).toContain('\n\nThere is a school here.\n\n');
    const mail = await card(1).getByRole('link', { name: 'Open in Gmail' }).getAttribute('href');
    expect(new URL(mail!).searchParams.get('body')).toContain('There is a school here.');
    // Told something else, the second keeps it.
    await own(2).fill('To you I say this.');
    await own(1).fill('');
    expect(await letter(1)).toBe(before);
    expect(await letter(2)).toContain('To you I say this.');

    // Around them the letter is edited, and they can still be changed above it.
    await own(1).fill('Parents ask me.');
    await card(1)
      .getByLabel('Message')
      .fill(`${await letter(1)}\nOne more line.`);
    await own(1).fill('Parents asked me.');
    expect(await letter(1)).toMatch(/\n\nParents asked me\.\n\nWould you[\s\S]*One more line\.$/);
    // Edited in the letter itself, they are its own, and that is said.
    const hint = card(1).getByText('You changed these words in the message below. Go on there.');
    expect(await hint.isVisible()).toBe(false);
    await card(1)
      .getByLabel('Message')
      .fill((await letter(1)).replace('Parents', 'Neighbors'));
    await hint.waitFor();
    await own(1).fill('Parents asked me twice.');
    expect(await letter(1)).toContain('Neighbors asked me.');
    expect(await letter(1)).not.toContain('Parents');

    await page.getByRole('link', { name: 'Español', exact: true }).click();
    await page.getByRole('heading', { name: 'Sus legisladores' }).waitFor();
    expect(await page.inputValue('#target-1-own_words')).toBe('Parents asked me twice.');
    expect(await page.inputValue('#target-1-text')).toContain('Neighbors asked me.');
    expect(await page.inputValue('#target-1-text')).not.toContain('Parents');
    expect(await page.inputValue('#target-2-text')).toContain('To you I say this.');
    expect(sent.join('\n')).not.toMatch(/school|Parents|Neighbors/);
  });
});

test('on the way back the message that was edited is there, and so it goes out', async () => {
  await walk({ script: true, path: ACT }, async (page) => {
    const card = page.locator('#target-1');
    await page.locator('#target-1-email > summary').click();
    const box = card.getByLabel('Message');
    await card.getByLabel('Your name').fill('Ada Example');
    await card.getByText('No reply needed').click();
    await box.fill(`My own words.\n${await box.inputValue()}`);
    await page.getByRole('link', { name: 'Privacy' }).click();
    await page.getByRole('heading', { name: 'Privacy' }).waitFor();
    await page.goBack();
    await page.getByRole('heading', { name: 'Your legislators' }).waitFor();
    await page.waitForLoadState('load');
    // Where the browser kept the page whole, its folds are open; where it loaded it anew, they are as at first.
    if (!(await box.isVisible())) await page.locator('#target-1-email > summary').click();
    const body = async () => {
      const link = await card.getByRole('link', { name: 'Open in Gmail' }).getAttribute('href');
      return new URL(link!).searchParams.get('body')!.replaceAll('\r\n', '\n');
    };
    expect(await box.inputValue()).toMatch(/^My own words\..*Ada Example/s);
    expect(await body()).toBe(await box.inputValue());
    await card.getByLabel('City').fill('Tampa');
    expect(await box.inputValue()).toMatch(/^My own words\..*Tampa/s);
    await box.fill((await box.inputValue()).replace('I do not need a reply.', ''));
    await card.getByLabel('ZIP code').fill('33602');
    expect(await box.inputValue()).not.toContain('I do not need a reply.');
  });
});

test('the browser asks for the location only when the button is pressed, and a refusal says what else works', async () => {
  await walk({ script: true, path: '/campaigns/visible-act' }, async (page, context) => {
    await page.getByRole('button', { name: 'Use my location' }).click();
    await page.getByText(/did not give a location/).waitFor();
    await context.grantPermissions(['geolocation']);
    await context.setGeolocation({ latitude: 30.3255, longitude: -81.6565 });
    await page.getByRole('button', { name: 'Use my location' }).click();
    await page.waitForURL(/\/act\?/);
    expect(page.url()).toMatch(/sldu:5&division=.*sldl:14$/);
  });
});

test('an action done and Back: the same form again counts once', async () => {
  const before = await totals();
  await walk({ script: false, path: ACT }, async (page) => {
    await page.getByRole('button', { name: 'I spoke with someone' }).first().click();
    await page.getByText('1 of 2 done').waitFor();
    await page.goBack();
    await page.getByText('0 of 2 done').waitFor();
    await page.getByRole('button', { name: 'I spoke with someone' }).first().click();
    await page.getByText('1 of 2 done').waitFor();
  });
  expect((await totals()).completed_actions - before.completed_actions).toBe(1);
});

test('with script the question after a call is answered in its place, is not asked again, and leaves what was typed', async () => {
  await walk({ script: true, path: ACT }, async (page) => {
    await page.locator('#target-1').getByRole('button', { name: 'I spoke with someone' }).click();
    const asked = page.getByRole('region', {
      name: /^What did the office of Senator .* say about the bill\?$/,
    });
    await asked.getByText('Your call is counted.').waitFor();
    expect(await asked.evaluate((element) => element.getBoundingClientRect().top)).toBeLessThan(100);
    await page.locator('#target-2-email > summary').click();
    await page.fill('#target-2-name', 'Ada Example');
    const taken = page.waitForResponse((response) => response.url().endsWith('/replies'));
    await asked.getByRole('button', { name: 'They are undecided' }).press('Enter');
    expect((await taken).status()).toBe(204);
    await page.getByText('Thank you: noted.').waitFor();
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Thank you: noted.');
    expect(await asked.getByRole('button').count()).toBe(0);
    expect(await page.inputValue('#target-2-name')).toBe('Ada Example');
    expect(page.url()).not.toContain('action_id');
    await page.getByRole('link', { name: 'Español', exact: true }).click();
    await page.getByRole('heading', { name: 'Sus legisladores' }).waitFor();
    expect(await page.inputValue('#target-2-name')).toBe('Ada Example');
    expect(await page.getByText('qué dijo su oficina').count()).toBe(0);
  });
});

test('with script an answer that could not be noted is told by a page that says why', async () => {
  await walk({ script: true, path: ACT }, async (page) => {
    await page.locator('#target-1').getByRole('button', { name: 'I spoke with someone' }).click();
    await page.locator('#reply input[name=action_id]').evaluate((field: HTMLInputElement) => {
      field.value = 'forged';
    });
    // The browser says so too: it is no fault of the page.
    page.removeAllListeners('console');
    await page.getByRole('button', { name: 'They support the bill' }).click();
    await page.getByRole('heading', { name: 'We could not read this form' }).waitFor();
  });
});

test('without script the question after a call leads to the next card, in Spanish, and can be passed over', async () => {
  await walk({ script: false, path: `${ACT}&lang=es` }, async (page) => {
    await page.locator('#target-1').getByRole('button', { name: 'Hablé con alguien' }).click();
    const asked = page.getByRole('region', { name: /: ¿qué dijo su oficina sobre el proyecto de ley\?$/ });
    await asked.getByRole('button', { name: 'Se opone al proyecto de ley' }).click();
    await page.locator('#target-2').getByText('Gracias: anotado.').waitFor();
    expect(await asked.count()).toBe(0);
    await page.locator('#target-2').getByRole('button', { name: 'Hablé con alguien' }).click();
    await page.getByRole('heading', { name: 'Gracias', exact: true }).waitFor();
    await asked.waitFor();
    await page.getByRole('link', { name: 'Volver a mis legisladores' }).click();
    await page.getByText('2 de 2 completados').waitFor();
    expect(await asked.count()).toBe(0);
  });
});

test('everything can be reached and done by keyboard, with the focus in sight', async () => {
  await walk({ script: true, path: '/campaigns/visible-act' }, async (page) => {
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement?.className)).toBe('skip');
    await page.keyboard.press('Enter');
    await page.getByLabel('Your street address and ZIP code').focus();
    await page.keyboard.press('Enter');
    await page.getByText('There is a problem').waitFor();
    const outline = await page.locator('#address').evaluate((element) => {
      element.focus();
      return getComputedStyle(element).outlineStyle;
    });
    expect(outline).toBe('solid');
  });
});

test('with script the languages of the page and of the messages change without losing or sending what was typed', async () => {
  await walk({ script: true, path: `${ACT}&lang=es` }, async (page) => {
    const sent: string[] = [];
    page.on('request', (request) => sent.push(request.url() + (request.postData() ?? '')));
    const text = () => page.inputValue('#target-2-text');
    await page.locator('#target-2-email > summary').click();
    await page.fill('#target-2-name', 'Ada Example');
    await page.fill('#target-2-city', 'Tampa');
    await page.fill('#target-2-text', `${await text()}\nOne more line.`);
    await page.locator('#target-2').getByText('No hace falta que respondan').click();
    const letter = await text();
    expect(letter).toMatch(/One more line\.\n\nI do not need a reply\.$/);

    await page.getByRole('link', { name: 'English', exact: true }).click();
    await page.getByRole('heading', { name: 'Your legislators' }).waitFor();
    expect(await page.locator('html').getAttribute('lang')).toBe('en');
    expect(await text()).toBe(letter);
    expect(await page.locator('#target-2-text').isVisible()).toBe(true);
    expect(await page.inputValue('#target-1-name')).toBe('Ada Example');
    expect(await page.inputValue('#target-1-text')).toContain('Ada Example');
    const mail = page.locator('#target-2').getByRole('link', { name: 'Open in Gmail' });
    expect(new URL((await mail.getAttribute('href'))!).searchParams.get('body')).toContain('One more line.');

    await page.getByRole('link', { name: 'Español', exact: true }).click();
    await page.locator('.words').getByRole('link', { name: 'español' }).click();
    await page.getByText('Estos guiones y correos están en español').waitFor();
    expect(await text()).toContain('Vivo en su distrito, en Tampa.');
    expect(await text()).toMatch(/Ada Example[\s\S]*No necesito respuesta\.$/);
    expect(sent.join('\n')).not.toMatch(/Ada|Tampa/);

    await page.goBack();
    await page.getByText('Por lo general, las oficinas atienden en inglés').waitFor();
    await page.locator('#target-1').getByRole('button', { name: 'Dejé un mensaje' }).click();
    await page.getByText('1 de 2 completados').waitFor();
  });
});
