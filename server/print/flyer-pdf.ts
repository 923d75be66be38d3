import type { Flyer } from './flyer.ts';
import type { FlyerSize } from './flyer-sizes.ts';
import { LETTER, openPdf, type Pdf, type Place } from './pdf.ts';
import { type Block, fitting, flow, heightOf, type Measure, type SetBlock, setBlocks } from './typeset.ts';

/** Sizes of one kind of flyer, in points, 72 to the inch. */
interface Design {
  width: number;
  height: number;
  /** White on every side: printers reach no nearer to the edge than a quarter of an inch, and scissors slip. */
  margin: number;
  ask: number;
  title: number;
  body: number;
  small: number;
  address: number;
  /** Width of the code, its white included; the code itself is 3 cm at least. */
  code: number;
  gap: number;
  /** By how much what stands above the code may grow or shrink, from the largest. */
  scales: number[];
}

const DESIGNS: Record<FlyerSize, Design> = {
  letter: {
    ...LETTER,
    margin: 45,
    ask: 38,
    title: 19,
    body: 16,
    small: 15,
    address: 19,
    code: 200,
    gap: 14,
    scales: [1.25, 1.2, 1.15, 1.1, 1.05, 1, 0.95, 0.9, 0.85, 0.8, 0.75, 0.7],
  },
  four: {
    width: LETTER.width / 2,
    height: LETTER.height / 2,
    margin: 20,
    ask: 19,
    title: 10.5,
    body: 9.5,
    small: 8.5,
    address: 10,
    code: 116,
    gap: 7,
    scales: [1.2, 1.15, 1.1, 1.05, 1, 0.95, 0.9, 0.85],
  },
};

/** A flyer that is laid out: what goes above the code on the first page, and overleaf where it does not all fit. */
interface Layout {
  design: Design;
  /** The mark of a preview, on every page, and its height with the white below it. */
  mark: SetBlock[];
  head: number;
  pages: SetBlock[][];
  fits: boolean;
  beside: SetBlock[];
  below: SetBlock[];
  /** Height of the code with all that stands beside and below it. */
  foot: number;
}

/** Whether all that a flyer says fits its page at a size that can be read. */
export function flyerFits(flyer: Flyer, size: FlyerSize): boolean {
  const { title, language } = flyer;
  return layOut(openPdf({ title, language, now: new Date(0) }), flyer, DESIGNS[size]).fits;
}

/** The flyer as a PDF. What does not fit goes on overleaf, in four as on one. */
export async function flyerPdf(flyer: Flyer, size: FlyerSize, now: Date): Promise<Buffer> {
  const pdf = openPdf({ title: `${flyer.ask} – ${flyer.title}`, language: flyer.language, now });
  const layout = layOut(pdf, flyer, DESIGNS[size]);
  const { width, height } = layout.design;
  const corners = [0, 1].flatMap((row) => [0, 1].map((column) => ({ x: column * width, y: row * height })));
  for (const [index] of layout.pages.entries()) {
    pdf.addPage();
    for (const [nth, corner] of (size === 'four' ? corners : [{ x: 0, y: 0 }]).entries()) {
      drawPage(pdf, flyer, layout, { index, corner, is_copy: nth > 0 });
    }
    if (size === 'four') drawCuts(pdf);
  }
  return pdf.bytes();
}

function layOut(measure: Measure, flyer: Flyer, design: Design): Layout {
  const { width, height, margin, code, gap, scales } = design;
  const inner = width - 2 * margin;
  const quiet = (code / flyer.code.size) * 4;
  const beside = setBlocks(measure, besideCode(flyer, design), inner - code + quiet);
  const below = setBlocks(measure, belowCode(flyer, design), inner);
  const foot = Math.max(code - quiet, heightOf(beside) + gap) + heightOf(below);
  const mark = setBlocks(measure, markOf(flyer, design), inner);
  const head = mark.length > 0 ? heightOf(mark) + gap : 0;
  const first = height - 2 * margin - head - foot - quiet - gap;
  const { blocks, fits } = fitting(scales, first, (scale) =>
    setBlocks(measure, aboveCode(flyer, design, scale), inner),
  );
  const pages = flow(blocks, { first, others: height - 2 * margin - head });
  return { design, mark, head, pages, fits, beside, below, foot };
}

