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

/** What lies in the folder of campaigns beside them, and the one campaign. */
const COPIED = [
  'campaign.schema.json',
  'legislators.overrides.schema.json',
  'legislators.overrides.yaml',
  'visible-act',
];

/** A folder of campaigns with the VISIBLE Act alone in it, its campaign.yaml changed; `drop` takes it away. */
export function changedCampaign(change: (yaml: string) => string): ChangedCampaigns {
  const folder = mkdtempSync(join(tmpdir(), 'statehouse-campaigns-'));
  for (const name of COPIED) cpSync(join('campaigns', name), join(folder, name), { recursive: true });
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
