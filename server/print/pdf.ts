import PDFDocument from 'pdfkit';
import { fontOf } from './letters.ts';
import type { QrCode } from './qr-code.ts';
import type { Measure, SetBlock } from './typeset.ts';

/** US letter in points, 72 to the inch. */
export const LETTER = { width: 612, height: 792 };

/** What a PDF says of itself. */
export interface PdfFacts {
  title: string;
  /** Language of its text: 'es'. */
  language: string;
  /** Goes into the file: the same moment gives the same bytes. */
  now: Date;
}

/** Where something is drawn, in points from the page's upper left corner. */
export interface Place {
  x: number;
  y: number;
}

/** A PDF that is being made: black on white, its text tagged by what it is, so that it can be selected and read aloud. */
export interface Pdf extends Measure {
  addPage: () => void;
  /** Draws blocks one below the other, and gives the place below the last. `is_copy` where readers have met them before. */
  blocks: (blocks: SetBlock[], at: Place, is_copy?: boolean) => number;
  /** Draws a QR code so many points wide, its white included. */
  qr: (code: QrCode, at: Place & { width: number; label: string; is_copy?: boolean }) => void;
  /** A line; `dash` = length of its strokes, none for a whole line. */
  line: (from: Place, to: Place, dash?: number) => void;
  box: (at: Place & { width: number; height: number }) => void;
  /** Ends the file and gives its bytes. */
  bytes: () => Promise<Buffer>;
}

/** Begins a PDF of US letter pages, without any page. */
export function openPdf({ title, language, now }: PdfFacts): Pdf {
  const doc = new PDFDocument({
    size: 'LETTER',
    margin: 0,
    autoFirstPage: false,
    pdfVersion: '1.7',
    tagged: true,
    displayTitle: true,
    lang: language,
    info: { Title: title, Creator: 'Statehouse', Producer: 'Statehouse', CreationDate: now },
  });
  const chunks: Buffer[] = [];
  doc.on('data', (chunk: Buffer) => chunks.push(chunk));
  const ended = new Promise<void>((resolve, reject) => {
    doc.on('end', resolve);
    doc.on('error', reject);
  });
  // pdfkit takes a font that was read before as well, which its types do not say.
  for (const weight of ['regular', 'bold'] as const)
    doc.registerFont(weight, fontOf(weight) as unknown as Buffer);
  const whole = doc.struct('Document');
  doc.addStructure(whole);

  /** What readers are to know of is given its tag; the rest is passed over by those that read aloud. */
  const tagged = (tag: string, is_copy: boolean, draw: () => void, options = {}) => {
    if (is_copy) {
      doc.markContent('Artifact', { type: 'Layout' });
      draw();
      doc.endMarkedContent();
    } else whole.add(doc.struct(tag, options, [draw]));
  };

  const drawLines = ({ lines, weight, size, leading, indent = 0, is_item }: SetBlock, { x, y }: Place) => {
    doc.font(weight).fontSize(size);
    if (is_item) doc.text('•', x, y, { lineBreak: false });
    for (const [index, line] of lines.entries()) {
      doc.text(line, x + indent, y + index * size * leading, { lineBreak: false });
    }
  };

  return {
    widthOf: (text, weight, size) => doc.font(weight).fontSize(size).widthOfString(text),
    addPage: () => void doc.addPage(),
    blocks: (blocks, { x, y }, is_copy = false) => {
      let below = y;
      for (const [index, block] of blocks.entries()) {
        below += index === 0 ? 0 : block.before;
        const top = below;
        tagged(
          block.tag,
          is_copy,
          () => drawLines(block, { x, y: top }),
          block.language === undefined ? {} : { lang: block.language },
        );
        below += block.lines.length * block.size * block.leading;
      }
      return below;
    },
    qr: ({ size, path }, { x, y, width, label, is_copy = false }) =>
      tagged(
        'Figure',
        is_copy,
        () => {
          doc
            .save()
            .translate(x, y)
            .scale(width / size, width / size);
          doc.rect(0, 0, size, size).fill('#fff').path(path).fill('#000').restore();
        },
        { alt: label },
      ),
    line: (from, to, dash) => {
      doc.markContent('Artifact', { type: 'Layout' });
      doc.save().lineWidth(0.75);
      if (dash !== undefined) doc.dash(dash, {});
      doc.moveTo(from.x, from.y).lineTo(to.x, to.y).stroke('black').restore();
      doc.endMarkedContent();
    },
    box: ({ x, y, width, height }) => {
      doc.markContent('Artifact', { type: 'Layout' });
      doc.save().lineWidth(0.75).rect(x, y, width, height).stroke('black').restore();
      doc.endMarkedContent();
    },
    bytes: async () => {
      whole.end();
      doc.end();
      await ended;
      return Buffer.concat(chunks);
    },
  };
}
