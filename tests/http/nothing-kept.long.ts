// The same tests, with all their journeys.
import './nothing-kept.test.ts';
