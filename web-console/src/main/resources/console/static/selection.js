// Selecting lines of a list, and how many are.

import { say } from './pages.js';

export function readySelections(root) {
  const form = root.querySelector('form.selection');
  if (!form) return;
  const boxes = () => [...document.querySelectorAll('input[form="' + form.id + '"]')];
  const all = document.querySelector('[data-select-all]');
  const update = () => {
    const selected = boxes().filter((box) => box.checked).length;
    form.querySelector('[data-selected-count]').textContent = selected;
    form.classList.toggle('has-some', selected > 0);
    if (all) {
      all.checked = selected > 0 && selected === boxes().length;
      all.indeterminate = selected > 0 && selected < boxes().length;
    }
    return selected;
  };
  const choose = (checked) => {
    for (const box of boxes()) box.checked = checked;
    say(update() + ' selected');
  };
  all?.addEventListener('change', () => choose(all.checked));
  form.querySelector('[data-select-none]')?.addEventListener('click', () => {
    choose(false);
    all?.focus();
  });
  for (const box of boxes()) {
    box.addEventListener('change', update);
    box.addEventListener('click', (event) => between(event, box, boxes(), update));
  }
  update();
}

let last = null;

/** With Shift, everything from the line before to this one. */
function between(event, box, boxes, update) {
  const from = boxes.indexOf(last);
  const to = boxes.indexOf(box);
  last = box;
  if (!event.shiftKey || from < 0) return;
  for (const one of boxes.slice(Math.min(from, to), Math.max(from, to) + 1)) one.checked = box.checked;
  update();
}
