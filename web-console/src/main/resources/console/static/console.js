// The entry: what every page gets. Pages work without scripts as far as forms and links go; these modules add dialogs,
// choosing by typing, and evaluation keys that move without reloading.

import { onShown, shown } from './pages.js';
import { listenForQuestions } from './dialogs.js';
import { listenForForms } from './forms.js';
import { readyComboboxes } from './combobox.js';
import { follow } from './live.js';
import { readyTimes } from './times.js';
import { readyProfileForms } from './profile-form.js';
import { readyMenus } from './menus.js';
import { readySelections } from './selection.js';

listenForQuestions();
listenForForms();

onShown(readyComboboxes);
onShown(readyTimes);
onShown(readyProfileForms);
onShown(readyMenus);
onShown(readySelections);
onShown(follow);
shown(document);

// Ctrl+/ goes to the field that a page is about. Not "/" alone: single keys get in the way of speech input.
document.addEventListener('keydown', (event) => {
  if (event.key !== '/' || !(event.ctrlKey || event.metaKey) || event.target.closest('dialog')) return;
  const field = document.querySelector('[data-slash]');
  if (field) {
    event.preventDefault();
    field.focus();
    field.select();
  }
});
