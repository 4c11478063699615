// The only module that talks to the shell: the desktop window, or the second shell on a loopback address.
import { said } from './sentences.js';
import { currentLanguage, t } from './words.js';

/** @typedef {import('../wire').Commands} Commands */
/** @typedef {import('../wire').RefusalCode | 'unreachable'} Code */

/** Why something was not done: sentences that name the thing and the way out. */
export class Refusal extends Error {
  /** @param {{ code: Code, message: string, hint?: string, detail?: string }} refused */
  constructor(refused) {
    super(said(refused.message));
    this.name = 'Refusal';
    this.code = refused.code;
    this.hint = said(refused.hint ?? '');
    this.detail = refused.detail ?? '';
    /** Whether the frame has told it. */
    this.said = false;
  }
}

const tauri = typeof window === 'undefined' ? undefined : /** @type {any} */ (window).__TAURI__;

/** Whether this is the desktop window, not a browser. */
export const isDesktop = Boolean(tauri?.core);

const BASE = 'planbook.base';

/** What the second shell put behind the address: a code for one use and a file to open; taken out of the address. */
const behind = isDesktop || typeof location === 'undefined' ? new URLSearchParams() : new URLSearchParams(location.hash.slice(1));

/** The path under which the second shell knows this page; it is kept for reloading, and is of no use without the cookie. */
const base = isDesktop || typeof location === 'undefined' ? Promise.resolve('') : begin();
base.catch(() => {});

async function begin() {
  const code = behind.get('code');
  if (!code) {
    const known = sessionStorage.getItem(BASE);
    if (known === null) throw used();
    return known;
  }
  history.replaceState(null, '', location.pathname);
  sessionStorage.removeItem(BASE);
  const answer = await fetch('/session', { method: 'POST', body: code });
  if (!answer.ok) throw used();
  const path = /** @type {string} */ (await answer.json());
  sessionStorage.setItem(BASE, path);
  return path;
}

/** The address was opened before: in another tab, or before this program was started. */
function used() {
  return new Refusal({ code: 'unreachable', message: t('backend.used'), hint: t('backend.used.hint') });
}

/**
 * @param {unknown} error
 * @returns {Refusal}
 */
function asRefusal(error) {
  if (error instanceof Refusal) return error;
  const told = /** @type {any} */ (error);
  if (told && typeof told === 'object' && typeof told.code === 'string' && typeof told.message === 'string') return new Refusal(told);
  return new Refusal({ code: 'unreachable', message: t('backend.unreachable'), hint: t('backend.unreachable.hint'), detail: String(told?.message ?? told) });
}

/**
 * @param {string} path
 * @param {unknown} body
 */
async function post(path, body) {
  const answer = await fetch(`${await base}${path}`, {
    method: 'POST', headers: { 'content-type': 'application/json', 'accept-language': currentLanguage() }, body: JSON.stringify(body),
  });
  if (answer.ok) return answer.json();
  if (answer.status === 401) throw used();
  if (answer.status === 422) throw new Refusal(await answer.json());
  throw new Error(`${path} ${answer.status}`);
}

/**
 * Asks the program to do one of its commands.
 * @template {keyof Commands} N
 * @param {N} name
 * @param {Commands[N]['request']} request
 * @returns {Promise<Commands[N]['answer']>} Rejects with a `Refusal`.
 */
export async function call(name, request) {
  try {
    return isDesktop ? await tauri.core.invoke('call', { name, args: request, language: currentLanguage() }) : await post(`/call/${name}`, request);
  } catch (error) {
    throw asRefusal(error);
  }
}

const PICKERS = /** @type {const} */ ({
  document: 'pick_document',
  'workbook-open': 'pick_workbook_open',
  'workbook-save': 'pick_workbook_save',
  'pdf-save': 'pick_save_pdf',
  folder: 'pick_folder',
  evidence: 'pick_evidence',
  packet: 'pick_packet',
  'packet-save': 'pick_packet_save',
});

/** What a browser may choose for a kind that only reads: a copy goes to the program, since a page does not learn paths. */
const ACCEPTED = /** @type {Record<string, string>} */ ({
  document: '.docx,.doc,.wps,.odt,.pdf,.txt,.html,.htm,.mht,.md,.xlsx,.xls,.csv',
  evidence: '',
  packet: '.planpack',
  packets: '.planpack,.xlsx',
});

/** The largest file that the second shell takes, in bytes. */
const LARGEST = 256 * 1024 * 1024;

/** @type {((kind: keyof typeof PICKERS, name: string) => Promise<string | null>) | null} */
let askForPath = null;

/**
 * How a path is asked for where the shell has no file dialog of its own.
 * @param {(kind: keyof typeof PICKERS, name: string) => Promise<string | null>} ask
 */
export function askPathsWith(ask) {
  askForPath = ask;
}

/**
 * Lets a person pick a file or folder.
 * @param {keyof typeof PICKERS} kind
 * @param {{ name?: string }} [proposal] The name proposed for a file to write.
 * @returns {Promise<string | null>} The full path; null where the person left it.
 */
export async function pick(kind, proposal = {}) {
  const name = proposal.name ?? '';
  if (isDesktop) {
    try {
      return await tauri.core.invoke(PICKERS[kind], { name });
    } catch (error) {
      throw asRefusal(error);
    }
  }
  if (kind in ACCEPTED) return (await handOver(await chooseFiles({ accept: ACCEPTED[kind] })))[0] ?? null;
  return askForPath ? askForPath(kind, name) : null;
}

/**
 * Lets a person pick returns: several files, or a folder of them.
 * @param {'files' | 'folder'} what
 * @returns {Promise<string[]>} Full paths; none where the person left it.
 */
