import type { Page } from 'playwright-core';
import { localeOf } from './message-words.ts';
import type { Transfer } from './transfers.ts';

/** Where the journey begins, without its language. */
export const JOURNEY_BEGINS = '/campaigns/visible-act?partner=jira';

/** From the flyer to the totals and the privacy page, seven pages, each awaited whole. */
export async function walkJourney(page: Page, url: string, language: string): Promise<void> {
  const { campaign, districts, act, thanks, totals, privacy, site, names } = localeOf(language);
  const arrive = async (heading: string) => {
    await page.getByRole('heading', { level: 1, name: heading, exact: true }).waitFor();
    await page.waitForLoadState('load');
  };
  const press = (name: string) => page.getByRole('button', { name, exact: true }).first().click();
  const follow = (name: string) => page.getByRole('link', { name, exact: true }).click();
  await page.goto(`${url}${JOURNEY_BEGINS}&lang=${language}`);
  await page.getByLabel(campaign.address).fill('1 Example Street, Jacksonville 32209');
  await press(campaign.find);
  await arrive(districts.title);
  for (const chamber of ['Senate', 'House']) {
    const label = districts.label.replace('{{chamber}}', names?.chambers[chamber] ?? chamber);
    await page.getByLabel(label).selectOption({ index: 1 });
  }
  await press(districts.go);
  await arrive(act.title);
  await press(act.voicemail_left);
  await page.locator('.count', { hasText: /^1 / }).waitFor();
  await page.waitForLoadState('load');
  await page.locator('#target-2-email > summary').click();
  await page.locator('#target-2').getByRole('button', { name: act.sent }).click();
  await arrive(thanks.title);
  await follow(site.totals);
  await arrive(totals.title);
  await follow(site.privacy);
  await arrive(privacy.title);
}

/** Requests, each page's own together: a page begins with its document, redirects before it included. */
export function byPage(transfers: Transfer[]): Transfer[][] {
  const pages: Transfer[][] = [];
  for (const [index, transfer] of transfers.entries()) {
    const begins = transfer.type === 'Document' && transfers[index - 1]?.status !== 303;
    if (begins) pages.push([]);
    pages.at(-1)!.push(transfer);
  }
  return pages;
}

/** Bytes of some requests together. */
export function bytesOf(transfers: Transfer[]): number {
  return transfers.reduce((bytes, transfer) => bytes + transfer.bytes, 0);
}

/** What a page is drawn from first: its document and the style sheet in its head, whether it came with this page or before. */
export function firstViews(transfers: Transfer[]): number[] {
  const style = transfers.find(({ type }) => type === 'Stylesheet')!.bytes;
  return byPage(transfers).map((own) => own.findLast(({ type }) => type === 'Document')!.bytes + style);
}

/** How many requests each page made itself, beside redirects and what the browser had. */
export function requestsOf(transfers: Transfer[]): number[] {
  return byPage(transfers).map((own) => own.filter(({ status }) => status !== 303 && status !== 0).length);
}
