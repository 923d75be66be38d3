import type { RequestHandler } from 'express';
import { listIn, stateIn } from '../words/names.ts';
import { drawPage, openPage, type Page, publicCampaigns, type Site } from './page.ts';

/** What is kept, what is not, and who is asked. */
export function showPrivacy(site: Site): RequestHandler {
  return (req, res) => {
    const page = openPage(site, req);
    drawPage(page, res, 'privacy', { heading: page.t('privacy.title'), sections: sectionsOf(page) });
  };
}

interface Section {
  heading: string;
  text: string[];
}

/** The sections; where points of any campaign's state go to OpenStates, what that means. */
function sectionsOf({ site, t }: Page): Section[] {
  const list = <Item>(key: string, names = {}) =>
    t(key, { returnObjects: true, ...names }) as unknown as Item[];
  const [address, ...others] = list<Section>('privacy.sections');
  const all = [...new Set(publicCampaigns(site).map(({ state }) => state))];
  const sending = all.filter(site.parts.finder.sendsPoint).map((state) => stateIn(t, state));
  if (!address || sending.length === 0) return list('privacy.sections');
  const states = listIn(t, sending);
  return [
    { ...address, text: [...address.text, t('privacy.openstates.except', { states })] },
    { heading: t('privacy.openstates.heading'), text: list('privacy.openstates.text', { states }) },
    ...others,
  ];
}
