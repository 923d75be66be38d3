import type { NewBill, NewTexts, TextsFor } from './new-campaign.ts';
import { noteAbove, noteToWrite } from './new-notes.ts';
import { readableSession } from './session-words.ts';

const OFFICE = 'A la oficina de {{legislator.name}}, {{legislator.chamber_name}} de {{state.name}}:';
const LIVES = `{{#if is_constituent}}Vivo en su distrito, en {{supporter.city}}.{{else}}Vivo en {{supporter.city}}, {{state.name}}.{{/if}}`;
const CALLER = `Hola. Me llamo {{supporter.name}}.
${LIVES} Mi código postal es {{supporter.zip}}.`;
const AGAIN = 'Repito: me llamo {{supporter.name}}. Gracias.';
const THE_BILL = 'proyecto {{bill.identifier}}';

/** What depends on the ask. */
const WORDS = {
  support: {
    please: (bill: string) => `apoye el ${bill}`,
    do_it: 'lo apoye',
    would: 'para que usted lo apoye',
    going_on: `siga apoyando el ${THE_BILL}`,
    colleagues: 'que también lo apoyen',
    to_ask: 'que apoyen',
    title: 'Apoye',
    you_ask: 'apoye',
    of_bills: (names: string[]) => names.map((name) => `el ${name}`),
  },
  oppose: {
    please: (bill: string) => `opóngase al ${bill}`,
    do_it: 'se oponga a él',
    would: 'para que usted se oponga a él',
    going_on: `siga oponiéndose al ${THE_BILL}`,
    colleagues: 'que también se opongan a él',
    to_ask: 'que se opongan',
    title: 'Opóngase',
    you_ask: 'opóngase',
    of_bills: (names: string[]) => names.map((name) => `al ${name}`),
  },
};

/** The first texts of a campaign in Spanish, with usted. */
export function spanishTexts({ state, ask, bills }: TextsFor): NewTexts {
  const words = WORDS[ask];
  const named = new Intl.ListFormat('es').format(words.of_bills(bills.map(({ identifier }) => identifier)));
  const close = `Atentamente,
{{supporter.name}}
{{supporter.street}}
{{supporter.city}}, ${state.state.toUpperCase()} {{supporter.zip}}
`;
  const these = bills.length === 1 ? 'este proyecto de ley' : 'estos proyectos de ley';
  return {
    title: `${words.title} ${named}`,
    summary: `Pida a sus legisladores ${words.to_ask} ${named}.`,
    readBill: (identifier) => `Lea el ${identifier} (en inglés)`,
    files: {
      'page.md': `${noteAbove('page')}

# Qué pedimos

Pida a sus legisladores ${words.to_ask} ${ask === 'oppose' ? 'a ' : ''}${these}:

${bills.map((bill) => inList(bill)).join('\n')}

${noteToWrite('page_change')}

${noteToWrite('page_matter')}
`,
      'prompts.md': `${noteAbove('prompts')}

- ¿Por qué le importa esto, a usted o a personas que conoce?
- Si se aprueba, ¿qué será distinto donde usted vive?
- ¿Qué debería saber quien le representa sobre el lugar donde usted vive?
`,
      'flyer.md': `${noteAbove('flyer')}

# Pida a sus legisladores ${words.to_ask} ${named}

- Hola. Vivo en su distrito.
- Por favor, ${words.you_ask} ${named}.
- Gracias por su tiempo.
`,
      'email.hbs': `${noteAbove('email')}
Subject: Por favor, ${words.please(THE_BILL)}

${OFFICE}

${LIVES}

Le escribo por el ${THE_BILL} de la sesión de {{bill.session}}. Le pido que ${words.do_it}.
${noteToWrite('email')}

{{supporter.own_words}}

¿Podría decirme cuál es su posición?

${close}`,
      'email.ally.hbs': `${noteAbove('email.ally')}
Subject: Gracias, y una petición sobre el ${THE_BILL}

${OFFICE}

${LIVES} En la sesión de {{position.session}}, usted {{position.label}} {{position.bill}}. Gracias.

{{supporter.own_words}}

Le pido que ${words.going_on}, y que pida a sus colegas ${words.colleagues}.

${close}`,
      'email.opponent.hbs': `${noteAbove('email.opponent')}
Subject: Por favor, considere otra vez el ${THE_BILL}

${OFFICE}

${LIVES} En la sesión de {{position.session}}, usted {{position.label}} {{position.bill}}. Yo lo veo de otra manera.
${noteToWrite('opponent')}

{{supporter.own_words}}

Por favor, considere otra vez el ${THE_BILL}. Le pido que ${words.do_it}. ¿Qué tendría que cambiar ${words.would}?

${close}`,
      'phone.hbs': `${noteAbove('phone')}
${CALLER}

Llamo por el ${THE_BILL}.
${noteToWrite('phone')}

Pido a {{legislator.name}} que por favor ${words.do_it}.

Gracias por su tiempo.
`,
      'phone.ally.hbs': `${noteAbove('phone.ally')}
${CALLER}

Llamo para dar las gracias.
En la sesión de {{position.session}}, {{legislator.name}} {{position.label}} {{position.bill}}.

Pido a {{legislator.name}} que ${words.going_on}.

Gracias por su tiempo.
`,
      'phone.opponent.hbs': `${noteAbove('phone.opponent')}
${CALLER}

Llamo por el ${THE_BILL}.
En la sesión de {{position.session}}, {{legislator.name}} {{position.label}} {{position.bill}}.
Yo lo veo de otra manera.

Pido a {{legislator.name}} que por favor lo considere otra vez, y que ${words.do_it}.

Gracias por su tiempo.
`,
      'voicemail.hbs': `${noteAbove('voicemail')}
${CALLER}

Llamo por el ${THE_BILL}. Pido a {{legislator.name}} que por favor ${words.do_it}.
${noteToWrite('voicemail')}

${AGAIN}
`,
      'voicemail.ally.hbs': `${noteAbove('voicemail.ally')}
${CALLER}

Gracias: {{legislator.name}} {{position.label}} {{position.bill}}.
Pido a {{legislator.name}} que ${words.going_on}.

${AGAIN}
`,
      'voicemail.opponent.hbs': `${noteAbove('voicemail.opponent')}
${CALLER}

Llamo por el ${THE_BILL}. Pido a {{legislator.name}} que por favor lo considere otra vez, y que ${words.do_it}.
${noteToWrite('voicemail_opponent')}

${AGAIN}
`,
    },
  };
}

function inList({ identifier, session, url }: NewBill): string {
  const named = `${identifier} de la sesión de ${readableSession(session)}`;
  return url === undefined ? `- ${named}` : `- [${named} (en inglés)](${url})`;
}
