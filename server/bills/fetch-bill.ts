import { OperationalError } from '../errors.ts';
import { ORG_CLASSIFICATIONS, type OrgClassification } from '../legislators/legislator.ts';
import {
  type ApiAction,
  type ApiBill,
  apiActionSchema,
  apiLinkSchema,
  apiRelatedBillSchema,
  apiRelatedEntitySchema,
  apiSponsorshipSchema,
  apiVoteSchema,
  readEntries,
} from '../legislators/openstates-bill-replies.ts';
import { chamberName, stateFacts } from '../legislators/states.ts';
import { type BillAction, type BillRecord, type BillRef, bareIdentifier, isSameBill } from './bill-record.ts';
import { chamberOf, dayOf, firstPage, personId } from './reply-parts.ts';
import { rollCallOf } from './roll-call.ts';

/** A bill that was fetched: its record without sessions' dates and committees' members, which are asked for by themselves. */
export interface FetchedBill {
  record: BillRecord;
  /** OpenStates' ids of the chambers that had to do with it. */
  chamber_ids: Partial<Record<OrgClassification, string>>;
  /** Sentences on what of it could not be read, and is left out. */
  notes: string[];
}

/**
 * The record of a bill as OpenStates tells of it, `fetched_at` an ISO time. Throws OperationalError `openstates_other_bill`
 * where it is another bill than the one asked for, and `openstates_unreadable_bill` where it does not say of which chamber.
 */
export function recordOf(reply: ApiBill, asked: BillRef, fetched_at: string): FetchedBill {
  const { jurisdiction_id } = stateFacts(asked.state);
  if (reply.jurisdiction.id !== jurisdiction_id || !isSameBill(reply, asked)) throw otherBill(reply, asked);

  const actions = readEntries(reply.actions, apiActionSchema);
  const dated = actions.found.filter(({ date }) => dayOf(date) !== undefined).toSorted(inOrder);
  const sponsorships = readEntries(reply.sponsorships, apiSponsorshipSchema);
  const votes = readEntries(reply.votes, apiVoteSchema);
  const related = readEntries(reply.related_bills, apiRelatedBillSchema);

  const links = readEntries(reply.sources, apiLinkSchema).found.map(({ url }) => url);
  const source = firstPage([...links, reply.openstates_url]) ?? ownPage(asked);
  const roll_calls = votes.found.map((vote) => rollCallOf(vote, source));
  const chamber =
    chamberOf(reply.from_organization) ??
    dated.map(({ organization }) => chamberOf(organization)).find((one) => one !== undefined);
  if (!chamber) throw unreadable(asked);

  const companions = related.found
    .filter(({ relation_type }) => relation_type === 'companion')
    .map(({ identifier, legislative_session: session }) => ({ identifier, session }))
    .filter(
      (one) => one.session === reply.session && isIdentifier(one.identifier) && !isSameBill(one, reply),
    );
  const left_out = {
    actions: actions.broken + actions.found.length - dated.length,
    sponsors: sponsorships.broken,
    votes: votes.broken + roll_calls.filter((one) => one === undefined).length,
  };
  const read = dated.map((action) => actionOf(action, asked.state));
  return {
    record: {
      jurisdiction_id,
      state: asked.state,
      session: reply.session,
      identifier: reply.identifier,
      title: reply.title,
      chamber,
      source,
      fetched_at,
      first_action_date: firstDay(reply, read) ?? fetched_at.slice(0, 10),
      actions: read,
      // A committee that sponsors a bill is nobody whom a campaign could ask.
      sponsorships: sponsorships.found
        .filter(({ entity_type }) => entity_type !== 'organization')
        .map(({ name, person, primary, classification }) => ({
          name,
          ...personId(person),
          is_primary: primary ?? classification === 'primary',
        })),
      roll_calls: roll_calls
        .filter((one) => one !== undefined)
        .toSorted((one, other) => one.date.localeCompare(other.date)),
      companions: companions.filter(
        (one, index) => companions.findIndex((other) => isSameBill(one, other)) === index,
      ),
      committees: [],
    },
    chamber_ids: chamberIds([
      reply.from_organization,
      ...actions.found.map(({ organization }) => organization),
    ]),
    notes: Object.entries(left_out).flatMap(([what, count]) =>
      count > 0 ? [`${count} of its ${what} at OpenStates could not be read and are left out.`] : [],
    ),
  };
}

/** Whether a bill could be asked for by it, and kept. */
function isIdentifier(identifier: string): boolean {
  return identifier.isWellFormed() && bareIdentifier(identifier) !== '';
}

function inOrder(one: ApiAction, other: ApiAction): number {
  const place = ({ order }: ApiAction) => order ?? Number.MAX_SAFE_INTEGER;
  return place(one) - place(other) || dayOf(one.date)!.localeCompare(dayOf(other.date)!);
}

function actionOf({ organization, date, ...action }: ApiAction, state: string): BillAction {
  const chamber = chamberOf(organization);
  const { classification: kind, name } = organization ?? {};
  const own = kind && /committee/.test(kind) && name ? [name] : [];
  // A chamber named as the one that a bill goes to is no committee.
  const chambers = ['House', 'Senate', ...ORG_CLASSIFICATIONS.map((one) => chamberName(state, one))];
  const about = readEntries(action.related_entities, apiRelatedEntitySchema)
    .found.filter(({ entity_type }) => entity_type === 'organization')
    .filter(
      (entity) =>
        !entity.organization?.classification || /committee/.test(entity.organization.classification),
    )
    .map((entity) => entity.name)
    .filter((one) => !chambers.includes(one));
  return {
    date: dayOf(date)!,
    description: action.description.trim(),
    ...(chamber ? { chamber } : {}),
    classification: action.classification,
    committees: [...new Set([...own, ...about])],
  };
}

function chamberIds(
  organizations: ({ id?: string | undefined; classification?: string | undefined } | null | undefined)[],
): FetchedBill['chamber_ids'] {
  const ids: FetchedBill['chamber_ids'] = {};
  for (const organization of organizations) {
    const chamber = chamberOf(organization);
    if (chamber && organization?.id) ids[chamber] ??= organization.id;
  }
  return ids;
}

function firstDay({ first_action_date, created_at }: ApiBill, actions: BillAction[]): string | undefined {
  const [earliest] = actions.map(({ date }) => date).toSorted();
  return dayOf(first_action_date) ?? earliest ?? dayOf(created_at);
}

/** OpenStates' page of a bill, where it gives none itself. */
function ownPage({ state, session, identifier }: BillRef): string {
  const last = [session, identifier.replace(/\s/g, '')].map(encodeURIComponent).join('/');
  return `https://open.pluralpolicy.com/${state}/bills/${last}`;
}

function otherBill(reply: ApiBill, { state, session, identifier }: BillRef): OperationalError {
  const message = `OpenStates was asked for ${identifier} of the session ${session} in ${stateFacts(state).name}, and sent ${reply.identifier} of the session ${reply.session} (${reply.jurisdiction.id}). It is not taken. Check the bill's identifier and session in campaign.yaml.`;
  return new OperationalError('openstates_other_bill', message);
}

function unreadable({ identifier, session }: BillRef): OperationalError {
  const message = `OpenStates does not say in which chamber ${identifier} of the session ${session} was filed, so it is not taken.`;
  return new OperationalError('openstates_unreadable_bill', message);
}
