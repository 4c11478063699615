// The guard, against the orders in which WebKit and Chromium send what an input method does.
import test from 'node:test';
import assert from 'node:assert/strict';
import { combination, createGuard, createShortcuts } from '../../ui/lib/keys.js';

const enter = (more) => ({ key: 'Enter', keyCode: 13, isComposing: false, ...more });

test('chromium: the key that confirms a composition is left to the input method, the next one is not', () => {
  const guard = createGuard();
  guard.started();
  assert.equal(guard.composing({ key: 'Process', keyCode: 229, isComposing: true, timeStamp: 100 }), true);
  guard.ended(101);
  guard.released();
  assert.equal(guard.composing(enter({ timeStamp: 130 })), false);
});

test('webkit: the composition ends before the confirming key, which comes with keyCode 229', () => {
  const guard = createGuard();
  guard.started();
  guard.ended(100);
  assert.equal(guard.composing(enter({ keyCode: 229, timeStamp: 100.4 })), true);
  guard.released();
  assert.equal(guard.composing(enter({ timeStamp: 160 })), false);
});

test('webkit: a confirming key that does not even tell 229 still belongs to the composition', () => {
  const guard = createGuard();
  guard.started();
  guard.ended(100);
  assert.equal(guard.composing(enter({ timeStamp: 101 })), true);
});

test('a key inside a composition is never a shortcut, whatever it says', () => {
  const guard = createGuard();
  guard.started();
  assert.equal(guard.composing(enter({ timeStamp: 5000 })), true);
});

test('a candidate taken by mouse leaves the next key free', () => {
  const guard = createGuard();
  guard.started();
  guard.ended(100);
  assert.equal(guard.composing(enter({ timeStamp: 400 })), false);
});

test('typing without an input method is never held back', () => {
  const guard = createGuard();
  assert.equal(guard.composing(enter({ timeStamp: 1 })), false);
  assert.equal(guard.composing({ key: 'a', keyCode: 65, isComposing: false, timeStamp: 2 }), false);
});

test('keys are named by their place, so that no layout changes a shortcut', () => {
  assert.equal(combination({ key: 'я', code: 'KeyZ', ctrlKey: true }), 'Ctrl+Z');
  assert.equal(combination({ key: 'Z', code: 'KeyZ', ctrlKey: true, shiftKey: true }), 'Ctrl+Shift+Z');
  assert.equal(combination({ key: '¡', code: 'Digit1', altKey: true }), 'Alt+1');
  assert.equal(combination({ key: 'ArrowLeft', code: 'ArrowLeft', altKey: true }), 'Alt+ArrowLeft');
  assert.equal(combination({ key: '；', code: 'Semicolon', ctrlKey: true }), 'Ctrl+;');
  assert.equal(combination({ key: 'F1', code: 'F1' }), 'F1');
});

const press = (more) => {
  const event = { key: 'k', code: 'KeyK', ctrlKey: true, keyCode: 75, isComposing: false, timeStamp: 1e6, defaultPrevented: false, preventDefault() { event.defaultPrevented = true; }, ...more };
  return event;
};

test('a shortcut runs once, and the one added last goes first', () => {
  const shortcuts = createShortcuts();
  const ran = [];
  shortcuts.add({ keys: 'Ctrl+K', run: () => ran.push('first') });
  const remove = shortcuts.add({ keys: 'Ctrl+K', run: () => ran.push('last') });
  assert.equal(shortcuts.press(press()), true);
  remove();
  shortcuts.press(press());
  assert.deepEqual(ran, ['last', 'first']);
});

test('a shortcut never runs while composing, nor where it does not apply, nor when the key was used already', () => {
  const shortcuts = createShortcuts();
  let ran = 0;
  shortcuts.add({ keys: 'Ctrl+K', when: (event) => event.target !== 'dialog', run: () => { ran += 1; } });
  assert.equal(shortcuts.press(press({ keyCode: 229 })), false);
  assert.equal(shortcuts.press(press({ isComposing: true })), false);
  assert.equal(shortcuts.press(press({ target: 'dialog' })), false);
  assert.equal(shortcuts.press(press({ defaultPrevented: true })), false);
  assert.equal(ran, 0);
});
