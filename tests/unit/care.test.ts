import { holdReasons } from '../../server/mail/care.ts';
import type { LetterContent } from '../../server/mail/letter.ts';

const OWN = `Subject: Please support SB 316

Dear Senator Gómez,

I live in your district, in [your city].

Please support SB 316. You can read it at https://example.org/bills/sb-316.

Would you tell me where you stand on it?

Sincerely,
[your name]
[your street address]
[your city], FL [your ZIP code]`;

const BY: LetterContent = {
  name: 'Ana Peña',
  email: 'ana@example.org',
  street: '12 Made-up Street',
  city: 'Coral Springs',
  zip: '33065',
  subject: 'Please support SB 316',
  text: 'Please think of my children, who walk to school there every morning.',
};
const SIGNED = 'Sincerely,\nAna Peña\n12 Made-up Street\nCoral Springs, FL 33065';

function reasons(
  changes: Partial<LetterContent>,
  { own_text = OWN, target_email = 'office@example.org' } = {},
) {
  return holdReasons({ content: { ...BY, ...changes }, own_text, target_email });
}
const letter = (middle: string) => ({ text: `Dear Senator Gómez,\n\n${middle}\n\n${SIGNED}` });

test("the campaign's own letter is not held, however often it comes, with what was typed in its places or without", () => {
  expect(reasons({ text: OWN.split('\n').slice(2).join('\n') })).toEqual([]);
  const filled = OWN.replace('[your name]', BY.name)
    .replaceAll('[your city]', BY.city)
    .replace('[your street address]', BY.street)
    .replace('[your ZIP code]', BY.zip);
  expect(reasons({ text: filled.split('\n').slice(2).join('\n') })).toEqual([]);
});

