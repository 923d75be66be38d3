// The same tests, with more kills.
import './start.test.ts';
