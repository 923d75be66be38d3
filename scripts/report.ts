// npm run report: what was counted of a campaign, and what is done with the numbers.
import { runCommand } from './command-line.ts';
import { ADD_HELP, addEntry } from './report-add.ts';
import { CORRECTIONS_HELP, printCorrections } from './report-corrections.ts';
import { EXCLUDE_HELP, excludeFitting } from './report-exclude.ts';
import { FREEZE_HELP, printFrozen } from './report-freeze.ts';
import { LINK_HELP, printLink } from './report-link.ts';
import { LINKS_HELP, printLinks, revokeLink } from './report-links.ts';
import { READMIT_HELP, takeBack } from './report-readmit.ts';
import { printReplies, REPLIES_HELP } from './report-replies.ts';
import { printTotals, TOTALS_HELP } from './report-totals.ts';

/** One thing that the command does, by the word that asks for it. */
interface Part {
  /** '' where another part's help tells of it. */
  help: string;
  /** Takes what stands after the word. */
  run: (args: string[]) => Promise<void>;
}

/** A campaign whose folder has one of these names is asked for by the word 'totals'. */
const PARTS: Record<string, Part> = {
  totals: { help: TOTALS_HELP, run: printTotals },
  link: { help: LINK_HELP, run: printLink },
  links: { help: LINKS_HELP, run: printLinks },
  revoke: { help: '', run: revokeLink },
  freeze: { help: FREEZE_HELP, run: printFrozen },
  replies: { help: REPLIES_HELP, run: printReplies },
  add: { help: ADD_HELP, run: addEntry },
  exclude: { help: EXCLUDE_HELP, run: excludeFitting },
  readmit: { help: READMIT_HELP, run: takeBack },
  corrections: { help: CORRECTIONS_HELP, run: printCorrections },
};

async function main(): Promise<void> {
  const args = process.argv.slice(2);
  if (args.includes('--help'))
    return void process.stdout.write(
      Object.values(PARTS)
        .flatMap(({ help }) => (help === '' ? [] : [help]))
        .join('\n'),
    );
  const [word = '', ...rest] = args;
  const part = Object.hasOwn(PARTS, word) ? PARTS[word] : undefined;
  return part ? part.run(rest) : printTotals(args);
}

await runCommand('report', main);
