// Draws an open preview anew as soon as the campaign's files are taken in anew. Without script the page says to reload it.
const note = document.querySelector('[data-version]');
const { version, versionHref, failed, reloads } = note.dataset;
const LOOK_EVERY_MS = 2000;

note.setAttribute('role', 'status');
note.textContent = reloads;
setTimeout(look, LOOK_EVERY_MS);

async function look() {
  // Nobody reads a page that is out of sight.
  if (document.visibilityState === 'hidden') {
    document.addEventListener('visibilitychange', look, { once: true });
    return;
  }
  const answer = await fetch(versionHref).then(
    (response) => (response.ok ? response.json() : { is_over: response.status === 404 }),
    () => undefined,
  );
  if (answer?.version && answer.version !== version) return location.reload();
  const text = answer?.version ? reloads : failed;
  if (note.textContent !== text) note.textContent = text;
  // A link that is over, or a campaign that is gone, does not come back by being asked for.
  if (!answer?.is_over) setTimeout(look, LOOK_EVERY_MS);
}
