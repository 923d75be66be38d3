import { readFileSync } from 'node:fs';
import { Readable } from 'node:stream';
import type fc from 'fast-check';
import { recordOf } from '../../server/bills/fetch-bill.ts';
import { campaignFileSchema, knownKeys } from '../../server/campaigns/campaign-schema.ts';
import { withoutComments } from '../../server/campaigns/comments.ts';
import { asCopy } from '../../server/campaigns/copy-campaign.ts';
import { editorHints } from '../../server/campaigns/editor-hints.ts';
import { readFlyer } from '../../server/campaigns/flyer-text.ts';
import { hiddenWords } from '../../server/campaigns/hidden-words.ts';
import { readMessageFile } from '../../server/campaigns/message-files.ts';
import { pageBlocks, pageHtml } from '../../server/campaigns/page-text.ts';
import { pageWarnings } from '../../server/campaigns/page-warnings.ts';
import { placesToWrite } from '../../server/campaigns/places-to-write.ts';
import { readPrompts } from '../../server/campaigns/prompts-file.ts';
import { type FileFault, OperationalError } from '../../server/errors.ts';
import { parseJson } from '../../server/legislators/ask-once.ts';
import { createBoundaries } from '../../server/legislators/boundaries.ts';
import { readDistricts } from '../../server/legislators/census-boundaries.ts';
import { correctionSchema } from '../../server/legislators/correction-schema.ts';
import { matchesOf, replySchema } from '../../server/legislators/geocoder-reply.ts';
import { billSchema } from '../../server/legislators/openstates-bill-replies.ts';
import { jurisdictionSchema, personSchema } from '../../server/legislators/openstates-replies.ts';
import { rosterOfDownload } from '../../server/legislators/openstates-roster.ts';
import { readPeopleArchive } from '../../server/legislators/people-archive.ts';
import { readPeopleCsv } from '../../server/legislators/people-csv.ts';
import { readPerson } from '../../server/legislators/people-yaml.ts';
import { createRoster } from '../../server/legislators/roster.ts';
import { rosterFileSchema } from '../../server/legislators/roster-schema.ts';
import { stateFacts } from '../../server/legislators/states.ts';
import { readTypedAddress } from '../../server/legislators/typed-address.ts';
import { readZipRelation } from '../../server/legislators/zip-relation.ts';
import { readBounce } from '../../server/mail/bounce-report.ts';
import { mailboxOf, readMailAddress } from '../../server/mail/mail-address.ts';
import { knownKeysOf } from '../../server/yaml/known-keys.ts';
import { readYaml, schemaFaults } from '../../server/yaml/yaml-faults.ts';
import { readYamlList } from '../../server/yaml/yaml-list.ts';
import { censusZip, geoJson, squares } from '../fixtures/boundaries/made-up.ts';
import { relationText } from '../fixtures/boundaries/zip-relation.ts';
import { apiAction, apiBill, apiRollCall, apiSponsorship } from '../fixtures/openstates/bills.ts';
import { madeUpFlorida } from '../fixtures/openstates/made-up.ts';
import {
  AS_OF,
  csvOf,
  csvRow,
  everyone,
  FLORIDA,
  person,
  personFiles,
  tarballOf,
} from '../fixtures/people/made-up.ts';
import { anyText, fuzz, mutated, mutatedBytes, mutatedJson } from './fuzz.ts';
import { markupIn } from './fuzz-markup.ts';

/** A format, with what may become of anything that is said to be of it. */
interface Format {
  /** How many cases, as a share of what all formats get. */
  share: number;
  run: (runs: number) => Promise<void>;
}

function format<Value>(share: number, cases: fc.Arbitrary<Value>, read: (value: Value) => unknown): Format {
  return { share, run: (runs) => fuzz(runs, cases, read) };
}

/** What a reader gives, or the OperationalError that it throws for what is no fault of ours. */
async function known(read: () => unknown): Promise<unknown> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof OperationalError && error.message.length < 5000) return error;
    throw error;
  }
}

function refuseMarkup(html: string): void {
  const markup = markupIn(html);
  if (markup !== undefined) throw new Error(`markup let through: ${markup}`);
}

/** Faults are for a person: each has a place in the text and a sentence. */
function checkFaults(faults: readonly FileFault[], text: string): void {
  const lines = text.split(/\r\n?|\n/).length;
  for (const { line, column, message } of faults) {
    const is_placed = line >= 1 && line <= lines + 1 && column >= 1;
    if (!is_placed || message.trim() === '')
      throw new Error(`a fault without a place: ${line}:${column} ${message}`);
  }
}

