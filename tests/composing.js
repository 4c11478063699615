// Runs in the page, in WebKit and Chromium alike: types into every field in sight as an input method does, with the events of both
// engines, and tells which field took the method's own Enter or Esc for its own.
//
// Each field is tried once for each place and kind; at the end it says again what it said before.
/* global window, document, location */
(() => {
  if (window.composing) return;
  const READS = /^(start|workbook|draft|overview|overview_tasks|totals|ledger|task|checklist|indicators|timeline|history|copies|task_in_copy|choices|find|exchange_status|requests|compare_quarters|report_preview)$/;
  /** Commands that wrote anything. */
  const writes = [];
  const note = (name) => { if (!READS.test(name)) writes.push(name); };
  const core = window.__TAURI__ && window.__TAURI__.core;
  if (core) {
    const invoke = core.invoke;
    core.invoke = (command, given) => { if (command === 'call') note(given.name); return invoke(command, given); };
  } else {
    const ask = window.fetch;
    window.fetch = (url, options) => { const found = /\/call\/(\w+)$/.exec(String(url)); if (found) note(found[1]); return ask(url, options); };
  }

  const pause = (time) => new Promise((done) => { setTimeout(done, time); });
  const shown = (field) => field.getClientRects().length > 0 && !field.disabled && !field.readOnly;
  const fieldsIn = (place) => [...place.querySelectorAll('input, textarea, [contenteditable=true]')].filter((field) => shown(field) && !/^(checkbox|radio|file|hidden|range|color|button)$/.test(field.type ?? '') && !field.classList.contains('spoken'));
  /** The kind of a field: fields of one kind are made by the same lines. */
  const kindOf = (field) => [document.querySelector('.page')?.dataset.view, field.closest('dialog[open], aside.detail, .cell-editor, .picker, .review-form')?.className ?? '', field.localName, field.className, (field.dataset.key ?? '').replace(/[-:].*/, ''), field.dataset.field ?? field.id ?? ''].join(' ');
  /** The field itself, or the one that a view drew in its place and gave the focus. */
  const now = (field, kind) => (field.isConnected || !document.activeElement || kindOf(document.activeElement) !== kind ? field : document.activeElement);
  const surroundings = (field) => ({
    view: document.querySelector('.page')?.dataset.view,
    dialogs: document.querySelectorAll('dialog[open], .picker, .menu, .cell-editor').length,
    detail: Boolean(document.querySelector('aside.detail:not([hidden])')?.childElementCount),
    there: field.isConnected,
    focus: document.activeElement === field,
    value: field.value ?? field.textContent,
    writes: writes.length,
  });

  const send = (field, type, more) => field.dispatchEvent(new CompositionEvent(type, { bubbles: true, cancelable: true, ...more }));
  const press = (field, key, more) => {
    field.dispatchEvent(new KeyboardEvent('keydown', { key, code: key, bubbles: true, cancelable: true, ...more }));
  };
  const lift = (field, key) => field.dispatchEvent(new KeyboardEvent('keyup', { key, code: key, bubbles: true }));
  const type = (field, text) => {
    if ('value' in field) field.value += text;
    else field.textContent += text;
    field.dispatchEvent(new InputEvent('input', { bubbles: true, inputType: 'insertCompositionText', data: text, isComposing: true }));
  };

  /** How each engine says that a key was the input method's. */
  const ENGINES = {
    // the key first, marked as the method's own; then the end
    chromium(field, key) {
      send(field, 'compositionstart', { data: '' });
      type(field, '拼');
      press(field, 'Process', { keyCode: 229, isComposing: true });
      press(field, key, { keyCode: 229, isComposing: true });
      send(field, 'compositionend', { data: '拼' });
      lift(field, key);
    },
    // the end first; the key comes after it with isComposing false
    webkit(field, key) {
      send(field, 'compositionstart', { data: '' });
      type(field, '音');
      send(field, 'compositionend', { data: '音' });
      press(document.activeElement, key, { keyCode: 229 });
      lift(document.activeElement, key);
    },
    // an input method of GTK that does not even say 229
    gtk(field, key) {
      send(field, 'compositionstart', { data: '' });
      type(field, '字');
      send(field, 'compositionend', { data: '字' });
      press(document.activeElement, key, { keyCode: key === 'Enter' ? 13 : 27 });
      lift(document.activeElement, key);
    },
  };

  window.composing = {
    /** Tries every field in a place. @returns {Promise<{ tried: string[], faults: string[] }>} */
    async everywhere(place = document) {
      const tried = new Set();
      const faults = [];
      for (const first of fieldsIn(place)) {
        const kind = kindOf(first);
        if (tried.has(kind) || !first.isConnected) continue;
        tried.add(kind);
        let field = first;
        field.focus();
        const before = field.value ?? field.textContent;
        for (const [engine, sends] of Object.entries(ENGINES)) {
          for (const key of ['Enter', 'Escape']) {
            // the words stand there before the key: only what the key does counts
            const wanted = { ...surroundings(field), value: (field.value ?? field.textContent) + { chromium: '拼', webkit: '音', gtk: '字' }[engine] };
            sends(field, key);
            await pause(30);
            field = now(field, kind);
            const is = surroundings(field);
            for (const name of Object.keys(wanted)) if (wanted[name] !== is[name]) faults.push(`${kind}: ${key} of ${engine}: ${name} was ${wanted[name]}, is ${is[name]} ${name === 'writes' ? writes.slice(wanted.writes) : ''}`);
            if (!field.isConnected) break;
          }
          if (!field.isConnected) break;
        }
        if (!field.isConnected) continue;
        if ('value' in field) field.value = before;
        else field.textContent = before;
        field.dispatchEvent(new InputEvent('input', { bubbles: true }));
        await pause(60);
      }
      return { tried: [...tried], faults };
    },
  };
})();
