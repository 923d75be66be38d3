import { execFileSync } from 'node:child_process';
import { appendFileSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A folder of its own on a disk that can be full. */
export interface SmallDisk {
  folder: string;
  /** From now on the process can write nothing more. */
  fill: (pid: number) => void;
  /** There is room again. */
  free: (pid: number) => void;
  remove: () => void;
}

/** A disk in memory where we may mount one; elsewhere the process alone is held back from making any file larger. */
export function makeSmallDisk(): SmallDisk {
  const folder = mkdtempSync(join(tmpdir(), 'statehouse-disk-'));
  return mount(folder) ? mounted(folder) : limited(folder);
}

function mount(folder: string): boolean {
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=16m', 'tmpfs', folder], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

function mounted(folder: string): SmallDisk {
  const ballast = join(folder, 'ballast');
  return {
    folder,
    fill: () => {
      for (let bytes = 1 << 20; bytes >= 1; bytes = Math.floor(bytes / 2)) while (append(ballast, bytes));
    },
    free: () => rmSync(ballast),
    remove: () => {
      execFileSync('umount', ['-l', folder]);
      rmSync(folder, { recursive: true });
    },
  };
}

function append(file: string, bytes: number): boolean {
  try {
    appendFileSync(file, Buffer.alloc(bytes));
    return true;
  } catch {
    return false;
  }
}

function limited(folder: string): SmallDisk {
  const limit = (pid: number, size: string) =>
    execFileSync('prlimit', ['--pid', String(pid), `--fsize=${size}:`]);
  return {
    folder,
    fill: (pid) => limit(pid, String(statSync(join(folder, 'statehouse.db-wal')).size)),
    free: (pid) => limit(pid, 'unlimited'),
    remove: () => rmSync(folder, { recursive: true }),
  };
}
