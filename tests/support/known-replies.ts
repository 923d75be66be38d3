import type { OfficeReply, ReplyOutcome } from '../../server/actions/office-reply.ts';
import { AFTERWARDS, type KnownReport } from './known-actions.ts';
import { addFigure, type Figures } from './known-counts.ts';
import { wallDay } from './known-days.ts';
import { type KnownCampaign, SEATS, WESTERN_SEATS } from './known-world.ts';
import { numbersFrom } from './numbers-from.ts';

/** What a supporter says that an office said, and what becomes of it. */
export interface KnownReply {
  report: KnownReport;
  reply: OfficeReply;
  outcome: ReplyOutcome;
}

const REPLIES: OfficeReply[] = ['supports', 'opposes', 'undecided', 'would_not_say'];
const POSITIONS = { supports: 'says_support', opposes: 'says_oppose', undecided: 'undecided' };
const OFFICES = [...SEATS, ...WESTERN_SEATS].map(({ legislator_id }) => legislator_id);
const DAY_MS = 86_400_000;

/** Replies in the order in which they come, and what is so of them, counted apart. */
export interface KnownReplies {
  replies: KnownReply[];
  figures: (campaign: KnownCampaign, scope?: { is_sample?: boolean }) => Figures;
}

/**
 * Replies to the calls of these reports, which have all come: some twice, some of a call that reached nobody; most offices say
 * mostly the same.
 */
export function knownReplies(reports: readonly KnownReport[], seed: number): KnownReplies {
  const random = numbersFrom(seed);
  const calls = reports.filter(({ action }) => action.type === 'phone' && action.origin === 'web');
  // Reported, whether or not it counts: a voicemail of the same form may have counted before.
  const contacts = new Set(
    calls.filter(({ action }) => action.status_code === 'contact').map(({ nonce }) => nonce),
  );
  const heard = new Set<string>();
  const noted: {
    slug: string;
    is_sample: boolean;
    legislator_id: string;
    day: string;
    reply: OfficeReply;
  }[] = [];
  const note = (report: KnownReport): KnownReply => {
    const { action, moment, nonce } = report;
    const { campaign_slug: slug, legislator_id, is_sample } = action;
    const usual = OFFICES.indexOf(legislator_id) % 3;
    const reply = REPLIES[random() < 0.8 ? usual : Math.floor(random() * REPLIES.length)]!;
    if (!contacts.has(nonce)) return { report, reply, outcome: 'no_contact' };
    if (heard.has(nonce)) return { report, reply, outcome: 'noted_before' };
    heard.add(nonce);
    noted.push({ slug, is_sample, legislator_id, day: wallDay(slug, moment), reply });
    return { report, reply, outcome: 'noted' };
  };
  return {
    replies: calls.flatMap((report) => {
      const share = random();
      if (share < 0.1) return [note(report), note(report)];
      return share < 0.5 ? [note(report)] : [];
    }),
    figures: ({ slug, former_slugs }, { is_sample = false } = {}) => {
      const figures: Figures = {};
      const own = noted.filter(
        (one) => [slug, ...former_slugs].includes(one.slug) && one.is_sample === is_sample,
      );
      const today = wallDay(slug, AFTERWARDS.toISOString());
      for (const [id, replies] of Map.groupBy(own, ({ legislator_id }) => legislator_id)) {
        for (const { reply } of replies) addFigure(figures, `reply/${id}/${reply}`, 1);
        const days = replies.map(({ day }) => day).toSorted();
        addFigure(figures, `reply_days/${id}/${days[0]}/${days.at(-1)}`, 1);
        addProposal(
          figures,
          id,
          replies.filter(({ day }) => Date.parse(today) - Date.parse(day) < 30 * DAY_MS),
        );
      }
      return figures;
    },
  };
}

/** Proposed is what at least three said of the last thirty days, where no more than a quarter said anything else. */
function addProposal(figures: Figures, id: string, recent: { reply: OfficeReply }[]): void {
  for (const [reply, position] of Object.entries(POSITIONS)) {
    const alike = recent.filter((one) => one.reply === reply).length;
    if (alike < 3 || (recent.length - alike) * 4 > recent.length) continue;
    addFigure(figures, `proposed/${id}/${position}`, 1);
    addFigure(figures, `proposed_by/${id}/${alike}/${recent.length}`, 1);
  }
}
