// Text from documents is text: no module of the page makes markup out of a string.
import test from 'node:test';
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const ui = fileURLToPath(new URL('../../ui/', import.meta.url));

/** The few parts of a document that the builder touches, so that it runs without a browser. */
class FakeNode {
  constructor(name) { this.name = name; this.children = []; this.attributes = {}; this.dataset = {}; this.style = { setProperty() {} }; this.classList = { add() {} }; }
  append(...nodes) { this.children.push(...nodes); }
  setAttribute(key, value) { this.attributes[key] = value; }
  addEventListener() {}
  set innerHTML(_) { throw new Error('markup from a string'); }
}

test('what a document says is put in as text, whatever it holds', async () => {
  globalThis.Node = FakeNode;
  globalThis.document = { createElement: (name) => new FakeNode(name), addEventListener() {} };
  const { element } = await import('../../ui/parts/element.js');
  const hostile = '<img src=x onerror="alert(1)">\u0000<script>';
  const made = element('div', { title: hostile, text: hostile }, hostile);
  assert.equal(made.textContent, hostile);
  assert.equal(made.title, hostile);
  assert.deepEqual(made.children, [hostile]);
  assert.equal(made.attributes.innerHTML, undefined);
});

test('no module writes markup, evaluates text or sets a handler by attribute', () => {
  for (const folder of ['lib', 'views', 'parts', '.']) {
    for (const file of readdirSync(`${ui}${folder}`, { recursive: folder !== '.' }).filter((name) => name.endsWith('.js'))) {
      const text = readFileSync(`${ui}${folder}/${file}`, 'utf8');
      assert.doesNotMatch(text, /innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|setAttribute\('on|createContextualFragment|DOMParser/, `${folder}/${file}`);
    }
  }
});

test('the page itself carries no inline script and no inline style', () => {
  const page = readFileSync(`${ui}index.html`, 'utf8');
  assert.doesNotMatch(page, /<script(?![^>]*\bsrc=)[^>]*>/);
  assert.doesNotMatch(page, /\sstyle=|<style|\son\w+=/);
});
