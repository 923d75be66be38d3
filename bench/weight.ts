// What the journey weighs for a phone on a slow network, and how soon its first page shows something.
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser, Page } from 'playwright-core';
import { openBrowser } from '../tests/support/browser.ts';
import {
  bytesOf,
  firstViews,
  JOURNEY_BEGINS,
  requestsOf,
  walkJourney,
} from '../tests/support/browser-journey.ts';
import { rawAnswer } from '../tests/support/raw-answer.ts';
import { startTestApp, type TestApp } from '../tests/support/test-app.ts';
import { type Transfer, watchTransfers } from '../tests/support/transfers.ts';
import unpackBrowser from '../tests/support/unpack-browser.ts';
import type { BenchOptions } from './bench-options.ts';
import { inTurn, type MeasuredRatio, ratioOf, ratioOfRounds } from './ratio.ts';

const KILOBYTE = 1024;
const MOST_OF_JOURNEY = 45 * KILOBYTE;
/** What a server sends at once, before it waits for an answer: ten segments (RFC 6928). */
const MOST_OF_FIRST_VIEW = 14 * KILOBYTE;
/** The page, its style sheet and two scripts. */
const MOST_REQUESTS = 4;
/** Slow 3G as Chromium's own tools have it, and a processor four times slower. */
const SLOW_3G = {
  offline: false,
  latency: 400,
  downloadThroughput: 400_000 / 8,
  uploadThroughput: 400_000 / 8,
};
const CPU_SLOWER = 4;
const PLAIN = '<!doctype html><html lang="en"><title>Plain</title><p>Hello';

/** Bytes, requests and first view of the journey in Chromium, with script and without, as shares of what they may be. */
export async function benchWeight({ is_quick, rounds, say }: BenchOptions): Promise<MeasuredRatio[]> {
  await unpackBrowser();
  // Saturday in Florida: the office hours say the most.
  const app = await startTestApp({ now: () => new Date('2026-11-28T15:00:00Z') });
  const plain = createServer((_req, res) => res.setHeader('content-type', 'text/html').end(PLAIN)).listen(
    0,
    '127.0.0.1',
  );
  await once(plain, 'listening');
  const browser = await openBrowser();
  try {
    const ratios: MeasuredRatio[] = [];
    for (const script of is_quick ? [false] : [true, false]) {
      say(`Walking the journey on slow 3G, script ${script ? 'on' : 'off'}.`);
      ratios.push(...(await weigh(app, browser, script, !is_quick)));
    }
    say('Waiting for the first page to show something.');
    const plain_url = `http://127.0.0.1:${(plain.address() as AddressInfo).port}/`;
    const pairs = await inTurn(
      rounds ?? (is_quick ? 1 : 4),
      () => firstPaint(browser, plain_url),
      () => firstPaint(browser, `${app.url}${JOURNEY_BEGINS}`),
    );
    const name =
      'first contentful paint of the campaign page on slow 3G against a page of one line without style';
    ratios.push(ratioOfRounds(pairs, { name, floor: 3, aim: 2, say: (ms) => `${(ms / 1000).toFixed(2)} s` }));
    return ratios;
  } finally {
    await browser.close();
    plain.close();
    await app.close();
  }
}

async function weigh(
  app: TestApp,
  browser: Browser,
  script: boolean,
  isSlow: boolean,
): Promise<MeasuredRatio[]> {
  const started = performance.now();
  const transfers = await onPhone(browser, { script, isSlow }, async (page) => {
    const seen = await watchTransfers(page);
    await walkJourney(page, app.url, 'en');
    return seen;
  });
  const seconds = (performance.now() - started) / 1000;
  // This browser shows no icon, and asks for none.
  const icon = (await app.get('/')).$('link[rel=icon]').attr('href')!;
  const { transferred } = await rawAnswer(`${app.url}${icon}`, { 'accept-encoding': 'br' });
  const how = `script ${script ? 'on' : 'off'}`;
  const share = (name: string, measured: number, allowed: number, figures: string) =>
    ratioOf([measured / allowed], { name: `${name}, ${how}`, floor: 1, aim: 0.95, figures });
  const to_thanks = bytesOf(untilThanks(transfers)) + transferred;
  const kilobytes = (bytes: number) => `${(bytes / KILOBYTE).toFixed(1)} KB`;
  const most = Math.max(...requestsOf(transfers));
  const view = Math.max(...firstViews(transfers));
  return [
    share(
      'bytes of the journey up to the thanks, of the 45 KB they may be',
      to_thanks,
      MOST_OF_JOURNEY,
      kilobytes(to_thanks),
    ),
    share(
      'bytes of the same with totals and privacy page, of 45 KB',
      bytesOf(transfers) + transferred,
      MOST_OF_JOURNEY,
      `${kilobytes(bytesOf(transfers) + transferred)} in ${seconds.toFixed(0)} s`,
    ),
    share(
      'largest first view (document and style) of a page, of 14 KB',
      view,
      MOST_OF_FIRST_VIEW,
      kilobytes(view),
    ),
    share(
      `most requests of a page, of ${MOST_REQUESTS}`,
      most,
      MOST_REQUESTS,
      `${most}, ${transfers.length} in all`,
    ),
  ];
}

/** What came before the totals were asked for. */
function untilThanks(transfers: Transfer[]): Transfer[] {
  return transfers.slice(
    0,
    transfers.findIndex(({ url, type }) => type === 'Document' && new URL(url).pathname.endsWith('/totals')),
  );
}

/** Milliseconds from asking for a page until something of it shows, in a browser that has never been there. */
function firstPaint(browser: Browser, url: string): Promise<number> {
  return onPhone(browser, { script: true, isSlow: true }, async (page) => {
    await page.goto(url);
    const read = () => performance.getEntriesByName('first-contentful-paint')[0]?.startTime;
    return (await page.waitForFunction(read)).evaluate((ms) => ms as number);
  });
}

async function onPhone<Result>(
  browser: Browser,
  { script, isSlow }: { script: boolean; isSlow: boolean },
  run: (page: Page) => Promise<Result>,
): Promise<Result> {
  const context = await browser.newContext({
    viewport: { width: 360, height: 740 },
    javaScriptEnabled: script,
  });
  context.setDefaultTimeout(60_000);
  try {
    const page = await context.newPage();
    if (isSlow) {
      const tools = await context.newCDPSession(page);
      await tools.send('Network.enable');
      await tools.send('Network.emulateNetworkConditions', SLOW_3G);
      await tools.send('Emulation.setCPUThrottlingRate', { rate: CPU_SLOWER });
    }
    return await run(page);
  } finally {
    await context.close();
  }
}
