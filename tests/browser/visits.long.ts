// The same tests, with all their cases.
import './visits.test.ts';
