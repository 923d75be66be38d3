import type { Campaign } from '../campaigns/campaign.ts';
import type { CorrectedRosters } from '../legislators/corrected-rosters.ts';
import type { Log } from '../log.ts';
import { sendsToNoSamples } from '../mail/sends-nothing.ts';
import type { Settings } from '../settings.ts';

/** What the log says of the campaigns that are served: of each once, and again where its files have changed. */
export function createCampaignTeller({
  rosters,
  damaged,
  settings,
  log,
}: {
  rosters: Pick<CorrectedRosters, 'get'>;
  /** The states whose roster can't be read. */
  damaged: readonly string[];
  settings: Settings;
  log: Log;
}): (list: readonly Campaign[]) => void {
  const told = new Set<Campaign>();
  const tellOf = ({ slug, state, status, email }: Campaign) => {
    const roster = rosters.get(state)?.roster;
    const message =
      settings.pulls && !damaged.includes(state)
        ? 'It is being fetched.'
        : `Run: npm run legislators -- pull ${state}`;
    if (!roster) log('warn', 'no_roster', { slug, message });
    else {
      const { is_sample, as_of } = roster;
      log('info', 'campaign', { slug, status, state, is_sample, as_of });
    }
    if (status === 'live' && email.send && settings.is_production && !settings.sends_mail) {
      const message = 'campaign.yaml says send: true, but MAIL_MODE is not live: see docs/mail.md.';
      log('warn', 'sends_no_mail', { slug, message });
    }
    if (status === 'live' && email.send && settings.sends_mail && roster?.is_sample)
      log('warn', 'sends_no_mail', { slug, message: sendsToNoSamples(state) });
  };
  return (list) => {
    for (const campaign of list) if (!told.has(campaign)) tellOf(campaign);
    told.clear();
    for (const campaign of list) told.add(campaign);
  };
}
