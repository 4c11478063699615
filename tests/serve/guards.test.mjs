// The loopback address answers only the page that it was opened with: no other origin, host or token, nothing outside the page's folder.
import test from 'node:test';
import assert from 'node:assert/strict';
import { request } from 'node:http';
import { readFileSync } from 'node:fs';
import { bench } from './shell.mjs';

/**
 * @param {URL} address
 * @param {{ path: string, method?: string, headers?: Record<string, string>, body?: string | Buffer }} asked
 * @returns {Promise<{ status: number, text: string, policy: string }>}
 */
function ask(address, { path, method = 'POST', headers = {}, body = '{}' }) {
  return new Promise((done, failed) => {
    const sent = request({ host: '127.0.0.1', port: address.port, path, method, headers: { host: address.host, ...headers } }, (answer) => {
      let text = '';
      answer.setEncoding('utf8');
      answer.on('data', (piece) => { text += piece; });
      answer.on('end', () => done({ status: answer.statusCode ?? 0, text, policy: String(answer.headers['content-security-policy'] ?? '') }));
    });
    sent.on('error', failed);
    if (method === 'POST') sent.write(body);
    sent.end();
  });
}

test('other origins, hosts and tokens are refused, and nothing outside the page is given', async (t) => {
  const desk = await bench(t);
  desk.run('create', '@y.planbook', '--seed', 'pingyang-2025');
  const { address } = await desk.serve('y.planbook');
  const at = new URL(address);
  const token = at.hash.replace('#token=', '');
  assert.match(token, /^[0-9a-f]{48}$/);
  const call = (/** @type {Record<string, string>} */ headers, path = '/call/workbook') => ask(at, { path, headers: { 'content-type': 'application/json', ...headers } });
  const own = { 'x-planbook-token': token };
  assert.equal((await call(own)).status, 200);
  assert.equal((await call({ ...own, origin: at.origin })).status, 200);
  assert.equal((await call({})).status, 401);
  assert.equal((await call({ 'x-planbook-token': `${token.slice(0, -1)}${token.endsWith('0') ? '1' : '0'}` })).status, 401);
  assert.equal((await call({ ...own, origin: 'http://example.org' })).status, 403);
  assert.equal((await call({ ...own, host: 'planbook.example.org' })).status, 403);
  assert.equal((await call({ ...own, host: `localhost:${at.port}` })).status, 403);
  assert.equal((await call({}, '/file/a.pdf')).status, 401);
  assert.equal((await ask(at, { path: '/call/workbook', method: 'PUT', headers: own })).status, 405);
  for (const path of ['/../Cargo.toml', '/%2e%2e/Cargo.toml', '/vendor/../../Cargo.toml', '/.git/config', '//etc/passwd', '/C:/Windows/win.ini', '/words\\..\\..\\Cargo.toml']) {
    const { status, text } = await ask(at, { path, method: 'GET' });
    assert.equal(status, 404, path);
    assert.doesNotMatch(text, /workspace|root:/, path);
  }
  const page = await ask(at, { path: '/', method: 'GET' });
  assert.equal(page.status, 200);
  assert.match(page.policy, /default-src 'self'/);
  assert.doesNotMatch(page.text, new RegExp(token));
});

test('a file that the page hands over is kept under its own name, whatever the name tries', async (t) => {
  const desk = await bench(t);
  const { address } = await desk.serve();
  const at = new URL(address);
  const headers = { 'x-planbook-token': at.hash.replace('#token=', ''), 'content-type': 'application/octet-stream' };
  for (const [name, kept] of [['会议纪要.pdf', '会议纪要.pdf'], ['../../etc/x.planpack', 'etcx.planpack'], ['..', 'file'], ['', 'file'], ['a\u0000b.pdf', 'ab.pdf'], [`${'长'.repeat(300)}.xlsx`, `${'长'.repeat(78)}.xlsx`]]) {
    const { status, text } = await ask(at, { path: `/file/${encodeURIComponent(name)}`, headers, body: '内容' });
    assert.equal(status, 200, name);
    const path = JSON.parse(text);
    assert.equal(path.split('/').at(-1), kept);
    assert.equal(readFileSync(path, 'utf8'), '内容');
  }
  // two files of one name do not overwrite each other
  const paths = await Promise.all([1, 2].map(async (number) => JSON.parse((await ask(at, { path: '/file/a.pdf', headers, body: `第${number}份` })).text)));
  assert.notEqual(paths[0], paths[1]);
});

test('what is no command, no JSON or too much is refused and the shell goes on', async (t) => {
  const desk = await bench(t);
  desk.run('create', '@y.planbook', '--seed', 'pingyang-2025');
  const { address } = await desk.serve('y.planbook');
  const at = new URL(address);
  const headers = { 'x-planbook-token': at.hash.replace('#token=', ''), 'content-type': 'application/json' };
  assert.equal((await ask(at, { path: '/call/no_such_command', headers })).status, 422);
  assert.equal((await ask(at, { path: '/call/workbook', headers, body: '{' })).status, 400);
  assert.equal((await ask(at, { path: '/call/ledger', headers, body: '{"quarter": 7}' })).status, 422);
  assert.equal((await ask(at, { path: '/call/ledger', headers, body: '{"quarter": "2025Q9"}' })).status, 422);
  assert.equal((await ask(at, { path: '/else', headers })).status, 404);
  assert.equal((await ask(at, { path: '/call/workbook', headers })).status, 200);
});
