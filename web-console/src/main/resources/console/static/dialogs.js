// Questions: pages of their own without scripts, dialogs over the page they were asked on with them.

import { ask, onShown, parse, say, shown, signature, visit } from './pages.js';

let opener = null;
let openerSelector = '';
let hooks = {};

const box = () => document.getElementById('dialog');

export function isOpen() {
  return Boolean(box()?.open);
}

/** Hooks of the open dialog: `stored` and `thrownAway` take over what those buttons of a new token lead to. */
export function currentHooks() {
  return hooks;
}

/** Shows the question of a page, if it has one. */
export function showQuestion(page, newHooks = hooks) {
  const question = page.querySelector('[data-dialog], [data-problem]');
  const dialog = box();
  if (!question || !dialog) return false;
  hooks = newHooks;
  hideSecret(question);
  dialog.replaceChildren(closeButton(question), document.adoptNode(question));
  if (!dialog.open) {
    opener = document.activeElement;
    openerSelector = signature(opener); // what it was opened from may be replaced while it is open
    dialog.showModal();
  }
  shown(dialog);
  (dialog.querySelector('[autofocus]') ?? dialog.querySelector('h1'))?.focus();
  return true;
}

/** Closes the dialog and leaves nothing of it behind. */
export function close() {
  const dialog = box();
  if (!dialog) return;
  dialog.replaceChildren();
  hooks = {};
  if (dialog.open) dialog.close();
  const back = opener?.isConnected ? opener : openerSelector ? document.querySelector(openerSelector) : null;
  opener = null;
  back?.focus();
}

/** Opens the question at an address as a dialog; goes there if it is none. */
export async function open(url) {
  try {
    const response = await ask(url);
    const page = parse(await response.text());
    if (!showQuestion(page, {})) location.assign(url);
  } catch {
    location.assign(url); // the browser itself says that nobody answers
  }
}

// A new token's value must be dealt with first: such a dialog closes with its own buttons only.
const insists = () => Boolean(box()?.querySelector('[data-once]'));

function closeButton(question) {
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'close';
  button.setAttribute('aria-label', 'Close');
  button.dataset.dismiss = '';
  button.textContent = '×';
  button.hidden = question.querySelector('[data-once]') !== null;
  return button;
}

export function listenForQuestions() {
  document.addEventListener('click', (event) => {
    const plain = event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;
    const link = event.target.closest('a[data-question]');
    if (link && plain) {
      event.preventDefault();
      open(link.href);
    } else if (event.target.closest('[data-revisit]') && isOpen()) {
      event.preventDefault();
      close();
      visit(location.href);
    } else if (event.target.closest('[data-dismiss]') && isOpen()) {
      event.preventDefault();
      close();
    }
  });
  // The key itself, not the dialog's own closing: browsers let a second Esc close a dialog whatever its page says.
  box()?.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || event.defaultPrevented) return;
    event.preventDefault();
    if (insists()) say('Store the value first and tick the box, or delete the token.');
    else close();
  });
  onShown(readyCopying);
}

// --- values shown once -------------------------------------------------------------------------------------------

// The value lives in this map while its dialog is open, and in the page only while it is revealed.
const secrets = new WeakMap();

function hideSecret(root) {
  for (const place of root.querySelectorAll('[data-secret]')) {
    if (secrets.has(place)) continue;
    secrets.set(place, place.textContent);
    mask(place);
  }
}

function mask(place) {
  const value = secrets.get(place);
  place.textContent = value.slice(0, 4) + '•'.repeat(value.length - 8) + value.slice(-4);
}

async function copy(text, button) {
  try {
    await navigator.clipboard.writeText(text);
    flash(button, 'Copied');
  } catch {
    flash(button, 'Not copied');
    say('The browser does not allow copying here. Reveal the value and copy it by hand.');
  }
}

function flash(button, words) {
  const before = button.dataset.label ?? button.textContent;
  button.dataset.label = before;
  button.textContent = words;
  say(words);
  setTimeout(() => { button.textContent = before; }, 1600);
}

function readyCopying(root) {
  hideSecret(root);
  for (const button of root.querySelectorAll('[data-copy]')) {
    button.addEventListener('click', () => copy(button.dataset.copy, button));
  }
  for (const once of root.querySelectorAll('[data-once]')) readyOnce(once);
}

function readyOnce(once) {
  const place = once.querySelector('[data-secret]');
  const reveal = once.querySelector('[data-reveal]');
  reveal.addEventListener('click', () => {
    const now = reveal.getAttribute('aria-pressed') !== 'true';
    reveal.setAttribute('aria-pressed', String(now));
    reveal.textContent = now ? 'Hide' : 'Reveal';
    if (now) place.textContent = secrets.get(place);
    else mask(place);
  });
  once.querySelector('[data-copy-secret]').addEventListener('click', (event) => {
    copy(secrets.get(place), event.currentTarget);
  });
  once.querySelector('[data-download]').addEventListener('click', (event) => {
    const link = document.createElement('a');
    link.href = URL.createObjectURL(new Blob([secrets.get(place) + '\n'], { type: 'text/plain' }));
    link.download = event.currentTarget.dataset.download;
    link.click();
    URL.revokeObjectURL(link.href);
    flash(event.currentTarget, 'Downloaded');
  });
}

/** The buttons below a value shown once. */
export function finishOnce(form) {
  const { stored } = hooks;
  close();
  if (stored) stored();
  else visit(form.action);
}
