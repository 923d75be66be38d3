// The same tests, with ten times as many actions.
import './known-totals.test.ts';
