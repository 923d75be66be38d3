import { readdirSync, readFileSync } from 'node:fs';
import type { PositionName } from '../../server/bills/position.ts';
import type { Campaign, MessageKind, MessageTemplate } from '../../server/campaigns/campaign.ts';
import { chooseTemplate } from '../../server/campaigns/choose-template.ts';
import { type MessageRequest, messagesFor } from '../../server/campaigns/messages.ts';
import { readCampaigns } from '../../server/campaigns/read-campaigns.ts';
import type { Target } from '../../server/campaigns/targets.ts';
import type { OrgClassification } from '../../server/legislators/legislator.ts';
import { finishText, LONGEST_LINK, mailLinks } from '../../views/assets/mail-links.js';
import { madeUpTarget } from '../fixtures/campaigns/made-up-target.ts';
import { floridaWords, localeOf } from '../support/message-words.ts';

let campaign: Campaign;
beforeAll(async () => {
  campaign = (await readCampaigns('campaigns')).campaigns.find(({ slug }) => slug === 'visible-act')!;
});

const LONG_NAME = 'Bartholomew Featherstone';
const DETAILS = {
  name: 'Maximiliana Wetherington',
  street: '12345 Northwest Martin Luther King Boulevard, Apartment 1204',
  city: 'Jacksonville Beach',
  zip: '32250-1234',
};
function targetOf(
  chamber: OrgClassification,
  position: PositionName | undefined,
  ask: Campaign['ask'] = 'support',
): Target {
  const email = 'bartholomew.featherstone.web@flsenate.example.gov';
  const {
    given_name: _,
    family_name: __,
    ...legislator
  } = { ...madeUpTarget({ chamber }).legislator, name: LONG_NAME, email };
  return { ...madeUpTarget({ chamber, position, ask }), legislator };
}

function requestOf(target: Target, changes: Partial<MessageRequest> = {}): MessageRequest {
  return {
    target,
    language: 'en',
    page_language: 'en',
    wordsIn: floridaWords,
    pickVariant: (variants) => variants[0]!,
    ...changes,
  };
}

/** A template whose text tells which file it came from: 'phone.ally@short'. */
function template(file: string, text = file): MessageTemplate {
  const [, kind, wording = 'plain', variant = ''] = /^(\w+)(?:\.(\w+))?(?:@(\w+))?$/.exec(file)!;
  return {
    kind: kind as MessageKind,
    language: 'en',
    wording: wording as MessageTemplate['wording'],
    variant,
    file,
    line: 1,
    subject: '',
    text,
  };
}

function chosen(
  files: string[],
  kind: MessageKind,
  target: Target,
  pickVariant = (variants: string[]) => variants[0]!,
) {
  const templates = files.map((file) => template(file));
  return chooseTemplate({ ...campaign, templates }, kind, { target, language: 'en', pickVariant }).file;
}

test('the wording of a position goes before that of a stance, and that before the plain one', () => {
  const sponsor = targetOf('upper', 'sponsor');
  expect(chosen(['phone', 'phone.ally', 'phone.sponsor'], 'phone', sponsor)).toBe('phone.sponsor');
  expect(chosen(['phone', 'phone.ally', 'phone.cosponsor'], 'phone', sponsor)).toBe('phone.ally');
  expect(chosen(['phone', 'phone.opponent', 'phone.voted_no'], 'phone', sponsor)).toBe('phone');
  const undecided = targetOf('upper', 'undecided');
  expect(chosen(['phone', 'phone.unknown', 'phone.undecided'], 'phone', undecided)).toBe('phone.undecided');
  expect(chosen(['phone', 'phone.unknown', 'phone.ally'], 'phone', undecided)).toBe('phone.unknown');
  const stranger = targetOf('upper', undefined);
  expect(chosen(['phone', 'phone.unknown', 'phone.ally'], 'phone', stranger)).toBe('phone.unknown');
  expect(chosen(['phone', 'phone.ally', 'phone.opponent'], 'phone', stranger)).toBe('phone');
});

test('a machine hears the voicemail text, or the call script of the same legislator where there is none', () => {
  const sponsor = targetOf('upper', 'sponsor');
  expect(chosen(['phone', 'phone.ally', 'voicemail'], 'voicemail', sponsor)).toBe('voicemail');
  expect(chosen(['phone', 'phone.ally', 'voicemail.ally'], 'voicemail', sponsor)).toBe('voicemail.ally');
  expect(chosen(['phone', 'phone.ally', 'voicemail.opponent'], 'voicemail', sponsor)).toBe('phone.ally');
  expect(chosen(['phone', 'phone.ally'], 'voicemail', targetOf('upper', undefined))).toBe('phone');
});

