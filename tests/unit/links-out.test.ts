import { cpSync, mkdirSync, symlinkSync, unlinkSync } from 'node:fs';
import { join } from 'node:path';
import { readCampaign } from '../../server/campaigns/read-campaigns.ts';
import { linesOf } from '../../server/campaigns/source-lines.ts';
import { folderOf } from '../fixtures/people/folder.ts';

const secret = join(folderOf({ 'secret-key': 'what only the server may know' }), 'secret-key');

/** A folder of campaigns with one in it. */
function campaigns(): string {
  const folder = folderOf({});
  cpSync('campaigns/visible-act', join(folder, 'visible-act'), { recursive: true });
  return folder;
}

test.each(['en/page.md', 'en/email.hbs', 'campaign.yaml'])(
  'a link in the place of %s that leads out of the campaigns is a fault, and nothing behind it is shown',
  async (name) => {
    const folder = campaigns();
    const path = join(folder, 'visible-act', name);
    unlinkSync(path);
    symlinkSync(secret, path);
    const { campaign, faults } = await readCampaign(folder, 'visible-act');
    expect(campaign).toBeUndefined();
    expect(faults.map(({ message }) => message)).toContain(
      'This is a link that leads out of the folder of campaigns. Put the file itself here.',
    );
    expect(JSON.stringify(faults)).not.toContain('only the server');
    expect(await linesOf(path)).toEqual([]);
  },
);

test('links among campaigns, to a whole campaign elsewhere, and as mounted volumes have them, are followed', async () => {
  const folder = campaigns();
  const shared = join(folder, 'visible-act/en/page.md');
  cpSync(shared, join(folder, 'page.md'));
  unlinkSync(shared);
  symlinkSync('../../page.md', shared);
  expect((await readCampaign(folder, 'visible-act')).faults).toEqual([]);
  // A campaign that is written elsewhere, and a folder of links into one beside them.
  const elsewhere = folderOf({});
  symlinkSync(join(campaigns(), 'visible-act'), join(elsewhere, 'visible-act'));
  expect((await readCampaign(elsewhere, 'visible-act')).faults).toEqual([]);
  const mounted = folderOf({});
  mkdirSync(join(mounted, '..data-1'));
  cpSync('campaigns/visible-act', join(mounted, '..data-1/visible-act'), { recursive: true });
  symlinkSync('..data-1/visible-act', join(mounted, 'visible-act'));
  expect((await readCampaign(mounted, 'visible-act')).faults).toEqual([]);
});
