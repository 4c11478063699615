//! What a fresh Debian 12 lacks: its own packages, as root or through sudo; otherwise the one command is printed.

use crate::step::{Outcome, command, has, output, step};

/// Enough for the domain crates and the command line: bindgen for SQLite's session extension, and the faces of reports.
const BASE: &[&str] = &["libclang-dev", "pkg-config", "fonts-lxgw-wenkai"];
/// The desktop program.
const DESKTOP: &[&str] = &["libwebkit2gtk-4.1-dev", "librsvg2-dev", "fonts-noto-cjk"];
/// Driving the window and the second shell, and reading what was printed.
const WINDOW_TESTS: &[&str] = &["webkit2gtk-driver", "xvfb", "xauth", "dbus-daemon", "imagemagick", "poppler-utils", "chromium"];

/// Looking into packages.
const PACKAGE_CHECK: &[&str] = &["rpm", "rpm2cpio", "cpio"];

/// For the command line alone.
pub(crate) fn base() -> Outcome {
    packages(BASE)
}

/// For the desktop program.
pub(crate) fn desktop() -> Outcome {
    packages(&[BASE, DESKTOP].concat())
}

/// For all tests.
pub(crate) fn tests() -> Outcome {
    packages(&[BASE, DESKTOP, WINDOW_TESTS].concat())
}

/// For building packages and starting what is in them.
pub(crate) fn packages_check() -> Outcome {
    packages(&[BASE, DESKTOP, WINDOW_TESTS, PACKAGE_CHECK].concat())
}

fn packages(wanted: &[&str]) -> Outcome {
    if !has("dpkg-query") {
        println!("   not a Debian system: make sure that these are installed: {}", wanted.join(" "));
        return Ok(());
    }
    let missing: Vec<&str> = wanted.iter().copied().filter(|package| !is_installed(package)).collect();
    if missing.is_empty() {
        return Ok(());
    }
    let install = format!("apt-get install -y --no-install-recommends {}", missing.join(" "));
    let is_root = output(&mut command("id", &["-u"])).is_some_and(|id| id.trim() == "0");
    let before = if is_root {
        ""
    } else if output(&mut command("sudo", &["-n", "true"])).is_some() {
        "sudo -n "
    } else {
        return Err(format!("Some system packages are missing. Install them with\n\n    sudo {install}\n\nand start again."));
    };
    let script = format!("export DEBIAN_FRONTEND=noninteractive; {before}apt-get update -q && {before}{install} -q");
    step(&format!("install {}", missing.join(" ")), &mut command("sh", &["-c", &script]))
}

fn is_installed(package: &str) -> bool {
    output(&mut command("dpkg-query", &["-W", "-f=${db:Status-Status}", package])).is_some_and(|status| status == "installed")
}
