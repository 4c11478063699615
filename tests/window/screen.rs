//! A screen without a monitor, the driver on it, and the program in its window: started for one journey, ended with it.

use crate::webdriver::Page;
use std::io::{BufRead, BufReader};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// What starting a driver or a program may take on a busy machine.
const START: Duration = Duration::from_secs(30);

/// A day in the third quarter, before its end: journeys go the same way on every day.
const TODAY: &str = "2025-09-28";

/// A process of ours and all that it starts, ended with it.
struct Group(Child);

impl Group {
    fn start(command: &mut Command) -> Self {
        let name = command.get_program().to_string_lossy().into_owned();
        Self(
            command.process_group(0).stdin(Stdio::null()).spawn().unwrap_or_else(|error| panic!("{name} did not start: {error}")),
        )
    }
}

impl Drop for Group {
    fn drop(&mut self) {
        // the whole group that we began, by its number; whoever has gone already needs nothing
        let _ = Command::new("kill").arg("-KILL").arg("--").arg(format!("-{}", self.0.id())).stderr(Stdio::null()).status();
        let _ = self.0.wait();
    }
}

/// A clerk's PC: a screen of 1366x768, a home of its own, and the program.
pub(crate) struct Pc {
    // ended in this order
    driver: Option<Group>,
    _screen: Group,
    display: String,
    home: tempfile::TempDir,
}

impl Pc {
    pub(crate) fn new() -> Self {
        let mut screen = Command::new("Xvfb");
        screen.args(["-displayfd", "1", "-screen", "0", "1366x768x24", "-nolisten", "tcp"]);
        let mut screen = Group::start(screen.stdout(Stdio::piped()).stderr(Stdio::null()));
        let mut number = String::new();
        BufReader::new(screen.0.stdout.take().unwrap()).read_line(&mut number).unwrap();
        assert!(!number.trim().is_empty(), "Xvfb found no free display");
        Self { driver: None, _screen: screen, display: format!(":{}", number.trim()), home: tempfile::tempdir().unwrap() }
    }

    /// A path in the home of this PC.
    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.home.path().join(name)
    }

    /// Opens the program with files as its arguments; file dialogs answer with the picks, in turn.
    pub(crate) fn open(&mut self, files: &[&Path], picks: &[&Path]) -> Page {
        let program = std::env::var("PLANBOOK_APP").unwrap_or_else(|_| panic!("PLANBOOK_APP names the desktop program"));
        self.driver = None;
        let port = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap().local_addr().unwrap().port();
        let picks: Vec<_> = picks.iter().map(|path| path.to_string_lossy()).collect();
        let mut driver = Command::new("WebKitWebDriver");
        driver
            .args([format!("--port={port}"), "--host=127.0.0.1".to_owned()])
            .env("TAURI_WEBVIEW_AUTOMATION", "true")
            .env("DISPLAY", &self.display)
            .env("GDK_BACKEND", "x11")
            .env("LANG", "C.UTF-8")
            .env("LC_ALL", "C.UTF-8")
            .env("HOME", self.home.path())
            .env("XDG_DATA_HOME", self.path("data"))
            .env("XDG_CONFIG_HOME", self.path("config"))
            .env("XDG_CACHE_HOME", self.path("cache"))
            .env("PLANBOOK_DATA", self.path("data/planbook"))
            .env("PLANBOOK_PICK", picks.join("\n"))
            .env("PLANBOOK_WHO", "王芳")
            .env("PLANBOOK_TODAY", TODAY)
            .env_remove("WAYLAND_DISPLAY")
            // no bus: each window is alone on its PC
            .env_remove("DBUS_SESSION_BUS_ADDRESS")
            .env("NO_AT_BRIDGE", "1");
        self.driver = Some(Group::start(driver.stdout(Stdio::null()).stderr(Stdio::null())));
        let began = Instant::now();
        while TcpStream::connect((Ipv4Addr::LOCALHOST, port)).is_err() {
            assert!(began.elapsed() < START, "WebKitWebDriver does not answer");
            std::thread::sleep(Duration::from_millis(20));
        }
        let arguments: Vec<String> = files.iter().map(|path| path.to_string_lossy().into_owned()).collect();
        Page::open(port, &program, &arguments).unwrap_or_else(|error| panic!("{program} did not open: {error}"))
    }
}

/// Keeps a picture of the window beside the built files, for people to look at.
pub(crate) fn keep_picture(page: &Page, name: &str) {
    // what was drawn last stands on the screen two frames later
    page.script("return new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 150))))");
    let folder = std::env::var_os("CARGO_TARGET_DIR")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../target"), PathBuf::from)
        .join("window");
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join(name), page.screenshot()).unwrap();
}
