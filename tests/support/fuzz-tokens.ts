import { solveChallenge } from 'altcha-lib';
import { deriveKey } from 'altcha-lib/algorithms/web/pbkdf2';
import fc from 'fast-check';
import { createActionIds } from '../../server/actions/action-id.ts';
import { createPreviewTokens } from '../../server/campaigns/preview-token.ts';
import { createLetterTokens, LETTER_RIGHTS } from '../../server/mail/letter-token.ts';
import { readReturnPath, writeReturnPath } from '../../server/mail/return-path.ts';
import { createReportTokens } from '../../server/reports/report-token.ts';
import { createProofOfWork } from '../../server/web/proof-of-work.ts';
import { openSharing } from '../../server/web/sharing.ts';
import { anyText, mutated, mutatedJson } from './fuzz.ts';

const NOW = new Date('2026-08-05T15:00:00Z');
const LATER = '2026-12-05T15:00:00.000Z';
const secrets = ['a secret for tests alone, 32 characters', 'the secret from before, 32 characters'];
const strangers = ['the secret of another site, 32 characters'];
const BOUNCES = { name: '', address: 'bounces@example.org' };

/** A kind of token: good ones, of our site and of another, and whether the site takes one for good or expired. */
interface TokenKind {
  good: string[];
  of_another_site: string;
  takes: (token: string) => boolean | Promise<boolean>;
  /** Spellings that mean the same on purpose. */
  bare?: (token: string) => string;
  /** Forgeries that have the shape of such a token. */
  of_its_shape?: fc.Arbitrary<string>;
}

const CONTEXT = {
  campaign_slug: 'visible-act',
  type: 'phone',
  legislator_id: 'ocd-person/00000000-0000-8000-8000-100000000005',
  division_id: 'ocd-division/country:us/state:fl/sldu:5',
  partner: '',
  page_language: 'en',
  message_language: 'en',
  variant: '',
  is_sample: true,
} as const;
const ANSWER = {
  campaign_slug: 'visible-act',
  legislator_id: CONTEXT.legislator_id,
  division_id: CONTEXT.division_id,
  partner: '',
  is_sample: true,
  nonce: 'abcdefgh',
  expires_at: LATER,
};
const LINK = { id: 'link1-test', campaign_slug: 'visible-act', partner: 'jira', expires_at: LATER };
const RETURNED = { letter_id: 'AAECAwQFBgcICQoLDA0ODw', kind: 'letter' } as const;

function actionKind(purpose: 'action-id' | 'preview-action-id'): TokenKind {
  const idsOf = (keys: string[]) => createActionIds({ secrets: keys, purpose });
  const issue = (keys: string[], now: Date) => idsOf(keys).issue(CONTEXT, { now, nonce: 'n-1' });
  return {
    good: [issue(secrets, NOW), issue(secrets.slice(1), NOW), issue(secrets, new Date('2020-01-01'))],
    of_another_site: issue(strangers, NOW),
    takes: (token) => idsOf(secrets).verify(token, NOW).state !== 'forged',
  };
}

/** Answers to challenges as the browser's script sends them back, solved: one that is spent was taken too. */
async function challengeKind(): Promise<TokenKind> {
  const proofs = (keys: string[]) => {
    const sharing = openSharing({ counts: undefined, secrets: keys, now: () => NOW, newKey: () => 'key' });
    return createProofOfWork({ secrets: keys, now: () => NOW, random: () => 0, sharing });
  };
  const [ours, theirs] = [proofs(secrets), proofs(strangers)];
  const solved = async (asked: string) => {
    const challenge = JSON.parse(asked);
    return { challenge, solution: await solveChallenge({ challenge, deriveKey }) };
  };
  const [good, other] = [
    await solved(await ours.ask('visible-act')),
    await solved(await ours.ask('visible-act')),
  ];
  const of_another_site = await solved(await theirs.ask('visible-act'));
  return {
    good: [good, other].map((answer) => JSON.stringify(answer)),
    of_another_site: JSON.stringify(of_another_site),
    takes: async (token) => ['good', 'spent'].includes(await ours.check('visible-act', token)),
    bare: bareAnswer,
    of_its_shape: fc.oneof(
      mutatedJson(good),
      // What is signed of one, with what was found for another.
      fc.constantFrom(other, of_another_site).map(({ solution }) => JSON.stringify({ ...good, solution })),
      fc
        .constantFrom(other, of_another_site)
        .map(({ challenge: { signature } }) =>
          JSON.stringify({ ...good, challenge: { ...good.challenge, signature } }),
        ),
    ),
  };
}

