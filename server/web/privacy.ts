import type { RequestHandler } from 'express';
import { drawPage, openPage, type Site } from './page.ts';

/** What is kept, what is not, and who is asked. */
export function showPrivacy(site: Site): RequestHandler {
  return (req, res) => {
    const page = openPage(site, req);
    drawPage(page, res, 'privacy', {
      heading: page.t('privacy.title'),
      sections: page.t('privacy.sections', { returnObjects: true }),
    });
  };
}
