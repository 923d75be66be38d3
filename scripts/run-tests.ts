// Runs every check, then jest, and closes with one line: N passed, N failed.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const isLong = process.argv.includes('--long');
const only = process.argv.slice(2).filter((argument) => argument !== '--long');
let passed = 0;
let failed = 0;

/** Runs a command of the project with this very Node; true where it succeeds. */
function run(script: string, args: string[], env: Record<string, string> = {}): boolean {
  const { status } = spawnSync(
    process.execPath,
    [...args.slice(0, 0), ...nodeFlags(script), script, ...args],
    {
      stdio: 'inherit',
      env: { ...process.env, ...env },
    },
  );
  return status === 0;
}

function nodeFlags(script: string): string[] {
  return script.includes('/jest/') ? ['--experimental-vm-modules', '--no-warnings'] : [];
}

/** Counts a check that either holds or does not. */
function check(name: string, script: string, args: string[]): void {
  const holds = run(script, args);
  console.log(`${holds ? 'ok' : 'FAILED'}: ${name}`);
  if (holds) passed += 1;
  else failed += 1;
}

if (!isLong && only.length === 0) {
  check('types', 'node_modules/typescript/bin/tsc', ['--noEmit']);
  check('lint', 'node_modules/@biomejs/biome/bin/biome', ['check', '.']);
  check('who may import whom', 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs', [
    '--config',
    '.dependency-cruiser.mjs',
    'server',
    'scripts',
  ]);
}

const folder = mkdtempSync(join(tmpdir(), 'statehouse-tests-'));
const outputFile = join(folder, 'jest.json');
const finished = run(
  'node_modules/jest/bin/jest.js',
  ['--forceExit', '--json', `--outputFile=${outputFile}`, ...only],
  isLong ? { LONG_TESTS: '1' } : {},
);
const results = JSON.parse(readFileSync(outputFile, 'utf8'));
rmSync(folder, { recursive: true });
passed += results.numPassedTests;
failed += results.numFailedTests + results.numRuntimeErrorTestSuites;
if (!finished && failed === 0) failed = 1;
if (results.numPendingTests > 0)
  console.log(`${results.numPendingTests} skipped for want of the shared data`);
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
