// The same tests, with all their cases.
import './openstates.test.ts';
