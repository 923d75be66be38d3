import { execFileSync, spawn } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { folderOf } from '../fixtures/people/folder.ts';

/** What a process of a copy of this project gets: what is compiled is kept by its path, and copies come and go. */
export const WITHOUT_CACHE = { PATH: process.env.PATH ?? '' };

/** How npm reaches what it installs from, as whoever runs the tests has set it: where, by which proxy, trusting whom. */
const TO_INSTALL = {
  ...Object.fromEntries(
    Object.entries(process.env).filter(([name]) =>
      /^(npm_config_(registry|userconfig|cafile|cache)|NODE_EXTRA_CA_CERTS|SSL_CERT_(FILE|DIR)|(https?|no)_proxy)$/i.test(
        name,
      ),
    ),
  ),
  npm_config_userconfig: process.env.npm_config_userconfig ?? join(homedir(), '.npmrc'),
} as Record<string, string>;

/** Programs that would change the machine or reach beyond it: in their place their words are written down. */
const STAND_INS: Record<string, string> = {
  apt: '',
  useradd: '',
  systemctl: '',
  ufw: '',
  createuser: '',
  createdb: '',
  caddy: '',
  docker: '',
  curl: 'echo \'{"status":"ok"}\'',
  journalctl: 'echo \'{"level":"warn"}\'',
  psql: 'sed "s/^/psql: /" >> "$RECORD"',
  // What is typed on one's own computer runs in a folder of its own.
  ssh: 'shift; sh -c "$*"',
  openssl: 'od -An -N32 -tx1 /dev/urandom | tr -d " \\n"',
};

/** Does what is asked as whoever runs the tests. */
const SUDO = 'if [ "$1" = -u ]; then shift 2; fi\nexec "$@"\n';
/** No owner can be given that there is not. */
const INSTALL = `for word; do shift; case "$word" in -o | -g) skip=1 ;; *) if [ -n "$skip" ]; then skip=; else set -- "$@" "$word"; fi ;; esac; done
PATH=\${PATH#*:} exec install "$@"
`;

/** A folder that stands for a server's disk, on which the commands of a guide are run. */
export interface GuideServer {
  /** Where a path of the server is. */
  path: (path: string) => string;
  /** Runs these commands one after the other, as they are typed in one shell; throws with what was said where one fails. */
  type: (commands: string) => Promise<string>;
  /** What was asked of programs that only write it down, a line each. */
  recorded: () => string[];
}

/** How the commands are run. */
export interface GuideOptions {
  /** Settings that keep them on this machine. */
  env: Record<string, string>;
  /** Texts that stand for others in what is typed. */
  instead: Record<string, string>;
  /** Whether `npm ci` is npm's own, which needs the registry; else the packages at hand are taken. */
  installs: boolean;
}

/** Makes such a server, and this project's files as they are now a repository that can be cloned, of two versions. */
export function openGuideServer({ env, instead, installs }: GuideOptions): GuideServer {
  const root = folderOf({});
  const bin = join(root, 'bin');
  const record = join(root, 'recorded');
  mkdirSync(bin);
  // What Debian's packages bring.
  for (const folder of ['opt', 'var/lib', 'etc/systemd/system', 'etc/caddy', 'home'])
    mkdirSync(join(root, folder), { recursive: true });
  const scripts: Record<string, string> = { sudo: SUDO, install: INSTALL };
  for (const [name, does] of Object.entries(STAND_INS))
    scripts[name] = `printf '%s\\n' "${name} $*" >> "$RECORD"\n${does}\n`;
  if (!installs) {
    // Without what npm itself takes to start.
    scripts.npm = `case "$1" in
ci) ln -sfn '${resolve('node_modules')}' node_modules ;;
run) name=$2; shift 2; if [ "$1" = -- ]; then shift; fi; exec '${process.execPath}' --no-warnings "scripts/$name.ts" "$@" ;;
*) exit 1 ;;
esac\n`;
  }
  for (const [name, text] of Object.entries(scripts)) {
    writeFileSync(join(bin, name), `#!/bin/sh\n${text}`);
    chmodSync(join(bin, name), 0o755);
  }
  writeFileSync(record, '');
  const repository = makeRepository(join(root, 'repository.git'));
  const path = (one: string) => join(root, one);
  const typed = (commands: string) => {
    let text = commands;
    for (const [from, to] of Object.entries({ 'https://example.org/statehouse.git': repository, ...instead }))
      text = text.replaceAll(from, to);
    return text.replaceAll(/(?<=^|[\s"'=])\/(?=(opt|var|etc|srv)\/)/gm, `${root}/`);
  };
  const state = join(root, 'shell-state');
  writeFileSync(state, `cd '${root}/home'\n`);
  return {
    path,
    recorded: () => readFileSync(record, 'utf8').split('\n').filter(Boolean),
    // Where the shell stands and what it was told is kept for what is typed next.
    type: (commands) =>
      runBash(
        `set -eo pipefail\n. '${state}'\n${typed(commands)}\n{ echo "cd '$PWD'"; declare -p DOMAIN REPOSITORY FILE PASSWORD 2>/dev/null || true; } > '${state}'`,
        {
          ...WITHOUT_CACHE,
          ...TO_INSTALL,
          ...env,
          RECORD: record,
          HOME: join(root, 'home'),
          PATH: `${bin}:${process.env.PATH}`,
        },
      ),
  };
}

/** Two commits of the same files: the second is the version that is cloned, the first the one before. */
function makeRepository(folder: string): string {
  const git = (...args: string[]) =>
    execFileSync('git', ['--git-dir', folder, '--work-tree', '.', ...args], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
  execFileSync('git', ['init', '--quiet', '--bare', '--initial-branch', 'main', folder]);
  git('config', 'core.bare', 'false');
  const commit = [
    '-c',
    'user.name=Test',
    '-c',
    'user.email=test@example.org',
    'commit',
    '--quiet',
    '--no-verify',
  ];
  git('add', '--all');
  git(...commit, '--message', 'The version before');
  git(...commit, '--allow-empty', '--message', 'This version');
  return folder;
}

function runBash(text: string, env: Record<string, string>): Promise<string> {
  return new Promise((done, fail) => {
    const child = spawn('bash', ['-c', text], { env, stdio: ['ignore', 'pipe', 'pipe'] });
    let said = '';
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk) => {
        said += chunk;
      });
    child.on('close', (code) =>
      code === 0 ? done(said) : fail(new Error(`ended with ${code}:\n${text}\n${said}`)),
    );
  });
}

/** The blocks of commands of a text, or of its section of that name. */
export function commandBlocks(file: string, section?: string): string[] {
  const text = readFileSync(file, 'utf8');
  const part = section === undefined ? text : text.split(`\n## ${section}\n`)[1]!.split('\n## ')[0]!;
  return [...part.matchAll(/^```\n([\s\S]*?)^```$/gm)].map(([, block]) => block!);
}

/** What a unit says under a key. */
export function unitValue(unit: string, key: string): string | undefined {
  return new RegExp(`^${key}=(.*)$`, 'm').exec(unit)?.[1];
}
