// Menus: popovers below their button. Without this script they open all the same, in the middle of the window.

const GAP = 4;

export function readyMenus(root) {
  for (const menu of root.querySelectorAll('.menu[popover]')) ready(menu);
}

function ready(menu) {
  const button = buttonOf(menu);
  if (!button) return;
  menu.addEventListener('beforetoggle', (event) => event.newState === 'open' && menu.classList.add('placed'));
  menu.addEventListener('toggle', (event) => {
    if (event.newState !== 'open') return;
    place(menu, button);
    menu.querySelector('a, button')?.focus();
  });
  menu.addEventListener('keydown', (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const entries = [...menu.querySelectorAll('a, button')];
    entries[(entries.indexOf(document.activeElement) + step + entries.length) % entries.length].focus();
  });
  menu.addEventListener('click', (event) => {
    if (event.target.closest('a, button')) menu.hidePopover();
  });
}

/** Below the button, right edges in line; above it where there is no room below. */
function place(menu, button) {
  const at = button.getBoundingClientRect();
  const below = at.bottom + GAP + menu.offsetHeight <= window.innerHeight;
  menu.style.top = Math.max(GAP, below ? at.bottom + GAP : at.top - GAP - menu.offsetHeight) + 'px';
  menu.style.left = Math.max(GAP, at.right - menu.offsetWidth) + 'px';
}

// A menu stays at its button when the page moves, as it does when something above changes by itself; it closes with a button that is out of sight.
document.addEventListener('scroll', follow, { passive: true });
window.addEventListener('resize', follow);

function follow() {
  const menu = document.querySelector('.menu:popover-open');
  const button = menu && buttonOf(menu);
  if (!button) return;
  const at = button.getBoundingClientRect();
  if (at.bottom < 0 || at.top > window.innerHeight) menu.hidePopover();
  else place(menu, button);
}

function buttonOf(menu) {
  return document.querySelector('[popovertarget="' + CSS.escape(menu.id) + '"]');
}
