import type { Request } from 'playwright-core';
import { MADE_UP } from '../fixtures/locales/made-up-language.ts';
import { goTo, openPhone, PAGE_NAMES, type Stage, setStage } from '../support/every-page.ts';
import { htmlFaults } from '../support/html-rules.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await setStage();
});
afterAll(() => stage.close());

/** What a request is answered with, as it was sent: a browser mends what it shows. */
async function answerTo(request: Request, language: string): Promise<string> {
  const { 'content-type': type = 'text/plain' } = request.headers();
  const response = await fetch(request.url(), {
    method: request.method(),
    headers: {
      accept: 'text/html',
      'accept-language': language,
      'content-type': type,
      'sec-fetch-site': 'same-origin',
    },
    body: request.postData(),
    redirect: 'manual',
  });
  return response.text();
}

// A browser walks there once, in English, without script; what it asked for is then asked for in every language.
test.each(PAGE_NAMES)(
  'the validator finds nothing in %s, nor on the way there, in any language',
  async (name) => {
    const page = await openPhone(stage, 'en', false);
    const asked: Request[] = [];
    page.on('request', (request) => {
      if (request.isNavigationRequest()) asked.push(request);
    });
    await goTo(name, page, stage);
    const pages = new Set<string>();
    for (const request of asked)
      for (const language of ['en', 'es', 'ht', MADE_UP]) pages.add(await answerTo(request, language));
    // A redirect has no page.
    pages.delete('');
    expect(pages.size).toBeGreaterThan(3);
    const faults = new Set<string>();
    for (const html of pages) for (const fault of await htmlFaults(html)) faults.add(fault);
    expect([...faults]).toEqual([]);
    await page.context().close();
  },
);
