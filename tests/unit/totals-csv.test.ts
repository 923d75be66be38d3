import type { Totals } from '../../server/actions/totals.ts';
import { totalsCsv, totalsRows } from '../../server/actions/totals-csv.ts';

const totals: Totals = {
  schema_version: 1,
  campaign_slug: 'visible-act',
  as_of: '2026-11-24T12:00:00.000Z',
  is_sample: false,
  goal: 10,
  completed_actions: 3,
  self_reported: 3,
  server_accepted: 0,
  offline: 0,
  by_type: { phone: { contact: 2, unavailable: 5 }, email: { sent: 1, started: 4 } },
  by_day: [{ day: '2026-11-24', completed_actions: 3 }],
  by_legislator: [{ legislator_id: 'ocd-person/1', completed_actions: 3 }],
  by_partner: [{ partner: '=SUM(A1),"x"', completed_actions: 3 }],
  by_language: [{ language: 'es', completed_actions: 3 }],
  corrections: [],
  by_message_language: [{ language: 'en', completed_actions: 3 }],
};

test('every dimension is in the CSV, what completes nothing with 0 in the last column', () => {
  expect(totalsCsv(totals).split('\r\n')).toEqual([
    'dimension,key,status_code,actions,completed_actions',
    'type,phone,contact,2,2',
    'type,phone,unavailable,5,0',
    'type,email,sent,1,1',
    'type,email,started,4,0',
    'day,2026-11-24,,3,3',
    'legislator,ocd-person/1,,3,3',
    'partner,"\'=SUM(A1),""x""",,3,3',
    'language,es,,3,3',
    'message_language,en,,3,3',
    '',
  ]);
});

test('variants are told of totals that hold them, where one has a name or they are asked for', () => {
  const nameless = { ...totals, by_variant: [{ type: 'email' as const, variant: '', completed_actions: 3 }] };
  expect(totalsCsv(nameless)).toBe(totalsCsv(totals));
  expect(totalsCsv(nameless, 'variant')).toContain('\r\nvariant,email@,,3,3\r\n');
  const named = { ...totals, by_variant: [{ type: 'phone' as const, variant: 'a', completed_actions: 3 }] };
  expect(totalsCsv(named)).toBe(`${totalsCsv(totals)}variant,phone@a,,3,3\r\n`);
});

test('one dimension alone can be asked for', () => {
  expect(totalsRows(totals, 'day').map((row) => row.key)).toEqual(['2026-11-24']);
});
