// The same tests, with fifty times as many actions, and both databases asked about everybody.
import './known-totals.test.ts';
