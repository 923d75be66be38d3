import { correctRoster } from '../../server/legislators/correct-roster.ts';
import type { Correction } from '../../server/legislators/correction.ts';
import { correctionSchema } from '../../server/legislators/correction-schema.ts';
import { nearlyOfId } from '../../server/legislators/person-ids.ts';
import { loadRoster, type StateRoster } from '../../server/legislators/roster.ts';
import { rosterFolder } from '../../server/legislators/roster-files.ts';
import { folderOf } from '../fixtures/people/folder.ts';
import {
  CENSUS_ZIPS,
  describeRealData,
  importFlorida,
  PEOPLE_TARBALL,
} from '../fixtures/people/shared-data.ts';
import { howMany } from '../support/how-many.ts';

const DAY = '2026-08-06';

describeRealData('Corrections of Florida as it was on 5 August 2026', () => {
  let place: StateRoster;
  beforeAll(async () => {
    const data_dir = folderOf({});
    await importFlorida(data_dir, PEOPLE_TARBALL, CENSUS_ZIPS);
    place = (await loadRoster(rosterFolder(data_dir, 'fl'), 'fl'))!;
  });

  const entry = (what: object, line: number): Correction => ({
    ...correctionSchema.parse({ state: 'fl', date: DAY, note: 'Made up.', ...what }),
    place: { file: 'legislators.overrides.yaml', line, column: 3 },
  });

  test('a new number at the Capitol finds its place with every member, and the old one is nowhere left', () => {
    const { legislators } = place.roster;
    const corrections = legislators.map(({ id }, line) =>
      entry({ change: { person_id: id, office: 'capitol', voice: '850-555-0199' } }, line),
    );
    const corrected = correctRoster(place, corrections, DAY);
    expect(corrected.corrections.filter(({ state }) => state !== 'applied')).toEqual([]);
    for (const before of legislators) {
      const capitol = before.offices.find(({ classification }) => classification === 'capitol')!;
      const { offices } = corrected.roster.legislator(before.id)!;
      expect(offices.filter(({ voice }) => voice === capitol.voice)).toEqual([]);
      expect(offices.filter(({ voice }) => voice === '850-555-0199').length).toBeGreaterThan(0);
    }
  });

  test('a slip in an id finds whose it is, and nobody is taken for another who is listed no more', () => {
    const { legislators } = place.roster;
    const step = howMany({ quick: 10, all: 1 });
    for (const legislator of legislators.filter((_, nth) => nth % step === 0)) {
      const others = legislators.filter((one) => one !== legislator);
      expect(nearlyOfId(others, legislator.id)).toBeUndefined();
      expect(nearlyOfId(legislators, legislator.id.slice(0, -2))).toBe(legislator);
    }
  });

  test('every member can leave, and be followed by someone whose seat is then full', () => {
    const { legislators, districts } = place.roster;
    const leaving = legislators.map(({ id }, line) => entry({ left_office: id }, line));
    const empty = correctRoster(place, leaving, DAY).roster;
    expect(empty.legislators).toEqual([]);
    expect(districts.every(({ division_id }) => empty.representation(division_id)?.vacant_seats === 1)).toBe(
      true,
    );
    const coming = districts.map(({ org_classification: chamber, district }, line) =>
      entry({ new_member: { chamber, district, name: `Made-Up ${chamber} ${district}` } }, 1000 + line),
    );
    const full = correctRoster(place, [...coming, ...leaving], DAY);
    expect(full.corrections.filter(({ state }) => state !== 'applied')).toEqual([]);
    expect(new Set(full.roster.legislators.map(({ id }) => id)).size).toBe(160);
    expect(full.roster.legislators.length).toBe(160);
  });
});