/** What an answer says, however its JSON is written and whatever else stands in it. */
function bareAnswer(text: string): string {
  try {
    const { challenge, solution } = JSON.parse(text);
    const { campaign_slug, expires_at } = challenge.parameters.data;
    const parameters = { ...challenge.parameters, data: { campaign_slug, expires_at } };
    return JSON.stringify([parameters, challenge.signature, solution.derivedKey]);
  } catch {
    return text;
  }
}

/** Every kind of token that the site gives out. */
export async function tokenKinds(): Promise<Record<string, TokenKind>> {
  const previews = createPreviewTokens({ secrets });
  const reports = createReportTokens({ secrets });
  const letters = createLetterTokens({ secrets });
  const others = createLetterTokens({ secrets: strangers });
  const slugs = ['visible-act'];
  const returnToken = (keys: string[]) =>
    writeReturnPath(RETURNED, { bounce_address: BOUNCES, secrets: keys }).replace(/^.*\+|@.*$/g, '');
  return {
    action: actionKind('action-id'),
    'action in a preview': actionKind('preview-action-id'),
    preview: {
      good: [
        previews.issue('visible-act', { now: NOW }),
        previews.issue('visible-act', { now: new Date(0) }),
      ],
      of_another_site: createPreviewTokens({ secrets: strangers }).issue('visible-act', { now: NOW }),
      takes: (token) => previews.check(token, 'visible-act', NOW) !== 'forged',
    },
    report: {
      good: [reports.issue(LINK), reports.issue({ ...LINK, partner: '' })],
      of_another_site: createReportTokens({ secrets: strangers }).issue(LINK),
      takes: (token) => reports.check(token, slugs, NOW).state !== 'forged',
    },
    letter: {
      good: LETTER_RIGHTS.map((right) => letters.issue(right, 'letter-1', 'abc')),
      of_another_site: others.issue('confirm', 'letter-1'),
      takes: (token) => LETTER_RIGHTS.some((right) => letters.check(right, token) !== undefined),
    },
    answer: {
      good: [letters.issueAnswer(ANSWER)],
      of_another_site: others.issueAnswer(ANSWER),
      takes: (token) => letters.checkAnswer(token, NOW) !== undefined,
    },
    'returned mail': {
      good: [returnToken(secrets)],
      of_another_site: returnToken(strangers),
      takes: (token) => readReturnPath(token, { secrets }) !== undefined,
      // Some mail servers fold capitals.
      bare: (token) => token.toLowerCase(),
    },
    challenge: await challengeKind(),
  };
}

/** Tokens that nobody gave out: changed ones, mixed ones, spliced ones, and anything at all. */
export function forgeries({
  good,
  of_another_site,
  bare = (token) => token,
  of_its_shape,
}: TokenKind): fc.Arbitrary<string> {
  const starts = [...good, of_another_site];
  const known = new Set(good.map(bare));
  const alphabet = fc.constantFrom(...'ABCabcxyz0129-_.+/= '.split(''));
  const oneSign = fc
    .tuple(fc.constantFrom(...starts), fc.double({ min: 0, max: 1, noNaN: true }), alphabet, fc.nat(1))
    .map(([token, at, sign, cut]) => {
      const from = Math.floor(at * (token.length + 1));
      return token.slice(0, from) + sign + token.slice(from + cut);
    });
  const spliced = fc
    .tuple(fc.constantFrom(...starts), fc.constantFrom(...starts), fc.nat(200), fc.nat(200))
    .map(([one, other, from, to]) => one.slice(0, from) + other.slice(to));
  const changed = fc.constantFrom(...starts).chain((token) => mutated(token));
  const renewed = fc
    .constantFrom(...starts)
    .map((token) => token.replace(/^\d+|(?<=\.)\d+/, (digits) => `0${digits}`));
  const forged = fc.oneof(
    { weight: 5, arbitrary: oneSign },
    { weight: 2, arbitrary: spliced },
    { weight: 2, arbitrary: changed },
    { weight: 1, arbitrary: renewed },
    { weight: 1, arbitrary: anyText },
    ...(of_its_shape ? [{ weight: 10, arbitrary: of_its_shape }] : []),
  );
  return fc
    .oneof({ weight: 20, arbitrary: forged }, { weight: 1, arbitrary: fc.constant(of_another_site) })
    .filter((token) => !known.has(bare(token)));
}
