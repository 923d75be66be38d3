// Draws an open report anew where its numbers have changed: only the parts that differ, all of them at once.
const note = document.querySelector('[data-version]');
const counted = document.querySelector('[data-counted]');
const { versionHref, failed, freshNote } = note.dataset;
let { version } = note.dataset;
const LOOK_EVERY_MS = 15_000;

note.setAttribute('role', 'status');
note.textContent = freshNote;
setTimeout(look, LOOK_EVERY_MS);

async function look() {
  // Nobody reads a page that is out of sight.
  if (document.visibilityState === 'hidden') {
    document.addEventListener('visibilitychange', look, { once: true });
    return;
  }
  const answer = await fetch(versionHref).then(
    (response) => (response.ok ? response.json() : { is_over: response.status === 403 }),
    () => undefined,
  );
  // A link that is over says so itself.
  if (answer?.is_over) return location.reload();
  if (answer?.counted_up_to) counted.textContent = answer.counted_up_to;
  const is_drawn = answer?.version && (answer.version === version || (await draw()));
  const text = is_drawn ? freshNote : failed;
  if (note.textContent !== text) note.textContent = text;
  setTimeout(look, LOOK_EVERY_MS);
}

/** Puts what the server draws now in the place of what differs; false where it can't be had. */
async function draw() {
  const html = await fetch(location.href).then(
    (response) => (response.ok ? response.text() : undefined),
    () => undefined,
  );
  const drawn = html && new DOMParser().parseFromString(html, 'text/html');
  const drawn_note = drawn?.querySelector('[data-version]');
  if (!drawn_note) return false;
  for (const part of document.querySelectorAll('[data-fresh]')) {
    const other = drawn.getElementById(part.id);
    if (!other || closed(other) === closed(part)) continue;
    const places = placesIn(part);
    const focused = places.indexOf(document.activeElement);
    const open = [...part.querySelectorAll('details')].map((details) => details.open);
    part.replaceChildren(...other.childNodes);
    for (const [index, details] of [...part.querySelectorAll('details')].entries())
      details.open = open[index] ?? details.open;
    if (focused !== -1) placesIn(part)[focused]?.focus({ preventScroll: true });
  }
  version = drawn_note.dataset.version;
  return true;
}

/** What a part says, whichever of its folds are open. */
function closed(part) {
  const copy = part.cloneNode(true);
  for (const details of copy.querySelectorAll('details')) details.removeAttribute('open');
  return copy.innerHTML;
}

function placesIn(part) {
  return [...part.querySelectorAll('a, button, summary, [tabindex]')];
}
