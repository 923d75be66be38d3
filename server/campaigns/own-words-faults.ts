import { faultAt, type TemplateFault } from './template-syntax.ts';

/** The name between its braces, and whatever else stands there: '#if ', '../', '~'. */
const NAMED = /\{\{\{?(?!~?!)([^{}]*)supporter\.own_words\b([^{}]*)\}?\}\}/g;

/**
 * Where a template names the supporter's own words and can't: they may be empty and are known on the page alone, so they
 * stand in the text of an e-mail, on a line of their own, which goes where there are none.
 */
export function ownWordsFaults(source: string, is_letter: boolean): TemplateFault[] {
  return [...source.matchAll(NAMED)].flatMap(({ 0: whole, 1: before = '', 2: after = '', index }) => {
    const offset = index + whole.indexOf('supporter.own_words');
    if (!is_letter)
      return [
        faultAt(
          source,
          offset,
          "'supporter.own_words' is for the text of an e-mail alone. Take it out here.",
        ),
      ];
    if (!/^[~\s./]*$/.test(before) || !/^[~\s]*$/.test(after)) {
      const message =
        "'supporter.own_words' can't be asked for: it is filled in on the page. Write {{supporter.own_words}} on a line of its own, which goes where there are none.";
      return [faultAt(source, offset, message)];
    }
    const line = source.split('\n')[faultAt(source, index, '').line - 1]!;
    if (line.trim() === whole) return [];
    const message =
      "'supporter.own_words' stands on a line of its own, with nothing before or after it: the line goes where there are none.";
    return [faultAt(source, offset, message)];
  });
}
