//! The second shell: the page in the system's browser, over a loopback address with a code for one use, for PCs without the webview.
//!
//! Only the loopback address is bound. A request must carry this address as its host, the session's cookie under the session's
//! path, and where the browser names an origin, this origin; everything else is refused before it is read.

mod session;

use crate::shell;
use axum::Router;
use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, Method, StatusCode, header};
use axum::response::Response;
use chrono::{Local, NaiveDate};
use desk::wire::{Refusal, RefusalCode};
use desk::{Answered, Session, call};
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use messages::{CommandLine, Language};
use session::Doors;
use std::backtrace::Backtrace;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

/// How long a connection may take for the head of its next request, and a request for its body: half-open and idle ones end.
const HEAD_WITHIN: Duration = Duration::from_secs(30);
const BODY_WITHIN: Duration = Duration::from_secs(120);
/// Connections at the same time: a browser opens six.
const MOST_CONNECTIONS: usize = 64;

/// The longest code, in bytes.
const LARGEST_CODE: usize = 200;
/// The largest request, in bytes.
const LARGEST: usize = 16 * 1024 * 1024;

/// The largest file that the page hands over, in bytes.
const LARGEST_FILE: usize = 256 * 1024 * 1024;
/// What folders of handed-over files are called, and the file in each that is locked as long as its shell lives.
const COPIES: &str = "planbook-handed-over-";
const IN_USE: &str = ".in-use";
/// So many bytes of a handed-over file's name are kept: file systems take 255.
const LONGEST_NAME: usize = 240;

/// What may be loaded: this page's own files, nothing from elsewhere.
const POLICY: &str = "default-src 'self'; img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; \
    worker-src 'self' blob:; object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/// How the shell begins.
pub(crate) struct Opening<'a> {
    /// The page's folder, where it is not beside the program.
    pub page: Option<&'a Path>,
    /// An exchange file that the page asks about first.
    pub packet: Option<&'a Path>,
    /// Whether the browser is opened.
    pub browser: bool,
    /// Stands for today where it is set.
    pub as_of: Option<NaiveDate>,
}

/// Serves until the system or a person ends it; then the workbook is closed and nothing is left behind.
pub(crate) fn run(session: Session, opening: &Opening<'_>) -> Result<(), Refusal> {
    let failed =
        |detail: String| Refusal::new(RefusalCode::Unreadable, CommandLine::NotServed, CommandLine::FreePort).with_detail(detail);
    let page = page_folder(opening.page)
        .ok_or_else(|| Refusal::new(RefusalCode::Unreadable, CommandLine::NoPage, CommandLine::ReinstallOrName))?;
    let (doors, code) = Doors::new().map_err(failed)?;
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_io()
        .enable_time()
        .build()
        .map_err(|error| failed(error.to_string()))?;
    runtime.block_on(async move {
        let listener = tokio::net::TcpListener::bind(("127.0.0.1", 0)).await.map_err(|error| failed(error.to_string()))?;
        let port = listener.local_addr().map_err(|error| failed(error.to_string()))?.port();
        let here = Here { host: format!("127.0.0.1:{port}"), origin: format!("http://127.0.0.1:{port}"), doors, page };
        // behind the mark it never leaves the browser
        let packet = opening.packet.map(|packet| format!("&open={}", encoded(packet))).unwrap_or_default();
        let address = format!("{}/#code={code}{packet}", here.origin);
        println!("{address}");
        if opening.browser {
            open_browser(&address);
        }
        let shared = Arc::new(Shared {
            here,
            session: Mutex::new(Some(session)),
            as_of: opening.as_of,
            log: log_file(),
            handed_over: Mutex::new(None),
        });
        note_faults(shared.log.clone());
        forget_old_copies();
        let router = Router::new().fallback(answer).with_state(Arc::clone(&shared));
        let served = tokio::select! {
            () = accept(listener, router) => Ok(()),
            asked = crate::stopping::asked_to_end() => asked.map_err(|error| failed(error.to_string())),
        };
        tokio::task::block_in_place(|| shared.end());
        served
    })
}

