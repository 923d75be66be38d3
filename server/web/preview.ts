import { createHash } from 'node:crypto';
import type { Request, RequestHandler } from 'express';
import { type CampaignPage, drawPage, openCampaignPage, openPage, type Page, type Site } from './page.ts';
import { PageError } from './page-error.ts';
import { districtChoice, examplesOf, peopleOf } from './preview-people.ts';
import { createSources, inTheirLines } from './preview-sources.ts';
import { pageTexts } from './preview-texts.ts';
import { allOf, carriedField, visitHref } from './visit.ts';

/** A preview of a campaign's texts: of one whose files were never whole there are its faults alone. */
interface Preview {
  page: Page;
  slug: string;
}

/** Opens the preview of the campaign that the address names; 404 without a good token. */
function openPreview(site: Site, req: Request): Preview {
  const slug = String(req.params.slug);
  const { campaigns, preview_tokens, now } = site.parts;
  if (campaigns.get(slug)) {
    const page = openCampaignPage(site, req);
    if (!page.is_preview) throw new PageError(404, 'not_found');
    return { page, slug };
  }
  const preview = carriedField(req, 'preview');
  const is_known = campaigns.broken().some((one) => one.slug === slug);
  const state = is_known && preview ? preview_tokens.check(preview, slug, now()) : 'forged';
  if (state !== 'good') throw new PageError(404, state === 'expired' ? 'preview_over' : 'not_found');
  const page = openPage(site, req);
  return { page: { ...page, is_preview: true, visit: { ...page.visit, preview } }, slug };
}

/**
 * Every text of a campaign before anyone else sees it: each message for an example of those who get it, or for the
 * legislators of a district, beside the file that it comes from; above them what is wrong with the files.
 */
export function showPreview(site: Site): RequestHandler {
  return async (req, res) => {
    const { page, slug } = openPreview(site, req);
    const { campaigns } = site.parts;
    const readSource = createSources();
    const broken = campaigns.broken().find((one) => one.slug === slug);
    const read = campaigns.readOf(slug);
    const notes = [...(read?.warnings ?? []), ...(read?.gaps ?? [])];
    const path = `/campaigns/${slug}/preview`;
    drawPage(page, res, 'preview', {
      heading: page.t('preview.title'),
      slug,
      shownPath: (file: string) => shownPath(slug, file),
      path,
      faults: await inTheirLines(broken?.faults ?? [], readSource),
      is_served: page.campaign !== undefined,
      notes,
      version: versionOf(site, slug),
      version_href: visitHref(page.visit, `${path}/version`),
      ...(page.campaign &&
        (await textsOf({ ...page, campaign: page.campaign }, allOf(req.query, 'division')))),
    });

    async function textsOf(own: CampaignPage, divisions: string[]) {
      const { people, not_asked } =
        own.place && divisions.length > 0
          ? await peopleOf(own, divisions, readSource)
          : { people: await examplesOf(own, readSource), not_asked: [] };
      return {
        choice: districtChoice(own, divisions),
        is_chosen: divisions.length > 0,
        people,
        not_asked,
        texts: await pageTexts(own, read, readSource),
      };
    }
  };
}

/** A file of a campaign as its writers know it: where the server keeps its campaigns is nobody's business. */
function shownPath(slug: string, file: string): string {
  const at = file.lastIndexOf(`/${slug}/`);
  return at === -1 ? file : `campaigns${file.slice(at)}`;
}

/** A text that changes whenever the preview does: by it an open preview knows when to be drawn anew. */
export function previewVersion(site: Site): RequestHandler {
  return (req, res) => {
    const { slug } = openPreview(site, req);
    res.json({ version: versionOf(site, slug) });
  };
}

/** Of the files, and of what draws them. */
function versionOf(site: Site, slug: string): string {
  const known = `${site.parts.campaigns.versionOf(slug)}\n${site.asset('preview.js')}`;
  return createHash('sha256').update(known).digest('base64url').slice(0, 16);
}
