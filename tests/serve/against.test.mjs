// The quarter that a report compares with is chosen in the view of the reports.
import test, { after } from 'node:test';
import assert from 'node:assert/strict';
import { bench, closeBrowser } from './shell.mjs';

after(closeBrowser);

test('a report compares with the quarter that is chosen, and says so on its pages', async (t) => {
  const desk = await bench(t);
  desk.run('create', '@y.planbook', '--seed', 'yunxi-2025');
  desk.run('close', '@y.planbook', '--quarter', '2025Q1', '--as-of', '2025-04-05');
  const { page, go, faults, accessible } = await desk.open('y.planbook');
  await go('reports');
  const select = page.locator('[data-key=against]');
  assert.equal(await select.inputValue(), '');
  const preview = async (/** @type {string} */ choice) => {
    const asked = (/** @type {import('playwright-core').Response} */ one) => one.url().endsWith('/call/report_preview')
      && JSON.parse(one.request().postData() ?? '{}').against === choice;
    const [answer] = await Promise.all([page.waitForResponse(asked), select.selectOption(choice)]);
    assert.equal(answer.status(), 200, await answer.text());
    return (await answer.json()).pages;
  };
  assert.match(await page.locator('[data-key=against] option[value="2025Q1"]').innerText(), /已封账/);
  const first = await preview('2025Q1');
  const none = await preview('none');
  assert.ok(first > none, 'the comparison has its own pages');
  // a list of indicators compares with nothing
  await page.locator('[data-key=kind-yearbook]').check();
  assert.equal(await select.count(), 0);
  await page.locator('[data-key=kind-bulletin]').check();
  assert.equal(await select.inputValue(), 'none', 'the choice stays');
  if (process.env.PLANBOOK_SHOTS) {
    await preview('2025Q1');
    await page.waitForTimeout(1500);
    await page.screenshot({ path: `${process.env.PLANBOOK_SHOTS}/against.png` });
  }
  await accessible('reports');
  assert.deepEqual(faults, []);
});
