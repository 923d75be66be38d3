// The same tests, with all their cases.
import './corrections.test.ts';
