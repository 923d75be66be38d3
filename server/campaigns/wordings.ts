import { POSITIONS, type PositionName } from '../bills/position.ts';
import { type Campaign, MESSAGE_KINDS, type MessageTemplate, type Stance } from './campaign.ts';
import { fittingTemplates, translationOf } from './choose-template.ts';
import { stanceOf } from './positions.ts';

/** What a legislator can be to a campaign that asks them: it decides which wording they get. */
export interface Producible {
  /** Undefined where nothing is known of them. */
  position: PositionName | undefined;
  stance: Stance;
}

/** Every position, and none, with the stance that it makes of a legislator. */
export function everyPosition(ask: Campaign['ask']): Producible[] {
  return [undefined, ...POSITIONS].map((position) => ({ position, stance: stanceOf(position, ask) }));
}

/** Whether a campaign names legislators whom people from elsewhere are asked to contact too, whatever their stance is. */
export function namesOthers({ targets }: Pick<Campaign, 'targets'>): boolean {
  return targets.extra.length > 0 || targets.fallback !== undefined;
}

/**
 * Every position, and none, that a legislator whom the campaign asks can have, with the stance that it makes. Any position
 * may come by hand or from OpenStates; the stances are those that are asked, or any where legislators are named.
 */
export function producible(campaign: Pick<Campaign, 'ask' | 'targets'>): Producible[] {
  return everyPosition(campaign.ask).filter(
    ({ stance }) => namesOthers(campaign) || campaign.targets.stances.includes(stance),
  );
}

/** Every text that some legislator gets, in a message language or as its translation beside it, and what they are. */
export function textsMet(campaign: Campaign): Map<MessageTemplate, Producible[]> {
  const met = new Map<MessageTemplate, Producible[]>();
  for (const who of producible(campaign)) {
    const texts = campaign.message_languages.flatMap((language) =>
      MESSAGE_KINDS.flatMap((kind) => fittingTemplates(campaign, kind, { ...who, language })),
    );
    const beside = texts.flatMap((text) =>
      campaign.languages.flatMap((language) => translationOf(campaign, text, language) ?? []),
    );
    for (const text of new Set([...texts, ...beside])) met.set(text, [...(met.get(text) ?? []), who]);
  }
  return met;
}
