// With script the page itself writes the message: the supporter's name and address never leave the browser.
import { finishText, mailLinks } from './mail-links.js';

const DETAILS = ['name', 'street', 'city', 'zip'];
const forms = [...document.querySelectorAll('form.compose')];

for (const element of document.querySelectorAll('[data-with-script]')) element.hidden = false;
for (const element of document.querySelectorAll('[data-without-script]')) element.hidden = true;
for (const form of forms) enliven(form);

/** Makes one card's links and its copy button follow what is typed. */
function enliven(form) {
  const card = form.closest('.target');
  const take = card.querySelector('[data-take]');
  const copy = take.querySelector('[data-copy]');
  form.addEventListener('submit', (event) => event.preventDefault());
  form.addEventListener('input', (event) => {
    if (DETAILS.includes(event.target.name)) fillOthers(event.target);
    for (const other of forms) refresh(other);
  });
  for (const link of take.querySelectorAll('[data-link]'))
    link.addEventListener('click', () => reportStarted(card));
  copy.hidden = false;
  copy.addEventListener('click', async () => {
    const copied = await copyText(finishedText(form));
    take.querySelector('[data-copy-result]').textContent = copied
      ? copy.dataset.copied
      : copy.dataset.copyFailed;
    if (copied) reportStarted(card);
  });
  refresh(form);
}

/** The message as it will be sent. */
function finishedText(form) {
  const typed = Object.fromEntries(DETAILS.map((name) => [name, form.elements.namedItem(name).value]));
  const noReply = form.elements.namedItem('no_reply').checked ? form.dataset.noReply : '';
  return finishText(
    form.elements.namedItem('text').value,
    JSON.parse(form.dataset.placeholders),
    typed,
    noReply,
  );
}

/** Writes the message anew into the links of its card. */
function refresh(form) {
  if (!form.dataset.to) return;
  const take = form.closest('.target').querySelector('[data-take]');
  const subject = form.elements.namedItem('subject').value;
  const links = mailLinks({ to: form.dataset.to, subject, text: finishedText(form) });
  for (const link of take.querySelectorAll('[data-link]')) link.href = links[link.dataset.link];
  take.querySelector('[data-too-long]').hidden = !links.is_cut;
}

/** Who writes to one legislator is who writes to the next. */
function fillOthers(input) {
  for (const form of forms) form.elements.namedItem(input.name).value = input.value;
}

/** True where the text is on the clipboard. Older browsers, and pages without HTTPS, only know the second way. */
async function copyText(text) {
  if (navigator.clipboard)
    return navigator.clipboard.writeText(text).then(
      () => true,
      () => false,
    );
  const area = document.createElement('textarea');
  area.value = text;
  document.body.append(area);
  area.select();
  const copied = document.execCommand('copy');
  area.remove();
  return copied;
}

/** Reports that the message was taken along. What fails here loses a number that is never added in: no one is told. */
function reportStarted(card) {
  const form = card.querySelector('form.sent');
  const body = new URLSearchParams(new FormData(form));
  body.set('status_code', 'started');
  void fetch(form.action, { method: 'POST', body, keepalive: true, headers: { accept: 'application/json' } });
}
