import type { Campaign } from '../campaigns/campaign.ts';
import type { Translate } from '../words/locale.ts';
import { listIn } from '../words/names.ts';
import type { FlyerWords } from './flyer.ts';

/** What Statehouse itself says on a flyer: in the language of `t`, of a partner by name ('' for none), for an address. */
export function flyerWords(
  t: Translate,
  campaign: Campaign,
  { partner_name, url, is_preview }: { partner_name: string; url: string; is_preview: boolean },
): FlyerWords {
  const bills = listIn(
    t,
    campaign.bills.map(({ identifier }) => identifier),
  );
  const lines = (key: string) => t(key, { bills, returnObjects: true }) as unknown as string[];
  return {
    preview: is_preview ? t('flyer.preview') : '',
    ask: t(`flyer.ask.${campaign.ask}`, { bills }),
    say_title: t('flyer.say_title'),
    say: lines(`flyer.say.${campaign.ask}`),
    steps: lines('flyer.steps'),
    type_it: t('flyer.type_it'),
    privacy: t('flyer.privacy'),
    partner: partner_name === '' ? '' : t('flyer.partner', { name: partner_name }),
    code_label: t('flyer.code_label', { url }),
  };
}
