// npm run report -- exclude: takes actions out of the totals.
import { excludeActions } from '../server/actions/correction-queries.ts';
import {
  type Criteria,
  findCounted,
  type SourcedActions,
  sumOf,
} from '../server/actions/criteria-queries.ts';
import { readMarkedBlocks } from '../server/actions/mark-queries.ts';
import { readOfflineEntries } from '../server/actions/offline-queries.ts';
import { readCompleted, readTotals, slugsOf } from '../server/actions/totals.ts';
import { numberFormat } from '../server/calendar.ts';
import { stateFacts } from '../server/legislators/states.ts';
import { readPublishedRows } from '../server/reports/published-queries.ts';
import { atOneMoment } from '../server/store/one-moment.ts';
import { readArguments, UsageError } from './command-line.ts';
import {
  actionsInWords,
  correctedCampaign,
  criteriaInWords,
  readReason,
  sumInWords,
} from './correction-words.ts';
import { type Opened, withCampaign } from './counted-campaign.ts';
import { excludedTable } from './excluded-table.ts';
import { readBound } from './state-hours.ts';

/** How actions are taken out. */
export const EXCLUDE_HELP = `npm run report -- exclude SLUG --reason "A test of the phone line" [--from WHEN] [--to WHEN] [--partner CODE]
                              [--block NAME] [--entry ID] [--yes]
  Takes actions out of the totals: those to which all fits that you say. It shows which these are; nothing is changed
  without --yes. Nothing is deleted either: 'readmit' puts them back.
  --reason   why. Everyone reads it on the page of the totals, with the date and the number: name nobody
  --from     the first day, as 2026-12-01, or the first hour, as 2026-12-01T14:00, by the clock of the state's capital
  --to       the last day, which goes too, or the hour at which to stop: with 2026-12-01T16:00 what was done from 4 pm on stays
  --partner  only what this partner is credited with
  --block    only a marked block of addresses, by its name: 'npm run report -- corrections SLUG' lists them
  --entry    only an offline entry, by its id
  --yes      takes them out
  --dry-run  shows what would go, as without --yes
`;

/** Shows what the arguments fit, and takes it out where they say so. */
export async function excludeFitting(args: string[]): Promise<void> {
  const asked = readAsked(args);
  await withCampaign(asked.slug, async (opened) => void process.stdout.write(await exclude(asked, opened)));
}

/** The same on what is open; gives back what is said of it. UsageError where an argument does not fit. */
export async function excludeIn(args: string[], opened: Omit<Opened, 'settings'>): Promise<string> {
  return exclude(readAsked(args), opened);
}

function readAsked(args: string[]) {
  const text = { type: 'string' } as const;
  const flag = { type: 'boolean', default: false } as const;
  const options = {
    ...{ reason: text, from: text, to: text, partner: text, block: text, entry: text },
    ...{ yes: flag, 'dry-run': flag },
  };
  const { values, positionals } = readArguments({ args, allowPositionals: true, options });
  const [slug] = positionals;
  if (!slug || positionals.length > 1) throw new UsageError('Name one campaign.');
  const { from, to, partner, block, entry, yes } = values;
  if ([from, to, partner, block, entry].every((one) => one === undefined))
    throw new UsageError('Say which actions: --from, --to, --partner, --block or --entry.');
  if (block !== undefined && entry !== undefined)
    throw new UsageError('What was entered offline came from no block: say --block or --entry.');
  if (yes && values['dry-run']) throw new UsageError('Say --dry-run or --yes, not both.');
  return { slug, from, to, partner, block, entry, yes, reason: readReason(values.reason) };
}

type Asked = ReturnType<typeof readAsked>;

/** What a correction does to tables that are out; '' where none is. */
async function tablesInWords(
  store: Opened['store'],
  { slugs }: { slugs: readonly string[] },
): Promise<string> {
  if ((await readPublishedRows(store.read, slugs)).length === 0) return '';
  return `Tables of two dimensions are published, and stay as they are. By the totals as they will be, some small numbers that the
tables hide may be worked out, most of all where days go that no table shows: docs/totals.md, "What can still be worked out".
`;
}

