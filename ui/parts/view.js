// What views have in common: asking for their answer again when something changed, keeping the old rows until the new are there.
import { STATUSES as STATUS_CODES } from '../vocabularies.js';
import { refill } from './element.js';
import { Refusal } from '../lib/backend.js';

/**
 * A view that asks again when something changed.
 * @typedef {object} Living
 * @property {() => Promise<void>} load
 * @property {() => void} redraw Shows the last answer again.
 * @property {() => Promise<void>} soon Asks again once the changes of this moment are all in.
 * @property {any} answer The last answer.
 * @property {() => void} end
 */

/**
 * Loads a view's answer and shows it, again and again; an answer that was overtaken by a later question is dropped.
 * @template T
 * @param {HTMLElement} root
 * @param {() => Promise<T>} ask
 * @param {(answer: T) => (Node | string)[]} show
 * @returns {Living}
 */
export function living(root, ask, show) {
  let asked = 0;
  let gone = false;
  /** @type {T | undefined} */
  let answer;
  /** @type {Promise<void> | undefined} */
  let soon;
  const load = async () => {
    const mine = ++asked;
    root.setAttribute('aria-busy', 'true');
    try {
      const got = await ask();
      if (gone || mine !== asked) return;
      answer = got;
      redraw();
    } catch {
      // the frame has said what was refused; the old rows stay
    } finally {
      if (mine === asked) root.removeAttribute('aria-busy');
    }
  };
  const redraw = () => {
    const now = answer;
    if (!gone && now !== undefined) refill(root, () => show(now));
  };
  return {
    load,
    redraw,
    soon() {
      soon ??= Promise.resolve().then(() => { soon = undefined; return load(); });
      return soon;
    },
    get answer() { return answer; },
    end() { gone = true; },
  };
}

/**
 * Does what a button stands for; where it was refused, the frame has said so and the rows stay as they are.
 * @param {() => unknown} work
 * @returns {() => Promise<void>}
 */
export function attempt(work) {
  return async () => {
    try {
      await work();
    } catch (error) {
      // what the frame has not said yet, such as a file too large to be handed over, it says where nobody catches it
      if (error instanceof Refusal && !error.said) throw error;
    }
  };
}

/**
 * The way back that a notice offers: it takes back the edit that the notice tells of, never a later one.
 * @param {import('../lib/app.js').App} app
 * @param {import('../wire').Applied} applied
 * @returns {{ label: string, run: () => void }}
 */
export function undoOf(app, applied) {
  let isLast = true;
  const off = app.on('changed', (change) => {
    if (change.applied?.edit === applied.edit) return;
    isLast = false;
    off();
  });
  return {
    label: app.t('undo'),
    run() {
      off();
      if (isLast) app.undo();
      else {
        app.go('history');
        app.notice(app.t('undo.later'));
      }
    },
  };
}

/**
 * The spoken name of a lamp.
 * @param {import('../lib/app.js').App} app
 * @param {string} lamp
 */
export function lampWord(app, lamp) {
  return app.t(lamp === '绿' ? 'lamp.green' : lamp === '黄' ? 'lamp.yellow' : lamp === '红' ? 'lamp.red' : 'lamp.none');
}

const JUDGEMENTS = /** @type {Record<string, string>} */ ({
  已完成: 'completed', 完成年度目标: 'year_met', 超序时: 'ahead', 达序时: 'on_schedule', 滞后: 'behind', 严重滞后: 'far_behind', 未完成年度目标: 'year_missed', 超期未完成: 'overdue',
  未报数据: 'no_data', 未报送: 'not_returned', 未到期: 'not_due',
});
const STATUSES = /** @type {Record<string, string>} */ ({
  未启动: 'not_started', 推进中: 'underway', '已完成(待核)': 'done', 已销号: 'closed', 暂缓: 'suspended', 取消: 'cancelled',
});

/** Judgements, the best first. */
export const ALL_JUDGEMENTS = Object.keys(JUDGEMENTS);

/** Handling statuses in their order. */
export const ALL_STATUSES = /** @type {readonly string[]} */ (STATUS_CODES);

/**
 * @param {import('../lib/app.js').App} app
 * @param {string} judgement In Chinese, as on the wire.
 */
export function judgementWord(app, judgement) {
  const key = JUDGEMENTS[judgement];
  return key ? app.t(`judgement.${key}`) : judgement;
}

/** @param {string} judgement */
export function judgementClass(judgement) {
  return (JUDGEMENTS[judgement] ?? 'not_due').replaceAll('_', '-');
}

/**
 * @param {import('../lib/app.js').App} app
 * @param {string} status In Chinese, as on the wire.
 */
export function statusWord(app, status) {
  const key = STATUSES[status];
  return key ? app.t(`status.${key}`) : status;
}

/**
 * The step of an indicator that the quarter works on, as the program says.
 * @param {import('../wire').TargetLine[]} targets At least one.
 */
export function currentTarget(targets) {
  return targets.find((target) => target.current) ?? targets[targets.length - 1];
}

/**
 * Asks before something that changes much: a native dialog with what will happen.
 * @param {import('../lib/app.js').App} app
 * @param {{ title: string, text: string, lines?: string[], yes: string }} question
 * @returns {Promise<boolean>}
 */
export function askFirst(app, question) {
  return new Promise((answer) => {
    const dialog = document.createElement('dialog');
    dialog.className = 'ask';
    dialog.setAttribute('aria-labelledby', 'ask-title');
    const title = document.createElement('h2');
    title.id = 'ask-title';
    title.textContent = question.title;
    const text = document.createElement('p');
    text.textContent = question.text;
    const list = document.createElement('ul');
    list.className = 'ask-lines';
    for (const line of question.lines ?? []) {
      const item = document.createElement('li');
      item.textContent = line;
      list.append(item);
    }
    const buttons = document.createElement('div');
    buttons.className = 'ask-buttons';
    const no = document.createElement('button');
    no.type = 'button';
    no.className = 'button';
    no.textContent = app.t('ask.no');
    const yes = document.createElement('button');
    yes.type = 'button';
    yes.className = 'button primary';
    yes.textContent = question.yes;
    buttons.append(no, yes);
    dialog.append(title, text);
    if (list.children.length) dialog.append(list);
    dialog.append(buttons);
    let said = false;
    no.addEventListener('click', () => dialog.close());
    yes.addEventListener('click', () => { said = true; dialog.close(); });
    dialog.addEventListener('keydown', (event) => event.stopPropagation());
    const before = document.activeElement;
    dialog.addEventListener('close', () => {
      dialog.remove();
      if (before instanceof HTMLElement && before.isConnected) before.focus();
      answer(said);
    });
    document.body.append(dialog);
    dialog.showModal();
    yes.focus();
  });
}
