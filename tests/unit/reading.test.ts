import { FILLED_IN, readingOf } from '../../server/campaigns/reading.ts';
import { syllablesOf } from '../../server/campaigns/syllables.ts';

test.each([
  ['agua', 2],
  ['leer', 2],
  ['país', 2],
  ['ciudad', 2],
  ['energía', 4],
  ['también', 2],
  ['guerra', 2],
  ['pingüino', 3],
  ['muy', 1],
  ['y', 1],
  ['yo', 1],
  ['ahora', 3],
  ['legisladores', 5],
  ['constitución', 4],
  ['oía', 3],
  ['Óigame', 3],
])('%s has its syllables counted as Spanish speaks it: %d', (word, count) => {
  expect(syllablesOf(word, 'es')).toBe(count);
});

const EASY = 'We ask for clean water. It is for all of us. Please call them now. They will hear you. ';
const HARD =
  'Comprehensive environmental legislation necessitates extraordinary administrative cooperation notwithstanding institutional considerations, particularly regarding municipal infrastructure modernization obligations. ';
const EASY_ES = 'Pedimos agua limpia. Es para todos. Llame hoy a su oficina. Le van a oír. ';
const HARD_ES =
  'La implementación institucional de disposiciones administrativas extraordinarias requiere consideraciones presupuestarias complementarias, independientemente de responsabilidades gubernamentales preestablecidas. ';

test.each([
  ['en', EASY, 'flesch-kincaid', false],
  ['en', HARD, 'flesch-kincaid', true],
  ['es', EASY_ES, 'szigriszt-pazos', false],
  ['es', HARD_ES, 'szigriszt-pazos', true],
  ['ht', `${'Nou mande dlo pwòp pou tout moun nan vil la. '.repeat(4)}`, 'sentence-length', false],
  ['ht', `${'Nou mande dlo pwòp '.repeat(6)}. `, 'sentence-length', true],
])('a text in %s is measured by the formula of its language: %j', (language, text, scale, is_hard) => {
  expect(readingOf(text.repeat(3), language)).toMatchObject({ scale, is_hard });
});

test('the grade is the one that the formula gives', () => {
  // Six sentences of eight words, and of ten syllables: 0.39 × 8 + 11.8 × 10 / 8 − 15.59.
  const text = 'We ask them for clean water every day. '.repeat(6);
  expect(readingOf(text, 'en')).toMatchObject({ value: 2.3, longest_words: 8 });
  // Six sentences of five words, and of eleven syllables: 206.835 − 62.3 × 11 / 5 − 5.
  expect(readingOf('Pedimos agua limpia para todos. '.repeat(6), 'es')).toMatchObject({ value: 64.8 });
});

test('a text of fewer than thirty words is not graded', () => {
  expect(readingOf('We ask them for clean water every day. '.repeat(3), 'en')).toBeUndefined();
});

test('names, addresses and greetings make a text neither harder nor easier', () => {
  const text = 'We ask them for clean water every day. '.repeat(6);
  const named = text.replaceAll('them', 'Representative Bartholomew Featherstone-Cunningham');
  const filled = text.replaceAll('them', `${FILLED_IN} ${FILLED_IN}`);
  const linked = text.replaceAll('them', 'https://example.org/environmental-administration');
  const plain = readingOf(text, 'en')!;
  for (const one of [named, filled, linked]) expect(readingOf(one, 'en')!.value).toBe(plain.value);
  const signed = `Dear ${FILLED_IN},\n\n${text}\n\nSincerely,\n${FILLED_IN}\n${FILLED_IN}, FL`;
  expect(readingOf(signed, 'en')!.value).toBe(plain.value);
});

test('lines that break within a sentence are one, and the longest is told', () => {
  const text = `${'We ask them for clean water every day. '.repeat(4)}\n\nThis one is\nlonger than all of the others here.`;
  expect(readingOf(text, 'en')).toMatchObject({
    longest: 'This one is longer than all of the others here.',
    longest_words: 10,
  });
});