/// Answers connections, each with a limit of time for what it sends.
async fn accept(listener: tokio::net::TcpListener, router: Router) {
    let places = Arc::new(tokio::sync::Semaphore::new(MOST_CONNECTIONS));
    loop {
        let Ok(place) = Arc::clone(&places).acquire_owned().await else { return };
        let Ok((stream, _)) = listener.accept().await else {
            // too many open files, or a caller that is gone already
            tokio::time::sleep(Duration::from_millis(50)).await;
            continue;
        };
        let service = TowerToHyperService::new(router.clone());
        tokio::spawn(async move {
            let mut http = hyper::server::conn::http1::Builder::new();
            http.timer(TokioTimer::new()).header_read_timeout(HEAD_WITHIN);
            // a connection that breaks off concerns nobody else
            let _ = http.serve_connection(TokioIo::new(stream), service).await;
            drop(place);
        });
    }
}

/// The log, where there is a folder for it.
fn log_file() -> Option<PathBuf> {
    let folder = shell::data_folder()?;
    std::fs::create_dir_all(&folder).ok()?;
    Some(folder.join("planbook.log"))
}

/// Notes every fault of the program with its place, beside what is printed of it.
fn note_faults(log: Option<PathBuf>) {
    let Some(log) = log else { return };
    let usual = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        let thread = std::thread::current();
        let entry = format!("fault in {}: {panic}\n{}", thread.name().unwrap_or("a thread"), Backtrace::force_capture());
        desk::log(&log, Local::now().naive_local(), &entry);
        usual(panic);
    }));
}

/// A full path as a part of an address.
fn encoded(path: &Path) -> String {
    let path = std::path::absolute(path).unwrap_or_else(|_| path.to_path_buf());
    let mut text = String::new();
    for byte in path.to_string_lossy().bytes() {
        if byte.is_ascii_alphanumeric() {
            text.push(char::from(byte));
        } else {
            text.push_str(&format!("%{byte:02X}"));
        }
    }
    text
}

struct Here {
    host: String,
    origin: String,
    doors: Doors,
    page: PathBuf,
}

struct Shared {
    here: Here,
    /// None once this shell has ended.
    session: Mutex<Option<Session>>,
    as_of: Option<NaiveDate>,
    log: Option<PathBuf>,
    /// Copies of files that the page was given, once there are any; only this user may read them.
    handed_over: Mutex<Option<HandedOver>>,
}

/// A folder that only this user may enter, and the lock that says that it is in use.
struct HandedOver {
    folder: tempfile::TempDir,
    _in_use: std::fs::File,
}

impl HandedOver {
    fn make() -> std::io::Result<Self> {
        let mut builder = tempfile::Builder::new();
        #[cfg(unix)]
        builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o700));
        let folder = builder.prefix(COPIES).tempdir()?;
        let in_use = std::fs::File::create(folder.path().join(IN_USE))?;
        in_use.lock()?;
        Ok(Self { folder, _in_use: in_use })
    }
}

impl Shared {
    /// Waits for the command under way, closes the workbook and takes away what the page handed over. Nothing is answered
    /// from then on.
    fn end(&self) {
        let session = self.session.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(mut session) = session
            && let Err(refusal) = session.close_workbook(&desk::wire::Nothing {})
        {
            eprintln!("{refusal}");
        }
        // where it cannot be removed now the next start does it
        drop(self.handed_over.lock().unwrap_or_else(PoisonError::into_inner).take());
    }
}

fn page_folder(given: Option<&Path>) -> Option<PathBuf> {
    let beside = std::env::current_exe().ok().and_then(|program| Some(program.parent()?.to_path_buf()));
    let mut folders: Vec<PathBuf> = given.map(Path::to_path_buf).into_iter().collect();
    folders.extend(beside.iter().flat_map(|beside| [beside.join("ui"), beside.join("../lib/planbook/ui")]));
    folders.push(PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../ui")));
    folders.into_iter().find(|folder| folder.join("index.html").is_file()).and_then(|folder| folder.canonicalize().ok())
}

fn value<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name).and_then(|value| value.to_str().ok())
}