test('among the variants of one wording the one that was picked is taken, and only they stand for choice', () => {
  const files = ['email', 'email@short', 'email@long', 'email.ally@warm', 'email.ally@brief'];
  const offered: string[][] = [];
  const pickLast = (variants: string[]) => {
    offered.push(variants);
    return variants.at(-1)!;
  };
  expect(chosen(files, 'email', targetOf('upper', undefined), pickLast)).toBe('email@long');
  expect(chosen(files, 'email', targetOf('upper', 'sponsor'), pickLast)).toBe('email.ally@brief');
  expect(offered).toEqual([
    ['', 'short', 'long'],
    ['warm', 'brief'],
  ]);
  expect(chosen(files, 'email', targetOf('upper', 'sponsor'), () => 'unheard of')).toBe('email.ally@warm');
});

test('a campaign without the message in any language is a bug of ours, and says which', () => {
  const request = { target: targetOf('upper', undefined), language: 'es', pickVariant: () => '' };
  expect(() => chooseTemplate({ ...campaign, templates: [] }, 'email', request)).toThrow(
    "'visible-act' has no email in 'es'",
  );
});

/** Templates whose text tells their file, in the languages before the slash: 'es/phone.ally'. */
function written(files: string[]): Pick<Campaign, 'templates' | 'message_languages'> {
  const templates = files.map((file) => {
    const [language, name] = file.split('/') as [string, string];
    return { ...template(name, file), language };
  });
  return { templates, message_languages: ['en', 'es'] };
}

test('what a language lacks is said in its next wording that fits and, where none does, in the first language', () => {
  const choose = (files: string[], kind: MessageKind, position?: PositionName) =>
    chooseTemplate({ ...campaign, ...written(files) }, kind, {
      ...requestOf(targetOf('upper', position), { language: 'es' }),
    }).text;
  expect(choose(['en/phone', 'en/phone.ally', 'es/phone'], 'phone', 'sponsor')).toBe('es/phone');
  expect(choose(['en/phone', 'en/phone.ally', 'es/phone.opponent'], 'phone', 'sponsor')).toBe(
    'en/phone.ally',
  );
  expect(choose(['en/phone', 'es/email'], 'phone')).toBe('en/phone');
  expect(choose(['en/phone', 'en/voicemail', 'es/phone'], 'voicemail')).toBe('es/phone');
  expect(choose(['en/phone', 'en/voicemail', 'es/email'], 'voicemail')).toBe('en/voicemail');
});

test('what stands beside a message is the very same wording in the language of the page, or nothing', () => {
  const beside = (files: string[], changes: Partial<MessageRequest> = {}) => {
    const whole = { ...campaign, ...written(['en/email', ...files]) };
    const target = targetOf('upper', 'sponsor');
    return messagesFor(whole, requestOf(target, { page_language: 'es', ...changes })).phone.translation?.text;
  };
  expect(beside(['en/phone.ally', 'es/phone.ally'])).toBe('es/phone.ally');
  expect(beside(['en/phone.ally', 'es/phone'])).toBeUndefined();
  expect(beside(['en/phone@short', 'es/phone@long', 'es/phone@short'])).toBe('es/phone@short');
  expect(beside(['en/phone@short', 'es/phone'])).toBeUndefined();
  expect(beside(['en/phone', 'es/phone'], { page_language: 'en' })).toBeUndefined();
  expect(beside(['en/phone', 'es/phone'], { page_language: 'en', language: 'es' })).toBe('en/phone');
});

test('each text names title, chamber and position in its own language', () => {
  const text = '{{legislator.title}} | {{bill.chamber_name}} | {{position.label}} | {{campaign.title}}';
  const templates = ['en', 'es'].flatMap((language) => [
    { ...template('email'), language },
    { ...template('phone', text), language },
  ]);
  const request = requestOf(targetOf('lower', 'voted_no'), { page_language: 'es' });
  const { phone } = messagesFor({ ...campaign, templates }, request);
  expect(phone.text).toBe('Representative | House | voted no on | Bring back the Florida VISIBLE Act');
  expect(phone.translation).toEqual({
    language: 'es',
    subject: '',
    text: 'Rep. | Cámara de Representantes | votó en contra del | Que vuelva la Ley VISIBLE de Florida',
  });
});

test("the bill is the one of the target's own chamber, or the first where that chamber has none", () => {
  const templates = [template('email'), template('phone', '{{bill.identifier}}, {{bill.chamber_name}}')];
  const textFor = (chamber: OrgClassification, bills = campaign.bills) =>
    messagesFor({ ...campaign, bills, templates }, requestOf(targetOf(chamber, undefined))).phone.text;
  expect(textFor('upper')).toBe('SB 316, Senate');
  expect(textFor('lower')).toBe('HB 419, House');
  expect(textFor('lower', campaign.bills.slice(0, 1))).toBe('SB 316, Senate');
});

test('the date of a position is written out in the language of the message, in English where that is not known', () => {
  const templates = ['en', 'es', 'tlh'].flatMap((language) =>
    [template('email'), template('phone', '{{position.date}}')].map((one) => ({ ...one, language })),
  );
  const dateIn = (language: string) =>
    messagesFor({ ...campaign, templates }, requestOf(targetOf('upper', 'sponsor'), { language })).phone.text;
  expect(dateIn('en')).toBe('November 3, 2025');
  expect(dateIn('es')).toBe('3 de noviembre de 2025');
  expect(dateIn('tlh')).toBe('November 3, 2025');
});

