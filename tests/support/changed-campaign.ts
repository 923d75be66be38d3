import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A folder of campaigns. */
export interface ChangedCampaigns {
  folder: string;
  /** Puts a copy of the VISIBLE Act beside it, its campaign.yaml changed once more. */
  copy: (slug: string, change: (yaml: string) => string) => void;
  drop: () => void;
}

/** A folder of campaigns with the VISIBLE Act in it, its campaign.yaml changed; `drop` takes it away. */
export function changedCampaign(change: (yaml: string) => string): ChangedCampaigns {
  const folder = mkdtempSync(join(tmpdir(), 'statehouse-campaigns-'));
  cpSync('campaigns', folder, { recursive: true });
  const changeFile = (slug: string, how: (yaml: string) => string) => {
    const file = join(folder, slug, 'campaign.yaml');
    writeFileSync(file, how(readFileSync(file, 'utf8')));
  };
  changeFile('visible-act', change);
  return {
    folder,
    copy: (slug, how) => {
      cpSync(join(folder, 'visible-act'), join(folder, slug), { recursive: true });
      changeFile(slug, how);
    },
    drop: () => rmSync(folder, { recursive: true }),
  };
}
