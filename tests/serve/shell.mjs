// The second shell and a browser for tests: a workbook of its own for each, one day for all, nothing left behind.
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));
const tools = createRequire(new URL('../../src-tauri/package.json', import.meta.url));
const { chromium } = tools('playwright-core');
const AXE = tools.resolve('axe-core/axe.min.js');

/** The program, as `cargo xtask test` built it. */
export const program = process.env.PLANBOOK_PROGRAM ?? join(process.env.CARGO_TARGET_DIR ?? join(root, 'target'), 'debug/planbook');
const browsers = [process.env.PLANBOOK_CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** A day in the third quarter, before its end: what the seed's sample counts as today. */
export const TODAY = '2025-09-28';
/** Milliseconds that every call may be late (each by a part of them) and the browser four times slower: what a journey only passes on a quick machine fails with `PLANBOOK_LATE=400`. */
const LATE = Number(process.env.PLANBOOK_LATE ?? 0);
/** How long anything may take before a test fails, in milliseconds. */
const PATIENCE = LATE ? 60000 : 15000;

/** Views in the order of their keys, Alt+1 to Alt+9. */
export const VIEWS = ['overview', 'ledger', 'departments', 'indicators', 'timeline', 'reports', 'exchange', 'history', 'settings'];

/** A document of the tests' own, about an invented county. */
export const DOCUMENT = join(root, 'src-tauri/crates/cli/tests/plan.txt');

/** @type {import('playwright-core').Browser | null} */
let browser = null;

/**
 * A folder, the program and a browser for one test.
 * @param {import('node:test').TestContext} test
 */
export async function bench(test) {
  const folder = mkdtempSync(join(tmpdir(), 'planbook-serve-'));
  mkdirSync(join(folder, 'data'));
  // what the shell is handed goes with the test
  const env = { ...process.env, TMPDIR: folder, PLANBOOK_DATA: join(folder, 'data'), PLANBOOK_WHO: '王敏', TZ: 'Asia/Shanghai' };
  /** @type {(() => unknown)[]} */
  const ends = [];
  test.after(async () => {
    for (const end of ends.reverse()) await end();
    rmSync(folder, { recursive: true, force: true });
  });
  const path = (/** @type {string} */ name) => join(folder, name);
  const run = (/** @type {string[]} */ ...words) => execFileSync(program, words.map((word) => (word.startsWith('@') ? path(word.slice(1)) : word)), { env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });

  /**
   * The second shell over a workbook, or without one.
   * @param {string} [workbook]
   */
  async function serve(workbook) {
    const words = ['serve', ...(workbook ? [path(workbook)] : []), '--no-open', '--as-of', TODAY, '--page', join(root, 'ui')];
    const shell = spawn(program, words, { env, stdio: ['ignore', 'pipe', 'inherit'] });
    const gone = new Promise((done) => { shell.once('exit', done); });
    const end = async () => { shell.kill('SIGKILL'); await gone; };
    ends.push(end);
    const address = await new Promise((found, failed) => {
      let said = '';
      shell.stdout.on('data', (piece) => {
        said += piece;
        const address = /http:\S+\n/.exec(said);
        if (address) found(address[0].trim());
      });
      shell.once('exit', (code) => failed(new Error(`the shell ended: ${code}`)));
    });
    return { address, end };
  }

  /**
   * The page over a workbook.
   * @param {string} [workbook]
   * @param {{ language?: string, large?: boolean, width?: number, height?: number, scale?: number }} [options]
   */
  async function open(workbook, options = {}) {
    const shell = await serve(workbook);
    const { language = 'zh-CN', large = false, width = 1366, height = 768, scale = 1 } = options;
    browser ??= await chromium.launch({ executablePath: browsers.find((one) => one && existsSync(one)), args: ['--no-sandbox', '--disable-gpu'] });
    const context = await browser.newContext({ viewport: { width, height }, deviceScaleFactor: scale, locale: 'zh-CN', timezoneId: 'Asia/Shanghai', reducedMotion: 'reduce', permissions: ['clipboard-read', 'clipboard-write'] });
    context.setDefaultTimeout(PATIENCE);
    await context.addInitScript(([code, size]) => {
      localStorage.setItem('planbook.language', code);
      if (size) localStorage.setItem('planbook.large', 'yes');
    }, [language, large ? 'yes' : '']);
    const page = await context.newPage();
    if (LATE) {
      await page.route('**/call/**', async (route) => {
        await new Promise((done) => { setTimeout(done, Math.random() * LATE); });
        await route.continue().catch(() => {});
      });
      await (await context.newCDPSession(page)).send('Emulation.setCPUThrottlingRate', { rate: 4 });
    }
    /** @type {string[]} */
    const faults = [];
    page.on('pageerror', (error) => faults.push(error.message));
    // a refusal is an answer: the browser notes it all the same
    page.on('console', (message) => { if (message.type() === 'error' && !message.text().includes('status of 422')) faults.push(message.text()); });
    page.on('request', (request) => { if (!request.url().startsWith(new URL(shell.address).origin) && !/^(blob|data):/.test(request.url())) faults.push(`asked elsewhere: ${request.url()}`); });
    const end = async () => { await context.close(); await shell.end(); };
    ends.push(() => context.close());
    await page.goto(shell.address);
    await page.locator('.rail [aria-current=page], .start-sheet, .review-row').first().waitFor({ state: 'attached' });
    return { page, end, faults, address: shell.address, ...walk(page) };
  }

  return { path, run, serve, open };
}

/** Closes the browser after the last test of a file. */
export async function closeBrowser() {
  await browser?.close();
  browser = null;
}

/** @param {import('playwright-core').Page} page */
function walk(page) {
  return {
    /** A view by its key, painted. @param {string} view */
    async go(view) {
      await page.keyboard.press(`Alt+${VIEWS.indexOf(view) + 1}`);
      await page.locator(`.rail [data-view=${view}][aria-current=page]`).waitFor();
      await page.locator(`.page[data-view=${view}]:not([aria-busy])`).waitFor();
      await page.waitForFunction(() => (document.querySelector('main.view')?.textContent ?? '').trim().length > 20);
    },
    /** Does something and waits until the program has kept it. @param {() => Promise<unknown>} act */
    async edited(act) {
      const [answer] = await Promise.all([page.waitForResponse((one) => /\/call\/(apply|add_evidence|undo|redo)$/.test(one.url())), act()]);
      assert.equal(answer.status(), 200, await answer.text());
    },
    /** Answers the question for a path. @param {string} path */
    async givePath(path) {
      const field = page.locator('dialog[open] input.field');
      await field.fill(path);
      await field.press('Enter');
    },
    /** Picks files in the browser's own dialog. @param {() => Promise<unknown>} act @param {string | string[]} files */
    async giveFiles(act, files) {
      const [chooser] = await Promise.all([page.waitForEvent('filechooser'), act()]);
      await chooser.setFiles(files);
    },
    /** Waits until the page says something. @param {RegExp} words */
    async notice(words) {
      await page.locator('.notice > span', { hasText: words }).first().waitFor();
    },
    /** Takes away what was said before. */
    async quiet() {
      await page.evaluate(() => { for (const one of document.querySelectorAll('.notice .dismiss')) /** @type {HTMLElement} */ (one).click(); });
      await page.waitForFunction(() => !document.querySelector('.notice'));
    },
    /** Fails where a screen reader or a keyboard would. @param {string} where */
    async accessible(where) {
      if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(readFileSync(AXE, 'utf8'));
      const found = await page.evaluate(async () => {
        const { violations } = await /** @type {any} */ (window).axe.run();
        return violations.filter((/** @type {any} */ one) => one.impact === 'serious' || one.impact === 'critical')
          .map((/** @type {any} */ one) => `${one.id}: ${one.nodes.slice(0, 3).map((/** @type {any} */ node) => node.html.slice(0, 160)).join(' | ')}`);
      });
      assert.deepEqual(found, [], where);
    },
  };
}
