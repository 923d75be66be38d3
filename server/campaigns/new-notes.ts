import { TO_WRITE } from './places-to-write.ts';

/** What the notes at the top of new files tell whoever writes a campaign. */
const ABOUT = {
  page: `<!-- This is your page: the case, in plain words. What stands between signs like these is a note to you; nobody else sees
it. # makes a heading, a blank line a new paragraph, [words](https://example.org) a link. -->`,
  prompts: `<!-- One to five questions above the message: they help supporters to add words of their own. Without this file none are
asked. -->`,
  flyer: `<!-- Your flyer: what you ask, as a heading, and what to say. The title and the summary of your campaign are added. Without
this file a flyer says what is true of any bill. -->`,
  email: `{{!-- The e-mail to every legislator for whom there is no other. What stands between signs like these is a note to you;
nobody else sees it. A name in braces, such as {{legislator.name}}, is filled in: campaigns/README.md lists all. Keep it
short: about 150 words. --}}`,
  'email.ally': `{{!-- The e-mail to those who are on your side already: they sponsored the bill, voted as you ask, or said so. --}}`,
  'email.opponent': `{{!-- The e-mail to those who have taken the other side. Be fair to them: a civil question may be read to its end. --}}`,
  phone: `{{!-- What to say on the phone. Whoever takes the call writes down a name, a place, a bill and what is asked: keep to that.
About 75 words, in short lines, take half a minute. --}}`,
  'phone.ally': `{{!-- What to say on the phone to those who are on your side already. --}}`,
  'phone.opponent': `{{!-- What to say on the phone to those who have taken the other side. --}}`,
  voicemail: `{{!-- What to say to a machine. Give name and ZIP code first, and the name once more at the end. --}}`,
  'voicemail.ally': `{{!-- What to say to the machine of those who are on your side already. --}}`,
  'voicemail.opponent': `{{!-- What to say to the machine of those who have taken the other side. --}}`,
};

/** The note at the top of a new file. */
export function noteAbove(file: keyof typeof ABOUT): string {
  return ABOUT[file];
}

const WHY = {
  page_change: `<!-- ${TO_WRITE}: What would the bill change, and for whom? Two or three sentences. Link each fact to a page that
proves it. Say 'would' until the bill is law. -->`,
  page_matter: `<!-- ${TO_WRITE}: Why does it matter to the people who read this? Put a heading above it if you like. -->`,
  email: `{{! ${TO_WRITE}: Why do you ask for this? One or two sentences. }}`,
  phone: `{{! ${TO_WRITE}: Why do you ask for this? One short sentence that is easy to say aloud. }}`,
  voicemail: `{{! ${TO_WRITE}: Why do you ask for this? One short sentence, said slowly. }}`,
  voicemail_opponent: `{{! ${TO_WRITE}: What do you see differently? One short sentence, said slowly. }}`,
  opponent: `{{! ${TO_WRITE}: What do you see differently, and why? One or two sentences. }}`,
};

/** The note in place of what only the organizer can write. */
export function noteToWrite(what: keyof typeof WHY): string {
  return WHY[what];
}
