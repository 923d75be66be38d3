import { encode } from 'uqr';

/** White on each side of a QR code, in modules (ISO/IEC 18004, section 6.3.8). */
const QUIET = 4;

/** A QR code as one drawing, in modules: a square of white, and the black of it as a path of SVG, which PDF takes too. */
export interface QrCode {
  /** Width and height, the white around it included. */
  size: number;
  path: string;
}

/** The QR code of an address: readable with a quarter of it soiled or torn (level Q). */
export function qrCode(url: string): QrCode {
  const { data, size } = encode(url, { ecc: 'Q', border: QUIET });
  const bars = data.flatMap((row, y) =>
    barsOf(row).map(({ x, width }) => `M${x} ${y}h${width}v1h-${width}z`),
  );
  return { size, path: bars.join('') };
}

/** The black stretches of a row. One shape each, and no seams between modules when it is printed. */
function barsOf(row: boolean[]): { x: number; width: number }[] {
  const bars: { x: number; width: number }[] = [];
  for (const [x, is_black] of row.entries()) {
    const last = bars.at(-1);
    if (!is_black) continue;
    if (last && last.x + last.width === x) last.width++;
    else bars.push({ x, width: 1 });
  }
  return bars;
}
