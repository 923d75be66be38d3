// Runs every check, then jest, and closes with one line: N passed, N failed.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

if (process.argv.includes('--help')) {
  console.log(`npm test [-- FILES]: types, lint, who may import whom, and every test, or those of some files alone.
npm run test:long [-- FILES]: the suites that take minutes.`);
  process.exit(0);
}
const isLong = process.argv.includes('--long');
const only = process.argv.slice(2).filter((argument) => argument !== '--long');
let passed = 0;
let failed = 0;

/** Runs a command and shows what it says; true where it succeeds. */
function run(command: string, args: string[], env: Record<string, string> = {}): boolean {
  // npm is a script of the shell on Windows.
  const shell = process.platform === 'win32' && command === 'npm';
  return spawnSync(command, args, { stdio: 'inherit', shell, env: { ...process.env, ...env } }).status === 0;
}

if (!isLong && only.length === 0) {
  for (const check of ['types', 'lint', 'rooms']) {
    const holds = run('npm', ['run', '--silent', check]);
    console.log(`${holds ? 'ok' : 'FAILED'}: npm run ${check}`);
    if (holds) passed += 1;
    else failed += 1;
  }
}

/** The tests start the app and its commands hundreds of times: what is compiled once serves all of them. */
const NODE_COMPILE_CACHE = resolve('node_modules/.cache/compiled');
const folder = mkdtempSync(join(tmpdir(), 'statehouse-tests-'));
const outputFile = join(folder, 'jest.json');
const jest = ['--experimental-vm-modules', '--no-warnings', 'node_modules/jest/bin/jest.js'];
const finished = run(
  process.execPath,
  [...jest, '--forceExit', '--json', `--outputFile=${outputFile}`, ...only],
  { NODE_COMPILE_CACHE, ...(isLong ? { LONG_TESTS: '1' } : {}) },
);
// Where jest itself broke there is no file: that is a failure too.
const results = existsSync(outputFile) ? JSON.parse(readFileSync(outputFile, 'utf8')) : {};
rmSync(folder, { recursive: true });
passed += results.numPassedTests ?? 0;
failed += (results.numFailedTests ?? 0) + (results.numRuntimeErrorTestSuites ?? 0);
if (!finished && failed === 0) failed = 1;
if (results.numPendingTests > 0)
  console.log(`${results.numPendingTests} skipped for want of the shared data`);
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
