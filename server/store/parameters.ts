/** Throws TypeError for a parameter that a driver would silently make NULL or text: undefined, a Date, any object but bytes. */
export function checkParameters(parameters: readonly unknown[]): void {
  for (const [index, parameter] of parameters.entries()) {
    if (
      parameter === undefined ||
      (typeof parameter === 'object' && parameter !== null && !ArrayBuffer.isView(parameter))
    ) {
      throw new TypeError(
        `parameter ${index + 1} of a statement is ${parameter === undefined ? 'undefined' : 'an object'}`,
      );
    }
  }
}
