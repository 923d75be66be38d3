/** The address that a flyer carries: short enough to be typed, with the partner's code and the language in it. */
export interface ShortLink {
  /** Whole, for a QR code: 'https://example.org/v/clean-water/jira?lang=es'. */
  url: string;
  /** The same for those who type it: without what browsers put before it by themselves. */
  to_type: string;
}

/** Makes the short link of a campaign: `site` is the site's public address, `partner` a code or ''. */
export function shortLink(
  { slug, short_link = slug }: { slug: string; short_link?: string | undefined },
  { site, partner, language }: { site: string; partner: string; language: string },
): ShortLink {
  const url = `${site}/v/${short_link}${partner === '' ? '' : `/${encodeURIComponent(partner)}`}?lang=${language}`;
  return { url, to_type: url.replace(/^https?:\/\//, '') };
}
