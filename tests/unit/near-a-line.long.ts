// The same tests, with all their cases.
import './near-a-line.test.ts';
