// The entry: what every page gets. Pages work without scripts as far as forms and links go; these modules add dialogs,
// choosing by typing, and evaluation keys that move without reloading.

import { onShown, shown } from './pages.js';
import { listenForQuestions } from './dialogs.js';
import { listenForForms } from './forms.js';
import { readyComboboxes } from './combobox.js';
import { follow } from './live.js';
import { readyTimes } from './times.js';
import { readyProfileForms } from './profile-form.js';

listenForQuestions();
listenForForms();

onShown(readyComboboxes);
onShown(readyTimes);
onShown(readyProfileForms);
onShown(follow);
shown(document);

// "/" goes to the field that a page is about, as in many programs people know.
document.addEventListener('keydown', (event) => {
  const typing = event.target.closest('input, textarea, select, dialog');
  if (event.key !== '/' || typing || event.ctrlKey || event.metaKey || event.altKey) return;
  const field = document.querySelector('[data-slash]');
  if (field) {
    event.preventDefault();
    field.focus();
    field.select();
  }
});