const request = { state: 'fl', jurisdiction_id: FLORIDA, as_of: AS_OF };
const facts = stateFacts('fl');
const secrets = ['a secret for tests alone, 32 characters'];
const example = (path: string) => readFileSync(path, 'utf8');
const florida = madeUpFlorida();
const FETCHED_AT = '2026-08-05T15:00:00.000Z';
const BOUNCE = [
  'Return-Path: <>',
  'To: bounces+aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa@example.org',
  'MIME-Version: 1.0',
  'Content-Type: multipart/report; report-type=delivery-status; boundary="b1"',
  '',
  '--b1',
  'Content-Type: message/delivery-status',
  '',
  'Reporting-MTA: dns; mx.example.gov',
  '',
  'Final-Recipient: rfc822; diaz@example.gov',
  'Action: failed',
  'Status: 5.1.1',
  '',
  '--b1--',
  '',
].join('\r\n');

/** Every format that the site reads, from authors, sources, mail servers and visitors. */
export async function formats(): Promise<Record<string, Format>> {
  const campaign_yaml = example('campaigns/visible-act/campaign.yaml');
  const archive = await tarballOf(
    Object.fromEntries(
      Object.entries(personFiles(everyone().slice(0, 3))).map(([name, text]) => [
        `people/data/fl/legislature/${name}`,
        text,
      ]),
    ),
  );
  const shapes = censusZip(squares('sldu', 3));
  const outlines = geoJson([...squares('sldu', 3), ...squares('sldl', 3)]);
  const rows = [csvRow('upper', 1), csvRow('lower', 2), csvRow('lower', 3)];
  const bill = apiBill('SB 316', {
    actions: [
      apiAction('2025-11-03', 'Filed', 'upper'),
      apiAction('2026-03-01', 'CS passed; YEAS 30 NAYS 8', 'upper'),
    ],
    sponsorships: [apiSponsorship('Made-Up Senator 1')],
    votes: [
      apiRollCall('2026-03-01', [
        ['yes', 'Made-Up'],
        ['no', 'Example'],
      ]),
    ],
  });
  const asked = { state: 'fl', session: bill.session, identifier: bill.identifier };
  return {
    'campaign.yaml': format(1, mutated(campaign_yaml.slice(0, 1500)), (text) => {
      const read = readYaml('campaign.yaml', text, { top_keys: knownKeys([]) });
      if ('fault' in read) return checkFaults([read.fault], text);
      const checked = campaignFileSchema.safeParse(read.yaml.value);
      if (!checked.success)
        checkFaults(schemaFaults('campaign.yaml', read.yaml, checked.error, knownKeys), text);
      checkFaults(editorHints('campaign.yaml', text), text);
      asCopy(text);
    }),
    corrections: format(
      1,
      mutated(example('campaigns/legislators.overrides.yaml').slice(-1500) + CORRECTIONS),
      (text) => {
        const read = readYamlList('overrides.yaml', text, 'corrections');
        checkFaults([...read.faults, ...read.hints], text);
        for (const yaml of read.entries) {
          const checked = correctionSchema.array().safeParse(yaml.value);
          if (!checked.success)
            checkFaults(
              schemaFaults('overrides.yaml', yaml, checked.error, (at) =>
                knownKeysOf(correctionSchema.array(), at),
              ),
              text,
            );
        }
      },
    ),
    'page.md': format(2, mutated(example('campaigns/visible-act/en/page.md').slice(0, 1500)), (text) => {
      const page = withoutComments(text);
      refuseMarkup(pageHtml(page));
      pageBlocks(page);
      checkFaults(
        [
          ...pageWarnings('page.md', page),
          ...placesToWrite('page.md', text),
          ...hiddenWords('page.md', text),
        ],
        text,
      );
    }),
    'prompts and flyers': format(
      4,
      mutated('- What would it mean to you?\n- Whom do you know?\n# Title\n\nText\n'),
      (text) => {
        checkFaults(readPrompts('prompts.md', text).faults, text);
        checkFaults(readFlyer('flyer.md', 'en', text).faults, text);
      },
    ),
    messages: format(2, mutated(example('campaigns/visible-act/en/email.hbs')), (text) => {
      checkFaults(readMessageFile('email.hbs', 'email.hbs', 'en', text).faults, text);
      checkFaults(readMessageFile('phone.hbs', 'phone.hbs', 'en', text).faults, text);
    }),
    'people CSV': format(8, mutatedBytes(Buffer.from(csvOf(rows))), (bytes) =>
      known(() => readPeopleCsv(bytes, 'fl.csv', request)),
    ),
    'person YAML': format(2, mutated(Object.values(personFiles([person('upper', 1)]))[0]!), (text) =>
      readPerson({ name: 'a.yml', text }, request, { malformed_emails: [], bad_links: 0 }),
    ),
    'people archive': format(2, mutatedBytes(archive), (bytes) =>
      known(() => readPeopleArchive(Readable.from([bytes]), { states: ['fl'], path: 'people.tgz' })),
    ),
    'Census zip': format(6, mutatedBytes(shapes), (content) =>
      known(() => readDistricts([{ name: 'a.zip', content }], 'fl')),
    ),
    GeoJSON: format(6, mutatedJson(JSON.parse(outlines)), (text) =>
      known(async () => {
        const districts = await readDistricts([{ name: 'a.geojson', content: Buffer.from(text) }], 'fl');
        const features = districts.map(({ geometry, ...one }) => ({
          type: 'Feature' as const,
          properties: { ...one, state: 'fl', seats: 1 },
          geometry,
        }));
        createBoundaries('fl', { type: 'FeatureCollection', features }).at({
          latitude: 27.5,
          longitude: -81.85,
        });
      }),
    ),
    'ZIP relation': format(8, mutated(relationText('sldu', [['12005', '32209', 100, 0]])), (text) =>
      known(() => readZipRelation(text, { state: 'fl', layer: 'sldu' })),
    ),
    'roster.json': format(1, mutatedJson(JSON.parse(example('sample-data/fl/roster.json'))), (text) => {
      const file = rosterFileSchema.safeParse(parseJson(text)).data;
      if (file) createRoster({ ...file, source: 'x', as_of: AS_OF });
    }),
    'geocoder replies': format(
      10,
      mutatedJson(JSON.parse(example('tests/fixtures/census-geocoder/florida.json'))),
      (text) => {
        const reply = replySchema.safeParse(parseJson(text)).data;
        if (reply) matchesOf(reply);
      },
    ),
    'OpenStates people': format(3, mutatedJson([florida.jurisdiction, florida.people.slice(0, 20)]), (text) =>
      known(() => {
        const [place, list] = [parseJson(text)].flat(1) as unknown[];
        const people = [list].flat(1).flatMap((one) => personSchema.safeParse(one).data ?? []);
        const jurisdiction = jurisdictionSchema.safeParse(place).data;
        rosterOfDownload({ jurisdiction, people, broken: 0 }, { facts, as_of: AS_OF, boundaries: undefined });
      }),
    ),
    'OpenStates bills': format(7, mutatedJson(bill), (text) =>
      known(() => {
        const reply = billSchema.safeParse(parseJson(text)).data;
        if (reply) recordOf(reply, asked, FETCHED_AT);
      }),
    ),
    'returned mails': format(2, mutatedBytes(Buffer.from(BOUNCE)), (bytes) => readBounce(bytes, { secrets })),
    addresses: format(14, mutated('12 Example St Apt 4, Jacksonville, FL 32209'), (text) => {
      const read = readTypedAddress(text);
      if (read.kind === 'address' && (read.text.length > 100 || /[\p{Cc}\p{Cs}]/u.test(read.text)))
        throw new Error('no address to send on');
    }),
    'mail addresses': format(14, mutated('Núria <supporter+tag@example.org>'), (text) => {
      const read = readMailAddress(text);
      mailboxOf(text);
      if (read && /[\s\p{Cc},;<>]/u.test(read.address)) throw new Error('no address to write to');
    }),
    'anything at all': format(3, anyText, async (text) => {
      readYaml('a', text);
      readYamlList('a', text, 'corrections');
      readMessageFile('a.hbs', 'email.hbs', 'en', text);
      refuseMarkup(pageHtml(text));
      await known(() => readPeopleCsv(Buffer.from(text), 'fl.csv', request));
      await known(() => readZipRelation(text, { state: 'fl', layer: 'sldl' }));
      await readBounce(text, { secrets });
    }),
  };
}

const CORRECTIONS = `
- state: fl
  date: 2026-08-05
  source: https://example.org/news
  change:
    person_id: ocd-person/00000000-0000-8000-8000-100000000005
    voice: 850-555-0100
`;
