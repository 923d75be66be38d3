// How far a pull has come: bars on a terminal, plain lines elsewhere, always on standard error.
import cliProgress from 'cli-progress';
import type { StateFacts } from '../server/legislators/states.ts';

/** Shows how far a pull has come. */
export interface PullProgress {
  /** Bytes of the people's archive or of a state's boundaries that have come in. */
  onProgress: (of: 'people' | StateFacts, bytes: number, total: number | undefined) => void;
  /** A state is finished, one way or another. */
  finish: () => void;
  stop: () => void;
}

const inMegabytes = (bytes: number) => `${(bytes / 1_000_000).toFixed(1)} MB`;

/** Progress of so many states on a stream such as standard error. */
export function showPullProgress(
  stream: NodeJS.WriteStream,
  states: number,
  sources: { people: string; boundaries: string },
): PullProgress {
  return stream.isTTY ? bars(stream, states) : lines(stream, sources);
}

function bars(stream: NodeJS.WriteStream, states: number): PullProgress {
  const multi = new cliProgress.MultiBar(
    // It would take Ctrl+C for a wish to see no more bars.
    { stream, format: '{what} {bar} {detail}', gracefulExit: false, linewrap: null },
    cliProgress.Presets.shades_classic,
  );
  const people = multi.create(1, 0, { what: 'People    ', detail: 'asking' });
  const boundaries = multi.create(states, 0, { what: 'States    ', detail: `0 of ${states}` });
  let finished = 0;
  return {
    onProgress: (of, bytes, total) => {
      if (of === 'people') {
        // A server that packs as it sends does not know how long it will be.
        people.setTotal(total ?? bytes * 2);
        people.update(bytes, { detail: inMegabytes(bytes) });
      } else {
        const detail = `${finished} of ${states}, ${of.name}: boundaries, ${inMegabytes(bytes)}`;
        boundaries.update(finished, { detail });
      }
    },
    finish: () => {
      people.update(people.getTotal());
      finished += 1;
      boundaries.update(finished, { detail: `${finished} of ${states}` });
    },
    stop: () => multi.stop(),
  };
}

function lines(stream: NodeJS.WriteStream, sources: { people: string; boundaries: string }): PullProgress {
  const told = new Set<string>();
  return {
    onProgress: (of) => {
      const line =
        of === 'people'
          ? `People of all states, from ${sources.people}`
          : `Boundaries of ${of.name}, from ${sources.boundaries}`;
      if (!told.has(line)) stream.write(`${line}\n`);
      told.add(line);
    },
    finish: () => {},
    stop: () => {},
  };
}
