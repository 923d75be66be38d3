import { execFile } from 'node:child_process';

/** Runs a command, by its file, as an operator does, with these settings alone. */
export function runCommand(
  file: string,
  args: string[],
  settings: Record<string, string> = {},
): Promise<{ code: number; out: string; said: string }> {
  return new Promise((resolve) => {
    const env = { PATH: process.env.PATH, ...settings };
    execFile(process.execPath, ['--no-warnings', file, ...args], { env }, (error, out, said) =>
      resolve({ code: error ? Number(error.code) : 0, out, said }),
    );
  });
}
