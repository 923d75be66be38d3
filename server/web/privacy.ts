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

/** Where e-mails of some campaign are sent from here: also of one that is over, for what it took is kept for a while. */
function areLettersSent(site: Site): boolean {
  return publicCampaigns(site).some(({ email }) => email.send);
}

/** The sections; where points of any campaign's state go to OpenStates, or e-mails are sent from here, what that means. */
function sectionsOf({ site, t }: Page): Section[] {
  const list = <Item>(key: string, names = {}) =>
    t(key, { returnObjects: true, ...names }) as unknown as Item[];
  const also = (section: Section, text: string): Section => ({ ...section, text: [...section.text, text] });
  const [address, message, counted, written, ...others] = list<Section>('privacy.sections') as [
    Section,
    Section,
    Section,
    Section,
    ...Section[],
  ];
  const all = [...new Set(publicCampaigns(site).map(({ state }) => state))];
  const states = listIn(
    t,
    all.filter(site.parts.finder.sendsPoint).map((state) => stateIn(t, state)),
  );
  const asked = states
    ? [
        also(address, t('privacy.openstates.except', { states })),
        {
          heading: t('privacy.openstates.heading'),
          text: list<string>('privacy.openstates.text', { states }),
        },
      ]
    : [address];
  if (!areLettersSent(site)) return [...asked, message, counted, written, ...others];
  return [
    ...asked,
    also(message, t('privacy.letters.except')),
    { heading: t('privacy.letters.heading'), text: list<string>('privacy.letters.text') },
    counted,
    also(written, t('privacy.letters.database')),
    ...others,
  ];
}
