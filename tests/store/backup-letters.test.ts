import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkArchive } from '../../server/backup/restore.ts';
import { findLetter, insertLetter } from '../../server/mail/letter-queries.ts';
import { enqueue } from '../../server/mail/outbox-queries.ts';
import { createSeal, letterKeysFolder } from '../../server/mail/sealed.ts';
import { folderOf } from '../fixtures/people/folder.ts';
import { backUp, restore } from '../support/backups.ts';
import { unpack } from '../support/repack.ts';
import { STORE_KINDS } from '../support/temp-store.ts';

const CONTENT = {
  name: 'Ana Peña Sample',
  email: 'ana.sample@example.org',
  street: '1 Example Street',
  city: 'Tampa',
  zip: '33602',
  subject: 'About SB 1',
  text: 'Dear Senator,\nplease listen.',
};
const ID = 'letter-under-way';
const AT = '2026-11-24T15:00:00.000Z';
const secrets = ['made-up-secret-of-more-than-32-characters'];

describe.each(STORE_KINDS)('on $name', (kind) => {
  test('a letter under way comes back sealed: it opens where its key still is, and nowhere once that is erased', async () => {
    const [database, target] = [await kind.create(), await kind.create()];
    const folder = letterKeysFolder(folderOf({}));
    const seal = createSeal({ folder, secrets });
    const store = await database.open();
    const sealed = await seal.seal(ID, CONTENT);
    await store.transaction(async (trx) => {
      await insertLetter(trx, {
        id: ID,
        form_id: 'form',
        campaign_slug: 'visible-act',
        type: 'email',
        legislator_id: 'ocd-person/1',
        division_id: 'ocd-division/country:us/state:fl/sldu:5',
        partner: '',
        page_language: 'en',
        message_language: 'en',
        variant: '',
        is_sample: false,
        mode: 'live',
        state: 'confirmed',
        reason: '',
        held: [],
        deliver_by: '',
        handed_in_at: AT,
        confirmed_at: AT,
        changed_at: AT,
        sender: 'hash',
        sealed,
      });
      await enqueue(trx, { letter_id: ID, kind: 'letter', due_at: AT });
    });
    await store.close();

    const file = await backUp(database.database_url);
    expect((await checkArchive(file)).rows).toMatchObject({ letters: 1, outbox: 1 });
    const whole = [...(await unpack(file)).values()].join('\n');
    const [key] = readdirSync(folder).map((name) => readFileSync(join(folder, name)));
    const forbidden = [
      ...Object.values(CONTENT).map((text) => text.slice(0, 13)),
      ...(['base64', 'base64url', 'hex'] as const).map((form) => key!.toString(form).replace(/=+$/, '')),
    ];
    // What is looked for would be found: the sealed text is there.
    expect(whole).toContain(sealed);
    expect(forbidden.filter((text) => text.length > 5 && whole.includes(text))).toEqual([]);

    await restore(file, target.database_url);
    const back = await target.open();
    const { sealed: there } = (await findLetter(back.read, ID))!;
    await back.close();
    expect(await seal.open(ID, there)).toEqual(CONTENT);
    const elsewhere = createSeal({ folder: letterKeysFolder(folderOf({})), secrets });
    expect(await elsewhere.open(ID, there)).toBeUndefined();
    await seal.erase(ID);
    expect(await seal.open(ID, there)).toBeUndefined();
    await Promise.all([database.drop(), target.drop()]);
  });
});
