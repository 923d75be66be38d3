// Tells the page around the frame how high this one is, so that nothing of it is cut off and nothing scrolls twice.
(() => {
  if (window.parent === window) return;
  const page = document.documentElement;
  let told = 0;
  const tell = () => {
    // The height of what is in it, never that of the frame: otherwise each would make the other grow.
    const height = Math.ceil(page.getBoundingClientRect().height);
    if (height === told) return;
    told = height;
    // To whoever it is: only sites that the campaign names are let hold the frame, and a height is no secret.
    window.parent.postMessage({ statehouse_height: height }, '*');
  };
  tell();
  window.addEventListener('load', tell);
  window.addEventListener('resize', tell);
  if (window.ResizeObserver) new ResizeObserver(tell).observe(page);
})();
