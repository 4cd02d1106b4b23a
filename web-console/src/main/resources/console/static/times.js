// Times: short in the text, kept up to date; in full, local and UTC, on hover.

const full = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'long' });

export function readyTimes(root) {
  for (const time of root.querySelectorAll('time[datetime]')) {
    if (time.dataset.full) continue;
    time.dataset.full = time.title;
    time.title = full.format(new Date(time.dateTime)) + '\n' + time.dataset.full;
  }
}

setInterval(() => {
  for (const time of document.querySelectorAll('time[datetime]')) {
    const words = relative(new Date(time.dateTime));
    if (words && words !== time.textContent) time.textContent = words;
  }
}, 30000);

// The same words as the server's.
function relative(at) {
  const seconds = (at - Date.now()) / 1000;
  const distance = Math.abs(seconds);
  const past = seconds < 0;
  if (distance < 45) return past ? 'just now' : 'in a moment';
  if (distance < 3600) return phrase(Math.max(1, Math.floor(distance / 60)) + ' min', past);
  if (distance < 48 * 3600) return phrase(Math.floor(distance / 3600) + ' h', past);
  const days = Math.round(distance / 86400);
  return days <= 400 ? phrase(days + ' days', past) : '';
}

const phrase = (span, past) => (past ? span + ' ago' : 'in ' + span);