describe('links', () => {
  test.each([
    'See https://example.com/win-a-prize for more.',
    'See http://example.com: it tells all.',
    'see www.example.com please, all of you',
    'It is all on example.com/the-truth and nowhere else.',
    'Buy at cheap-pills.shop today, I did so too.',
    'Look at something-made-up.xyz please, it tells all.',
    'HTTPS://EXAMPLE.COM/SHOUTING is where it stands.',
    '<a href="//example.com/hidden">I care</a> about this bill a lot.',
    'ftp://example.com/file has all of the figures.',
    'https://ana:secret@example.com/ has all of the figures.',
    'https://192.0.2.7/page has all of the figures.',
    'https://пример.example.com has all of the figures.',
    // Another page than the campaign's.
    'https://example.org/bills/sb-317 has all of the figures.',
    'https://example.org/bills/sb-316?to=elsewhere has all of the figures.',
    'https://example.org.example.com/bills/sb-316 has all of the figures.',
    // Endings of all kinds, with a path or without.
    'You can win a prize at casino.win today, as I did.',
    'You can bet at bet365.bet today, as I did.',
    'I found it on evil.men/pills and it helps.',
    'I found it on goo.gle/x and it helps.',
    'I found it on evil.monster/a and it helps.',
    'I found it on evil.zip and it helps.',
    'I found it on made-up.nosuchending/a/b and it helps.',
    'I found it on made-up.рф and it helps.',
    // Written so that programs do not see them, or with signs that nobody sees.
    'I found it on evil[.]com and it helps.',
    'I found it on evil (dot) com and it helps.',
    'I found it on hxxps://evil[.]example/a and it helps.',
    'I found it on hxxp[:]//evil and it helps.',
    'I found it on evil\u200b.com and it helps.',
    'I found it on evil\uff0ecom and it helps.',
    'I found it on ｅｖｉｌ.com and it helps.',
    // With a capital, but for no sentence.
    'I found it on casino.Win and it helps.',
    'I found it on Evil.Com and it helps.',
    'I found it on EVIL.MEN/PILLS and it helps.',
    'I found it on evil.Men/pills and it helps.',
    'I found it on pay-pal.Me today, and it helps.',
    'I found it on evil2.It today, and it helps.',
    'I found all of it, and it helps, on login.Me',
    'I found it on login.me to see it all.',
  ])('holds: %s', (text) => {
    expect(reasons(letter(text))).toEqual(['links']);
  });

  test('in the subject, or in a name, holds as well', () => {
    expect(reasons({ subject: 'Read https://example.com/now' })).toEqual(['links']);
    expect(reasons({ name: 'www.example.com' })).toEqual(['links']);
  });

  test.each([
    "I read it at https://example.org/bills/sb-316, and it's good.",
    'I read it at HTTP://www.Example.org/bills/sb-316/ and liked it.',
    'I read it (example.org/bills/sb-316) and I liked it.',
    'You reach me at ana@example.org, or at ana.pena+bills@mail.example.com any time.',
    'I care about this bill.It is about my children.',
    'I ask you to vote yes on S.B. 316, e.g. in the U.S. or here at 9.30 a.m.',
    'Version 1.2.3 of the text says so, in section 4.01.b of it.',
    'My rent went up by 12.5% and/or $3.50 a day: too much.',
    'He said so... and then nothing happened for years.',
    'Es asunto de mi familia.No lo olvide, por favor.',
    'I asked Sen.Davis and Sen.Book, and Rep.Black too, about it.',
    'People in St.Pete, Ft.Myers and St.Pete/Clearwater ask you for it.',
    'Sen.Davis/Rep.Smith wrote SB.316/HB.419, see sec. 4.5.1 of SB.316.',
    'We ask for it in the U.S./Canada, at 9 a.m./p.m., e.g. on Monday, i.e. soon.',
    'Do not vote no.Please vote yes.Call me if you can.It’s my life.So do it.',
    'I am a nurse.My children are in school.You can help.Vote yes, please.',
    'I VOTE HERE.IT MATTERS.NO ON THIS BILL, PLEASE.',
    'Soy madre de tres hijos.Vivo en su distrito.Se lo pido.No lo olvide.',
    'Es por mi familia.La ley nos ayuda.Si puede, vote que sí.Es justo.¡Gracias!',
    'Trabajo aquí.Su voto cuenta.Me importa mucho.Al final, todos ganamos y/o perdemos.',
    'Mwen rete isit la.Men mwen pa dakò.Li pa bon.Pa vote pou li, tanpri.',
    'Se lwa sa a.Sa ap fè nou mal.Ki moun k ap ede nou?Si w ka, ede nou.La a nou ye.',
    'Thank you (please read this).Best wishes [from us all] to you: :(.) or so.',
  ])('does not hold: %s', (text) => {
    expect(reasons(letter(text))).toEqual([]);
  });
});

describe('a letter that is nearly empty', () => {
  test.each([
    '',
    '   \n\n  ',
    'test',
    'test test test test test test',
    '.',
    '👍👍👍👍👍',
    'Vote no',
    'asdf',
    letter('').text,
    letter('Hi').text,
    letter('[your own words]').text,
    'Dear Senator Gómez,',
    'Dear Senator Gómez: hello',
    'To whom it may concern:\n\nRegards,\nAna',
    'Estimada Senadora Gómez:\n\nAtentamente,\nAna Peña\n12 Made-up Street\nCoral Springs, FL 33065',
    'Chè Senatè Gómez,\n\nMèsi,\nAna Peña',
    'Ana Peña\nAna Peña\nCoral Springs Coral Springs FL 33065',
  ])('is held: %j', (text) => {
    expect(reasons({ text })).toEqual(['short']);
  });

  test.each([
    'Please vote yes.\nIt matters.',
    'I oppose this bill.',
    'Please support SB 316',
    'Hello please vote no on SB 316',
    'Dear Senator, vote no on SB 316.',
    'No to SB 316. Thank you for your time.',
    'Vote no. My mother would thank you for it.',
    'Thank you for voting no on SB 316.',
    'Por favor vote no.\nGracias',
    'Tanpri vote kont pwojè sa a.',
    '请您投票支持这项法案，谢谢您。',
    'Прошу голосовать против этого закона.',
    'من فضلك صوت ضد هذا القانون',
  ])('is not one: %j', (text) => {
    expect(reasons({ text })).toEqual([]);
  });

  test('is none where the campaign asks for just these few words', () => {
    const own_text = 'Subject: SB 316\n\nDear Senator Gómez,\n\nVote yes.\n\nSincerely,\n[your name]';
    expect(reasons(letter('Vote yes.'), { own_text })).toEqual([]);
    expect(reasons(letter('yes'), { own_text })).toEqual(['short']);
    expect(reasons(letter('Hm.'), { own_text: 'Subject: SB 316\n\nDear Senator Gómez,' })).toEqual(['short']);
  });

  test('a line break of Windows is no word', () => {
    expect(reasons({ text: 'Dear Senator Gómez,\r\n\r\nSincerely,\r\nAna Peña' })).toEqual(['short']);
  });
});