function aboveCode(flyer: Flyer, { ask, title, body }: Design, scale: number): Block[] {
  const text = { weight: 'regular', size: body * scale, leading: 1.35, tag: 'P' } as const;
  const gap = body * scale * 0.55;
  return [
    { ...text, text: flyer.ask, weight: 'bold', size: ask * scale, leading: 1.15, before: 0, tag: 'H1' },
    { ...text, text: flyer.title, weight: 'bold', size: title * scale, before: gap * 1.2, tag: 'H2' },
    ...(flyer.summary === '' ? [] : [{ ...text, text: flyer.summary, before: gap }]),
    { ...text, text: flyer.say_title, weight: 'bold', size: title * scale, before: gap * 2, tag: 'H2' },
    ...flyer.say.map((part) => ({
      ...text,
      text: part.text,
      before: gap * 0.8,
      ...(part.is_item ? { is_item: true, indent: body * scale } : {}),
    })),
  ];
}

function markOf({ preview }: Flyer, { title }: Design): Block[] {
  if (preview === '') return [];
  return [{ text: preview, weight: 'bold', size: title, leading: 1.2, before: 0, tag: 'P' }];
}

function besideCode({ steps, privacy }: Flyer, { small }: Design): Block[] {
  const text = { weight: 'regular', size: small, leading: 1.3, before: small * 0.6, tag: 'P' } as const;
  return [
    ...steps.map((step, index) => ({ ...text, text: `${index + 1}. ${step}` })),
    { ...text, text: privacy },
  ];
}

function belowCode({ type_it, link, partner }: Flyer, { small, address }: Design): Block[] {
  const text = { weight: 'regular', size: small, leading: 1.3, before: 0, tag: 'P' } as const;
  return [
    { ...text, text: type_it },
    { ...text, text: link.to_type, weight: 'bold', size: address },
    ...(partner === '' ? [] : [{ ...text, text: partner, before: small * 0.5 }]),
  ];
}

/** Draws one flyer of a sheet: its code and what belongs to it at the foot of the first page. */
function drawPage(
  pdf: Pdf,
  flyer: Flyer,
  { design, mark, head, pages, beside, below, foot }: Layout,
  { index, corner, is_copy }: { index: number; corner: Place; is_copy: boolean },
): void {
  const { width, height, margin, code } = design;
  const left = corner.x + margin;
  pdf.blocks(mark, { x: left, y: corner.y + margin }, is_copy);
  pdf.blocks(pages[index]!, { x: left, y: corner.y + margin + head }, is_copy);
  if (index > 0) return;
  const top = corner.y + height - margin - foot;
  const quiet = (code / flyer.code.size) * 4;
  // Its white hangs over the margin, so that its black is flush with the text.
  pdf.qr(flyer.code, { x: left - quiet, y: top - quiet, width: code, label: flyer.code_label, is_copy });
  pdf.line({ x: left, y: top - quiet }, { x: left + width - 2 * margin, y: top - quiet });
  pdf.blocks(beside, { x: left + code - quiet, y: top }, is_copy);
  pdf.blocks(below, { x: left, y: corner.y + height - margin - heightOf(below) }, is_copy);
}

/** Where a sheet of four is cut: dashed lines from edge to edge. */
function drawCuts(pdf: Pdf): void {
  const { width, height } = LETTER;
  pdf.line({ x: width / 2, y: 0 }, { x: width / 2, y: height }, 4);
  pdf.line({ x: 0, y: height / 2 }, { x: width, y: height / 2 }, 4);
}