async fn answer(State(shared): State<Arc<Shared>>, request: Request) -> Response {
    let here = &shared.here;
    let foreign_host = value(request.headers(), "host") != Some(here.host.as_str());
    let foreign_origin = value(request.headers(), "origin").is_some_and(|origin| origin != here.origin);
    if foreign_host || foreign_origin {
        return plain(StatusCode::FORBIDDEN, "refused");
    }
    match *request.method() {
        Method::GET => file(here, request.uri().path()),
        Method::POST if request.uri().path() == "/session" => match body_of(request, LARGEST_CODE).await {
            Ok(code) => begin_session(here, &code),
            Err(refused) => refused,
        },
        Method::POST => {
            let cookies = value(request.headers(), "cookie");
            let Some(asked) = here.doors.admits(request.uri().path(), cookies).map(ToOwned::to_owned) else {
                return plain(StatusCode::UNAUTHORIZED, "refused");
            };
            if let Some(name) = asked.strip_prefix("/file/").map(plain_name) {
                return match body_of(request, LARGEST_FILE).await {
                    Ok(body) => tokio::task::block_in_place(|| keep_file(&shared, &name, &body)),
                    Err(refused) => refused,
                };
            }
            let Some(name) = asked.strip_prefix("/call/").map(ToOwned::to_owned) else {
                return plain(StatusCode::NOT_FOUND, "not here");
            };
            let language = Language::from_code(value(request.headers(), "accept-language").unwrap_or_default());
            match body_of(request, LARGEST).await {
                // the work is short and one after the other, as in the window
                Ok(body) => tokio::task::block_in_place(|| command(&shared, language, &name, &body)),
                Err(refused) => refused,
            }
        }
        _ => plain(StatusCode::METHOD_NOT_ALLOWED, "refused"),
    }
}

/// The body of a request, of at most so many bytes and within some time.
async fn body_of(request: Request, most: usize) -> Result<Bytes, Response> {
    match tokio::time::timeout(BODY_WITHIN, to_bytes(request.into_body(), most)).await {
        Ok(Ok(body)) => Ok(body),
        Ok(Err(_)) => Err(plain(StatusCode::PAYLOAD_TOO_LARGE, "too large")),
        Err(_) => Err(plain(StatusCode::REQUEST_TIMEOUT, "too slow")),
    }
}

/// Exchanges the address's code for a session; a code that was used is refused, and the page says what to do.
fn begin_session(here: &Here, code: &[u8]) -> Response {
    match std::str::from_utf8(code).ok().and_then(|code| here.doors.exchange(code.trim())) {
        Some((base, cookie)) => {
            let base = serde_json::Value::String(base.to_owned());
            let mut answer = response(StatusCode::OK, "application/json; charset=utf-8", base.to_string());
            if let Ok(cookie) = cookie.parse() {
                answer.headers_mut().insert(header::SET_COOKIE, cookie);
            }
            answer
        }
        None => plain(StatusCode::GONE, "used"),
    }
}

fn response(status: StatusCode, media_type: &str, body: impl Into<Body>) -> Response {
    let built = Response::builder()
        .status(status)
        .header(header::CONTENT_TYPE, media_type)
        .header(header::CACHE_CONTROL, "no-store")
        .header(header::X_CONTENT_TYPE_OPTIONS, "nosniff")
        .header(header::REFERRER_POLICY, "no-referrer")
        .header(header::CONTENT_SECURITY_POLICY, POLICY)
        .body(body.into());
    built.unwrap_or_default()
}

fn plain(status: StatusCode, words: &'static str) -> Response {
    response(status, "text/plain; charset=utf-8", words)
}

fn file(here: &Here, path: &str) -> Response {
    let path = path.trim_start_matches('/');
    let path = if path.is_empty() { "index.html" } else { path };
    // only plain names: nothing that climbs out of the page's folder
    let is_plain = path.split('/').all(|part| !part.is_empty() && !part.starts_with('.') && !part.contains(['\\', ':', '%']));
    let found = is_plain
        .then(|| here.page.join(path))
        .and_then(|path| path.canonicalize().ok())
        .filter(|path| path.starts_with(&here.page));
    let Some(bytes) = found.and_then(|path| std::fs::read(path).ok()) else {
        return plain(StatusCode::NOT_FOUND, "not here");
    };
    let media_type = match path.rsplit('.').next().unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "json" => "application/json; charset=utf-8",
        "wasm" => "application/wasm",
        "ttf" | "otf" => "font/ttf",
        _ => "application/octet-stream",
    };
    response(StatusCode::OK, media_type, bytes)
}

