// With script the page itself writes the message: the supporter's name and address never leave the browser.
import { draftAround, finishText, mailLinks, OWN_WORDS } from './mail-links.js';

const DETAILS = ['name', 'street', 'city', 'zip', 'email'];
let forms = [];
/** The text of each form before the details are put in. */
const drafts = new WeakMap();
/** Forms in whose text the supporter's own words were changed by hand: there they are the text's now. */
const byHand = new WeakSet();
let drawn = '';

enlivenPage();
// Back to a page that was drawn over.
window.addEventListener('popstate', () => {
  if (location.pathname + location.search !== drawn) location.reload();
});

function enlivenPage() {
  drawn = location.pathname + location.search;
  forms = [...document.querySelectorAll('form.compose')];
  for (const element of document.querySelectorAll('[data-with-script]')) element.hidden = false;
  for (const element of document.querySelectorAll('[data-without-script]')) element.hidden = true;
  for (const form of forms) enliven(form);
  for (const form of document.querySelectorAll('form[data-reply]')) enlivenReply(form);
  for (const link of document.querySelectorAll('.languages a, a.tap'))
    link.addEventListener('click', (event) => changeLanguage(event, link.href));
}

/** A draft with what was typed put in. */
function finish(form, draft, typed, isWithoutReply) {
  const { placeholders, noReply } = form.dataset;
  return finishText(draft, JSON.parse(placeholders), typed, isWithoutReply ? noReply : '');
}

/** The draft of the text that the server drew: the one beside it, unless it was edited since that was finished. */
function begunDraft(form) {
  const drawn = (name) => form.elements.namedItem(name)?.defaultValue ?? '';
  const typed = Object.fromEntries([...DETAILS, 'own_words'].map((name) => [name, drawn(name)]));
  const { defaultChecked } = form.elements.namedItem('no_reply');
  const draft = drawn('draft');
  if (draft !== '' && finish(form, draft, typed, defaultChecked) === drawn('text')) return draft;
  return draftAround(drawn('text'), typed.own_words) ?? drawn('text');
}

/** Makes one card's message, links and copy button follow what is typed. What stands in the box is what goes out. */
function enliven(form) {
  const take = form.closest('.target').querySelector('[data-take]');
  const field = (name) => form.elements.namedItem(name);
  // The message with its brackets: filled anew as details are typed, until the supporter edits it by hand.
  const begun = begunDraft(form);
  let draft = begun;
  drafts.set(form, { begun, now: () => draft });
  const own = field('own_words');
  if (own && own.value !== '' && !draft.includes(OWN_WORDS)) byHand.add(form);
  // What stood there before the last key was pressed.
  let ownBefore = own?.value ?? '';

  const finished = () => {
    const typed = Object.fromEntries(DETAILS.map((name) => [name, field(name)?.value]));
    typed.own_words = own && !byHand.has(form) ? own.value : '';
    return finish(form, draft, typed, field('no_reply').checked);
  };
  const fill = () => {
    field('text').value = finished();
    ownBefore = own?.value ?? '';
    if (own) form.querySelector('[data-by-hand]').hidden = !byHand.has(form);
    writeLinks(form, take);
  };
  // What was edited by hand is the draft now; own words that still stand in it can be changed above.
  const takeOver = (text) => {
    const words = own && !byHand.has(form) ? own.value.trim() : '';
    draft = text.includes(OWN_WORDS) ? text : (draftAround(text, words) ?? text);
    if (words !== '' && !draft.includes(OWN_WORDS)) byHand.add(form);
  };
  // On the way back browsers put in again what was typed, after this has run: a text edited by hand is the draft then.
  window.addEventListener('pageshow', () => {
    if (!form.isConnected) return;
    if (field('text').value !== finished()) takeOver(field('text').value);
    fill();
  });
  form.addEventListener('submit', (event) => {
    // Only buttons with a name send it.
    if (!event.submitter?.name) event.preventDefault();
  });
  // Own words are in the text by now.
  form.addEventListener('formdata', ({ formData }) => {
    if (own) formData.set('placed', own.value);
  });
  form.addEventListener('filled', fill);
  form.addEventListener('input', ({ target }) => {
    if (target.name === 'text') {
      takeOver(target.value);
      if (own) form.querySelector('[data-by-hand]').hidden = !byHand.has(form);
      if (!draft.includes(form.dataset.noReply)) field('no_reply').checked = false;
    }
    if (target.name === 'no_reply' && !target.checked)
      draft = draft.replace(form.dataset.noReply, '').trimEnd();
    if (target.name === 'own_words') {
      if (own.value.trim() === '') byHand.delete(form);
      fillLaterCards(form, ownBefore);
      fill();
    } else if (DETAILS.includes(target.name)) fillEveryCard(target);
    else if (target.name === 'no_reply') fill();
    else writeLinks(form, take);
  });
  for (const link of take.querySelectorAll('[data-link]'))
    link.addEventListener('click', () => reportStarted(take));
  enlivenCopy(field('text'), take);
  fill();
}

/** Who writes to one legislator is who writes to the next. */
function fillEveryCard(input) {
  for (const form of forms) {
    const field = form.elements.namedItem(input.name);
    if (field) field.value = input.value;
    form.dispatchEvent(new Event('filled'));
  }
}

/** What is said to one legislator in own words is said to those below too, until they are told something else. */
function fillLaterCards(form, before) {
  const words = form.elements.namedItem('own_words').value;
  for (const later of forms.slice(forms.indexOf(form) + 1)) {
    const own = later.elements.namedItem('own_words');
    if (own.value !== before || byHand.has(later)) continue;
    own.value = words;
    later.dispatchEvent(new Event('filled'));
  }
}

