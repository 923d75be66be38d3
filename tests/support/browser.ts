import { join } from 'node:path';
import { type Browser, chromium as playwright } from 'playwright-core';
import { BROWSER_FOLDER } from './unpack-browser.ts';

/** A real Chromium from the registry. Its own list of arguments breaks second pages and origin checks: not used. */
export async function openBrowser(args: string[] = []): Promise<Browser> {
  return playwright.launch({
    executablePath: join(BROWSER_FOLDER, 'chromium'),
    args: ['--no-sandbox', ...args],
  });
}
