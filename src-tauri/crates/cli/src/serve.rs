//! The second shell: the page in the system's browser, over a loopback address with a one-time token, for PCs without the webview.
//!
//! Only the loopback address is bound. A request must carry this address as its host, the token, and where the browser names an
//! origin, this origin; everything else is refused before it is read.

use desk::wire::{Refusal, RefusalCode};
use desk::{Session, call};
use std::io::Read;
use std::path::{Path, PathBuf};
use tiny_http::{Header, Method, Request, Response, Server, StatusCode};

/// The largest request, in bytes.
const LARGEST: usize = 16 * 1024 * 1024;

/// Serves until the page closes the workbook window or the process ends.
pub(crate) fn run(mut session: Session, page: Option<&Path>, open: bool) -> Result<(), Refusal> {
    let failed = |detail: String| {
        Refusal::new(RefusalCode::Unreadable, "没能在本机打开网页服务。", "请关闭占用端口的程序后再试。").with_detail(detail)
    };
    let page = page_folder(page).ok_or_else(|| {
        Refusal::new(RefusalCode::Unreadable, "没有找到程序的网页文件。", "请重新安装程序，或用--page指明文件夹。")
    })?;
    let server = Server::http(("127.0.0.1", 0)).map_err(|error| failed(error.to_string()))?;
    let port = server.server_addr().to_ip().map(|address| address.port()).unwrap_or_default();
    let token = token().map_err(failed)?;
    let here = Here { host: format!("127.0.0.1:{port}"), origin: format!("http://127.0.0.1:{port}"), token, page };
    let address = format!("{}/#token={}", here.origin, here.token);
    println!("{address}");
    if open {
        open_browser(&address);
    }
    for request in server.incoming_requests() {
        answer(&mut session, &here, request);
    }
    Ok(())
}

struct Here {
    host: String,
    origin: String,
    token: String,
    page: PathBuf,
}

fn token() -> Result<String, String> {
    let mut bytes = [0_u8; 24];
    getrandom::fill(&mut bytes).map_err(|error| error.to_string())?;
    Ok(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}

fn page_folder(given: Option<&Path>) -> Option<PathBuf> {
    let beside = std::env::current_exe().ok().and_then(|program| Some(program.parent()?.to_path_buf()));
    let mut folders: Vec<PathBuf> = given.map(Path::to_path_buf).into_iter().collect();
    folders.extend(beside.iter().flat_map(|beside| [beside.join("ui"), beside.join("../lib/planbook/ui")]));
    folders.push(PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../ui")));
    folders.into_iter().find(|folder| folder.join("index.html").is_file()).and_then(|folder| folder.canonicalize().ok())
}

fn header<'a>(request: &'a Request, name: &'static str) -> Option<&'a str> {
    request.headers().iter().find(|header| header.field.equiv(name)).map(|header| header.value.as_str())
}

fn answer(session: &mut Session, here: &Here, mut request: Request) {
    let foreign_host = header(&request, "Host") != Some(here.host.as_str());
    let foreign_origin = header(&request, "Origin").is_some_and(|origin| origin != here.origin);
    let response = if foreign_host || foreign_origin {
        plain(403, "refused")
    } else if *request.method() == Method::Get {
        file(here, request.url())
    } else if *request.method() != Method::Post {
        plain(405, "refused")
    } else if header(&request, "X-Planbook-Token").is_none_or(|token| !same(token, &here.token)) {
        plain(401, "refused")
    } else {
        command(session, &mut request)
    };
    // the page may have gone meanwhile
    let _ = request.respond(response);
}

/// Compares in time that does not tell where the two differ.
fn same(given: &str, token: &str) -> bool {
    given.len() == token.len() && given.bytes().zip(token.bytes()).fold(0, |differs, (a, b)| differs | (a ^ b)) == 0
}

type Answer = Response<std::io::Cursor<Vec<u8>>>;

fn with_headers(response: Answer, media_type: &str) -> Answer {
    let headers = [
        ("Content-Type", media_type),
        ("Cache-Control", "no-store"),
        ("X-Content-Type-Options", "nosniff"),
        ("Referrer-Policy", "no-referrer"),
        (
            "Content-Security-Policy",
            "default-src 'self'; img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; worker-src 'self' blob:; frame-ancestors 'none'",
        ),
    ];
    headers.iter().filter_map(|(name, value)| Header::from_bytes(*name, *value).ok()).fold(response, Response::with_header)
}

fn plain(status: u16, words: &str) -> Answer {
    with_headers(Response::from_string(words).with_status_code(StatusCode(status)), "text/plain; charset=utf-8")
}

fn json(status: u16, value: &serde_json::Value) -> Answer {
    with_headers(Response::from_string(value.to_string()).with_status_code(StatusCode(status)), "application/json; charset=utf-8")
}

fn file(here: &Here, url: &str) -> Answer {
    let path = url.split(['?', '#']).next().unwrap_or_default().trim_start_matches('/');
    let path = if path.is_empty() { "index.html" } else { path };
    // only plain names: nothing that climbs out of the page's folder
    let is_plain = path.split('/').all(|part| !part.is_empty() && !part.starts_with('.') && !part.contains(['\\', ':', '%']));
    let found = is_plain
        .then(|| here.page.join(path))
        .and_then(|path| path.canonicalize().ok())
        .filter(|path| path.starts_with(&here.page));
    let Some(bytes) = found.and_then(|path| std::fs::read(path).ok()) else { return plain(404, "not here") };
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
    with_headers(Response::from_data(bytes), media_type)
}

fn command(session: &mut Session, request: &mut Request) -> Answer {
    let Some(name) = request.url().strip_prefix("/call/").map(ToOwned::to_owned) else { return plain(404, "not here") };
    let mut body = Vec::new();
    let read = request.as_reader().take(LARGEST as u64 + 1).read_to_end(&mut body);
    if read.is_err() || body.len() > LARGEST {
        return plain(413, "too large");
    }
    let arguments = if body.is_empty() { Ok(serde_json::Value::Null) } else { serde_json::from_slice(&body) };
    let Ok(arguments) = arguments else { return plain(400, "no JSON") };
    match call(session, &name, arguments) {
        Ok(value) => json(200, &value),
        Err(refusal) => json(422, &serde_json::to_value(refusal).unwrap_or_default()),
    }
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
