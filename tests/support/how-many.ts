/** How many cases a test goes through: a part of them in the quick suites, all in the long ones. */
export function howMany({ quick, all }: { quick: number; all: number }): number {
  return process.env.LONG_TESTS ? all : quick;
}
