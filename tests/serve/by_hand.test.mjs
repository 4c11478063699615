// A ledger that is filled by hand from nothing: typed straight into its cells, composed, pasted, moved, taken off and brought back.
import test, { after } from 'node:test';
import assert from 'node:assert/strict';
import { bench, closeBrowser } from './shell.mjs';

after(closeBrowser);

test('an empty workbook becomes a register by hand, and each act is one undo', async (t) => {
  const desk = await bench(t);
  const { page, go, givePath, faults } = await desk.open();
  await page.locator('[data-step=create]').click();
  await givePath(desk.path('新台账.planbook'));
  await page.locator('.rail, nav').first().waitFor();
  await go('ledger');
  await page.getByRole('button', { name: '不导入，手工新建台账' }).click();
  await page.locator('#ask-title').fill('云溪县会议议定事项台账');
  await page.locator('#ask-source').selectOption('会议议定事项');
  await page.getByRole('button', { name: '加入', exact: true }).click();

  const adding = page.locator('.grid-adding');
  await adding.click();
  await page.keyboard.type('建设城东蓄水池');
  await page.keyboard.press('Enter');
  await page.locator('.grid-row[data-id]', { hasText: '建设城东蓄水池' }).waitFor();
  await page.keyboard.type('修建灌溉渠');
  await page.keyboard.press('Enter');
  await page.locator('.grid-row[data-id]', { hasText: '修建灌溉渠' }).waitFor();
  assert.deepEqual(await page.locator('.grid-row[data-id] [data-column=number]').allTextContents(), ['1', '2']);

  // an input method begins with its first key, whatever the engine tells of it
  await page.locator('.grid-row[data-id]').first().locator('[data-column=lead]').click({ position: { x: 4, y: 4 } });
  const client = await page.context().newCDPSession(page);
  await client.send('Input.imeSetComposition', { text: 'ni', selectionStart: 2, selectionEnd: 2 });
  await client.send('Input.imeSetComposition', { text: '你', selectionStart: 1, selectionEnd: 1 });
  await client.send('Input.insertText', { text: '县水利局' });
  assert.equal(await page.locator('.cell-field').inputValue(), '县水利局');
  await page.waitForTimeout(80);
  await page.keyboard.press('Enter');
  await page.locator('.grid-row[data-id]', { hasText: '县水利局' }).waitFor();

  // a date typed over another, and cleared with Delete
  await page.locator('.grid-row[data-id]').first().locator('[data-column=due]').click({ position: { x: 4, y: 4 } });
  await page.keyboard.type('2026-06');
  await page.keyboard.press('Enter');
  await page.locator('.grid-row[data-id]', { hasText: '2026年6月' }).waitFor();
  await page.locator('.grid-row[data-id]').first().locator('[data-column=due]').click({ position: { x: 4, y: 4 } });
  await page.keyboard.press('Delete');
  await page.locator('.grid-row[data-id]', { hasText: '2026年6月' }).waitFor({ state: 'detached' });

  // thirty rows out of WPS are one edit
  const rows = [['序号', '目标任务', '牵头单位', '完成时限'], ...Array.from({ length: 30 }, (_, at) => [String(at + 10), `粘贴的任务${at}`, '县水利局', '2026年6月'])];
  await adding.click();
  await page.keyboard.press('Escape');
  await page.evaluate((text) => {
    const data = new DataTransfer();
    data.setData('text/plain', text);
    document.activeElement?.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
  }, rows.map((cells) => cells.join('\t')).join('\n'));
  await page.getByRole('button', { name: '加入30项' }).click();
  await page.locator('.grid-row[data-id]', { hasText: '粘贴的任务29' }).waitFor();
  await page.keyboard.press('Control+z');
  await page.locator('.grid-row[data-id]', { hasText: '粘贴的任务29' }).waitFor({ state: 'detached' });

  // taken off and brought back
  await page.locator('.grid-row[data-id]').nth(1).click({ button: 'right', position: { x: 80, y: 8 } });
  await page.getByRole('menuitem', { name: '停止列入' }).click();
  await page.locator('.grid-row[data-id]', { hasText: '修建灌溉渠' }).waitFor({ state: 'detached' });
  await page.getByRole('button', { name: '增加 ▾' }).click();
  await page.getByRole('menuitem', { name: '不再列入的内容' }).click();
  await page.getByRole('button', { name: '恢复', exact: true }).click();
  await page.locator('.grid-row[data-id]', { hasText: '修建灌溉渠' }).waitFor();
  assert.deepEqual(faults, []);
});