export async function pickReturns(what) {
  if (!isDesktop) {
    const files = await chooseFiles(what === 'folder' ? { webkitdirectory: true } : { accept: ACCEPTED.packets, multiple: true });
    return handOver(files.filter((file) => /\.(planpack|xlsx)$/i.test(file.name) && !/^[.~]/.test(file.name)));
  }
  try {
    if (what === 'files') return await tauri.core.invoke('pick_packets', {});
    const folder = await tauri.core.invoke('pick_folder', { name: '' });
    return folder ? [folder] : [];
  } catch (error) {
    throw asRefusal(error);
  }
}

/**
 * The browser's own file dialog.
 * @param {{ accept?: string, multiple?: boolean, webkitdirectory?: boolean }} options
 * @returns {Promise<File[]>}
 */
function chooseFiles(options) {
  return new Promise((answer) => {
    const input = Object.assign(document.createElement('input'), { type: 'file', hidden: true, ...options });
    const leave = (/** @type {File[]} */ files) => { input.remove(); answer(files); };
    input.addEventListener('change', () => leave([...(input.files ?? [])]));
    input.addEventListener('cancel', () => leave([]));
    document.body.append(input);
    input.click();
  });
}

/**
 * Gives the program copies of files that a page was given without their paths.
 * @param {File[]} files
 * @returns {Promise<string[]>} Where the program keeps them while it runs.
 */
export async function handOver(files) {
  const paths = [];
  for (const file of files) {
    // asked before it is sent: a shell that stops reading half way looks like one that is gone
    if (file.size > LARGEST) throw tooLarge(file.name);
    try {
      const answer = await fetch(`${await base}/file/${encodeURIComponent(file.name)}`, { method: 'POST', headers: { 'content-type': 'application/octet-stream' }, body: file });
      if (answer.status === 413) throw tooLarge(file.name);
      if (!answer.ok) throw new Error(`/file ${answer.status}`);
      paths.push(await answer.json());
    } catch (error) {
      // a folder that was dropped cannot be read as a file
      if (error instanceof TypeError && file.size % 4096 === 0 && !file.type) throw new Refusal({ code: 'refused', message: t('backend.folder', { name: file.name }), hint: '' });
      throw asRefusal(error);
    }
  }
  return paths;
}

/** @param {string} name */
const tooLarge = (name) => new Refusal({ code: 'refused', message: t('backend.too_large', { name }), hint: t('backend.too_large.hint') });

/**
 * Opens a file in the system's own viewer.
 * @param {string} path
 * @returns {Promise<boolean>} Whether the shell could.
 */
export async function openInViewer(path) {
  try {
    if (isDesktop) await tauri.core.invoke('open_in_viewer', { path, language: currentLanguage() });
    else await post('/open', { path });
    return true;
  } catch {
    return false;
  }
}

/** How long files that are opened together may come one after the other, in milliseconds. */
const TOGETHER = 200;

/**
 * Files that the system asks the program to open, now or by a later double-click; those that come together are opened together.
 * @param {(paths: string[]) => void} open
 */
export async function onFilesToOpen(open) {
  if (!isDesktop) {
    const given = behind.get('open');
    if (given) open([given]);
    return;
  }
  /** @type {string[]} */
  let waiting = [];
  const take = (/** @type {string[]} */ paths) => {
    if (!paths.length) return;
    if (!waiting.length) setTimeout(() => { open(waiting); waiting = []; }, TOGETHER);
    waiting.push(...paths);
  };
  await tauri.event?.listen('open-file', (/** @type {{ payload: string }} */ event) => take([event.payload]));
  try {
    take(/** @type {string[]} */ (await tauri.core.invoke('files_to_open')));
  } catch {
    // a shell that opens no files by itself
  }
}

/**
 * Files dropped on the window, as full paths, with the place they were dropped on.
 * @param {(paths: string[], at: Element | null) => void} open
 * @param {(error: unknown) => void} failed
 */
export function onFilesDropped(open, failed) {
  // a file dropped beside its place must not replace the page
  for (const event of ['dragover', 'drop']) window.addEventListener(event, (dropped) => dropped.preventDefault());
  const over = (/** @type {boolean} */ is) => document.body.classList.toggle('dropping', is);
  if (!isDesktop) {
    window.addEventListener('dragover', (event) => over([...(event.dataTransfer?.types ?? [])].includes('Files')));
    window.addEventListener('dragleave', (event) => { if (!event.relatedTarget) over(false); });
    window.addEventListener('drop', async (event) => {
      over(false);
      const files = [...(event.dataTransfer?.files ?? [])];
      const at = event.target instanceof Element ? event.target : null;
      if (!files.length) return;
      try {
        open(await handOver(files), at);
      } catch (error) {
        failed(error);
      }
    });
    return;
  }
  tauri.event?.listen('tauri://drag-enter', () => over(true));
  tauri.event?.listen('tauri://drag-leave', () => over(false));
  tauri.event?.listen('tauri://drag-drop', (/** @type {{ payload: { paths?: string[], position?: { x: number, y: number } } }} */ event) => {
    over(false);
    const { paths = [], position } = event.payload;
    const scale = window.devicePixelRatio || 1;
    if (paths.length) open(paths, position ? document.elementFromPoint(position.x / scale, position.y / scale) : null);
  });
}

/**
 * The place of the log where the last run of the program ended without saying so.
 * @returns {Promise<string | null>}
 */
export async function badEnd() {
  try {
    return isDesktop ? await tauri.core.invoke('bad_end') : null;
  } catch {
    return null;
  }
}

/**
 * Names the window after what is open.
 * @param {string} title
 */
export function nameWindow(title) {
  document.title = title;
  tauri?.window?.getCurrentWindow?.().setTitle?.(title).catch(() => {});
}
