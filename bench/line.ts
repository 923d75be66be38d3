/** How something grows over time, by least squares. */
export interface Line {
  /** Per unit of x. */
  slope: number;
  /** The standard error of the slope. */
  error: number;
}

/** The straight line through points that comes nearest to them; at least three. */
export function fitLine(points: { x: number; y: number }[]): Line {
  const mean = (numbers: number[]) => numbers.reduce((sum, one) => sum + one, 0) / numbers.length;
  const [mean_x, mean_y] = [mean(points.map(({ x }) => x)), mean(points.map(({ y }) => y))];
  const spread_x = points.reduce((sum, { x }) => sum + (x - mean_x) ** 2, 0);
  const slope = points.reduce((sum, { x, y }) => sum + (x - mean_x) * (y - mean_y), 0) / spread_x;
  const squares = points.reduce((sum, { x, y }) => sum + (y - mean_y - slope * (x - mean_x)) ** 2, 0);
  return { slope, error: Math.sqrt(squares / (points.length - 2) / spread_x) };
}
