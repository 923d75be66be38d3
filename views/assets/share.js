// The phone's own way to share, where it has one.
const button = document.querySelector('[data-share-url]');

if (button && navigator.share) {
  button.hidden = false;
  button.addEventListener('click', () => {
    const { shareTitle: title, shareText: text, shareUrl: url } = button.dataset;
    // Rejects where the person changes their mind: nothing to tell them.
    navigator.share({ title, text, url }).catch(() => undefined);
  });
}
