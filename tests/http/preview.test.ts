import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type ChangedCampaigns, changedCampaign } from '../support/changed-campaign.ts';
import type { Answer } from '../support/client.ts';
import { startTestApp, type TestApp } from '../support/test-app.ts';
import { until } from '../support/until.ts';

const PATH = '/campaigns/visible-act/preview';
const NOW = new Date('2026-11-25T15:00:00Z');
const SENATE_5 = 'ocd-division/country:us/state:fl/sldu:5';
const BROKEN = 'tests/fixtures/broken-campaigns';

let campaigns: ChangedCampaigns;
let app: TestApp;
beforeAll(async () => {
  campaigns = changedCampaign((yaml) => `${yaml}\nstatus: draft\n`);
  cpSync(join(BROKEN, 'wrong-ask'), join(campaigns.folder, 'clean-water'), { recursive: true });
  app = await startTestApp({ campaigns_dir: campaigns.folder, campaigns_every_ms: 20, now: () => NOW });
});
afterAll(async () => {
  await app.close();
  campaigns.drop();
});

const tokenOf = (slug = 'visible-act', days = 30) =>
  app.parts.preview_tokens.issue(slug, { now: new Date(NOW.getTime() - 86_400_000), days });
const preview = (query = '') => app.get(`${PATH}?preview=${tokenOf()}${query}`);
const version = async () =>
  JSON.parse((await app.get(`${PATH}/version?preview=${tokenOf()}`)).text).version as string;
const file = (name: string) => join(campaigns.folder, 'visible-act', name);
/** As pages name it: where the server keeps its campaigns is not told. */
const shown = (name: string) => `campaigns/visible-act/${name}`;
const textOf = ({ $ }: Answer, selector: string) => $(selector).text().replace(/\s+/g, ' ').trim();

/** Changes a file, waits until the app has taken that in, and puts it back. */
async function whileChanged(name: string, change: (text: string) => string, then: () => Promise<void>) {
  const before = await version();
  const text = readFileSync(file(name), 'utf8');
  writeFileSync(file(name), change(text));
  await until(async () => (await version()) !== before);
  const changed = await version();
  await then();
  writeFileSync(file(name), text);
  await until(async () => (await version()) !== changed);
}

test('the texts are shown to whoever has a good token, and to no one else', async () => {
  for (const query of [
    '',
    '?preview=',
    '?preview=1.abc',
    `?preview=${tokenOf('visible-act', 1)}`,
    `?preview=${tokenOf('clean-water')}`,
  ]) {
    expect([query, (await app.get(PATH + query)).status]).toEqual([query, 404]);
    expect([query, (await app.get(`${PATH}/version${query}`)).status]).toEqual([query, 404]);
  }
  expect((await app.get(`/campaigns/nowhere/preview?preview=${tokenOf('nowhere')}`)).status).toBe(404);

  const { status, headers, $ } = await preview();
  expect(status).toBe(200);
  expect(headers.get('cache-control')).toBe('no-store');
  expect(headers.get('x-robots-tag')).toBe('noindex');
  expect($('meta[name=robots]').attr('content')).toBe('noindex');
  expect($('[data-preview]')).toHaveLength(1);
});

test('an example of each wording stands beside its file, in each language, and nothing on the page can be counted', async () => {
  const page = await preview();
  const { $ } = page;
  expect(
    $('section.card[id^=wording-]')
      .toArray()
      .map(({ attribs }) => attribs.id),
  ).toEqual(['wording-plain', 'wording-ally', 'wording-opponent']);
  expect(textOf(page, '#wording-plain > p')).toMatch(
    /no other text\. .*: nothing, did not vote, sits on the committee, and undecided\./,
  );

  const email = $('#wording-ally .preview-columns').first();
  const letters = email.find('.preview-letter');
  expect(letters.eq(0).text()).toContain(
    "Dear Senator [the legislator's name],\n\nI live in your district, in [your city].",
  );
  expect(letters.eq(0).text()).toContain('You sponsored SB 316 in the 2026 session.');
  expect(letters.eq(1).attr('lang')).toBe('es');
  expect(letters.eq(1).text()).toContain('[su nombre]');
  // What was put in says for which name.
  expect(letters.eq(0).find('mark[title="{{legislator.name}}"]').text()).toBe("[the legislator's name]");
  expect(letters.eq(0).find('mark[title="{{position.bill}}"]').text()).toBe('SB 316');

  const source = email.find('.source').eq(0);
  expect(source.find('summary').text()).toBe(shown('en/email.ally.hbs'));
  const lines = source.find('li').toArray();
  expect(lines.map((line) => $(line).text())).toEqual(
    readFileSync(file('en/email.ally.hbs'), 'utf8').trimEnd().split('\n'),
  );

  expect(email.find('.hint').eq(0).text()).toMatch(/^\d+ words, \d+ letters$/);
  expect(textOf(page, '#wording-plain .preview-columns:eq(1) .hint:first')).toMatch(
    /^\d+ words, \d+ letters, about \d+ seconds to say$/,
  );
  expect($('form[method=post], [name=action_id], [name=type]')).toHaveLength(0);
});

