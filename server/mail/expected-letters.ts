import type { Campaign } from '../campaigns/campaign.ts';
import { stateFacts } from '../legislators/states.ts';
import { deliverBy } from './deliver-by.ts';
import { domainKey, expectedAt, targetKey } from './drip.ts';
import { queueAt } from './drip-queries.ts';
import type { Expected, MailMode, NotSent } from './letter.ts';
import type { LetterParts } from './letter-parts.ts';
import { isWritable } from './mail-address.ts';
import { setAside } from './sender-queries.ts';

/** How letters of a campaign are sent from here; undefined where they are not. */
export function modeOf(
  { isOpen, settings }: LetterParts,
  campaign: Campaign,
  is_sample: boolean,
): MailMode | undefined {
  if (!campaign.email.send || !isOpen(campaign)) return undefined;
  // Made-up legislators have made-up addresses: nothing ever goes out to them.
  if (settings.sends_mail) return is_sample ? undefined : 'live';
  return settings.is_production ? undefined : 'preview';
}

/** When a letter to each of these targets would go, were it handed in now, by the target's id. */
export async function expectedFor(
  { store, settings, now }: LetterParts,
  campaign: Campaign,
  targets: { legislator_id: string; email: string }[],
): Promise<Map<string, Expected | NotSent>> {
  const written = targets.filter(({ email }) => isWritable(email));
  const keys = written.flatMap(({ legislator_id, email }) => [targetKey(legislator_id), domainKey(email)]);
  const [queue, aside] = await Promise.all([
    queueAt(store.read, [...new Set(keys)]),
    setAside(
      store.read,
      written.map(({ email }) => email),
    ),
  ]);
  const offices = { hours: campaign.office_hours, time_zone: stateFacts(campaign.state).time_zone };
  const last = deliverBy(campaign);
  const moment = now();
  const at = (key: string, per_hour: number) => {
    const { waiting, next_at } = queue.get(key)!;
    const free_at = next_at === '' ? moment : new Date(next_at);
    return expectedAt({ now: moment, free_at, waiting, per_hour }, offices).getTime();
  };
  return new Map(
    targets.map(({ legislator_id, email }): [string, Expected | NotSent] => {
      if (!isWritable(email)) return [legislator_id, 'no_address'];
      if (aside.has(email.toLowerCase())) return [legislator_id, 'set_aside'];
      const goes_at = new Date(
        Math.max(
          at(targetKey(legislator_id), settings.letters_per_hour),
          at(domainKey(email), settings.letters_per_domain_per_hour),
        ),
      );
      return [legislator_id, { goes_at, is_in_time: last === undefined || goes_at < last }];
    }),
  );
}
