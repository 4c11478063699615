// The loopback address answers only the page that it was opened with: no other origin, host or session, nothing outside the page's folder.
import test, { after } from 'node:test';
import assert from 'node:assert/strict';
import { request } from 'node:http';
import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { bench, closeBrowser } from './shell.mjs';

after(closeBrowser);

/**
 * @param {URL} address
 * @param {{ path: string, method?: string, headers?: Record<string, string>, body?: string | Buffer }} asked
 * @returns {Promise<{ status: number, text: string, policy: string, cookie: string }>}
 */
function ask(address, { path, method = 'POST', headers = {}, body = '{}' }) {
  return new Promise((done, failed) => {
    const sent = request({ host: '127.0.0.1', port: address.port, path, method, headers: { host: address.host, ...headers } }, (answer) => {
      let text = '';
      answer.setEncoding('utf8');
      answer.on('data', (piece) => { text += piece; });
      answer.on('end', () => done({ status: answer.statusCode ?? 0, text, policy: String(answer.headers['content-security-policy'] ?? ''), cookie: String(answer.headers['set-cookie'] ?? '') }));
    });
    sent.on('error', failed);
    if (method === 'POST') sent.write(body);
    sent.end();
  });
}

/**
 * Exchanges the address's code.
 * @param {URL} at
 */
async function begin(at) {
  const code = at.hash.replace('#code=', '');
  assert.match(code, /^[0-9a-f]{48}$/);
  const { status, text, cookie } = await ask(at, { path: '/session', body: code });
  assert.equal(status, 200);
  assert.match(cookie, /; HttpOnly; SameSite=Strict$/);
  return { code, base: /** @type {string} */ (JSON.parse(text)), cookie: cookie.split(';')[0] };
}

test('the code of an address is good once, and the page says so to a second tab', async (t) => {
  const desk = await bench(t);
  desk.run('create', '@y.planbook', '--seed', 'pingyang-2025');
  const { page, address } = await desk.open('y.planbook');
  assert.equal((await ask(new URL(address), { path: '/session', body: new URL(address).hash.replace('#code=', '') })).status, 410);
  assert.doesNotMatch(page.url(), /code/);
  assert.equal(await page.evaluate(() => document.cookie), '');
  await page.reload();
  await page.locator('.rail [aria-current=page]').first().waitFor();
  const second = await page.context().newPage();
  await second.goto(address);
  await second.locator('body', { hasText: '这个地址只能用一次' }).waitFor();
});

test('a connection that says nothing, or half of a request, does not keep others out', async (t) => {
  const desk = await bench(t);
  const { address } = await desk.serve();
  const at = new URL(address);
  const idle = Array.from({ length: 40 }, () => connect(Number(at.port), '127.0.0.1', function begun() { this.write('POST /session HTTP/1.1\r\nHost: '); }));
  t.after(() => { for (const one of idle) one.destroy(); });
  for (const one of idle) one.on('error', () => {});
  const { base, cookie } = await begin(at);
  assert.equal((await ask(at, { path: `${base}/call/start`, headers: { cookie, 'content-type': 'application/json' } })).status, 200);
});

test('other origins, hosts and sessions are refused, and nothing outside the page is given', async (t) => {
  const desk = await bench(t);
  desk.run('create', '@y.planbook', '--seed', 'pingyang-2025');
  const { address } = await desk.serve('y.planbook');
  const at = new URL(address);
  const { code, base, cookie } = await begin(at);
  const call = (/** @type {Record<string, string>} */ headers, path = `${base}/call/workbook`) => ask(at, { path, headers: { 'content-type': 'application/json', ...headers } });
  const own = { cookie };
  assert.equal((await call(own)).status, 200);
  assert.equal((await call({ ...own, origin: at.origin })).status, 200);
  assert.equal((await call({})).status, 401);
  assert.equal((await call({ cookie: `${cookie.slice(0, -1)}${cookie.endsWith('0') ? '1' : '0'}` })).status, 401);
  assert.equal((await call(own, '/call/workbook')).status, 401);
  assert.equal((await call(own, '/s/0/call/workbook')).status, 401);
  assert.equal((await call({ ...own, origin: 'http://example.org' })).status, 403);
  assert.equal((await call({ ...own, host: 'planbook.example.org' })).status, 403);
  assert.equal((await call({ ...own, host: `localhost:${at.port}` })).status, 403);
  assert.equal((await call({}, `${base}/file/a.pdf`)).status, 401);
  assert.equal((await ask(at, { path: `${base}/call/workbook`, method: 'PUT', headers: own })).status, 405);
  for (const path of ['/../Cargo.toml', '/%2e%2e/Cargo.toml', '/vendor/../../Cargo.toml', '/.git/config', '//etc/passwd', '/C:/Windows/win.ini', '/words\\..\\..\\Cargo.toml']) {
    const { status, text } = await ask(at, { path, method: 'GET' });
    assert.equal(status, 404, path);
    assert.doesNotMatch(text, /workspace|root:/, path);
  }
  const page = await ask(at, { path: '/', method: 'GET' });
  assert.equal(page.status, 200);
  assert.match(page.policy, /default-src 'self'/);
  assert.doesNotMatch(page.text, new RegExp(`${code}|${cookie.split('=')[1]}`));
});

test('a file that the page hands over is kept under its own name, whatever the name tries', async (t) => {
  const desk = await bench(t);
  const { address } = await desk.serve();
  const at = new URL(address);
  const { base, cookie } = await begin(at);
  const headers = { cookie, 'content-type': 'application/octet-stream' };
  for (const [name, kept] of [['会议纪要.pdf', '会议纪要.pdf'], ['../../etc/x.planpack', 'etcx.planpack'], ['..', 'file'], ['', 'file'], ['a\u0000b.pdf', 'ab.pdf'], [`${'长'.repeat(300)}.xlsx`, `${'长'.repeat(78)}.xlsx`]]) {
    const { status, text } = await ask(at, { path: `${base}/file/${encodeURIComponent(name)}`, headers, body: '内容' });
    assert.equal(status, 200, name);
    const path = JSON.parse(text);
    assert.equal(path.split('/').at(-1), kept);
    assert.equal(readFileSync(path, 'utf8'), '内容');
  }
  // two files of one name do not overwrite each other
  const paths = await Promise.all([1, 2].map(async (number) => JSON.parse((await ask(at, { path: `${base}/file/a.pdf`, headers, body: `第${number}份` })).text)));
  assert.notEqual(paths[0], paths[1]);
});

test('what is no command, no JSON or too much is refused and the shell goes on', async (t) => {
  const desk = await bench(t);
  desk.run('create', '@y.planbook', '--seed', 'pingyang-2025');
  const { address } = await desk.serve('y.planbook');
  const at = new URL(address);
  const { base, cookie } = await begin(at);
  const headers = { cookie, 'content-type': 'application/json' };
  assert.equal((await ask(at, { path: `${base}/call/no_such_command`, headers })).status, 422);
  assert.equal((await ask(at, { path: `${base}/call/workbook`, headers, body: '{' })).status, 400);
  assert.equal((await ask(at, { path: `${base}/call/ledger`, headers, body: '{"quarter": 7}' })).status, 422);
  assert.equal((await ask(at, { path: `${base}/call/ledger`, headers, body: '{"quarter": "2025Q9"}' })).status, 422);
  assert.equal((await ask(at, { path: `${base}/else`, headers })).status, 404);
  assert.equal((await ask(at, { path: `${base}/call/workbook`, headers })).status, 200);
});
