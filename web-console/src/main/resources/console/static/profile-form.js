// The form of an encryption profile: starting points, and whether the primes leave 128-bit security.

export function readyProfileForms(root) {
  for (const form of root.querySelectorAll('form[data-profile]')) ready(form);
}

function ready(form) {
  const limits = new Map(form.dataset.limits.split(',').map((pair) => pair.split(':').map(Number)));
  const { scheme, degree, primes, plain } = form.elements;
  const update = () => {
    sum(form.querySelector('[data-sum]'), primes.value, limits.get(Number(degree.value)));
    for (const button of form.querySelectorAll('[data-preset]')) {
      const same = button.dataset.scheme === scheme.value && button.dataset.degree === degree.value
        && button.dataset.primes === primes.value.trim();
      button.setAttribute('aria-pressed', String(same));
    }
  };
  for (const button of form.querySelectorAll('[data-preset]')) {
    button.addEventListener('click', () => {
      scheme.value = button.dataset.scheme;
      degree.value = button.dataset.degree;
      primes.value = button.dataset.primes;
      if (button.dataset.plain) plain.value = button.dataset.plain;
      update();
    });
  }
  form.addEventListener('input', update);
  update();
}

function sum(place, text, limit) {
  const sizes = text.split(/[\s,;]+/).filter(Boolean).map(Number);
  const bits = sizes.reduce((total, size) => total + size, 0);
  const readable = sizes.length > 0 && sizes.every(Number.isInteger);
  place.textContent = readable ? bits + ' of at most ' + limit + ' bits for 128-bit security at this degree' : '';
  place.classList.toggle('too-much', readable && bits > limit);
}
