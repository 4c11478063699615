// What all views share: the open workbook, the quarter and plan that govern every view, edits with undo, and the way between views.
import { call as callShell, Refusal, nameWindow, pick } from './backend.js';
import { currentLanguage, t, useLanguage } from './words.js';
import { saveOpenFields } from '../parts/saving.js';
import { said } from './sentences.js';

/** @typedef {import('../wire').Commands} Commands */
/** @typedef {import('../wire').Workbook} Workbook */
/** @typedef {import('../wire').Edit} Edit */
/** @typedef {import('../wire').Applied} Applied */
/** @typedef {'changed' | 'quarter' | 'plan' | 'workbook' | 'view' | 'saved' | 'selection' | 'task' | 'drafts'} Happening */

/**
 * What changed, as views are told.
 * @typedef {object} Change
 * @property {'changed' | 'quarter' | 'plan' | 'workbook'} kind
 * @property {Applied | null} applied Rows that changed, where an edit did it.
 */

/**
 * @typedef {object} Mounted
 * @property {(change: Change) => void} [update]
 * @property {(paths: string[], at: Element | null) => boolean} [drop] Takes files dropped on the window; false leaves them to the frame.
 * @property {() => void} [unmount]
 */

/** Commands that only read: the same question asked twice at once is asked once. */
const READS = new Set(['start', 'workbook', 'draft', 'overview', 'overview_tasks', 'totals', 'ledger', 'ledger_table', 'task', 'checklist', 'indicators', 'timeline', 'history', 'copies', 'task_in_copy', 'choices', 'find', 'exchange_status', 'requests']);

/** Edits after which departments, plans or settings of the frame may differ. */
const FRAME_EDITS = new Set(['assign', 'rename_department', 'merge_departments', 'remove_plan', 'add_plan', 'set_plan', 'set_setting', 'add_task', 'duplicate_task', 'retire_task', 'restore_task', 'paste_rows', 'add_item', 'set_item', 'add_milestone', 'set_milestone']);

const LANGUAGE = 'planbook.language';
const LARGE = 'planbook.large';

/** @typedef {ReturnType<typeof createApp>} App */

