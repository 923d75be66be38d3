import type { NewBill, NewTexts, TextsFor } from './new-campaign.ts';
import { noteAbove, noteToWrite } from './new-notes.ts';
import { readableSession } from './session-words.ts';

const LIVES = `{{#if is_constituent}}I live in your district, in {{supporter.city}}.{{else}}I live in {{supporter.city}}, {{state.name}}.{{/if}}`;
const CALLER = `Hello. My name is {{supporter.name}}.
${LIVES} My ZIP code is {{supporter.zip}}.`;
const AGAIN = 'Again, my name is {{supporter.name}}. Thank you.';

/** The first texts of a campaign in English. */
export function englishTexts({ state, ask, bills }: TextsFor): NewTexts {
  const going_on = { support: 'supporting', oppose: 'opposing' }[ask];
  const Ask = { support: 'Support', oppose: 'Oppose' }[ask];
  const named = inEnglish(bills.map(({ identifier }) => identifier));
  const close = `Sincerely,
{{supporter.name}}
{{supporter.street}}
{{supporter.city}}, ${state.state.toUpperCase()} {{supporter.zip}}
`;
  return {
    title: `${Ask} ${named}`,
    summary: `Ask your legislators to ${ask} ${named}.`,
    readBill: (identifier) => `Read ${identifier}`,
    files: {
      'page.md': `${noteAbove('page')}

# What we ask

Ask your legislators to ${ask} ${bills.length === 1 ? 'this bill' : 'these bills'}:

${bills.map(inList).join('\n')}

${noteToWrite('page_change')}

${noteToWrite('page_matter')}
`,
      'prompts.md': `${noteAbove('prompts')}

- Why does this matter to you, or to people you know?
- If it passes, what will be different where you live?
- What should your legislator know about the place where you live?
`,
      'flyer.md': `${noteAbove('flyer')}

# Ask your legislators to ${ask} ${named}

- Hello. I live in your district.
- Please ${ask} ${named}.
- Thank you for your time.
`,
      'email.hbs': `${noteAbove('email')}
Subject: Please ${ask} {{bill.identifier}}

Dear {{legislator.title}} {{legislator.name}},

${LIVES}

I am writing about {{bill.identifier}} of the {{bill.session}} session. I ask you to ${ask} it.
${noteToWrite('email')}

{{supporter.own_words}}

Would you tell me where you stand on it?

${close}`,
      'email.ally.hbs': `${noteAbove('email.ally')}
Subject: Thank you, and a request about {{bill.identifier}}

Dear {{legislator.title}} {{legislator.name}},

${LIVES} In the {{position.session}} session you {{position.label}} {{position.bill}}. Thank you.

{{supporter.own_words}}

Please go on ${going_on} {{bill.identifier}}, and ask your colleagues to ${ask} it too.

${close}`,
      'email.opponent.hbs': `${noteAbove('email.opponent')}
Subject: Please look again at {{bill.identifier}}

Dear {{legislator.title}} {{legislator.name}},

${LIVES} In the {{position.session}} session you {{position.label}} {{position.bill}}. I see it differently.
${noteToWrite('opponent')}

{{supporter.own_words}}

Please look again at {{bill.identifier}}. I ask you to ${ask} it. What would have to change for you to do so?

${close}`,
      'phone.hbs': `${noteAbove('phone')}
${CALLER}

I am calling about {{bill.identifier}}.
${noteToWrite('phone')}

I ask {{legislator.title}} {{legislator.name}} to please ${ask} it.

Thank you for your time.
`,
      'phone.ally.hbs': `${noteAbove('phone.ally')}
${CALLER}

I am calling to say thank you.
In the {{position.session}} session {{legislator.title}} {{legislator.name}} {{position.label}} {{position.bill}}.

Please go on ${going_on} {{bill.identifier}}.

Thank you for your time.
`,
      'phone.opponent.hbs': `${noteAbove('phone.opponent')}
${CALLER}

I am calling about {{bill.identifier}}.
In the {{position.session}} session {{legislator.title}} {{legislator.name}} {{position.label}} {{position.bill}}.
I see it differently.

I ask {{legislator.title}} {{legislator.name}} to please look at it again, and to ${ask} it.

Thank you for your time.
`,
      'voicemail.hbs': `${noteAbove('voicemail')}
${CALLER}

I am calling about {{bill.identifier}}. I ask you to please ${ask} it.
${noteToWrite('voicemail')}

${AGAIN}
`,
      'voicemail.ally.hbs': `${noteAbove('voicemail.ally')}
${CALLER}

Thank you: {{legislator.title}} {{legislator.name}} {{position.label}} {{position.bill}}.
Please go on ${going_on} {{bill.identifier}}.

${AGAIN}
`,
      'voicemail.opponent.hbs': `${noteAbove('voicemail.opponent')}
${CALLER}

I am calling about {{bill.identifier}}. I ask you to please look at it again, and to ${ask} it.
${noteToWrite('voicemail_opponent')}

${AGAIN}
`,
    },
  };
}

function inEnglish(names: string[]): string {
  return new Intl.ListFormat('en').format(names);
}

function inList({ identifier, session, url }: NewBill): string {
  const named = `${identifier} of the ${readableSession(session)} session`;
  return url === undefined ? `- ${named}` : `- [${named}](${url})`;
}
