// The same tests, with all their cases.
import './zip-candidates.test.ts';
