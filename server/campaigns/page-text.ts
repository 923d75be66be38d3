import MarkdownIt from 'markdown-it';

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

/** The HTML of a page written in Markdown; HTML in it is shown as text, links with scripts are left out. */
export function pageHtml(source: string): string {
  return markdown.render(source);
}