async function exclude(
  asked: Asked,
  { campaign, store, now, newId }: Omit<Opened, 'settings'>,
): Promise<string> {
  const corrected = correctedCampaign(campaign);
  const { slug } = campaign;
  const { reason } = asked;
  const criteria = await criteriaOf(asked, { campaign, store, now });
  const understood = criteriaInWords(criteria, campaign, now)
    .map((line) => `  ${line}\n`)
    .join('');
  const before = await readCompleted(store, campaign, false);
  const nothing = `${slug}: nothing that is counted fits, so nothing was changed. You asked for actions\n${understood}`;
  if (!asked.yes) {
    const groups = await atOneMoment(store.read, (trx) => findCounted(trx, corrected, criteria));
    if (groups.length === 0) return nothing;
    const left = before - sumOf(groups).completed_actions;
    return `${slug}: ${sumInWords(groups)}, would go. These are the actions
${understood}
${excludedTable(groups, campaign)}
The campaign has ${actionsInWords(before, 'completed action')} now, and would have ${numberFormat('en').format(left)}.
${repliesInWords(groups)}${await tablesInWords(store, corrected)}Nothing is changed yet. To take these out, run the same again with --yes. Everyone will then read your reason on the page
of the totals: ${reason}
`;
  }
  const id = `c-${newId()}`;
  const entry = { id, campaign_slug: slug, made_at: now.toISOString(), reason };
  const groups = await excludeActions(store, corrected, { ...entry, criteria });
  if (groups.length === 0) return nothing;
  return `${slug}: ${sumInWords(groups)}, were taken out as ${id}. These are the actions
${understood}
${excludedTable(groups, campaign)}
The campaign has ${actionsInWords(await readCompleted(store, campaign, false), 'completed action')} now. On the page of the totals everyone reads the date, the number
and your reason: ${reason}
To put them back: npm run report -- readmit ${slug} ${id} --reason "They were real"
`;
}

/** That what was heard in calls stays counted, where there are calls in which an office may have answered. */
function repliesInWords(groups: readonly SourcedActions[]): string {
  const has_answers = groups.some(
    ({ action: { type, status_code, origin } }) =>
      type === 'phone' && status_code === 'contact' && origin !== 'offline',
  );
  return has_answers
    ? 'What offices said in these calls stays in the whip count: it is kept apart from actions, so nobody can tell which is whose.\n'
    : '';
}

/** What is asked for, as the database knows it; UsageError where there is no such thing. */
async function criteriaOf(
  asked: Asked,
  { campaign, store, now }: Pick<Opened, 'campaign' | 'store' | 'now'>,
): Promise<Criteria> {
  const { slug, state, partners } = campaign;
  const { time_zone } = stateFacts(state);
  const from = asked.from === undefined ? undefined : readBound(asked.from, '--from', time_zone);
  const to = asked.to === undefined ? undefined : readBound(asked.to, '--to', time_zone);
  if (from && to && from >= to) throw new UsageError('--from comes before --to.');
  const { partner, block, entry } = asked;
  const known = await atOneMoment(store.read, async (trx) => ({
    blocks: await readMarkedBlocks(trx, slugsOf(campaign)),
    entries: await readOfflineEntries(trx, slugsOf(campaign)),
  }));
  const lists = `npm run report -- corrections ${slug}`;
  if (block !== undefined && !known.blocks.some((one) => one.block === block))
    throw new UsageError(`No marked block is called '${block}'. ${lists} lists those that there are.`);
  if (entry !== undefined && !known.entries.some(({ id }) => id === entry))
    throw new UsageError(`No offline entry has the id '${entry}'. ${lists} lists those that there are.`);
  if (partner !== undefined && !partners.some(({ code }) => code === partner)) {
    const { by_partner } = await readTotals(store, campaign, { is_sample: false, now });
    if (partner === '' || !by_partner.some((one) => one.partner === partner))
      throw new UsageError(
        `No partner has the code '${partner}'. There are: ${partners.map(({ code }) => code).join(', ') || 'none'}.`,
      );
  }
  return {
    ...(from && { from: from.toISOString() }),
    ...(to && { to: to.toISOString() }),
    ...(partner !== undefined && { partner }),
    ...(block !== undefined && { block }),
    ...(entry !== undefined && { entry }),
  };
}