test('the texts of the page stand there in each language, each with its place in the file', async () => {
  const page = await preview();
  const titles = page.$('#page-texts .preview-text').toArray();
  expect(titles).toHaveLength(3);
  const spanish = page.$(titles[1]!);
  expect(spanish.find('[lang=es]').first().text()).toBe('Que vuelva la Ley VISIBLE de Florida');
  expect(spanish.find('.place').first().text()).toBe(`${shown('campaign.yaml')}:5`);
  expect(page.$('#page-texts .source summary').eq(1).text()).toBe(shown('es/page.md'));
  expect(spanish.find('.place').last().text()).toBe(shown('es/flyer.md'));
  const prompts = readFileSync(file('es/prompts.md'), 'utf8').match(/^[-*] /gm)!;
  expect(spanish.find('ul li')).toHaveLength(prompts.length);
});

test('of a district every legislator is shown with the texts that their supporter gets, and it can be chosen from a list', async () => {
  const page = await preview(`&division=${SENATE_5}`);
  const { $ } = page;
  const { roster } = app.parts.rosters.get('fl')!;
  const [senator] = roster.representation(SENATE_5)!.legislators;
  expect($('section.card[id^=who-]')).toHaveLength(1);
  expect(textOf(page, '#who-1 h2')).toBe(`Senator ${senator!.name}`);
  expect($('#who-1 h3').length).toBe(3);
  expect($('#who-1 .preview-letter').first().text()).toContain(`Dear Senator ${senator!.name},`);
  const chosen = $('select[name=division] option[selected]');
  expect(chosen.attr('value')).toBe(SENATE_5);
  expect($('select[name=division] option').length).toBe(roster.districts.length + 1);
  // The choice of a language keeps the district.
  expect($('.languages a').attr('href')).toContain(`division=${SENATE_5}`);
  expect((await preview('&division=ocd-division/country:us/state:ga/sldu:1')).status).toBe(404);
});

test('a text that a language lacks says what is used instead, and a variant is shown beside the other', async () => {
  rmSync(file('es/email.ally.hbs'));
  const other = 'Subject: Thank you\n\nDear {{legislator.name}}, thank you.';
  const path = file('en/email.ally@short.hbs');
  writeFileSync(path, other);
  await until(async () => (await preview()).text.includes('email.ally@short.hbs'));
  const page = await preview();
  expect(textOf(page, '#wording-ally .notice')).toContain(
    `There is no such text in this language. This one is used: ${shown('es/email.hbs')}`,
  );
  const headings = page.$('#wording-ally h3').toArray();
  expect(headings.map((one) => page.$(one).text().trim())).toContain('E-mail @short');
  expect(textOf(page, '#notes-title')).toBe('What to look at');
  rmSync(path);
  cpSync('campaigns/visible-act/es/email.ally.hbs', file('es/email.ally.hbs'));
  await until(async () => (await preview()).$('#notes-title').length === 0);
});

test('a fault stands in its line above what was whole before, until it is mended', async () => {
  const spoil = (text: string) => text.replace('{{legislator.name}}', '{{legislator.nmae}}');
  await whileChanged('en/email.hbs', spoil, async () => {
    const page = await preview();
    expect(textOf(page, '[data-faults=1] li > p:first')).toMatch(
      /en\/email\.hbs:3:29: There is no name 'legislator\.nmae'\. Did you mean/,
    );
    expect(textOf(page, '.fault-line code')).toBe('Dear {{legislator.title}} {{legislator.nmae}},');
    expect(textOf(page, '.fault-line .at')).toBe('legislator.nmae');
    // The message is still the one of before.
    expect(page.$('#wording-plain .preview-letter').first().text()).toMatch(/^\S.*\n?Dear Senator \w/s);
  });
  expect((await preview()).$('[data-faults]')).toHaveLength(0);
});

test('of a campaign that was never whole its faults are shown alone', async () => {
  const page = await app.get(`/campaigns/clean-water/preview?preview=${tokenOf('clean-water')}`);
  expect(page.status).toBe(200);
  expect(page.headers.get('x-robots-tag')).toBe('noindex');
  expect(textOf(page, '[data-faults]')).toContain("campaign.yaml:8:6: 'ask' must be support or oppose.");
  expect(textOf(page, '[data-faults]')).toContain('nothing of this campaign can be shown');
  expect(page.$('form, section.card')).toHaveLength(0);
});

test('a text with braces, markup and thousands of letters is shown as it is written, and as too long for a link', async () => {
  const spoil = () =>
    `Subject: <b>Water</b>\n\nDear {{legislator.name}}, <script>alert(1)</script> ${'water '.repeat(900)}`;
  await whileChanged('en/email.hbs', spoil, async () => {
    const page = await preview();
    expect(page.text).not.toContain('<script>alert');
    expect(page.text).not.toContain('<b>Water');
    expect(textOf(page, '#wording-plain .subject:first')).toBe('<b>Water</b>');
    expect(textOf(page, '#wording-plain .notice:first')).toMatch(/^This is too long for a link/);
  });
});

test('in Spanish the page speaks Spanish, and marks as English what is not', async () => {
  const page = await preview('&lang=es');
  expect(page.$('html').attr('lang')).toBe('es');
  expect(textOf(page, 'h1')).toBe('Todos los textos de esta campaña');
  expect(page.$('#wording-ally .preview-letter').first().attr('lang')).toBe('en');
});
