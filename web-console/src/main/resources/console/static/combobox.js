// Choosing by typing, after the WAI-ARIA authoring practices: combobox with list autocomplete.
//
// One thing is chosen when its id stands in the hidden field. Typing anything else un-chooses it. Answers that arrive
// after a newer question was asked are dropped.

import { ask, parse, say } from './pages.js';
import { showQuestion } from './dialogs.js';

export function readyComboboxes(root) {
  for (const place of root.querySelectorAll('[data-combobox]')) new Combobox(place);
}

class Combobox {
  constructor(place) {
    this.place = place;
    this.input = place.querySelector('[role=combobox]');
    this.popup = place.querySelector('[data-popup]');
    this.list = place.querySelector('[role=listbox]');
    this.chosen = place.querySelector('[data-chosen]');
    this.form = place.closest('form');
    this.save = this.form.querySelector('[data-save]');
    this.elsewhere = place.querySelector('[data-elsewhere]');
    this.asked = 0;
    this.active = -1;
    this.entries = [];
    this.answered = null;
    this.hurried = false;
    this.input.addEventListener('input', () => this.typed());
    this.input.addEventListener('keydown', (event) => this.pressed(event));
    this.input.addEventListener('click', () => this.isOpen() || this.look());
    place.addEventListener('focusout', (event) => place.contains(event.relatedTarget) || this.close());
    place.addEventListener('keydown', (event) => this.escapeFromLinks(event));
    this.popup.addEventListener('mousedown', (event) => event.preventDefault()); // keeps the focus in the field
    this.list.addEventListener('click', (event) => this.clicked(event));
    this.settle();
  }

  isOpen() {
    return !this.popup.hidden;
  }

  typed() {
    this.chosen.value = '';
    this.hurried = false;
    this.settle();
    this.look();
  }

  /** Save is possible once something is chosen. */
  settle() {
    if (this.save) this.save.disabled = this.chosen.value === '';
    this.place.classList.toggle('has-choice', this.chosen.value !== '');
  }

  async look(then = 'first') {
    const mine = ++this.asked;
    const q = this.chosen.value ? '' : this.input.value.trim();
    this.stop?.abort();
    this.stop = new AbortController();
    this.place.classList.add('busy');
    try {
      const response = await ask(this.place.dataset.source + '?q=' + encodeURIComponent(q), {
        signal: this.stop.signal,
        headers: { Accept: 'application/json' },
      });
      if (mine !== this.asked) return;
      if (!response.ok) throw new Error(response.headers.get('X-Request-Id') ?? '');
      const answer = await response.json();
      if (mine !== this.asked) return;
      this.answered = q;
      this.show(answer, q, then);
    } catch (error) {
      if (error.name !== 'AbortError' && mine === this.asked) this.showTrouble(error);
    } finally {
      if (mine === this.asked) this.place.classList.remove('busy');
    }
  }

  show(answer, q, then) {
    this.entries = answer.options.map((option) => ({ ...option, kind: 'choose' }));
    const known = answer.options.some((option) => option.name === q);
    if (this.place.dataset.add && q && !known) this.entries.push({ kind: 'add', name: q });
    this.list.replaceChildren(...this.entries.map((entry, index) => this.option(entry, index, q)));
    if (answer.more) this.list.append(this.remark('Type more to narrow the list.'));
    if (this.entries.length === 0) this.list.append(this.remark(q ? 'Nothing matches.' : 'There is none yet.'));
    this.showElsewhere(answer.elsewhere ?? [], q);
    this.open();
    const first = this.entries[0]?.kind === 'choose' ? 0 : -1;
    this.activate(then === 'last' ? this.entries.length - 1 : q || then === 'down' ? first : -1);
    this.count(answer, q);
    this.catchUp(q);
  }

  option(entry, index, q) {
    const option = document.createElement('li');
    option.id = this.list.id + '-' + index;
    option.role = 'option';
    option.ariaSelected = 'false';
    option.dataset.index = String(index);
    if (entry.kind === 'add') {
      option.className = 'add';
      option.append('Add token “', strong(entry.name), '”');
    } else {
      const name = document.createElement('span');
      name.className = 'name';
      name.append(...marked(entry.name, q));
      const detail = document.createElement('span');
      detail.className = 'detail';
      detail.textContent = entry.detail ?? '';
      option.append(name, detail);
    }
    return option;
  }

  remark(words) {
    const remark = document.createElement('li');
    remark.className = 'remark';
    remark.role = 'presentation';
    remark.textContent = words;
    return remark;
  }

  count(answer, q) {
    const { one, many } = this.place.dataset;
    const found = answer.options.length;
    const add = this.entries.at(-1)?.kind === 'add' ? ' Last entry: add token ' + q + '.' : '';
    const away = (answer.elsewhere ?? []).length;
    const others = away > 0 ? ' ' + away + ' assigned elsewhere: Tab leads to reassigning.' : '';
    say((answer.more ? 'More than ' : '') + found + ' ' + (found === 1 ? one : many) + '.' + add + others);
  }

