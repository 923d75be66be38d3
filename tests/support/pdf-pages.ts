import jsQR from 'jsqr';
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';

/** A part of a page, in points from its upper left corner. */
export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** A page of a PDF as a reader has it. */
export interface PdfPage {
  width: number;
  height: number;
  /** All of its text, one piece after the other. */
  text: string;
  /** Where each piece of its text stands. */
  pieces: (Box & { text: string })[];
  /** What the QR code in a part of the page says, where it is, and how wide one of its squares; undefined where none can be read there. */
  codeIn: (box: Box) => { text: string; box: Box; module: number } | undefined;
  /** The picture of the page, for looking at. */
  png: () => Buffer;
}

/** A PDF as a reader has it. */
export interface PdfRead {
  title: string;
  language: string;
  /** Whether each page tells what is a paragraph. */
  is_tagged: boolean;
  pages: PdfPage[];
}

/** Pixels to the point: 108 to the inch, a third of what printers print. */
const SCALE = 1.5;

/** Opens a PDF, draws its pages, and reads their text. */
export async function readPdf(bytes: Uint8Array): Promise<PdfRead> {
  const pdf = await getDocument({ data: new Uint8Array(bytes), verbosity: 0 }).promise;
  const { info } = (await pdf.getMetadata()) as { info: { Title: string; Language: string } };
  const pages: PdfPage[] = [];
  let is_tagged = true;
  for (let number = 1; number <= pdf.numPages; number++) {
    const page = await pdf.getPage(number);
    is_tagged &&= JSON.stringify(await page.getStructTree()).includes('"role":"P"');
    const viewport = page.getViewport({ scale: SCALE });
    const size = { width: viewport.width / SCALE, height: viewport.height / SCALE };
    // It knows the canvas that it brings for Node.
    const factory = pdf.canvasFactory as {
      create: (width: number, height: number) => { canvas: Picture; context: CanvasRenderingContext2D };
    };
    const { canvas, context } = factory.create(viewport.width, viewport.height);
    await page.render({ canvas: null, canvasContext: context, viewport }).promise;
    const { items } = await page.getTextContent();
    const pieces = items.flatMap((item) => {
      if (!('str' in item) || item.str.trim() === '') return [];
      const [, , , , x, below] = item.transform as [number, number, number, number, number, number];
      return [
        { text: item.str, x, y: size.height - below - item.height, width: item.width, height: item.height },
      ];
    });
    pages.push({
      ...size,
      text: pieces.map(({ text }) => text).join(' '),
      pieces,
      codeIn: (box) => codeIn(context, box),
      png: () => canvas.toBuffer('image/png'),
    });
  }
  return {
    title: info.Title,
    language: info.Language,
    is_tagged,
    pages,
  };
}

interface Picture {
  toBuffer: (type: string) => Buffer;
}

function codeIn(context: CanvasRenderingContext2D, box: Box) {
  const { data, width, height } = context.getImageData(
    Math.round(box.x * SCALE),
    Math.round(box.y * SCALE),
    Math.round(box.width * SCALE),
    Math.round(box.height * SCALE),
  );
  const found = jsQR.default(data, width, height, { inversionAttempts: 'dontInvert' });
  if (!found) return undefined;
  // The middles of its upper corner marks are found most exactly: each is three and a half modules from the edges.
  const { topLeftFinderPattern: left, topRightFinderPattern: right } = found.location;
  const modules = 17 + 4 * found.version;
  const module = (right.x - left.x) / SCALE / (modules - 7);
  const corner = (place: number) => place / SCALE - 3.5 * module;
  return {
    text: found.data,
    module,
    box: {
      x: box.x + corner(left.x),
      y: box.y + corner(left.y),
      width: module * modules,
      height: module * modules,
    },
  };
}
