import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { MADE_UP } from '../fixtures/locales/made-up-language.ts';

/** What axe finds on a page as it stands, each with the HTML where it is; `with_dark` also its dark colours. */
export async function axeFaults(page: Page, with_dark = false): Promise<string[]> {
  // Put together in the page itself, and without what is right: a third of the time. Frames of other sites are not looked into.
  const axe = () => new AxeBuilder({ page }).setLegacyMode(true).options({ resultTypes: ['violations'] });
  const found = [await axe().analyze()];
  if (with_dark) {
    // The same page in other colours: only the rules about colour can find something else.
    await page.emulateMedia({ colorScheme: 'dark' });
    found.push(await axe().withTags(['cat.color']).analyze());
    await page.emulateMedia({ colorScheme: 'light' });
  }
  const unseen = found.filter(({ passes }) => !passes.some(({ id }) => id === 'color-contrast'));
  return [
    ...unseen.map(() => 'axe looked at no colour'),
    ...found
      .flatMap(({ violations }) => violations)
      .map(({ id, nodes }) => ({ id, nodes: nodes.filter(({ html }) => !isMadeUp(id, html)) }))
      .filter(({ nodes }) => nodes.length > 0)
      .map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join('\n')}`),
  ];
}

/** The made-up language has a code that stands for none: that alone is right here. */
function isMadeUp(rule: string, html: string): boolean {
  return /^(html-lang-valid|valid-lang)$/.test(rule) && html.includes(`lang="${MADE_UP}"`);
}

/** Longer words may be broken with letters so wide; where a browser knows how, they get a hyphen. */
const LONGEST_WHOLE = 13;

/** What does not fit: at the usual size of letters, and at twice that, as browsers draw it for those who ask. */
export async function sizeFaults(page: Page): Promise<string[]> {
  const usual = await overflowing(page);
  await page.evaluate(() => {
    document.documentElement.style.fontSize = '34px';
  });
  const large = await overflowing(page);
  const broken = await brokenWords(page);
  await page.evaluate(() => {
    document.documentElement.style.fontSize = '';
  });
  return [
    ...usual.map((fault) => `at 100%: ${fault}`),
    ...large.map((fault) => `at 200%: ${fault}`),
    ...broken.filter((word) => word.length <= LONGEST_WHOLE).map((word) => `at 200% '${word}' is broken`),
  ];
}

/** Whether a page is wider than its window, and what stands out of it or out of its own box. */
function overflowing(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const root = document.documentElement;
    const faults = root.scrollWidth > root.clientWidth ? [`the page is ${root.scrollWidth} px wide`] : [];
    const boxes =
      'a.button, button, summary, label, legend, h1, h2, h3, h4, p, li, .card, .notice, select, input';
    for (const element of document.querySelectorAll<HTMLElement>(boxes)) {
      // What is wide scrolls by itself, and the link to the main text waits above the page.
      if (!element.checkVisibility() || element.closest('.wide, .skip')) continue;
      const { left, right, width } = element.getBoundingClientRect();
      if (width === 0) continue;
      const is_out = left < -1 || right > root.clientWidth + 1;
      const is_full = !element.matches('select, input') && element.scrollWidth > element.clientWidth + 1;
      const is_block = getComputedStyle(element).display !== 'inline';
      if (is_out || (is_full && is_block)) faults.push(element.outerHTML.slice(0, 160));
    }
    return faults;
  });
}

/**
 * The words of a page that stand in two pieces without a hyphen. Those that a browser hyphenates stay in two pieces where no
 * word may be broken by force; addresses are no words.
 */
function brokenWords(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const inPieces = () => {
      const found: string[] = [];
      const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
      for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        const element = node.parentElement!;
        if (!element.checkVisibility() || element.closest('script, select, textarea, .verbatim')) continue;
        for (const { index, 0: word } of node.textContent!.matchAll(/[\p{L}\p{N}]+/gu)) {
          const range = document.createRange();
          range.setStart(node, index);
          range.setEnd(node, index + word.length);
          const lines = new Set([...range.getClientRects()].map(({ top }) => Math.round(top)));
          if (lines.size > 1) found.push(word);
        }
      }
      return found;
    };
    const broken = inPieces();
    document.body.style.overflowWrap = 'normal';
    const hyphenated = inPieces();
    document.body.style.overflowWrap = '';
    return broken.filter((word) => !hyphenated.includes(word));
  });
}