/// A file's own name out of an address: no folder, nothing that a system keeps for itself.
fn plain_name(encoded: &str) -> String {
    let mut bytes = Vec::with_capacity(encoded.len());
    let mut rest = encoded.as_bytes();
    while let [first, after @ ..] = rest {
        let pair = after.get(..2).and_then(|digits| std::str::from_utf8(digits).ok());
        match pair.filter(|_| *first == b'%').and_then(|digits| u8::from_str_radix(digits, 16).ok()) {
            Some(byte) => {
                bytes.push(byte);
                rest = &after[2..];
            }
            None => {
                bytes.push(*first);
                rest = after;
            }
        }
    }
    let name = String::from_utf8_lossy(&bytes);
    let name: String = name.chars().filter(|c| !r#"\/:*?"<>|"#.contains(*c) && !c.is_control()).collect();
    let name = name.trim().trim_matches('.');
    // the ending tells what the file is: it stays
    let from = name.char_indices().map(|(at, _)| at).find(|at| name.len() - at <= LONGEST_NAME).unwrap_or(name.len());
    let name = name[from..].to_owned();
    if name.is_empty() { "file".to_owned() } else { name }
}

/// Keeps a file that the page was given without its path, for as long as this shell runs; answers where.
fn keep_file(shared: &Shared, name: &str, body: &Bytes) -> Response {
    let mut handed_over = shared.handed_over.lock().unwrap_or_else(PoisonError::into_inner);
    let mut keep = || {
        let all = match &mut *handed_over {
            Some(all) => all,
            none => none.insert(HandedOver::make()?),
        };
        let path = tempfile::tempdir_in(all.folder.path())?.keep().join(name);
        std::fs::write(&path, body)?;
        Ok::<_, std::io::Error>(path)
    };
    match keep() {
        Ok(path) => {
            let path = serde_json::Value::String(path.to_string_lossy().into_owned());
            response(StatusCode::OK, "application/json; charset=utf-8", path.to_string())
        }
        Err(_) => plain(StatusCode::INSUFFICIENT_STORAGE, "not kept"),
    }
}

/// Takes away copies that an earlier shell left behind when it was ended from outside.
fn forget_old_copies() {
    let left = std::fs::read_dir(std::env::temp_dir()).into_iter().flatten().flatten();
    for entry in left.filter(|entry| entry.file_name().to_string_lossy().starts_with(COPIES)) {
        let in_use = std::fs::File::options().write(true).open(entry.path().join(IN_USE));
        // one whose shell lives is locked; another user's cannot be opened
        if in_use.is_ok_and(|in_use| in_use.try_lock().is_ok()) {
            let _ = std::fs::remove_dir_all(entry.path());
        }
    }
}

fn command(shared: &Shared, language: Language, name: &str, body: &Bytes) -> Response {
    let arguments = if body.is_empty() { Ok(serde_json::Value::Null) } else { serde_json::from_slice(body) };
    let Ok(arguments) = arguments else { return plain(StatusCode::BAD_REQUEST, "no JSON") };
    // a fault within a command is caught in `guarded`: the session is never left half done
    let mut session = shared.session.lock().unwrap_or_else(PoisonError::into_inner);
    let Some(session) = session.as_mut() else { return plain(StatusCode::SERVICE_UNAVAILABLE, "ended") };
    let refused =
        |refusal: Refusal| (StatusCode::UNPROCESSABLE_ENTITY, serde_json::to_value(refusal.told(language)).unwrap_or_default());
    session.speak(language);
    let answered = desk::guarded(
        session,
        || shell::session(shared.as_of),
        |session| {
            // how a test sees what becomes of a fault; no release has it
            if cfg!(debug_assertions) && std::env::var("PLANBOOK_TEST_FAULT").is_ok_and(|command| command == name) {
                panic!("a fault that a test asked for");
            }
            call(session, name, arguments)
        },
    );
    let (status, answer) = match answered {
        Answered::Done(answer) => (StatusCode::OK, answer),
        Answered::Refused(refusal) => refused(refusal),
        Answered::Fault(refusal) => {
            let log = shared.log.as_ref().map_or_else(String::new, |log| log.display().to_string());
            refused(refusal.with_detail(log))
        }
    };
    response(status, "application/json; charset=utf-8", answer.to_string())
}

/// Opens the system's browser; where that fails the printed address is there to be copied.
fn open_browser(address: &str) {
    let (program, arguments): (&str, Vec<&str>) = if cfg!(windows) {
        ("rundll32", vec!["url.dll,FileProtocolHandler", address])
    } else if cfg!(target_os = "macos") {
        ("open", vec![address])
    } else {
        ("xdg-open", vec![address])
    };
    if std::process::Command::new(program).args(arguments).spawn().is_err() {
        eprintln!("请在浏览器中打开上面的地址。");
    }
}
