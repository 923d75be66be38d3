/** Where the first of the inherited sockets is: after standard input, output and error. */
const FIRST_FD = 3;

/**
 * The file descriptor of the socket that systemd listens on for this process, as sd_listen_fds(3) has it; undefined where
 * there is none. Such a socket outlives the process: who connects while the app restarts waits, and is refused by nobody.
 */
export function inheritedSocket(env: Record<string, string | undefined>, pid: number): number | undefined {
  const isForUs = env.LISTEN_PID === String(pid) && Number(env.LISTEN_FDS) >= 1;
  return isForUs ? FIRST_FD : undefined;
}
