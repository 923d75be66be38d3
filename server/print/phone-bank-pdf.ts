import { setImmediate as nextTurn } from 'node:timers/promises';
import { LETTER, openPdf, type Pdf } from './pdf.ts';
import { BOXES, type PhoneBank, type PhoneSheet, type SheetWords, type SpokenText } from './phone-sheet.ts';
import { type Block, fitting, flow, setBlocks } from './typeset.ts';

/** Points, 72 to the inch. */
const MARGIN = 42;
const INNER = LETTER.width - 2 * MARGIN;
/** By how much a sheet's text shrinks where it is long; below that it goes on overleaf. */
const SCALES = [1.1, 1.05, 1, 0.95, 0.9, 0.85, 0.8];
const HEAD = { first: 18, row: 24, notes: 54 };
const COLUMNS = { outcome: 132, total: 48 };
const BOX = { size: 8.5, gap: 2.2 };

const TEXT = { weight: 'regular', size: 10, leading: 1.3, before: 0, tag: 'P' } as const;

/**
 * The sheets as a PDF, one page for each target where its text fits; then one of the seats and legislators that nobody is to
 * call. Other work goes on between two pages.
 */
export async function phoneBankPdf(bank: PhoneBank, now: Date): Promise<Buffer> {
  const { language, heading, title, words } = bank;
  const pdf = openPdf({ title: `${heading} – ${title}`, language, now });
  for (const sheet of bank.sheets) {
    drawSheet(pdf, bank, sheet);
    await nextTurn();
  }
  const rest = restOf(bank);
  if (rest.length > 0) {
    const room = LETTER.height - 2 * MARGIN - 2 * HEAD.first;
    for (const page of flow(setBlocks(pdf, rest, INNER), { first: room, others: room })) {
      const top = beginPage(pdf, title, words);
      pdf.blocks(page, { x: MARGIN, y: top });
      await nextTurn();
    }
  }
  return pdf.bytes();
}

/** Begins a page with the campaign's title and, on made-up legislators and in a preview, marks; gives the place below. */
function beginPage(pdf: Pdf, title: string, { sample, preview }: SheetWords): number {
  pdf.addPage();
  const marks = [preview, sample].filter((mark) => mark !== '');
  const head: Block[] = [
    ...marks.map((text): Block => ({ ...TEXT, text, weight: 'bold', size: 14 })),
    { ...TEXT, text: title, size: 9 },
  ];
  return pdf.blocks(setBlocks(pdf, head, INNER), { x: MARGIN, y: MARGIN - 10 }) + 6;
}

function drawSheet(pdf: Pdf, { title, words }: PhoneBank, sheet: PhoneSheet): void {
  const grid = HEAD.first * 2 + words.outcomes.length * HEAD.row + HEAD.notes;
  const top = beginPage(pdf, title, words);
  const first = LETTER.height - MARGIN - top - grid - 10;
  const { blocks } = fitting(SCALES, first, (scale) =>
    setBlocks(pdf, sheetBlocks(sheet, words, scale), INNER),
  );
  const others = LETTER.height - MARGIN - top;
  for (const [index, page] of flow(blocks, { first, others }).entries()) {
    const y = index === 0 ? top : beginPage(pdf, `${title} · ${sheet.who}`, words);
    pdf.blocks(page, { x: MARGIN, y });
    if (index === 0) drawGrid(pdf, words, LETTER.height - MARGIN - grid);
  }
}

function sheetBlocks(sheet: PhoneSheet, words: SheetWords, scale: number): Block[] {
  const text = { ...TEXT, size: 10.5 * scale, before: 3 * scale };
  const title: Block = { ...text, text: '', weight: 'bold', size: 12 * scale, before: 11 * scale, tag: 'H2' };
  const [main, ...others] = sheet.numbers.map(({ label, number }) => `${number}  ${label}`);
  const numbers: Block[] = [
    { ...text, text: main ?? words.no_number, weight: 'bold', size: (main ? 15 : 10.5) * scale },
    ...(others.length > 0 ? [{ ...text, text: others.join('  ·  ') }] : []),
  ];
  return [
    { ...text, text: sheet.who, weight: 'bold', size: 22 * scale, leading: 1.15, tag: 'H1' },
    { ...text, text: sheet.about, size: 12 * scale },
    ...numbers,
    { ...text, text: words.hours },
    ...(sheet.positions.length > 0 ? [{ ...text, text: `${words.did}: ${sheet.positions.join('; ')}` }] : []),
    { ...text, text: `${sheet.callers} ${sheet.as_of}` },
    { ...title, text: words.say },
    ...spokenBlocks(sheet.script, 12.5 * scale),
    { ...title, text: words.machine },
    ...spokenBlocks(sheet.machine, 11.5 * scale),
  ];
}

