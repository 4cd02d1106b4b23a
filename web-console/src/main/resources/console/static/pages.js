// Pages and pieces of pages, as the server rendered them.

// The one place where text becomes HTML. It is given answers of this console's server only.
const policy = window.trustedTypes
  ? window.trustedTypes.createPolicy('keyswitch', { createHTML: (html) => html })
  : { createHTML: (html) => html };

export function parse(html) {
  return new DOMParser().parseFromString(policy.createHTML(html), 'text/html');
}

const listeners = [];

/** Calls back with every piece of a page that comes into view, the first page included. */
export function onShown(listener) {
  listeners.push(listener);
}

export function shown(root) {
  for (const listener of listeners) listener(root);
}

/** Reads out. An empty pause first, so that the same words twice are read twice. */
export function say(words) {
  const place = document.getElementById('said');
  if (!place || !words) return;
  place.textContent = '';
  setTimeout(() => { place.textContent = words; }, 60);
}

export function signInAgain() {
  const here = location.pathname + location.search;
  location.assign('/sign-in?to=' + encodeURIComponent(here));
}

/** A selector that finds the same element again after a piece of the page was replaced; empty if there is none. */
export function signature(element) {
  for (const name of ['id', 'href', 'name', 'aria-label']) {
    const value = element.getAttribute(name);
    if (value) return element.localName + '[' + name + '="' + CSS.escape(value) + '"]';
  }
  return '';
}

/** Asks this server. A session that has ended leads to the sign-in; then the promise never settles. */
export async function ask(url, options = {}) {
  const response = await fetch(url, { credentials: 'same-origin', ...options });
  if (response.status === 401 || new URL(response.url).pathname === '/sign-in') {
    signInAgain();
    return new Promise(() => {});
  }
  return response;
}

/** Puts another page's content in the place of this one's. */
export function showPage(page, url) {
  const main = document.getElementById('main');
  const next = page.getElementById('main');
  if (!next) {
    location.assign(url);
    return;
  }
  document.title = page.title;
  const nav = document.querySelector('.rail nav');
  const nextNav = page.querySelector('.rail nav');
  if (nav && nextNav) nav.replaceWith(document.adoptNode(nextNav));
  main.replaceWith(document.adoptNode(next));
  if (url !== location.href) history.pushState({}, '', url);
  shown(next);
  say([...next.querySelectorAll('[data-notice-text]')].map((notice) => notice.textContent.trim()).join(' '));
  const field = next.querySelector('[data-slash]');
  const question = next.querySelector('[data-dialog] [autofocus], [data-dialog] h1');
  (field && next.querySelector('[data-combobox]') ? field : question ?? next).focus({ preventScroll: true });
}

export async function visit(url) {
  const response = await ask(url);
  showPage(parse(await response.text()), response.url);
}

// Going back to a page whose content was replaced: ask for it anew.
window.addEventListener('popstate', () => location.reload());
