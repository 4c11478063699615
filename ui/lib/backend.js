// The only module that talks to the shell: the desktop window, or the second shell on a loopback address.
import { t } from './words.js';

/** @typedef {import('../wire').Commands} Commands */
/** @typedef {import('../wire').RefusalCode | 'unreachable'} Code */

/** Why something was not done: sentences that name the thing and the way out. */
export class Refusal extends Error {
  /** @param {{ code: Code, message: string, hint?: string, detail?: string }} said */
  constructor(said) {
    super(said.message);
    this.name = 'Refusal';
    this.code = said.code;
    this.hint = said.hint ?? '';
    this.detail = said.detail ?? '';
  }
}

const tauri = typeof window === 'undefined' ? undefined : /** @type {any} */ (window).__TAURI__;

/** Whether this is the desktop window, not a browser. */
export const isDesktop = Boolean(tauri?.core);

const TOKEN = 'planbook.token';

/** The token that the second shell put behind the address; kept for reloading, taken out of the address. */
function token() {
  const given = /[#&]token=([0-9a-f]+)/.exec(location.hash)?.[1];
  if (given) {
    sessionStorage.setItem(TOKEN, given);
    history.replaceState(null, '', location.pathname);
  }
  return sessionStorage.getItem(TOKEN) ?? '';
}

/**
 * @param {unknown} error
 * @returns {Refusal}
 */
function asRefusal(error) {
  if (error instanceof Refusal) return error;
  const said = /** @type {any} */ (error);
  if (said && typeof said === 'object' && typeof said.code === 'string' && typeof said.message === 'string') return new Refusal(said);
  return new Refusal({ code: 'unreachable', message: t('backend.unreachable'), hint: t('backend.unreachable.hint'), detail: String(said?.message ?? said) });
}

/**
 * @param {string} path
 * @param {unknown} body
 */
async function post(path, body) {
  const answer = await fetch(path, {
    method: 'POST', headers: { 'content-type': 'application/json', 'x-planbook-token': token() }, body: JSON.stringify(body),
  });
  if (answer.ok) return answer.json();
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
    return isDesktop ? await tauri.core.invoke('call', { name, args: request }) : await post(`/call/${name}`, request);
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
});

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
  try {
    if (isDesktop) return await tauri.core.invoke(PICKERS[kind], { name });
    const answer = await fetch(`/pick/${kind}`, { method: 'POST', headers: { 'content-type': 'application/json', 'x-planbook-token': token() }, body: JSON.stringify({ name }) });
    if (answer.ok) return /** @type {string | null} */ (await answer.json());
  } catch (error) {
    if (isDesktop) throw asRefusal(error);
  }
  return askForPath ? askForPath(kind, name) : null;
}

/**
 * Opens a file in the system's own viewer.
 * @param {string} path
 * @returns {Promise<boolean>} Whether the shell could.
 */
export async function openInViewer(path) {
  try {
    if (isDesktop) await tauri.core.invoke('open_in_viewer', { path });
    else await post('/open', { path });
    return true;
  } catch {
    return false;
  }
}

/**
 * Files that the system asks the program to open, now or by a later double-click.
 * @param {(path: string) => void} open
 */
export async function onFilesToOpen(open) {
  if (!isDesktop) return;
  await tauri.event?.listen('open-file', (/** @type {{ payload: string }} */ event) => open(event.payload));
  try {
    const waiting = /** @type {string[]} */ (await tauri.core.invoke('files_to_open'));
    for (const path of waiting) open(path);
  } catch {
    // a shell that opens no files by itself
  }
}

/**
 * Files dropped on the window, as full paths.
 * @param {(path: string) => void} open
 */
export function onFilesDropped(open) {
  if (!isDesktop) return;
  tauri.event?.listen('tauri://drag-drop', (/** @type {{ payload: { paths?: string[] } }} */ event) => {
    for (const path of event.payload.paths ?? []) open(path);
  });
}

/**
 * Names the window after what is open.
 * @param {string} title
 */
export function nameWindow(title) {
  document.title = title;
  tauri?.window?.getCurrentWindow?.().setTitle?.(title).catch(() => {});
}