function spokenBlocks({ language, parts, translated }: SpokenText, size: number): Block[] {
  const spoken: Block = { ...TEXT, text: '', size, before: size * 0.45, language };
  const meaning = (text: string): Block => ({ ...TEXT, text, size: size * 0.85, before: 1, indent: 14 });
  return [
    ...parts.flatMap(({ text, translation }) => [
      { ...spoken, text },
      ...(translation === undefined ? [] : [meaning(translation)]),
    ]),
    ...translated.map(meaning),
  ];
}

/** The boxes for what came of the calls, by time of day, and lines for notes. */
function drawGrid(pdf: Pdf, { tally, outcomes, times, total, notes }: SheetWords, top: number): void {
  const field = (INNER - COLUMNS.outcome - COLUMNS.total) / times.length;
  const columnAt = (index: number) => MARGIN + COLUMNS.outcome + index * field;
  const say = (text: string, x: number, y: number, width: number, is_head = false) => {
    const block: Block = { ...TEXT, text, size: 9.5, leading: 1.15, weight: is_head ? 'bold' : 'regular' };
    pdf.blocks(setBlocks(pdf, [block], width), { x, y });
  };
  say(tally, MARGIN, top, INNER, true);
  const head = top + HEAD.first;
  for (const [index, time] of times.entries()) say(time, columnAt(index), head, field, true);
  say(total, columnAt(times.length), head, COLUMNS.total, true);
  for (const [row, outcome] of outcomes.entries()) {
    const y = head + HEAD.first + row * HEAD.row;
    pdf.line({ x: MARGIN, y: y - 4 }, { x: MARGIN + INNER, y: y - 4 });
    say(outcome, MARGIN, y + 2, COLUMNS.outcome - 6);
    for (const [index] of times.entries()) {
      for (let nth = 0; nth < BOXES; nth++) {
        const x = columnAt(index) + nth * (BOX.size + BOX.gap) + (nth < BOXES / 2 ? 0 : BOX.gap);
        pdf.box({ x, y: y + 3, width: BOX.size, height: BOX.size });
      }
    }
    pdf.box({ x: columnAt(times.length), y: y - 1, width: COLUMNS.total - 4, height: HEAD.row - 6 });
  }
  const below = head + HEAD.first + outcomes.length * HEAD.row;
  pdf.line({ x: MARGIN, y: below - 4 }, { x: MARGIN + INNER, y: below - 4 });
  say(notes, MARGIN, below + 2, INNER);
  for (const nth of [1, 2]) {
    const y = below + 14 + nth * 20;
    pdf.line({ x: MARGIN, y }, { x: MARGIN + INNER, y });
  }
}

/** Those whom nobody is to call, and seats without anyone. */
function restOf({ words, sheets, vacant, not_asked }: PhoneBank): Block[] {
  const text = { ...TEXT, size: 10.5, before: 5 };
  const title = { ...TEXT, weight: 'bold', size: 14, before: 16, tag: 'H1' } as const;
  return [
    ...(sheets.length === 0 ? [{ ...text, text: words.none, weight: 'bold' as const }] : []),
    ...(vacant.length > 0 ? [{ ...title, text: words.vacant }] : []),
    ...vacant.map((seat) => ({ ...text, text: seat })),
    ...(not_asked.length > 0 ? [{ ...title, text: words.not_asked }] : []),
    ...not_asked.map(({ who, why }) => ({ ...text, text: `${who}. ${why}` })),
  ];
}
