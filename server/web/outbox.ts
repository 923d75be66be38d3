import type { Request, RequestHandler } from 'express';
import { type OpenedMail, openMail } from '../mail/opened-mail.ts';
import { outboxNames, readOutboxMail } from '../mail/outbox-folder.ts';
import { momentIn } from '../words/dates.ts';
import { type LinkedPart, withOwnLinks } from './own-links.ts';
import { isFromHere, leadsToOwnMachine } from './own-machine.ts';
import { drawPage, openPage, type Site } from './page.ts';
import { PageError } from './page-error.ts';

/** So many mails are on the page; the others lie in the folder. */
const SHOWN = 50;

/**
 * What a mail's own HTML may do where it is looked at: be drawn, and lead to pages by its links. No script, no form, nothing
 * from elsewhere, and no part in this site (HTML, section 7.6, on the sandboxing of browsing contexts).
 */
const MAIL_POLICY =
  "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'none'; base-uri 'none'; frame-ancestors 'none'";

/** A mail as the page shows it. */
interface ShownMail extends OpenedMail {
  name: string;
  anchor: string;
  written: string;
  parts: LinkedPart[];
}

/**
 * The mails that were put into a folder in the place of being sent, newest first, each as whoever gets it would read it. For a
 * browser on the machine itself, and in development alone: what a supporter wrote is nobody else's business.
 */
export function showOutbox(site: Site): RequestHandler {
  return async (req, res) => {
    refuseOthers(site, req);
    const { data_dir } = site.parts.settings;
    const page = openPage(site, req);
    const names = await outboxNames(data_dir);
    const shown: ShownMail[] = [];
    for (const name of names.slice(0, SHOWN)) {
      const raw = await readOutboxMail(data_dir, name);
      // It may have been deleted since the folder was read.
      if (!raw) continue;
      const mail = await openMail(raw);
      shown.push({
        ...mail,
        name,
        anchor: `mail-${name}`,
        written: mail.date ? momentIn(page.t, mail.date, 'UTC') : '',
        parts: withOwnLinks(mail.text, {
          base_url: site.parts.settings.base_url,
          host: req.get('host') ?? '',
        }),
      });
    }
    drawPage(page, res, 'outbox', {
      heading: page.t('outbox.title'),
      is_private: true,
      lead: page.t(site.parts.settings.sends_mail ? 'outbox.lead_live' : 'outbox.lead'),
      none: page.t(site.parts.settings.sends_mail ? 'outbox.none_live' : 'outbox.none'),
      mails: shown,
      older: names.length - shown.length,
    });
  };
}

/** The HTML of one of these mails, as a mail program would draw it. */
export function outboxHtml(site: Site): RequestHandler {
  return async (req, res) => {
    const { html } = await openMail(await namedMail(site, req));
    if (html === undefined) throw new PageError(404, 'not_found');
    res.set('Content-Security-Policy', MAIL_POLICY).set('X-Robots-Tag', 'noindex').type('html').send(html);
  };
}

/** One of these mails as it would go over the wire: a file that mail programs open. */
export function outboxMailFile(site: Site): RequestHandler {
  return async (req, res) => {
    const raw = await namedMail(site, req);
    res.type('message/rfc822').attachment(`${req.params.name}.eml`).send(raw);
  };
}

async function namedMail(site: Site, req: Request): Promise<Buffer> {
  refuseOthers(site, req);
  const raw = await readOutboxMail(site.parts.settings.data_dir, String(req.params.name));
  if (!raw) throw new PageError(404, 'not_found');
  return raw;
}

function refuseOthers({ parts: { settings } }: Site, req: Request): void {
  const is_public = settings.base_url !== undefined && !leadsToOwnMachine(settings.base_url);
  if (settings.is_production || is_public || !isFromHere(req)) throw new PageError(404, 'not_found');
}
