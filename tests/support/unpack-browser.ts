import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';

const MODULES = join(import.meta.dirname, '../../node_modules');
const { version } = JSON.parse(readFileSync(join(MODULES, '@sparticuz/chromium/package.json'), 'utf8'));

/** Where the browser of this release lies once it has been unpacked. */
export const BROWSER_FOLDER = join(MODULES, '.cache', `chromium-${version}`);

/**
 * Unpacks Chromium once, before any test: part of jest's globalSetup. The package itself unpacks into the folder for temporary
 * files and takes whatever lies there for whole, also what another process is still writing or was killed while writing.
 */
export default async function unpackBrowser(): Promise<void> {
  if (existsSync(BROWSER_FOLDER)) return;
  mkdirSync(join(MODULES, '.cache'), { recursive: true });
  const aside = mkdtempSync(`${BROWSER_FOLDER}-`);
  const usual = process.env.TMPDIR;
  process.env.TMPDIR = aside;
  try {
    const { default: chromium } = await import('@sparticuz/chromium');
    await chromium.executablePath();
    renameSync(aside, BROWSER_FOLDER);
  } catch (error) {
    rmSync(aside, { recursive: true, force: true });
    // Another run may have been faster: a folder that is there was renamed whole.
    if (!existsSync(BROWSER_FOLDER)) throw error;
  } finally {
    if (usual === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = usual;
  }
}
