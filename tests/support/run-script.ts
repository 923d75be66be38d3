import { execFile } from 'node:child_process';

/** Runs a command of scripts/ as an operator does, with these settings alone. */
export function runScript(
  name: string,
  args: string[],
  settings: Record<string, string>,
): Promise<{ code: number; out: string; said: string }> {
  return new Promise((resolve) => {
    const env = { PATH: process.env.PATH, ...settings };
    execFile(
      process.execPath,
      ['--no-warnings', `scripts/${name}.ts`, ...args],
      { env },
      (error, out, said) => resolve({ code: error ? Number(error.code) : 0, out, said }),
    );
  });
}
