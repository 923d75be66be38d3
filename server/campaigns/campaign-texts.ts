import type { Campaign, MessageKind, MessageTemplate, MessageText } from './campaign.ts';
import type { PageSource } from './language-files.ts';
import { type MessageWords, writtenFor } from './messages.ts';
import { pageBlocks } from './page-text.ts';
import { FILLED_IN } from './reading.ts';
import type { Target } from './targets.ts';
import { casesOf, standIn } from './wording-cases.ts';
import { textsMet } from './wordings.ts';

/** A text of a campaign as people read or say it. */
export interface CampaignText {
  kind: MessageKind | 'page' | 'summary';
  language: string;
  /** The file as faults name it; undefined for what stands in campaign.yaml. */
  file?: string;
  /** Where it stands in campaign.yaml. */
  path?: PropertyKey[];
  /** Every way in which it comes out, names filled in by FILLED_IN. */
  versions: string[];
}

/** Every text of a whole campaign that people read or say, each way in which it comes out, without the names in it. */
export function campaignTexts(campaign: Campaign, page_sources: readonly PageSource[]): CampaignText[] {
  const pages = page_sources.map(({ language, file, text }): CampaignText => {
    const blocks = pageBlocks(text).filter(({ is_heading }) => !is_heading);
    return { kind: 'page', language, file, versions: [blocks.map((block) => block.text).join('\n\n')] };
  });
  const summaries = Object.entries(campaign.summary).map(([language, text], _, all): CampaignText => {
    const path = all.length > 1 ? ['summary', language] : ['summary'];
    return { kind: 'summary', language, path, versions: [text] };
  });
  const nameless = {
    ...campaign,
    bills: campaign.bills.map((bill) => ({
      ...bill,
      identifier: FILLED_IN,
      title: FILLED_IN,
      url: FILLED_IN,
    })),
  };
  const messages = [...messageVersions(nameless, withoutNames, WORDS)].map(
    ([{ kind, language, file }, versions]): CampaignText => ({
      kind,
      language,
      file,
      versions: [...new Set(versions.map(({ text }) => text))],
    }),
  );
  return [...summaries, ...pages, ...messages];
}

/** Every message that somebody gets, in each of its cases: for targets dressed in other names, with these words. */
export function messageVersions(
  campaign: Campaign,
  dressed: (target: Target) => Target,
  words: MessageWords,
): Map<MessageTemplate, MessageText[]> {
  const versions = [...textsMet(campaign)].map(([template, met_by]): [MessageTemplate, MessageText[]] => [
    template,
    met_by.flatMap((who) =>
      casesOf(campaign, who).map((one) => {
        const target = dressed(standIn(campaign, { ...one, stance: who.stance }));
        return writtenFor(campaign, target, { template, words });
      }),
    ),
  ]);
  return new Map(versions);
}

const WORDS: MessageWords = {
  supporter: { name: FILLED_IN, street: FILLED_IN, city: FILLED_IN, zip: FILLED_IN },
  state_name: FILLED_IN,
  chamberName: () => FILLED_IN,
  titleOf: () => FILLED_IN,
  // As long as most of them are.
  positionLabel: () => 'supported',
  the_bill: 'the bill',
  dayInWords: () => FILLED_IN,
};

/** A target with a mark in place of each name that it has. */
function withoutNames(target: Target): Target {
  const marked = <Value>(value: Value) => (value === 'x' ? FILLED_IN : value);
  const { legislator, position } = target;
  return {
    ...target,
    committee: marked(target.committee),
    reason:
      target.reason &&
      Object.fromEntries(Object.keys(target.reason).map((language) => [language, FILLED_IN])),
    legislator: {
      ...legislator,
      name: FILLED_IN,
      party: marked(legislator.party),
      ...(legislator.given_name ? { given_name: FILLED_IN, family_name: FILLED_IN } : {}),
      current_role: { ...legislator.current_role, district: FILLED_IN },
    },
    position: position && { ...position, session: FILLED_IN },
  };
}
