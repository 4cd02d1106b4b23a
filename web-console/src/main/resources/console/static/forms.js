// Forms are sent without leaving the page; what comes back is the page they lead to, or the question they raise.

import { ask, parse, say, showPage, shown } from './pages.js';
import { close, currentHooks, finishOnce, isOpen, open, showQuestion } from './dialogs.js';

export function listenForForms() {
  document.addEventListener('submit', (event) => {
    const form = event.target;
    if (form.matches('[data-native]')) return;
    if (form.matches('[data-stored]')) {
      if (!isOpen()) return;
      event.preventDefault();
      finishOnce(form);
    } else if (form.matches('[data-search]')) {
      event.preventDefault();
      search(form);
    } else if (form.method === 'post') {
      event.preventDefault();
      send(form, event.submitter);
    } else if (form.matches('[data-question]')) {
      event.preventDefault();
      open(form.action + '?' + new URLSearchParams(new FormData(form, event.submitter)));
    } else if (isOpen()) {
      event.preventDefault();
      inquire(form);
    }
  });
  document.addEventListener('input', (event) => {
    const form = event.target.closest('form[data-search]');
    if (form) searchSoon(form);
    const field = event.target.closest('.field');
    if (field) { // what was wrong is being put right
      field.querySelectorAll('.wrong').forEach((wrong) => wrong.remove());
      field.querySelectorAll('[aria-invalid]').forEach((input) => input.removeAttribute('aria-invalid'));
    }
    const value = event.target.closest('[data-custom-value]');
    if (value) value.closest('label').querySelector('[data-custom]').checked = true;
  });
}

async function send(form, submitter) {
  if (form.ariaBusy === 'true') return;
  const back = form.querySelector('[data-back]');
  if (back && !isQuestionPage()) back.value = location.pathname + location.search;
  const body = new URLSearchParams(new FormData(form));
  form.ariaBusy = 'true';
  if (submitter) submitter.disabled = true;
  try {
    const response = await ask(form.action, { method: 'POST', body });
    await arrive(response, form);
  } catch {
    say('The console does not answer. Nothing is known about whether it was done: look before you try again.');
    complain(form, 'The console does not answer. Look whether it was done before you try again.');
  } finally {
    form.ariaBusy = null;
    if (submitter) submitter.disabled = false;
  }
}

/** Whether the page is itself a question, opened by its address: it is neither where one comes from nor what a dialog is put over. */
function isQuestionPage() {
  return document.querySelector('main [data-dialog]') !== null;
}

async function arrive(response, form) {
  const page = parse(await response.text());
  const { thrownAway } = currentHooks();
  if (form.matches('[data-throw-away]') && thrownAway && response.ok) {
    close();
    thrownAway();
    return;
  }
  const question = page.querySelector('[data-dialog]') || (isOpen() && page.querySelector('[data-problem]'));
  if (question && !isQuestionPage() && showQuestion(page)) return;
  if (isOpen()) close();
  showPage(page, response.redirected ? response.url : location.href);
}

/** A question that leads to another question. */
async function inquire(form) {
  const query = new URLSearchParams(new FormData(form));
  try {
    const response = await ask(form.action + '?' + query);
    showQuestion(parse(await response.text()));
  } catch {
    complain(form, 'The console does not answer. Nothing was changed. Try again.');
  }
}

function complain(form, words) {
  let place = form.querySelector('[data-complaint]');
  if (!place) {
    place = document.createElement('p');
    place.className = 'wrong';
    place.dataset.complaint = '';
    form.append(place);
  }
  place.textContent = words;
}

// --- search as one types ------------------------------------------------------------------------------------------

let timer = 0;
let latest = 0;

function searchSoon(form) {
  clearTimeout(timer);
  timer = setTimeout(() => search(form), 120);
}

async function search(form) {
  clearTimeout(timer);
  const mine = ++latest;
  const query = new URLSearchParams(new FormData(form));
  for (const name of [...query.keys()]) if (!query.get(name)) query.delete(name);
  const url = form.getAttribute('action') + (query.size ? '?' + query : '');
  let page;
  try {
    const response = await ask(url);
    page = parse(await response.text());
  } catch {
    if (mine === latest) say('The console does not answer. Type on to try again.');
    return;
  }
  if (mine !== latest) return; // an answer to what was typed before
  const next = page.querySelector('[data-results]');
  const results = document.querySelector('[data-results]');
  if (!next || !results) return;
  for (const place of document.querySelectorAll('[data-fresh]')) {
    if (results.contains(place) || place.contains(form)) continue;
    const fresh = page.getElementById(place.id);
    if (fresh) place.replaceWith(document.adoptNode(fresh));
  }
  results.replaceWith(document.adoptNode(next));
  history.replaceState({}, '', url);
  shown(next);
  const rows = next.querySelectorAll('tbody tr, .activity > li').length;
  const more = next.querySelector('[rel=next]') ? ' and more' : '';
  say(rows === 0 ? 'Nothing found' : rows + (rows === 1 ? ' line' : ' lines') + more);
}
