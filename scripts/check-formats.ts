// How findings are written: for people, for programs, and for the pages of a git host.
import { formatFault } from '../server/errors.ts';
import type { Finding, FindingKind } from './check-findings.ts';

/** Every way of writing findings. */
export const CHECK_FORMATS = ['text', 'json', 'github'] as const;
/** text: a line each. json: one list. github: what GitHub Actions shows beside the lines of a file. */
export type CheckFormat = (typeof CHECK_FORMATS)[number];

/** Findings as one of the formats has them; '' where there are none, but for JSON, whose list is then empty. */
export function formatFindings(findings: readonly Finding[], format: CheckFormat): string {
  if (format === 'json') return `${JSON.stringify(findings, null, 2)}\n`;
  return findings.map((one) => `${format === 'github' ? annotation(one) : formatFault(one)}\n`).join('');
}

/** GitHub marks a line by one of these. */
const LEVELS: Partial<Record<FindingKind, string>> = { fault: 'error', warning: 'warning' };

/** A workflow command of GitHub Actions, escaped as its toolkit does (actions/toolkit, packages/core/src/command.ts). */
function annotation({ kind, file, line, column, message }: Finding): string {
  const level = LEVELS[kind] ?? 'notice';
  return `::${level} file=${asProperty(file)},line=${line},col=${column}::${asData(message)}`;
}

function asData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function asProperty(text: string): string {
  return asData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
