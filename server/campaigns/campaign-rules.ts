import type { z } from 'zod';
import { isSameBill } from '../bills/bill-record.ts';
import { didYouMean } from '../yaml/nearest.ts';
import type { campaignFields } from './campaign-fields.ts';
import { EVERY_CHAMBER } from './field-values.ts';

type Fields = z.infer<typeof campaignFields>;

/** Nebraska and DC. */
const ONE_CHAMBER = /\/(state:ne|district:dc)\//;

/** What fields of campaign.yaml, each right by itself, must not say together. */
export function refuseContradictions(file: Fields, ctx: z.RefinementCtx<Fields>): void {
  const codes = file.partners.map((one) => one.code);
  const refuseTwins = (values: string[], pathOf: (index: number) => PropertyKey[]) => {
    for (const [index, value] of values.entries()) {
      if (values.indexOf(value) === index) continue;
      ctx.addIssue({
        code: 'custom',
        path: pathOf(index),
        message: `has '${value}' twice: keep one of them`,
      });
    }
  };
  refuseTwins(codes, (index) => ['partners', index, 'code']);
  for (const [index, bill] of file.bills.entries()) {
    const first = file.bills.findIndex((one) => isSameBill(one, bill));
    if (first === index) continue;
    const message = `names the bill once more that stands above as '${file.bills[first]!.identifier}': keep one of them`;
    ctx.addIssue({ code: 'custom', path: ['bills', index, 'identifier'], message });
  }
  refuseTwins(file.former_slugs, (index) => ['former_slugs', index]);
  refuseTwins(file.embed_origins, (index) => ['embed_origins', index]);
  refuseTwins(file.languages, (index) => ['languages', index]);
  refuseTwins(file.message_languages, (index) => ['message_languages', index]);
  refuseTwins(file.targets.chambers, (index) => ['targets', 'chambers', index]);
  refuseTwins(file.targets.stances, (index) => ['targets', 'stances', index]);
  const { extra, fallback } = file.targets;
  const named = extra.map(({ person_id }) => person_id);
  refuseTwins(named, (index) => ['targets', 'extra', index, 'person_id']);
  if (fallback && named.includes(fallback.person_id)) {
    const message =
      'names one of the extra legislators, whom everybody is asked to contact anyway: keep one of the two';
    ctx.addIssue({ code: 'custom', path: ['targets', 'fallback', 'person_id'], message });
  }
  refuseTwins(file.office_hours.days, (index) => ['office_hours', 'days', index]);
  refuseTwins(file.office_hours.holidays, (index) => ['office_hours', 'holidays', index]);
  const first = file.languages[0]!;
  const refuseWithoutFirst = (local: Fields['title'], path: PropertyKey[]) => {
    // A language that is no code is told of by itself.
    if (typeof local === 'string' || local[first] !== undefined || !/^[a-z]{2,3}$/.test(first)) return;
    const message = `has no text in '${first}', the first of the languages, which stands in for the others`;
    ctx.addIssue({ code: 'custom', path, message });
  };
  refuseWithoutFirst(file.title, ['title']);
  refuseWithoutFirst(file.summary, ['summary']);
  for (const [index, { session_name }] of file.bills.entries())
    if (session_name !== undefined) refuseWithoutFirst(session_name, ['bills', index, 'session_name']);
  if (file.closing !== undefined) refuseWithoutFirst(file.closing, ['closing']);
  for (const [index, step] of file.next_steps.entries())
    refuseWithoutFirst(step.label, ['next_steps', index, 'label']);
  for (const [index, { next_steps = [] }] of file.partners.entries())
    for (const [nth, step] of next_steps.entries())
      refuseWithoutFirst(step.label, ['partners', index, 'next_steps', nth, 'label']);
  for (const [index, one] of extra.entries())
    refuseWithoutFirst(one.reason, ['targets', 'extra', index, 'reason']);
  if (fallback) refuseWithoutFirst(fallback.reason, ['targets', 'fallback', 'reason']);
  const is_alone = ONE_CHAMBER.test(file.jurisdiction_id);
  const refuseElsewhere = (named: (typeof EVERY_CHAMBER)[number], path: PropertyKey[]) => {
    if ((named === 'legislature') === is_alone) return;
    const there = is_alone ? 'legislature is the only chamber' : 'the chambers are upper and lower';
    const message = `names ${named}, which this state does not have: ${there}`;
    ctx.addIssue({ code: 'custom', path, message });
  };
  for (const [index, { chamber, passed = [], roll_calls }] of file.bills.entries()) {
    refuseElsewhere(chamber, ['bills', index, 'chamber']);
    const chambers = passed.map((passage) => passage.chamber);
    const placeOf = (nth: number) => ['bills', index, 'passed', nth, 'chamber'];
    for (const [nth, one] of chambers.entries()) refuseElsewhere(one, placeOf(nth));
    refuseTwins(chambers, placeOf);
    refuseTwins(roll_calls, (nth) => ['bills', index, 'roll_calls', nth]);
  }
  // All three stand for whatever the state has.
  if (file.targets.chambers.length < EVERY_CHAMBER.length)
    for (const [index, one] of file.targets.chambers.entries())
      refuseElsewhere(one, ['targets', 'chambers', index]);
  // Where the key is misspelt, that is told, and which partners there are is not known.
  const is_unread = ctx.issues.some(
    (issue) => issue.code === 'unrecognized_keys' && issue.path?.length === 0,
  );
  for (const [index, { languages = [] }] of file.partners.entries()) {
    refuseTwins(languages, (nth) => ['partners', index, 'languages', nth]);
    for (const [nth, language] of languages.entries()) {
      if (file.languages.includes(language) || !/^[a-z]{2,3}$/.test(language) || is_unread) continue;
      const known = file.languages.join(', ');
      ctx.addIssue({
        code: 'custom',
        path: ['partners', index, 'languages', nth],
        message: `names '${language}', in which this campaign has no pages: its languages are ${known}. Take it out, or add it to the campaign's own languages too`,
      });
    }
  }
  for (const [index, step] of file.next_steps.entries()) {
    if ((codes.length === 0 && is_unread) || step.partner === undefined || codes.includes(step.partner))
      continue;
    const known = codes.length > 0 ? `The partners are: ${codes.join(', ')}` : 'There are no partners yet';
    ctx.addIssue({
      code: 'custom',
      path: ['next_steps', index, 'partner'],
      message: `names no partner of this campaign.${didYouMean(step.partner, codes)} ${known}`,
    });
  }
}
