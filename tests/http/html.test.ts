import { MAIL_KINDS } from '../../server/mail/letter.ts';
import { writeLetterMail } from '../../server/mail/letter-mails.ts';
import { aDesk, aLetter } from '../support/a-letter.ts';
import { htmlFaults } from '../support/html-rules.ts';
import { startTestApp, type TestApp } from '../support/test-app.ts';

const PATH = '/campaigns/visible-act';
const DIVISION = 'division=ocd-division/country:us/state:fl/sldu:5';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp({ parts: () => ({ readTotals: () => Promise.reject(new Error('broken')) }) });
});
afterAll(() => app.close());

// The long suite looks at every page in every language.
test.each([
  ['en', PATH, 200],
  ['es', `${PATH}/act?${DIVISION}`, 200],
  ['ht', `${PATH}/districts?find=HD+78`, 200],
  ['en', `${PATH}/totals`, 500],
])('the validator finds nothing in the page in %s at %s (%i)', async (language, path, status) => {
  const page = await app.get(path, { 'accept-language': language });
  expect(page.status).toBe(status);
  expect(await htmlFaults(page.text)).toEqual([]);
});

test('the validator finds nothing in any mail to supporters, in three languages', async () => {
  const desk = await aDesk();
  const faults: string[] = [];
  for (const kind of MAIL_KINDS.filter((one) => one !== 'letter'))
    for (const page_language of ['en', 'es', 'ht']) {
      const { html } = writeLetterMail(kind, await aLetter({ letter: { page_language } }), desk);
      faults.push(...(await htmlFaults(html!, { is_mail: true })));
    }
  expect(faults).toEqual([]);
});

test('the validator finds what is wrong: a page without a title, with an id twice and a field without a label', async () => {
  const faults = await htmlFaults(
    '<!doctype html><html lang="en"><head></head><body><input id="a" type="text"><p id="a"></p></body></html>',
  );
  expect(faults.map((fault) => fault.split(':')[0])).toEqual(
    expect.arrayContaining(['element-required-content', 'no-dup-id', 'input-missing-label']),
  );
});
