// Follows the evaluation keys on the open page through server-sent events. Only while the page is looked at: a browser
// has few connections to one server, and pages in the background would use them up.

import { parse, say, shown, signInAgain } from './pages.js';

let source = null;
let url = null;
let timer = 0;
let known = new Map();

export function follow(root) {
  const place = document.querySelector('[data-live]');
  const next = place ? place.dataset.live : null;
  if (root !== document && !root.querySelector?.('[data-live]') && !root.matches?.('[data-live]') && next === url) return;
  stop();
  url = next;
  known = new Map([...document.querySelectorAll('.key')].map((key) => [key.id, key.dataset.tone]));
  start();
}

document.addEventListener('visibilitychange', () => (document.hidden ? stop() : start()));
window.addEventListener('pagehide', stop);
window.addEventListener('pageshow', () => start());

function start() {
  if (!url || source || document.hidden) return;
  source = new EventSource(url);
  source.addEventListener('open', () => status(''));
  source.addEventListener('key', (event) => change(event.data));
  source.addEventListener('gone', (event) => gone(event.data));
  source.addEventListener('lost', () => status('Key states are not up to date: the API does not answer. Trying again.'));
  source.addEventListener('busy', () => again(30000));
  source.addEventListener('signed-out', signInAgain);
  source.addEventListener('error', () => {
    if (source?.readyState === EventSource.CLOSED) again(5000);
    status('Key states are not up to date: the connection is interrupted. Trying again.');
  });
}

function stop() {
  clearTimeout(timer);
  source?.close();
  source = null;
}

function again(milliseconds) {
  stop();
  timer = setTimeout(start, milliseconds);
}

function change(html) {
  const next = parse(html).querySelector('.key');
  const present = next && document.getElementById(next.id);
  if (!present || face(present) === face(next) || present.contains(document.activeElement)) return;
  const bar = present.querySelector('progress');
  const nextBar = next.querySelector('progress');
  if (bar && nextBar && present.dataset.tone === next.dataset.tone) {
    bar.value = nextBar.value; // the same bar, so that it glides
    present.querySelector('.percent').textContent = next.querySelector('.percent').textContent;
    present.querySelector('.fact')?.replaceWith(next.querySelector('.fact') ?? '');
  } else {
    present.replaceWith(document.adoptNode(next));
    shown(next);
    next.classList.toggle('changed', present.dataset.tone !== next.dataset.tone);
  }
  if (known.get(next.id) !== next.dataset.tone) say(next.dataset.say);
  known.set(next.id, next.dataset.tone);
}

/** What a person sees of a key; spaces between elements do not count. */
function face(key) {
  const value = key.querySelector('progress')?.value ?? '';
  return [key.dataset.tone, value, key.textContent.replace(/\s+/g, ' ')].join('|');
}

/** Somebody else took this token away while the page was open. */
function gone(id) {
  const row = document.querySelector('[data-row="' + CSS.escape(id) + '"]');
  if (!row || row.classList.contains('gone')) return;
  row.classList.add('gone');
  const actions = row.querySelector('.actions');
  if (actions) actions.textContent = 'no longer here';
}

function status(words) {
  const place = document.querySelector('[data-live-status]');
  if (!place) return;
  place.textContent = words;
  place.hidden = words === '';
}
