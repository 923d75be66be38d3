/** How a flyer can be printed: one to a sheet, or four to a sheet that is cut. */
export const FLYER_SIZES = ['letter', 'four'] as const;
/** One of these. */
export type FlyerSize = (typeof FLYER_SIZES)[number];
