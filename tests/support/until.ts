/** Far longer than anything takes on a slow machine, and shorter than a long suite may: what never comes is told of by name. */
const IN_VAIN_AFTER_MS = 300_000;

/** Waits until something holds: a condition, however long a slow machine takes for it. Rejects where it never does. */
export async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  const begun = performance.now();
  while (!(await holds())) {
    if (performance.now() - begun > IN_VAIN_AFTER_MS) throw new Error(`waited in vain until ${holds}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
