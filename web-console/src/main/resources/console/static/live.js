// Follows the evaluation keys on the open page through server-sent events. Only while the page is looked at: a browser
// has few connections to one server, and pages in the background would use them up.

import { ask, parse, say, shown, signInAgain, signature } from './pages.js';

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
window.addEventListener('resize', () => {
  for (const key of document.querySelectorAll('.key')) key.style.minHeight = '';
});
window.addEventListener('pagehide', stop);
window.addEventListener('pageshow', () => start());

function start() {
  if (!url || source || document.hidden) return;
  source = new EventSource(url);
  source.addEventListener('open', () => status(''));
  source.addEventListener('part', (event) => change(event.data));
  source.addEventListener('changed', refresh);
  source.addEventListener('gone', (event) => gone(event.data));
  source.addEventListener('lost', (event) => status('This page is not up to date: the API does not answer. Trying again. Request id ' + event.data));
  source.addEventListener('busy', () => again(30000));
  source.addEventListener('signed-out', signInAgain);
  source.addEventListener('error', () => {
    if (source?.readyState === EventSource.CLOSED) again(5000);
    status('This page is not up to date: the connection is interrupted. Trying again.');
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
  if (bar && nextBar && present.dataset.tone === next.dataset.tone && !next.querySelector('.move')) {
    bar.value = nextBar.value; // the same bar, so that it glides
    present.querySelector('.percent').textContent = next.querySelector('.percent').textContent;
    present.querySelector('.fact')?.replaceWith(next.querySelector('.fact') ?? '');
  } else {
    const height = present.getBoundingClientRect().height;
    present.replaceWith(document.adoptNode(next));
    // What needs less room keeps it: the rows below stay where somebody may be about to click.
    if (next.getBoundingClientRect().height < height) next.style.minHeight = height + 'px';
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

let refreshing = false;

/** Something else on the page is different by now: asks for the page, and takes over what is marked as fresh. */
async function refresh() {
  if (refreshing) return;
  refreshing = true;
  const asked = location.href;
  try {
    const response = await ask(asked);
    const page = parse(await response.text());
    if (location.href !== asked) return;
    if (!response.ok) status('This page is no longer up to date. Load it again.');
    for (const place of document.querySelectorAll('[data-fresh]')) take(place, page.getElementById(place.id));
  } catch {
    status('This page is not up to date: the console does not answer. Trying again.');
    again(5000);
  } finally {
    refreshing = false;
  }
}

/** Puts a piece in the place of an older one; keeps what is open and where the focus is. */
function take(place, next) {
  if (!next) return;
  if (place.querySelector('.menu:popover-open')) { // not under somebody's hand
    setTimeout(refresh, 1000);
    return;
  }
  const focus = place.contains(document.activeElement) ? signature(document.activeElement) : '';
  const open = [...place.querySelectorAll('details')].map((details) => details.open);
  place.replaceWith(document.adoptNode(next));
  next.querySelectorAll('details').forEach((details, index) => { details.open = open[index] ?? false; });
  shown(next);
  if (focus) next.querySelector(focus)?.focus({ preventScroll: true });
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
