import { createAdmission } from '../../server/web/admission.ts';

const open = () => createAdmission({ delay_ms: 100 });
type Admission = ReturnType<typeof open>;

const QUICK = { delay_ms: 2, heap_share: 0.3 };
const SLOW = { delay_ms: 300, heap_share: 0.3 };
const at = (heap_share: number) => ({ delay_ms: 2, heap_share });

/** How many of a hundred lookups are admitted. */
const admitted = (admission: Admission) =>
  Array.from({ length: 100 }, () => admission.admits()).filter((admits) => admits).length;

function note(admission: Admission, load: typeof QUICK, times: number) {
  for (let index = 1; index < times; index += 1) admission.note(load);
  return admission.note(load);
}

test('a process that is quick admits all', () => {
  const admission = open();
  expect(note(admission, QUICK, 100)).toBeUndefined();
  expect(admitted(admission)).toBe(100);
});

test('one slow look refuses nobody, whatever comes between it and the next', () => {
  const admission = open();
  for (let index = 0; index < 20; index += 1) {
    expect(admission.note(SLOW)).toBeUndefined();
    expect(admission.note(QUICK)).toBeUndefined();
  }
  expect(admitted(admission)).toBe(100);
});

test('while it stays slow it refuses ever more, and some still go through', () => {
  const admission = open();
  const shares = Array.from({ length: 12 }, () => {
    expect(['delay', undefined]).toContain(admission.note(SLOW));
    return admitted(admission);
  });
  expect(shares[0]).toBe(100);
  expect(shares[1]).toBe(50);
  expect(shares).toEqual(shares.toSorted((a, b) => b - a));
  expect(shares.at(-1)).toBeGreaterThanOrEqual(1);
  expect(shares.at(-1)).toBeLessThan(5);
});

test('once it is quick again more go through step by step, and none is refused in the end', () => {
  const admission = open();
  note(admission, SLOW, 12);
  expect(admission.note(QUICK)).toBe('delay');
  expect(admitted(admission)).toBeLessThan(20);
  expect(note(admission, QUICK, 60)).toBeUndefined();
  expect(admitted(admission)).toBe(100);
});

test('while it is recovering one slow look is enough to refuse more again', () => {
  const admission = open();
  note(admission, SLOW, 12);
  note(admission, QUICK, 20);
  const before = admitted(admission);
  admission.note(SLOW);
  expect(admitted(admission)).toBeLessThanOrEqual(before / 2 + 1);
});

test('where memory is nearly full none is admitted until there is room enough again', () => {
  const admission = open();
  expect(admission.note(at(0.89))).toBeUndefined();
  expect(admission.note(at(0.91))).toBe('memory');
  expect(admitted(admission)).toBe(0);
  expect(admission.note(at(0.85))).toBe('memory');
  expect(admitted(admission)).toBe(0);
  expect(admission.note(at(0.79))).toBeUndefined();
  expect(admitted(admission)).toBe(100);
});