/** Every position that a campaign for a bill can know, by stance. */
const POSITIONS_BY_STANCE: [stance: string, positions: (PositionName | undefined)[]][] = [
  ['ally', ['sponsor', 'cosponsor', 'voted_yes', 'says_support']],
  ['opponent', ['voted_no', 'says_oppose']],
  ['unknown', [undefined, 'not_voting', 'on_committee', 'undecided']],
];
const CASES = POSITIONS_BY_STANCE.flatMap(([stance, positions]) =>
  positions.flatMap((position) =>
    (['upper', 'lower'] as const).flatMap((chamber) =>
      ['en', 'es'].map((language) => ({ stance, position, chamber, language })),
    ),
  ),
);

describe.each(CASES)(
  'the VISIBLE Act to an $stance ($position) in the $chamber chamber, in $language',
  ({ stance, position, chamber, language }) => {
    const { placeholders, no_reply } = localeOf(language).message;
    const write = () => messagesFor(campaign, requestOf(targetOf(chamber, position), { language }));

    test('reads as written by a person: no braces, no gaps, no name that is not put in', () => {
      expect(targetOf(chamber, position).stance).toBe(stance);
      for (const { kind, language: written_in, subject, text } of Object.values(write())) {
        expect(written_in).toBe(language);
        const whole = `${subject}\n${text}`;
        expect(whole).not.toMatch(/[{}]|undefined|null|NaN|\[object/);
        expect(whole).not.toMatch(/ {2}| [.,;:?!)]|\( |\n{3}| \n/);
        expect(whole).not.toMatch(/voter|constituent|citizen|votante|elector|ciudadan|!|¡/i);
        expect(whole).not.toMatch(/Smith|Nixon|Guillermo|Angie/);
        expect(subject === '').toBe(kind !== 'email');
        expect(text).toContain(placeholders.name);
      }
    });

    test('speaks of the past session in the past, and asks for the next one', () => {
      for (const { text, subject } of Object.values(write())) {
        // What the bills of 2026 would do now, or where they are: both would be untrue.
        expect(`${subject}\n${text}`).not.toMatch(
          /\bwould require\b|\bis in committee\b|\bare in committee\b|\bhas been filed\b|\bis pending\b|\bvote (yes|no|for|against)\b|\bexigir[íi]an?\b|\bestán? en comité\b|\bvote a favor\b/i,
        );
        expect(text).toMatch(/next session|comes back|próxima sesión|Si (el proyecto )?vuelve/);
      }
    });

    test('fits a mail link when every detail is long', () => {
      const { email } = write();
      const text = finishText(email.text, placeholders, DETAILS, no_reply);
      for (const value of Object.values(DETAILS)) expect(text).toContain(value);
      expect(LONG_NAME.length).toBe(24);
      const links = mailLinks({
        to: targetOf(chamber, position).legislator.email!,
        subject: email.subject,
        text,
      });
      expect(links.is_cut).toBe(false);
      expect(links.mailto.length).toBeLessThanOrEqual(LONGEST_LINK);
    });

    test('can be said to a machine in half a minute, and in less than a minute to a person', () => {
      // 150 words a minute is an unhurried pace.
      const seconds = (text: string) => (text.split(/\s+/).length / 150) * 60;
      const { phone, voicemail } = write();
      expect(seconds(phone.text)).toBeLessThan(60);
      expect(seconds(voicemail.text)).toBeLessThan(35);
    });
  },
);

test('an ally is thanked, an opponent asked to look again, and of a stranger nothing is claimed', () => {
  const write = (position?: PositionName) => messagesFor(campaign, requestOf(targetOf('upper', position)));
  for (const { text } of Object.values(write('sponsor'))) expect(text).toMatch(/thank you/i);
  expect(write('sponsor').email.text).toContain('You sponsored SB 316 in the 2026 session.');
  for (const { text } of Object.values(write('voted_no'))) expect(text).toMatch(/look at it again/);
  expect(write('voted_no').email.text).toContain('In the 2026 session you voted no on SB 316.');
  for (const { text } of Object.values(write()))
    expect(text).not.toMatch(/you (sponsored|voted|supported|opposed)|look at it again/i);
});

test('the files of the VISIBLE Act name no member of the legislature and never say voter', () => {
  const files = readdirSync('campaigns/visible-act', { recursive: true, encoding: 'utf8' }).filter((file) =>
    /\.\w+$/.test(file),
  );
  expect(files.length).toBeGreaterThan(20);
  for (const file of files) {
    const text = readFileSync(`campaigns/visible-act/${file}`, 'utf8');
    expect(text).not.toMatch(/Smith|Nixon|\bvoters?\b|\bvotantes?\b/i);
  }
});
