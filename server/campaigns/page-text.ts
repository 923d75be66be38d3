import MarkdownIt from 'markdown-it';
import { withoutComments } from './comments.ts';

const markdown = new MarkdownIt({ html: false, typographer: false, linkify: false });

// The page has one first heading, the campaign's title: those of the text begin one below.
markdown.core.ruler.push('lower_headings', (state) => {
  for (const token of state.tokens) {
    if (token.type === 'heading_open' || token.type === 'heading_close')
      token.tag = `h${Math.min(6, Number(token.tag[1]) + 1)}`;
    for (const child of token.children ?? []) {
      if (child.type === 'link_open') child.attrSet('rel', 'noopener');
    }
  }
});
// Pictures would be fetched from wherever they lie: nothing on a page comes from third parties.
markdown.disable('image');

/** The HTML of a page written in Markdown; HTML in it is shown as text, links with scripts and notes are left out. */
export function pageHtml(source: string): string {
  return markdown.render(withoutComments(source));
}

/** A paragraph, a heading or an entry of a list, as readers see it. */
export interface PageBlock {
  /** The line in which it begins, from 1. */
  line: number;
  /** Its words, without the signs of Markdown. */
  text: string;
  /** Whether it holds a picture, of which only the link is shown. */
  has_picture: boolean;
  is_heading: boolean;
}

/** What readers see of a page, block by block. Code is left out: it is no speech. */
export function pageBlocks(source: string): PageBlock[] {
  const tokens = markdown.parse(withoutComments(source), {});
  return tokens.flatMap((token, index): PageBlock[] => {
    if (token.type !== 'inline' || !token.map) return [];
    const children = token.children ?? [];
    return [
      {
        line: token.map[0] + 1,
        text: children
          .map(({ type, content }) => (/break$/.test(type) ? '\n' : type === 'text' ? content : ''))
          .join(''),
        has_picture: children.some(
          ({ content }, nth) => content.endsWith('!') && children[nth + 1]?.type === 'link_open',
        ),
        is_heading: tokens[index - 1]?.type === 'heading_open',
      },
    ];
  });
}