/** Writes the message anew into the links of its card. */
function writeLinks(form, take) {
  const { to } = form.dataset;
  if (!to) return;
  const links = mailLinks({
    to,
    subject: form.elements.namedItem('subject').value,
    text: form.elements.namedItem('text').value,
  });
  for (const link of take.querySelectorAll('[data-link]')) link.href = links[link.dataset.link];
  take.querySelector('[data-too-long]').hidden = !links.is_cut;
}

function enlivenCopy(box, take) {
  const copy = take.querySelector('[data-copy]');
  copy.hidden = false;
  copy.addEventListener('click', async () => {
    const copied = await copyText(box);
    take.querySelector('[data-copy-result]').textContent = copied
      ? copy.dataset.copied
      : copy.dataset.copyFailed;
    if (copied) reportStarted(take);
  });
}

/** True where the text is on the clipboard. Older browsers, and pages without HTTPS, only know the second way. */
async function copyText(box) {
  if (navigator.clipboard)
    return navigator.clipboard.writeText(box.value).then(
      () => true,
      () => false,
    );
  box.select();
  return document.execCommand('copy');
}

/** Reports that the message was taken along. What fails here loses a number that is never added in: no one is told. */
function reportStarted(take) {
  const form = take.parentElement.querySelector('form.sent');
  // Where this target's mail is counted already there is no form.
  if (!form) return;
  const body = new URLSearchParams(new FormData(form));
  body.set('status_code', 'started');
  fetch(form.action, {
    method: 'POST',
    body,
    keepalive: true,
    headers: { accept: 'application/json' },
  }).catch(() => undefined);
}

/** Notes what an office said and leaves the page as it is: what was typed into the letters stays. */
function enlivenReply(form) {
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    const { name, value } = event.submitter;
    const body = new URLSearchParams(new FormData(form));
    body.set(name, value);
    for (const button of form.querySelectorAll('button')) button.disabled = true;
    const isNoted = await fetch(form.action, {
      method: 'POST',
      body,
      headers: { accept: 'application/json' },
    }).then(
      ({ status }) => status === 204,
      () => false,
    );
    if (isNoted) return sayNoted(form);
    // Sent as without script, it is answered by a page that says what went wrong.
    const answer = Object.assign(document.createElement('input'), { type: 'hidden', name, value });
    form.append(answer);
    form.submit();
  });
}

/** Puts the thanks in the place of the question, which is not asked again: neither here nor in another language. */
function sayNoted(form) {
  const withoutQuestion = (address) => address.replace(/&action_id=[^&#]*/, '');
  const section = form.closest('section');
  const status = section.querySelector('[role=status]');
  status.textContent = form.dataset.reply;
  for (const element of section.querySelectorAll('[data-asked]')) element.hidden = true;
  status.focus();
  history.replaceState(null, '', withoutQuestion(location.href));
  drawn = location.pathname + location.search;
  for (const link of document.querySelectorAll('.languages a')) link.href = withoutQuestion(link.href);
}

/** Shows the page in another language. What was typed goes along in memory alone: it is neither sent nor kept. */
async function changeLanguage(event, href) {
  const typed = forms.map(typedInto);
  const isPlain = !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey);
  if (!isPlain || !typed.some(({ is_touched }) => is_touched)) return;
  event.preventDefault();
  const html = await fetch(href).then(
    (response) => (response.ok ? response.text() : undefined),
    () => undefined,
  );
  if (html === undefined) return location.assign(href);
  const page = new DOMParser().parseFromString(html, 'text/html');
  const open = [...document.querySelectorAll('details[id][open]')].map(({ id }) => id);
  history.pushState(null, '', href);
  document.title = page.title;
  for (const name of ['lang', 'dir']) document.documentElement[name] = page.documentElement[name];
  document.body.replaceWith(page.body);
  enlivenPage();
  for (const id of open) document.getElementById(id)?.setAttribute('open', '');
  for (const form of forms)
    putBack(
      form,
      typed.find(({ target }) => target === form.elements.namedItem('target').value),
    );
  const place = document.querySelector(location.hash || 'main');
  place?.scrollIntoView();
  document.querySelector('main')?.focus({ preventScroll: true });
}

/** What the supporter has put into one form. */
function typedInto(form) {
  const value = (name) => form.elements.namedItem(name)?.value ?? '';
  const details = Object.fromEntries(DETAILS.map((name) => [name, value(name)]));
  const { begun, now } = drafts.get(form);
  const is_edited = now() !== begun || value('subject') !== form.elements.namedItem('subject').defaultValue;
  const no_reply = form.elements.namedItem('no_reply').checked;
  const own_words = form.elements.namedItem('own_words')?.value ?? '';
  return {
    target: value('target'),
    language: value('language'),
    details,
    own_words,
    no_reply,
    edited: is_edited ? { text: now(), subject: value('subject'), is_by_hand: byHand.has(form) } : undefined,
    is_touched:
      is_edited || no_reply || own_words !== '' || Object.values(details).some((detail) => detail !== ''),
  };
}

/** Puts it into the same form of the page anew; words in another language than the letter's now are left. */
function putBack(form, typed) {
  if (!typed) return;
  const field = (name) => form.elements.namedItem(name);
  const told = (name) => field(name).dispatchEvent(new Event('input', { bubbles: true }));
  if (typed.edited && typed.language === field('language').value) {
    field('subject').value = typed.edited.subject;
    field('text').value = typed.edited.text;
    told('text');
    if (typed.edited.is_by_hand) byHand.add(form);
  }
  if (field('own_words')) {
    field('own_words').value = typed.own_words;
    told('own_words');
  }
  for (const name of DETAILS) if (field(name)) field(name).value = typed.details[name];
  field('no_reply').checked = typed.no_reply;
  told('no_reply');
  told('name');
}