  showElsewhere(tokens, q) {
    if (!this.elsewhere) return;
    this.elsewhere.replaceChildren(...tokens.map((token) => {
      const line = document.createElement('p');
      const link = document.createElement('a');
      link.href = token.href;
      link.dataset.question = '';
      link.textContent = 'Reassign…';
      link.setAttribute('aria-label', 'Reassign ' + token.name);
      const name = document.createElement('span');
      name.append(...marked(token.name, q));
      line.append(name, ' is assigned to ', strong(token.modelName), '. ', link);
      return line;
    }));
  }

  showTrouble(error) {
    this.entries = [];
    const id = error.message && !(error instanceof TypeError) ? ' Request id ' + error.message : '';
    this.list.replaceChildren(this.remark('The list could not be read. Type on to try again.' + id));
    this.open();
    say('The list could not be read.');
  }

  open() {
    this.popup.hidden = false;
    this.input.ariaExpanded = 'true';
  }

  close() {
    this.popup.hidden = true;
    this.input.ariaExpanded = 'false';
    this.activate(-1);
  }

  activate(index) {
    this.active = index;
    for (const option of this.list.querySelectorAll('[role=option]')) {
      option.ariaSelected = String(option.dataset.index === String(index));
    }
    const option = index >= 0 ? this.list.querySelector('[data-index="' + index + '"]') : null;
    if (option) {
      this.input.setAttribute('aria-activedescendant', option.id);
      option.scrollIntoView({ block: 'nearest' });
    } else {
      this.input.removeAttribute('aria-activedescendant');
    }
  }

  pressed(event) {
    if (event.isComposing) return;
    const action = {
      ArrowDown: () => this.move(1),
      ArrowUp: () => this.move(-1),
      Escape: () => this.escape(),
      Enter: () => this.enter(),
    }[event.key];
    if (action?.()) event.preventDefault();
  }

  move(step) {
    if (!this.isOpen()) {
      this.look(step > 0 ? 'down' : 'last');
    } else if (this.entries.length > 0) {
      const places = this.entries.length + 1; // one beyond: back in the text
      this.activate(((this.active + 1 + step + places) % places) - 1);
    }
    return true;
  }

  escape() {
    if (this.isOpen()) {
      this.close();
      return true;
    }
    if (this.input.value === '') return false;
    this.input.value = '';
    this.chosen.value = '';
    this.settle();
    this.showElsewhere([], '');
    return true;
  }

  /** Chooses what is marked. Without a choice Enter sends nothing. */
  enter() {
    const current = this.answered === this.input.value.trim();
    const entry = this.isOpen() && current ? this.entries[this.active] : undefined;
    if (entry) {
      this.take(entry);
      return true;
    }
    this.hurried = !current && this.chosen.value === '';
    return this.chosen.value === '' && Boolean(this.save);
  }

  /** From the links below the list, Esc leads back to the field. */
  escapeFromLinks(event) {
    if (event.key !== 'Escape' || event.target === this.input || !this.isOpen()) return;
    event.preventDefault();
    this.input.focus();
    this.close();
  }

  /** Enter was faster than the answer: it counts if the answer leaves no doubt. */
  catchUp(q) {
    if (!this.hurried) return;
    this.hurried = false;
    const offered = this.entries.filter((entry) => entry.kind === 'choose');
    const same = offered.filter((entry) => entry.name.toLowerCase() === q.toLowerCase());
    const meant = same.length === 1 ? same : offered;
    if (meant.length === 1) this.take(meant[0]);
  }

  clicked(event) {
    const option = event.target.closest('[role=option]');
    if (option) this.take(this.entries[Number(option.dataset.index)]);
  }

  take(entry) {
    if (entry.kind === 'add') this.add(entry.name);
    else this.choose(entry.id, entry.name);
  }

  choose(id, name) {
    this.asked++;
    this.input.value = name;
    this.chosen.value = id;
    this.close();
    this.settle();
    this.showElsewhere([], '');
    say(name + ' is chosen.' + (this.save ? ' Press Enter to ' + this.save.textContent.trim().toLowerCase() + '.' : ''));
  }

  /** Creates a token on the spot; its value is shown once, then it is chosen. */
  async add(name) {
    this.close();
    const body = new URLSearchParams({ name, csrf: this.form.querySelector('[name=csrf]').value });
    let page;
    try {
      const response = await ask(this.place.dataset.add, { method: 'POST', body });
      page = parse(await response.text());
    } catch (error) {
      this.showTrouble(error);
      return;
    }
    const once = page.querySelector('[data-once]');
    showQuestion(page, once ? {
      stored: () => {
        this.choose(once.dataset.tokenId, once.dataset.tokenName);
        this.input.focus();
      },
      thrownAway: () => {
        this.input.value = '';
        this.input.focus();
        say('The token was deleted.');
      },
    } : {});
  }
}

function strong(text) {
  const element = document.createElement('strong');
  element.textContent = text;
  return element;
}

/** The name with the part that was typed marked. */
function marked(name, q) {
  const at = q ? name.toLowerCase().indexOf(q.toLowerCase()) : -1;
  if (at < 0 || name.toLowerCase().length !== name.length) return [name];
  const mark = document.createElement('mark');
  mark.textContent = name.slice(at, at + q.length);
  return [name.slice(0, at), mark, name.slice(at + q.length)];
}
