// A .planpack that was double-clicked, dropped or opened: where it belongs is shown, whoever opens it.
import { pick } from './backend.js';
import { showModal } from './dialogs.js';
import { openWorkbook } from './files.js';
import { element } from '../parts/element.js';
import { quarterWords } from '../parts/calendar.js';

/** @typedef {import('./app.js').App} App */

/**
 * An issue makes or updates the department's workbook; a return goes to the office's preview.
 * @param {App} app
 * @param {string[]} paths
 */
export async function openPackets(app, paths) {
  try {
    const [path] = paths;
    const packet = await app.call('packet', { packet: path, workbook: null });
    if (packet.kind === 'issue') {
      await receive(app, path, packet);
      return;
    }
    if (!app.isOpen) {
      app.notice(app.t('packet.return.closed', words(app, packet)));
      await openWorkbook(app);
      if (!app.isOpen) return;
    }
    if (app.workbook.role === 'department') {
      app.notice(app.t('packet.return.own', words(app, packet)));
      return;
    }
    await app.go('exchange', { files: paths });
  } catch {
    // said already
  }
}

/**
 * Brings the open department's workbook up to date from a file that is picked.
 * @param {App} app
 */
export async function receiveHere(app) {
  const path = await pick('packet', {});
  if (!path) return false;
  const packet = await app.call('packet', { packet: path, workbook: null });
  if (packet.kind !== 'issue') {
    app.notice(app.t('packet.return.own', words(app, packet)));
    return false;
  }
  await take(app, path, app.workbook.path, packet);
  return true;
}

/**
 * @param {App} app
 * @param {string} path
 * @param {import('../wire').PacketLine} packet
 */
async function receive(app, path, packet) {
  const isOwn = app.isOpen && app.workbook.role === 'department' && app.workbook.departments.some((line) => line.name === packet.department);
  const known = isOwn ? app.workbook.path : await recentOf(app, packet.department);
  const workbook = await askWhere(app, packet, known, known ?? packet.workbook ?? '');
  if (workbook) await take(app, path, workbook, packet);
}

/**
 * The workbook that this department used last on this PC, if there is one.
 * @param {App} app
 * @param {string} department
 */
async function recentOf(app, department) {
  const { recent } = await app.call('start', {});
  return recent.find((file) => file.exists && file.name === department)?.path ?? null;
}

/**
 * @param {App} app
 * @param {import('../wire').PacketLine} packet
 * @param {string | null} known The department's workbook, where it is known.
 * @param {string} proposed
 * @returns {Promise<string | null>}
 */
function askWhere(app, packet, known, proposed) {
  return new Promise((answer) => {
    /** @type {string | null} */
    let said = null;
    let leaving = true;
    const title = app.t(known ? 'packet.update' : 'packet.make', words(app, packet));
    showModal({
      class: 'packet-ask',
      label: title,
      fill: (_, close) => {
        const take = () => { said = proposed; close(); };
        const elsewhere = async () => {
          leaving = false;
          close();
          answer(await pick('workbook-save', { name: `${packet.department}.planbook` }));
        };
        return [
          element('h2', { text: title }),
          element('p', { text: app.t(known ? 'packet.update.text' : 'packet.make.text', { office: packet.office || app.t('packet.office') }) }),
          element('p.quiet.packet-path', { text: proposed }),
          element('p.exchange-secret', { text: app.t('exchange.no_secrets') }),
          element('div.ask-buttons', {},
            element('button.button', { type: 'button', text: app.t('ask.no'), on: { click: close } }),
            element('button.button', { type: 'button', text: app.t('packet.elsewhere'), on: { click: elsewhere } }),
            element('button.button.primary', { type: 'button', text: app.t(known ? 'packet.update.yes' : 'packet.make.yes'), autofocus: true, on: { click: take } })),
        ];
      },
      closed: () => { if (leaving) answer(said); },
    });
  });
}

/**
 * @param {App} app
 * @param {string} path
 * @param {string} workbook
 * @param {import('../wire').PacketLine} packet
 */
async function take(app, path, workbook, packet) {
  const opened = await app.busy(app.call('receive_packet', { packet: path, workbook }), app.t('packet.receiving'));
  app.closeTask();
  app.setWorkbook(opened);
  app.setQuarter(packet.quarter);
  await app.go('exchange');
  app.notice(app.t('packet.received', words(app, packet)));
}

/**
 * @param {App} app
 * @param {import('../wire').PacketLine} packet
 */
function words(app, packet) {
  return { department: packet.department, quarter: quarterWords(packet.quarter, app.language) };
}
