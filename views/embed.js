// Puts a campaign of Statehouse into a frame, in the place of the link before this script.
(() => {
  const script = document.currentScript;
  const origin = /^https?:\/\/[^/]+/.exec(script.src)[0];
  const said = (name) => encodeURIComponent(script.getAttribute(`data-${name}`) || '');
  const isOurs = (element) =>
    element instanceof HTMLAnchorElement && element.href.indexOf(`${origin}/`) === 0;
  const link = [script.previousElementSibling].filter(isOurs)[0];
  const frame = document.createElement('iframe');
  frame.src = `${origin}/campaigns/${said('campaign')}/embed?partner=${said('partner')}&lang=${said('lang')}`;
  frame.title = link ? link.textContent.trim() : script.getAttribute('data-campaign');
  frame.referrerPolicy = 'no-referrer';
  // Unseen until the page in it answers: where the browser refuses it, the link stays.
  const { style } = frame;
  style.display = 'block';
  style.width = '100%';
  style.height = '0';
  style.border = '0';
  style.visibility = 'hidden';
  window.addEventListener('message', (event) => {
    if (event.source !== frame.contentWindow || event.origin !== origin) return;
    const height = Number(Object(event.data).statehouse_height);
    if (!(height > 0 && height < 20000)) return;
    style.height = `${height}px`;
    style.visibility = 'visible';
    if (link) link.remove();
  });
  script.parentNode.insertBefore(frame, script);
})();
