// Offers the browser's own location; asks only when the button is pressed.
const form = document.querySelector('#location-form');

if (form && navigator.geolocation && window.isSecureContext) {
  form.hidden = false;
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        form.elements.namedItem('latitude').value = coords.latitude;
        form.elements.namedItem('longitude').value = coords.longitude;
        form.submit();
      },
      () => {
        document.querySelector('#location-failed').hidden = false;
      },
      { timeout: 15_000, maximumAge: 600_000 },
    );
  });
}
