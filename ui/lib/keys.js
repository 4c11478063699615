// One guard and one registry for keys: nothing fires while an input method composes.

/** How long after the end of a composition a key still belongs to it, in milliseconds of event time. */
const TAIL = 50;

/**
 * Knows whether an input method is at work. Chromium sends the confirming key while composing (`isComposing`, keyCode 229) and ends the
 * composition after it; WebKit ends the composition first, so that the confirming key comes with `isComposing` false.
 */
export function createGuard() {
  let going = false;
  let ended = -Infinity;
  return {
    started() { going = true; },
    /** @param {number} at Event time in milliseconds. */
    ended(at) { going = false; ended = at; },
    released() { if (!going) ended = -Infinity; },
    /**
     * Whether a key belongs to the input method and must be left to it.
     * @param {{ isComposing?: boolean, keyCode?: number, key?: string, timeStamp?: number }} event
     */
    composing(event) {
      if (going || event.isComposing || event.keyCode === 229 || event.key === 'Process') return true;
      return (event.timeStamp ?? Infinity) - ended < TAIL;
    },
  };
}

const guard = createGuard();

if (typeof document !== 'undefined') {
  document.addEventListener('compositionstart', () => guard.started(), true);
  document.addEventListener('compositionend', (event) => guard.ended(event.timeStamp), true);
  document.addEventListener('keyup', () => guard.released(), true);
  // a field that is taken away while composing sends no end
  document.addEventListener('focusout', (event) => { if (event.target instanceof Node && !event.target.isConnected) guard.ended(event.timeStamp); }, true);
}

/**
 * Whether a key belongs to the input method. Ask before acting on Enter, Esc or any shortcut.
 * @param {KeyboardEvent} event
 */
export function composing(event) {
  return guard.composing(event);
}

/**
 * The name of a key press as shortcuts are written: `Ctrl+Shift+Z`, `Alt+ArrowLeft`, `F1`. Digits and letters go by their place on
 * the keyboard, so that a Chinese or shifted layout makes no difference.
 * @param {{ key: string, code?: string, ctrlKey?: boolean, metaKey?: boolean, altKey?: boolean, shiftKey?: boolean }} event
 */
export function combination(event) {
  const code = event.code ?? '';
  const place = /^Key([A-Z])$/.exec(code)?.[1] ?? /^(?:Digit|Numpad)([0-9])$/.exec(code)?.[1] ?? (code === 'Semicolon' ? ';' : code === 'Comma' ? ',' : null);
  const key = place ?? (event.key.length === 1 ? event.key.toUpperCase() : event.key);
  return [event.ctrlKey || event.metaKey ? 'Ctrl' : '', event.altKey ? 'Alt' : '', event.shiftKey ? 'Shift' : '', key].filter(Boolean).join('+');
}

/**
 * @typedef {object} Shortcut
 * @property {string} keys `Ctrl+K`.
 * @property {() => void} run
 * @property {(event: KeyboardEvent) => boolean} [when] Whether it applies; the key goes on where it does not.
 */

/** The shortcuts of the window. */
export function createShortcuts() {
  /** @type {Shortcut[]} */
  const known = [];
  return {
    /**
     * @param {Shortcut} shortcut
     * @returns {() => void} Takes it away again.
     */
    add(shortcut) {
      known.push(shortcut);
      return () => {
        const place = known.indexOf(shortcut);
        if (place >= 0) known.splice(place, 1);
      };
    },
    /**
     * Runs what a key press stands for; the last one added goes first.
     * @param {KeyboardEvent} event
     * @returns {boolean} Whether it was one.
     */
    press(event) {
      if (event.defaultPrevented || composing(event)) return false;
      const keys = combination(event);
      for (let place = known.length - 1; place >= 0; place -= 1) {
        const shortcut = known[place];
        if (shortcut.keys !== keys || (shortcut.when && !shortcut.when(event))) continue;
        event.preventDefault();
        shortcut.run();
        return true;
      }
      return false;
    },
  };
}

/**
 * Whether a key press goes into a text that is typed in and not saved yet, so that Ctrl+Z belongs to the typing.
 * @param {EventTarget | null} target
 */
export function inUnsavedText(target) {
  if (!(target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement)) return false;
  if (target instanceof HTMLInputElement && ['checkbox', 'radio', 'button'].includes(target.type)) return false;
  return target.dataset.saved === undefined ? target.value !== '' : target.value !== target.dataset.saved;
}

/**
 * Whether an element takes typed text.
 * @param {EventTarget | null} target
 */
export function isTextField(target) {
  if (target instanceof HTMLTextAreaElement) return true;
  return target instanceof HTMLInputElement && !['checkbox', 'radio', 'button', 'submit', 'range'].includes(target.type);
}
