//! A screen without a monitor, the driver on it, and the program in its window: started for one journey, ended with it.

use crate::webdriver::Page;
use std::io::{BufRead, BufReader, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
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
    bus: Option<(Group, String)>,
    small_disk: Option<SmallDisk>,
    home: tempfile::TempDir,
}

/// A disk of a few megabytes, taken away with the PC.
struct SmallDisk(PathBuf);

impl Drop for SmallDisk {
    fn drop(&mut self) {
        // what cannot be taken away goes with the machine
        let _ = Command::new("umount").arg(&self.0).status();
    }
}

impl Pc {
    pub(crate) fn new() -> Self {
        let mut screen = Command::new("Xvfb");
        screen.args(["-displayfd", "1", "-screen", "0", "1366x768x24", "-nolisten", "tcp"]);
        let mut screen = Group::start(screen.stdout(Stdio::piped()).stderr(Stdio::null()));
        let mut number = String::new();
        BufReader::new(screen.0.stdout.take().unwrap()).read_line(&mut number).unwrap();
        assert!(!number.trim().is_empty(), "Xvfb found no free display");
        let display = format!(":{}", number.trim());
        Self { driver: None, _screen: screen, display, bus: None, small_disk: None, home: tempfile::tempdir().unwrap() }
    }

    /// Gives this PC a session bus, over which a second start finds the first one.
    pub(crate) fn has_a_bus(&mut self) {
        let mut bus = Command::new("dbus-daemon");
        bus.args(["--session", "--nofork", "--print-address"]);
        let mut bus = Group::start(bus.stdout(Stdio::piped()).stderr(Stdio::null()));
        let mut address = String::new();
        BufReader::new(bus.0.stdout.take().unwrap()).read_line(&mut address).unwrap();
        assert!(address.starts_with("unix:"), "dbus-daemon says no address");
        self.bus = Some((bus, address.trim().to_owned()));
    }

    /// Puts a small disk at `小盘` in the home of this PC, where the system lets us.
    pub(crate) fn has_a_small_disk(&mut self) -> bool {
        let place = self.path("小盘");
        std::fs::create_dir(&place).unwrap();
        let mut mount = Command::new("mount");
        mount.args(["-t", "tmpfs", "-o", "size=6m", "planbook-test"]).arg(&place).stderr(Stdio::null());
        let mounted = mount.status().is_ok_and(|status| status.success());
        if mounted {
            self.small_disk = Some(SmallDisk(place));
        }
        mounted
    }

    /// Leaves no room on the small disk.
    pub(crate) fn fills_the_small_disk(&self) {
        let mut file = std::fs::File::create(self.path("小盘/别的文件")).unwrap();
        let block = [7_u8; 4096];
        while file.write_all(&block).is_ok() {}
        let left = [7_u8; 1];
        while file.write_all(&left).is_ok() {}
    }

    /// Gives the small disk its room back.
    pub(crate) fn empties_the_small_disk(&self) {
        std::fs::remove_file(self.path("小盘/别的文件")).unwrap();
    }

    /// Starts the program once more, from the home of this PC, as a double-click would, and waits for its end.
    pub(crate) fn starts_again(&self, files: &[&Path]) -> ExitStatus {
        let mut program = Command::new(program());
        self.puts_its_surroundings(&mut program);
        let mut program = Group::start(program.args(files).current_dir(self.home.path()));
        let began = Instant::now();
        loop {
            if let Some(status) = program.0.try_wait().unwrap() {
                return status;
            }
            assert!(began.elapsed() < START, "a second start did not end");
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    /// Ends the program by a signal, as the system does at the end of a session (`TERM`) or by force (`KILL`).
    pub(crate) fn ends_the_program(&mut self, signal: &str) {
        let number = std::fs::read_to_string(self.path("data/planbook/running")).unwrap();
        assert!(Command::new("kill").args(["-s", signal, &number]).status().unwrap().success());
        let stat = Path::new("/proc").join(&number).join("stat");
        let began = Instant::now();
        // one that has ended but was not yet taken off the list has ended
        while std::fs::read_to_string(&stat).is_ok_and(|stat| !stat.contains(") Z ")) {
            assert!(began.elapsed() < START, "the program does not end by {signal}");
            std::thread::sleep(Duration::from_millis(20));
        }
        self.driver = None;
    }

    /// A path in the home of this PC.
    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.home.path().join(name)
    }

    /// Opens the program with files as its arguments; file dialogs answer with the picks, in turn.
    pub(crate) fn open(&mut self, files: &[&Path], picks: &[&Path]) -> Page {
        self.driver = None;
        let port = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap().local_addr().unwrap().port();
        let picks: Vec<_> = picks.iter().map(|path| path.to_string_lossy()).collect();
        let mut driver = Command::new("WebKitWebDriver");
        driver.args([format!("--port={port}"), "--host=127.0.0.1".to_owned()]);
        self.puts_its_surroundings(&mut driver);
        driver.env("TAURI_WEBVIEW_AUTOMATION", "true").env("PLANBOOK_PICK", picks.join("\n"));
        self.driver = Some(Group::start(driver.stdout(Stdio::null()).stderr(Stdio::null())));
        let began = Instant::now();
        while TcpStream::connect((Ipv4Addr::LOCALHOST, port)).is_err() {
            assert!(began.elapsed() < START, "WebKitWebDriver does not answer");
            std::thread::sleep(Duration::from_millis(20));
        }
        let arguments: Vec<String> = files.iter().map(|path| path.to_string_lossy().into_owned()).collect();
        let program = program();
        Page::open(port, &self.display, &program, &arguments).unwrap_or_else(|error| panic!("{program} did not open: {error}"))
    }

    /// What a program finds around it on this PC, and nothing of the machine that tests run on.
    fn puts_its_surroundings(&self, command: &mut Command) {
        command
            .env("DISPLAY", &self.display)
            .env("GDK_BACKEND", "x11")
            .env("LANG", "C.UTF-8")
            .env("LC_ALL", "C.UTF-8")
            .env("HOME", self.home.path())
            .env("XDG_DATA_HOME", self.path("data"))
            .env("XDG_CONFIG_HOME", self.path("config"))
            .env("XDG_CACHE_HOME", self.path("cache"))
            .env("PLANBOOK_DATA", self.path("data/planbook"))
            .env("PLANBOOK_WHO", "王芳")
            .env("PLANBOOK_TODAY", TODAY)
            .env_remove("WAYLAND_DISPLAY")
            // without a bus each window is alone on its PC
            .env_remove("DBUS_SESSION_BUS_ADDRESS")
            .env("NO_AT_BRIDGE", "1");
        if let Some((_, address)) = &self.bus {
            command.env("DBUS_SESSION_BUS_ADDRESS", address);
        }
    }
}

/// The desktop program that journeys drive.
fn program() -> String {
    std::env::var("PLANBOOK_APP").unwrap_or_else(|_| panic!("PLANBOOK_APP names the desktop program"))
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
