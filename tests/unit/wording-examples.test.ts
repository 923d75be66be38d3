import {
  bracketTarget,
  otherForms,
  type StandInWords,
  wordingExamples,
} from '../../server/campaigns/wording-examples.ts';
import { madeUpCampaign } from '../fixtures/campaigns/made-up-campaign.ts';

const WORDS: StandInWords = {
  name: '[name]',
  given_name: '[first]',
  family_name: '[last]',
  party: '[party]',
  district: '[district]',
  title: 'Senator',
  committee: '[committee]',
  reason: '[reason]',
};
const STATED = 'Subject: Water\n\nYou {{position.label}} it.';

test('each wording that has a file has one who stands for all who get it, the one for all others first', () => {
  const campaign = madeUpCampaign({
    files: { 'en/email.sponsor.hbs': STATED, 'en/email.ally.hbs': STATED, 'en/email.opponent.hbs': STATED },
    targets: { stances: ['ally', 'unknown'] },
  });
  const examples = wordingExamples(campaign);
  expect(examples.map(({ wording }) => wording)).toEqual(['plain', 'ally', 'opponent', 'sponsor']);
  const [plain, ally, opponent, sponsor] = examples;
  expect(plain!.who).toEqual({ position: undefined, stance: 'unknown' });
  // A sponsor has a text of their own, so another ally stands for allies.
  expect(ally!.who).toEqual({ position: 'cosponsor', stance: 'ally' });
  expect(sponsor!.met_by).toEqual([{ position: 'sponsor', stance: 'ally' }]);
  // Nobody asks opponents: the text is shown all the same, as nobody's.
  expect([opponent!.met_by, opponent!.who.stance]).toEqual([[], 'opponent']);
});

test('whoever stands for them is in brackets, and has the position', () => {
  const campaign = madeUpCampaign();
  const target = bracketTarget(
    campaign,
    { position: 'voted_no', stance: 'opponent' },
    { chamber: 'lower', words: WORDS, today: '2026-11-28' },
  );
  expect(target).toMatchObject({
    legislator: { name: '[name]', given_name: '[first]', current_role: { title: 'Senator' } },
    district: { org_classification: 'lower', district: '[district]' },
    position: { position: 'voted_no', date: '2026-11-28' },
    stance: 'opponent',
    is_constituent: true,
  });
  expect(target.reason).toBeUndefined();
});

test('a text may have other forms: on the committee for every campaign, from elsewhere where someone is named for all', () => {
  const seat = { chamber: 'upper', words: WORDS, today: '2026-11-28' } as const;
  const who = { position: undefined, stance: 'unknown' } as const;
  const formsOf = (campaign: ReturnType<typeof madeUpCampaign>) =>
    otherForms(campaign, bracketTarget(campaign, who, seat), WORDS);
  expect(formsOf(madeUpCampaign()).map(([form, { committee }]) => [form, committee])).toEqual([
    ['on_committee', '[committee]'],
  ]);
  const named = madeUpCampaign({ targets: { extra: [{ person_id: 'x', reason: { en: 'Chairs' } }] } });
  expect(formsOf(named).map(([form, target]) => [form, target.is_constituent, target.reason])).toEqual([
    ['on_committee', true, undefined],
    ['elsewhere', false, undefined],
    ['with_reason', true, { en: '[reason]' }],
  ]);
});