describe('a legislator who writes to themself', () => {
  test.each(['office@example.org', 'Office@EXAMPLE.org', 'office+test@example.org', ' office@example.org '])(
    'is held: %s',
    (email) => expect(reasons({ email })).toEqual(['writes_to_self']),
  );
  test.each([
    'office@example.com',
    'office2@example.org',
    'the.office@example.org',
    'office@mail.example.org',
  ])('is not: %s', (email) => expect(reasons({ email })).toEqual([]));
  test("a plus in the legislator's own address makes no difference; no address is nobody's", () => {
    expect(reasons({ email: 'office@example.org' }, { target_email: 'office+sd5@example.org' })).toEqual([
      'writes_to_self',
    ]);
    expect(reasons({ email: '' }, { target_email: '' })).toEqual([]);
  });
});

test('dots in the name of a Gmail address, and the other name of its domain, make no other mailbox; elsewhere they do', () => {
  const same = ['made.up@gmail.com', 'm.a.d.e.up+bills@googlemail.com', 'MADEUP@GoogleMail.com'];
  for (const email of same)
    expect([email, reasons({ email }, { target_email: 'madeup@gmail.com' })]).toEqual([
      email,
      ['writes_to_self'],
    ]);
  for (const email of ['made.upp@gmail.com', 'madeup@gmail.com.example.org', 'madeup@mail.example.org'])
    expect([email, reasons({ email }, { target_email: 'madeup@gmail.com' })]).toEqual([email, []]);
  expect(reasons({ email: 'm.ade@example.org' }, { target_email: 'made@example.org' })).toEqual([]);
});

describe('addresses that are thrown away', () => {
  test.each([
    'a@mailinator.com',
    'a@Mailinator.COM',
    'a@abc.mailinator.com',
    'a@x.y.yopmail.com',
    'a@mailinator.com.',
  ])('are held: %s', (email) => expect(reasons({ email })).toEqual(['disposable_domain']));
  test.each([
    ...['gmail.com', 'yahoo.com', 'outlook.com', 'icloud.com', 'aol.com', 'proton.me', 'myfloridahouse.gov'],
    ...['privaterelay.appleid.com', 'mozmail.com', 'duck.com', 'school.k12.fl.us', 'example.org', 'ufl.edu'],
    // Not below it, but beside it.
    ...['a-made-up-mailinator.com', 'mailinator.com.example.org', 'com'],
  ])('are not: %s', (domain) => expect(reasons({ email: `a@${domain}` })).toEqual([]));
});

test('more than one reason is told', () => {
  const told = reasons(
    { text: 'www.example.com', email: 'a@mailinator.com' },
    { target_email: 'a+b@mailinator.com' },
  );
  expect(told).toEqual(['links', 'short', 'writes_to_self', 'disposable_domain']);
});
