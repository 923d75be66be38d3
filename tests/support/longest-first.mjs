import Sequencer from '@jest/test-sequencer';

/** Suites that take longer than others: begun last, they would run alone while the other workers have nothing left to do. */
const LONGEST = [
  'tests/store/known-totals.test.ts',
  'tests/browser/accessibility.test.ts',
  'tests/browser/accessibility.long.ts',
  // Beside a flood or a soak each of its hundreds of processes would take seconds to start.
  'tests/mail/kill.long.ts',
];

const isLong = ({ path }) => LONGEST.some((one) => path.replaceAll('\\', '/').endsWith(one));

/** The longest suites first, the others as jest would have them. Jest takes a class here. */
export default class LongestFirst extends Sequencer {
  /** Orders the suites of a run. */
  sort(tests) {
    const sorted = super.sort(tests);
    return [...sorted.filter(isLong), ...sorted.filter((test) => !isLong(test))];
  }
}
