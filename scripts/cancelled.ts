/** The person at the keyboard has stopped the command: nothing is to be done any more. */
export class Cancelled extends Error {}