/** @param {ReturnType<typeof import('./notices.js').createNotices>} notices */
export function createApp(notices) {
  /** @type {Map<Happening, Set<(value: any) => void>>} */
  const listeners = new Map();
  /** @type {Map<string, Promise<any>>} */
  const asked = new Map();
  /** Counts writes, so that an answer from before a write is never given to a question after it. */
  let writes = 0;
  let writing = Promise.resolve();
  /** @type {Workbook | null} */
  let workbook = null;
  let quarter = '';
  /** @type {string | null} */
  let plan = null;
  let savedAt = '';
  let selected = 0;

  const app = {
    /** @type {(view: string, params?: Record<string, any>) => Promise<void>} */
    go: async () => {},
    /** @type {(task: string) => void} */
    openTask: () => {},
    /** @type {() => void} */
    closeTask: () => {},
    /** Task in the detail pane. @type {string | null} */
    task: null,
    /** Name of the view shown. */
    view: '',
    t,

    /** The open workbook. Views are only shown while there is one. @type {Workbook} */
    get workbook() { return /** @type {Workbook} */ (workbook); },
    get isOpen() { return workbook !== null; },
    get quarter() { return quarter; },
    get plan() { return plan; },
    get language() { return currentLanguage() === 'en' ? 'en' : 'zh-CN'; },
    get savedAt() { return savedAt; },
    get selected() { return selected; },
    get isLarge() { return document.documentElement.dataset.type === 'large'; },

    /**
     * Asks the program; says what was refused and throws it on.
     * @template {keyof Commands} N
     * @param {N} name
     * @param {Commands[N]['request']} request
     * @returns {Promise<Commands[N]['answer']>}
     */
    async call(name, request) {
      try {
        return await ask(name, request);
      } catch (error) {
        if (error instanceof Refusal) say(error);
        throw error;
      }
    },

    /**
     * Applies edits as one step of undo, one after the other in the order given here.
     * @param {Edit[]} edits
     * @returns {Promise<Applied>}
     */
    apply(edits) {
      return write(async () => {
        const applied = await app.call('apply', { edits, quarter });
        await took(applied, edits.some((edit) => FRAME_EDITS.has(edit.edit)));
        return applied;
      });
    },

    undo() { return step('undo'); },
    redo() { return step('redo'); },

    /**
     * Keeps how the page looks in the workbook; no step of undo, and no view changes by it.
     * @param {'columns' | 'language'} key
     * @param {unknown} value
     */
    async keep(key, value) {
      if (!workbook || workbook.read_only) return;
      workbook.settings[key] = value;
      try {
        await write(() => callShell('apply', { edits: [{ edit: 'set_setting', key, value }], quarter }));
      } catch {
        // the page looks as it should; only the next start will not know
      }
    },

    /** How far a draft is reviewed now. @param {import('../wire').DraftLine} line */
    setDraft(line) {
      if (!workbook) return;
      workbook.drafts = workbook.drafts.map((one) => (one.id === line.id ? line : one));
      emit('drafts', line);
    },

    /** Task in the detail pane. @param {string | null} task */
    setTask(task) {
      app.task = task;
      emit('task', task);
    },

    /** Tells all views that something changed by another way than `apply`. @param {Applied | null} [applied] */
    changed(applied = null) {
      writes += 1;
      emit('changed', { kind: 'changed', applied });
    },

    /** Asks for the workbook's frame again and tells the views. */
    async refreshWorkbook() {
      writes += 1;
      app.setWorkbook(await app.call('workbook', {}), false);
    },

    /**
     * @param {Workbook | null} next
     * @param {boolean} [isNew] Whether another workbook was opened: the quarter and the plan start anew.
     */
    setWorkbook(next, isNew = true) {
      writes += 1;
      workbook = next;
      if (next && (isNew || !next.quarters.includes(quarter))) quarter = next.quarter;
      if (isNew || !next?.plans.some((line) => line.id === plan)) plan = null;
      if (isNew) savedAt = '';
      notices.banner('save', null);
      notices.banner('read-only', next?.read_only ? t('banner.read_only', { name: next.name }) : null);
      if (isNew) for (const text of next?.notices ?? []) notices.notice(said(text));
      nameWindow(next ? `${next.name} — ${t('product')}` : t('product'));
      emit('workbook', { kind: 'workbook', applied: null });
    },

    /** @param {string} next `2025Q2` */
    setQuarter(next) {
      if (next === quarter || !workbook?.quarters.includes(next)) return;
      saveOpenFields();
      quarter = next;
      emit('quarter', { kind: 'quarter', applied: null });
    },

    /** @param {string | null} next Plan id; none for all. */
    setPlan(next) {
      if (next === plan) return;
      plan = next;
      emit('plan', { kind: 'plan', applied: null });
    },

    /** @param {number} count Rows chosen in the view, for the status bar. */
    setSelected(count) {
      if (count === selected) return;
      selected = count;
      emit('selection', count);
    },

    /** @param {string} code `zh-CN` or `en`; the whole window is drawn again. */
    setLanguage(code) {
      useLanguage(code);
      localStorage.setItem(LANGUAGE, code);
      document.documentElement.lang = app.language;
      emit('view', app.view);
    },

    /** @param {boolean} large */
    setLarge(large) {
      if (large) document.documentElement.dataset.type = 'large';
      else delete document.documentElement.dataset.type;
      localStorage.setItem(LARGE, large ? 'yes' : '');
      emit('quarter', { kind: 'quarter', applied: null });
    },

    /**
     * @param {string} text
     * @param {{ action?: { label: string, run: () => unknown } | null }} [options]
     */
    notice(text, options) { notices.notice(text, options); },

    /**
     * @template T
     * @param {Promise<T>} work
     * @param {string} text
     */
    busy(work, text) { return notices.busy(work, text); },

    /**
     * @param {Happening} happening
     * @param {(value: any) => void} listener
     * @param {{ signal?: AbortSignal }} [options]
     */
    on(happening, listener, options = {}) {
      const known = listeners.get(happening) ?? new Set();
      listeners.set(happening, known);
      known.add(listener);
      const off = () => { known.delete(listener); };
      options.signal?.addEventListener('abort', off);
      return off;
    },
  };

  /**
   * @param {Happening} happening
   * @param {any} value
   */
  function emit(happening, value) {
    for (const listener of [...(listeners.get(happening) ?? [])]) listener(value);
  }

  /**
   * @param {string} name
   * @param {any} request
   * @returns {Promise<any>}
   */
  function ask(name, request) {
    if (!READS.has(name)) {
      writes += 1;
      return callShell(/** @type {any} */ (name), request);
    }
    const question = `${writes} ${name} ${JSON.stringify(request)}`;
    const running = asked.get(question);
    if (running) return running;
    const answer = callShell(/** @type {any} */ (name), request).finally(() => asked.delete(question));
    asked.set(question, answer);
    return answer;
  }

  /**
   * Runs writes one after the other.
   * @template T
   * @param {() => Promise<T>} work
   * @returns {Promise<T>}
   */
  function write(work) {
    const done = writing.then(work);
    writing = done.then(() => {}, () => {});
    return done;
  }

  /** @param {'undo' | 'redo'} way */
  function step(way) {
    saveOpenFields();
    return write(async () => {
      const label = way === 'undo' ? workbook?.undo : workbook?.redo;
      if (!label) {
        notices.notice(t(`${way}.none`));
        return null;
      }
      try {
        const applied = await app.call(way, { quarter });
        await took(applied, true);
        notices.notice(t(`${way}.done`, { label: said(label) }));
        return applied;
      } catch {
        return null;
      }
    });
  }

  /**
   * What an edit answered: the frame follows it, then the views.
   * @param {Applied} applied
   * @param {boolean} withFrame
   */
  async function took(applied, withFrame) {
    writes += 1;
    savedAt = applied.at;
    notices.banner('save', null);
    if (workbook) {
      workbook.undo = applied.undo;
      workbook.redo = applied.redo;
    }
    emit('saved', savedAt);
    if (withFrame) {
      try {
        app.setWorkbook(await ask('workbook', {}), false);
      } catch {
        // the edit is saved; the frame follows with the next answer
      }
    }
    emit('changed', { kind: 'changed', applied });
  }

  /** Writes the workbook to another file, goes on with that one, and saves there what is still in the fields. */
  async function saveElsewhere() {
    const path = await pick('workbook-save', { name: `${workbook?.name ?? ''}.planbook` });
    if (!path) return;
    try {
      app.setWorkbook(await app.busy(app.call('save_elsewhere', { path }), t('files.making')), false);
      saveOpenFields();
      app.notice(t('banner.saved_elsewhere', { path }));
    } catch {
      // said already; the banner stays
    }
  }

  /** The one table of what the page does about a refusal. @param {Refusal} refusal */
  function say(refusal) {
    refusal.said = true;
    const text = refusal.hint ? `${refusal.message}\n${refusal.hint}` : refusal.message;
    if (refusal.detail) console.warn(refusal.code, refusal.message, refusal.detail);
    switch (refusal.code) {
      case 'save_failed':
        notices.banner('save', `${t('banner.save_failed')}${text}`, { bad: true });
        break;
      case 'detached':
        // what was typed stays in its field; once the workbook lies elsewhere the field saves itself there
        notices.banner('save', `${t('banner.save_failed')}${text}`, { bad: true, action: { label: t('banner.save_elsewhere'), run: () => saveElsewhere() } });
        break;
      case 'read_only':
        notices.banner('read-only', text);
        break;
      case 'unreachable':
        notices.banner('save', text, { bad: true, action: { label: t('banner.reload'), run: () => location.reload() } });
        break;
      case 'gone':
        notices.notice(text);
        app.changed();
        break;
      case 'no_workbook':
        if (workbook) app.setWorkbook(null);
        app.go('start');
        break;
      default:
        notices.notice(text);
    }
  }

  useLanguage(localStorage.getItem(LANGUAGE) ?? 'zh-CN');
  document.documentElement.lang = app.language;
  if (localStorage.getItem(LARGE)) document.documentElement.dataset.type = 'large';
  return app;
}
