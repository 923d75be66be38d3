import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A folder of campaigns with the VISIBLE Act in it, its campaign.yaml changed; `drop` takes it away. */
export function changedCampaign(change: (yaml: string) => string): { folder: string; drop: () => void } {
  const folder = mkdtempSync(join(tmpdir(), 'statehouse-campaigns-'));
  cpSync('campaigns', folder, { recursive: true });
  const file = join(folder, 'visible-act/campaign.yaml');
  writeFileSync(file, change(readFileSync(file, 'utf8')));
  return { folder, drop: () => rmSync(folder, { recursive: true }) };
}
