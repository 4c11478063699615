//! `cargo xtask bundle`: the packages that this system can build.

use crate::step::{Outcome, cargo, command, root, step};
use crate::{install, package, page};
use std::fs;

/// The bundler; only this command needs it.
const BUNDLER: &str = "@tauri-apps/cli@2.12.5";

/// Builds deb and rpm, or the Windows installer, with the command line, the page and the faces in them.
///
/// The bundler reads fonts and programs from `target`, so a target folder elsewhere is not for this command.
pub(crate) fn bundle() -> Outcome {
    if std::env::var_os("CARGO_TARGET_DIR").is_some() {
        return Err("Packages are built from the project's own target folder: unset CARGO_TARGET_DIR and start again.".to_owned());
    }
    let kinds = if cfg!(windows) { "nsis" } else { "deb,rpm" };
    install::desktop()?;
    page::page()?;
    step("build the command line", &mut cargo(&["build", "--release", "-p", "cli"]))?;
    let tools = root().join("target/bundler");
    fs::create_dir_all(&tools).map_err(|error| format!("{} could not be made: {error}", tools.display()))?;
    let npm = if cfg!(windows) { "npm.cmd" } else { "npm" };
    let folder = tools.to_string_lossy();
    step("the bundler", &mut command(npm, &["install", "--no-save", "--no-audit", "--no-fund", "--prefix", &folder, BUNDLER]))?;
    let bundler = tools.join("node_modules/@tauri-apps/cli/tauri.js");
    let bundler = bundler.to_string_lossy();
    let mut arguments = vec![&*bundler, "build", "--config", "tauri.bundle.conf.json"];
    if cfg!(windows) {
        arguments.extend(["--config", "tauri.bundle.windows.conf.json"]);
    }
    arguments.extend(["--bundles", kinds]);
    step("packages", command("node", &arguments).current_dir(root().join("src-tauri")))?;
    if cfg!(target_os = "linux") {
        package::check()?;
    }
    println!("\npackages  {}", root().join("target/release/bundle").display());
    Ok(())
}
