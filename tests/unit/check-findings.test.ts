import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { findingsOf } from '../../scripts/check-findings.ts';

let campaigns_dir: string;
beforeEach(() => {
  campaigns_dir = mkdtempSync(join(tmpdir(), 'statehouse-campaigns-'));
});
afterEach(() => rmSync(campaigns_dir, { recursive: true }));

/** What is found of a campaign of Nebraska on LB 13, some of its files written otherwise. */
async function found(files: Record<string, string>) {
  const all = {
    'campaign.yaml': `title: Support LB 13
summary: Ask your legislators to support LB 13.
jurisdiction_id: ocd-jurisdiction/country:us/state:ne/government
bills: [{identifier: LB 13, session: "110", chamber: legislature}]
ask: support
goal: 100
`,
    'en/page.md': 'It would make the water clean.',
    'en/phone.hbs': 'Please support LB 13.',
    'en/email.hbs': 'Subject: Water\n\nPlease help.',
    ...files,
  };
  for (const [name, text] of Object.entries(all)) {
    const file = join(campaigns_dir, 'water', name);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  const data_dir = join(campaigns_dir, 'none');
  const { findings, unchecked } = await findingsOf(
    { campaigns_dir, data_dir, now: () => new Date('2027-01-10T12:00:00Z') },
    'water',
  );
  const told = findings.filter(({ kind }) => kind !== 'grade' && kind !== 'hint');
  return {
    told: told.map(
      ({ kind, file, line, column, message }) =>
        `${kind} ${file.split('/water/')[1]}:${line}:${column} ${message}`,
    ),
    unchecked,
  };
}

test('that no real legislators are at hand is always said, in one line, with what gets them', async () => {
  expect(await found({})).toEqual({
    told: [],
    unchecked: ['The real legislators of Nebraska are not at hand: npm run legislators -- pull ne'],
  });
});

test('another bill, another state and words that nobody sees are warned of where they stand', async () => {
  const { told } = await found({
    'en/page.md': '<!-- a note -->\n\nLB 12 would make the water clean.',
    'en/phone.hbs': 'Please help.\n{{! It would make the water clean for all. }}',
    'en/email.hbs': 'Subject: Water\n\nPlease help.\n{{supporter.city}}, FL {{supporter.zip}}\n',
  });
  expect(told).toEqual([
    expect.stringMatching(/^warning en\/phone\.hbs:2:1 Nobody sees these words/),
    expect.stringMatching(/^warning en\/page\.md:3:1 'LB 12' is named here/),
    expect.stringMatching(/^warning en\/email\.hbs:4:21 'FL' stands before the ZIP code/),
  ]);
});

test('a bill and a session that look like none are warned of in campaign.yaml', async () => {
  const { told } = await found({
    'campaign.yaml': `title: {en: Clean water}
summary: Ask for clean water, by LB 12.
jurisdiction_id: ocd-jurisdiction/country:us/state:ne/government
bills:
  - {identifier: lb13, session: next year, chamber: legislature}
  - {identifier: LB 14, session: "110", chamber: legislature}
ask: support
goal: 100
`,
  });
  expect(told).toEqual([
    expect.stringMatching(/^warning campaign\.yaml:5:18 'lb13' does not look like the name of a bill\./),
    expect.stringMatching(/^warning campaign\.yaml:5:33 The session 'next year' has no number/),
    expect.stringMatching(/^warning campaign\.yaml:2:10 'LB 12' is named here/),
  ]);
});

test('two partners of one name are warned of at the second', async () => {
  const { told } = await found({
    'campaign.yaml': `title: Support LB 13
summary: Ask your legislators to support LB 13.
jurisdiction_id: ocd-jurisdiction/country:us/state:ne/government
bills: [{identifier: LB 13, session: "110", chamber: legislature}]
ask: support
goal: 100
partners:
  - {code: elm, name: Elm Street Neighbors}
  - {code: oak, name: Oak Street Neighbors}
  - {code: elms, name: elm street  neighbors}
`,
  });
  expect(told).toEqual([
    expect.stringMatching(/^warning campaign\.yaml:10:24 The partners 'elm' and 'elms' have the same name/),
  ]);
});
