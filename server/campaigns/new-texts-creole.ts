import type { NewBill, NewTexts, TextsFor } from './new-campaign.ts';
import { noteAbove, noteToWrite } from './new-notes.ts';
import { readableSession } from './session-words.ts';

const OFFICE = 'Pou biwo {{legislator.name}}:';
const LIVES = `{{#if is_constituent}}Mwen abite nan distri ou a, nan {{supporter.city}}.{{else}}Mwen abite nan {{supporter.city}}, {{state.name}}.{{/if}}`;
const CALLER = `Bonjou. Mwen rele {{supporter.name}}.
${LIVES} Kòd postal mwen se {{supporter.zip}}.`;
const AGAIN = 'Ankò, mwen rele {{supporter.name}}. Mèsi.';
const THE_BILL = 'pwojè lwa {{bill.identifier}}';

/** What depends on the ask. */
const WORDS = {
  support: { act: 'sipòte', act_on_it: 'sipòte l' },
  oppose: { act: 'kanpe kont', act_on_it: 'kanpe kont li' },
};

/** The first texts of a campaign in Haitian Creole. */
export function creoleTexts({ state, ask, bills }: TextsFor): NewTexts {
  const { act, act_on_it } = WORDS[ask];
  const names = bills.map(({ identifier }) => identifier);
  const named = names.length === 1 ? names[0]! : `${names.slice(0, -1).join(', ')} ak ${names.at(-1)}`;
  const close = `Avèk respè,
{{supporter.name}}
{{supporter.street}}
{{supporter.city}}, ${state.state.toUpperCase()} {{supporter.zip}}
`;
  return {
    title: `Ann ${act} ${named}`,
    summary: `Mande lejislatè ou yo pou yo ${act} ${named}.`,
    readBill: (identifier) => `Li ${identifier} (an angle)`,
    files: {
      'page.md': `${noteAbove('page')}

# Sa n ap mande

Mande lejislatè ou yo pou yo ${act} pwojè lwa ${bills.length === 1 ? 'sa a' : 'sa yo'}:

${bills.map(inList).join('\n')}

${noteToWrite('page_change')}

${noteToWrite('page_matter')}
`,
      'prompts.md': `${noteAbove('prompts')}

- Poukisa sa enpòtan pou ou, oswa pou moun ou konnen?
- Si sa pase, kisa k ap chanje kote ou abite a?
- Kisa lejislatè ou dwe konnen sou kote ou abite a?
`,
      'flyer.md': `${noteAbove('flyer')}

# Mande lejislatè ou yo pou yo ${act} ${named}

- Bonjou. Mwen abite nan distri ou a.
- Tanpri ${act} ${named}.
- Mèsi pou tan ou.
`,
      'email.hbs': `${noteAbove('email')}
Subject: Tanpri ${act} ${THE_BILL}

${OFFICE}

${LIVES}

M ap ekri ou sou ${THE_BILL}, sesyon {{bill.session}}. Mwen mande ou pou ou ${act_on_it}.
${noteToWrite('email')}

{{supporter.own_words}}

Èske ou ka di m ki pozisyon ou sou li?

${close}`,
      'email.ally.hbs': `${noteAbove('email.ally')}
Subject: Mèsi, ak yon demann sou ${THE_BILL}

${OFFICE}

${LIVES} Nan sesyon {{position.session}}, ou {{position.label}} {{position.bill}}. Mèsi.

{{supporter.own_words}}

Tanpri kontinye ${act} ${THE_BILL}, epi mande kòlèg ou yo pou yo ${act_on_it} tou.

${close}`,
      'email.opponent.hbs': `${noteAbove('email.opponent')}
Subject: Tanpri gade ${THE_BILL} ankò

${OFFICE}

${LIVES} Nan sesyon {{position.session}}, ou {{position.label}} {{position.bill}}. Mwen wè sa yon lòt jan.
${noteToWrite('opponent')}

{{supporter.own_words}}

Tanpri gade ${THE_BILL} ankò. Mwen mande ou pou ou ${act_on_it}. Kisa ki ta dwe chanje pou ou fè sa?

${close}`,
      'phone.hbs': `${noteAbove('phone')}
${CALLER}

M ap rele sou ${THE_BILL}.
${noteToWrite('phone')}

Tanpri, mwen mande {{legislator.name}} pou li ${act_on_it}.

Mèsi pou tan ou.
`,
      'phone.ally.hbs': `${noteAbove('phone.ally')}
${CALLER}

M ap rele pou m di mèsi.
Nan sesyon {{position.session}}, {{legislator.name}} {{position.label}} {{position.bill}}.

Tanpri kontinye ${act} ${THE_BILL}.

Mèsi pou tan ou.
`,
      'phone.opponent.hbs': `${noteAbove('phone.opponent')}
${CALLER}

M ap rele sou ${THE_BILL}.
Nan sesyon {{position.session}}, {{legislator.name}} {{position.label}} {{position.bill}}.
Mwen wè sa yon lòt jan.

Tanpri, mwen mande {{legislator.name}} pou li gade l ankò, epi pou li ${act_on_it}.

Mèsi pou tan ou.
`,
      'voicemail.hbs': `${noteAbove('voicemail')}
${CALLER}

M ap rele sou ${THE_BILL}. Tanpri, mwen mande {{legislator.name}} pou li ${act_on_it}.
${noteToWrite('voicemail')}

${AGAIN}
`,
      'voicemail.ally.hbs': `${noteAbove('voicemail.ally')}
${CALLER}

Mèsi: {{legislator.name}} {{position.label}} {{position.bill}}.
Tanpri kontinye ${act} ${THE_BILL}.

${AGAIN}
`,
      'voicemail.opponent.hbs': `${noteAbove('voicemail.opponent')}
${CALLER}

M ap rele sou ${THE_BILL}. Tanpri, mwen mande {{legislator.name}} pou li gade l ankò, epi pou li ${act_on_it}.
${noteToWrite('voicemail_opponent')}

${AGAIN}
`,
    },
  };
}

function inList({ identifier, session, url }: NewBill): string {
  const named = `${identifier}, sesyon ${readableSession(session)}`;
  return url === undefined ? `- ${named}` : `- [${named} (an angle)](${url})`;
}
