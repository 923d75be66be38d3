import type { OrgClassification } from '../legislators/legislator.ts';
import { chamberFinder } from '../legislators/states.ts';
import type { Translate } from '../words/locale.ts';
import { chamberIn } from '../words/names.ts';
import type { CampaignPage } from './page.ts';
import { chambersWanted } from './targeting.ts';

/** The page where a chamber, or the government, says who holds a seat, with words for a link of its own. */
export function chamberPage(t: Translate, state: string, chamber: OrgClassification) {
  const { url, is_general } = chamberFinder(state, chamber);
  const chamber_name = chamberIn(t, state, chamber);
  return {
    url,
    check: is_general ? t('act.check_general') : t('act.check', { chamber: chamber_name }),
    label: is_general ? 'USA.gov' : chamber_name,
  };
}

/** Each page where officials say who represents whom, for the chambers that a campaign asks; once where it is the same. */
export function officialFinders(page: CampaignPage): { url: string; label: string }[] {
  const { t, campaign } = page;
  const finders = chambersWanted(page).map((chamber) => chamberPage(t, campaign.state, chamber));
  return [...Map.groupBy(finders, (finder) => finder.url)].map(([url, same]) => ({
    url,
    label: [...new Set(same.map((finder) => finder.label))].join(', '),
  }));
}
