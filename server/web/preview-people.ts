import type { PositionName } from '../bills/position.ts';
import type { Target } from '../campaigns/targets.ts';
import {
  bracketTarget,
  type StandInWords,
  type WordingExample,
  wordingExamples,
} from '../campaigns/wording-examples.ts';
import { byChamber } from '../legislators/finder-outcome.ts';
import { legislatorTitle } from '../legislators/titles.ts';
import type { Translate } from '../words/locale.ts';
import { standInWords } from '../words/message-words.ts';
import { chamberIn, districtIn, listIn, nameIn } from '../words/names.ts';
import { representationsOf } from './act-page.ts';
import { labelOf } from './district-options.ts';
import { stringsOf } from './message-words.ts';
import { notAskedCards } from './not-asked.ts';
import type { CampaignPage } from './page.ts';
import {
  messagesGot,
  messagesWorded,
  type Shown,
  type ShownMessage,
  shownMessage,
} from './preview-messages.ts';
import type { ReadSource } from './preview-sources.ts';
import { targetingIn, todayIn } from './targeting.ts';

/** Somebody, or all of a kind, with what is said and written to them. */
interface ShownPerson {
  anchor: string;
  title: string;
  /** For whom these messages are, in words. */
  about: string[];
  messages: ShownMessage[];
  /** Where a kind of message has no file of this wording: the kinds, and the files that are used. */
  others: { kind: string; file: string }[];
}

/** Districts to choose from, by chamber; empty where no legislators are at hand. */
export function districtChoice(page: CampaignPage, chosen: string[]) {
  const { place, t, campaign } = page;
  if (!place) return [];
  return byChamber(place.roster.districts).map(({ org_classification, districts }) => ({
    chamber_name: chamberIn(t, campaign.state, org_classification),
    options: districts.map((district) => ({
      division_id: district.division_id,
      label: labelOf(t, place, [district]),
      is_chosen: chosen.includes(district.division_id),
    })),
  }));
}

/** What a supporter of these districts says and writes, to each legislator whom the campaign asks them to contact. */
export async function peopleOf(page: CampaignPage, divisions: string[], readSource: ReadSource) {
  const { t } = page;
  const { targets, untargeted } = targetingIn(page, representationsOf(page, divisions));
  const people = targets.map(async (target, index): Promise<ShownPerson> => {
    const wanted = messagesGot(page, target);
    const shown = { targetIn: () => target, standInsIn: (language: string) => standInsIn(page, language) };
    return {
      anchor: `who-${index + 1}`,
      title: nameIn(t, target.legislator),
      about: [
        districtIn(t, target.district),
        t(`preview.stance.${target.stance}`),
        t('preview.known', { position: positionIn(t, target.position?.position) }),
        ...(target.is_constituent ? [] : [t('preview.elsewhere')]),
      ],
      messages: await messagesIn(page, wanted, shown, readSource),
      others: [],
    };
  });
  return { people: await Promise.all(people), not_asked: notAskedCards(page, untargeted, targets) };
}

/** What is said and written in each wording, to somebody who gets it. */
export function examplesOf(page: CampaignPage, readSource: ReadSource): Promise<ShownPerson[]> {
  const { campaign, place } = page;
  const everyone = place
    ? targetingIn(
        page,
        place.roster.districts.flatMap((one) => place.roster.representation(one.division_id) ?? []),
      ).targets
    : [];
  const today = todayIn(page);
  return Promise.all(
    wordingExamples(campaign).map(async (example): Promise<ShownPerson> => {
      const real = everyone.find(
        ({ position, is_constituent }) =>
          is_constituent && example.met_by.some((one) => one.position === position?.position),
      );
      const shown: Shown = {
        targetIn: (language) =>
          real ??
          bracketTarget(campaign, example.who, {
            chamber: chamberOf(page),
            words: standInsIn(page, language),
            today,
          }),
        standInsIn: (language) => standInsIn(page, language),
      };
      const wanted = messagesWorded(page, example.wording);
      const kinds = wanted.map(({ kind }) => kind);
      const got = example.met_by.length === 0 ? [] : messagesGot(page, shown.targetIn(''));
      return {
        anchor: `wording-${example.wording}`,
        title: page.t(`preview.wording.${example.wording}`),
        about: aboutExample(page, example, real),
        messages: await messagesIn(page, wanted, shown, readSource),
        others: got
          .filter(
            ({ kind }, index) => !kinds.includes(kind) && got.findIndex((one) => one.kind === kind) === index,
          )
          .map((one) => ({ kind: page.t(`preview.kind.${one.kind}`), file: fileOf(page, one) })),
      };
    }),
  );
}

function messagesIn(
  page: CampaignPage,
  wanted: ReturnType<typeof messagesGot>,
  shown: Shown,
  readSource: ReadSource,
): Promise<ShownMessage[]> {
  return Promise.all(wanted.map((one) => shownMessage(page, one, { shown, readSource })));
}

function fileOf({ campaign }: CampaignPage, wanted: ReturnType<typeof messagesGot>[number]): string {
  const file = campaign.templates.find(
    (one) => one.kind === wanted.kind && one.wording === wanted.wording && one.variant === wanted.variant,
  )?.file;
  return file ?? '';
}

/** Who gets a wording, and who stands for them here. */
function aboutExample(
  page: CampaignPage,
  { wording, met_by }: WordingExample,
  real: Target | undefined,
): string[] {
  const { t } = page;
  if (met_by.length === 0) return [t('preview.nobody')];
  const positions = met_by.map(({ position }) => positionIn(t, position));
  const list = listIn(t, positions);
  return [
    t(wording === 'plain' ? 'preview.met_by_plain' : 'preview.met_by', { positions: list }),
    real
      ? t('preview.stands_for_real', { who: nameIn(t, real.legislator) })
      : t('preview.stands_for_brackets'),
  ];
}

function positionIn(t: Translate, position: PositionName | undefined): string {
  return position ? t(`preview.position.${position}`) : t('preview.position_none');
}

/** A chamber that the campaign asks. */
function chamberOf({ campaign }: CampaignPage) {
  return campaign.targets.chambers[0]!;
}

/** Words in brackets, in the language of a message. */
function standInsIn(page: CampaignPage, language: string): StandInWords {
  const t = stringsOf(page, language || page.visit.page_language);
  return standInWords(t, legislatorTitle(page.campaign.state, chamberOf(page)));
}
