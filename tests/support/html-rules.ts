import { type ConfigData, HtmlValidate } from 'html-validate';

/**
 * What html-validate is asked: what the standard says, and what it counts to accessibility and to whole documents. Rules that
 * are off or changed have their reason beside them.
 */
const CONFIG: ConfigData = {
  root: true,
  extends: ['html-validate:standard', 'html-validate:a11y', 'html-validate:document'],
  rules: {
    // Scripts and sheets come from the host that sends the page: whoever could change the one could change the other.
    'require-sri': 'off',
    // What is wrong with a form is told above the page's heading, with a heading of its own, so that it is read first.
    'heading-level': ['error', { minInitialRank: 'h2' }],
  },
};

/** The same for mails: mail programs know no style sheet. */
const OF_MAILS: ConfigData = { ...CONFIG, rules: { ...CONFIG.rules, 'no-inline-style': 'off' } };

const page_validator = new HtmlValidate(CONFIG);
const mail_validator = new HtmlValidate(OF_MAILS);

/** What is wrong with a page, or with a mail: rule, message and place of each fault, each once. */
export async function htmlFaults(html: string, { is_mail = false } = {}): Promise<string[]> {
  const report = await (is_mail ? mail_validator : page_validator).validateString(html);
  const messages = report.results.flatMap((result) => result.messages);
  return [...new Set(messages.map(({ ruleId, message, selector }) => `${ruleId}: ${message} (${selector})`))];
}
