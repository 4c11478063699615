//! What this shell lends to desk: the clock, the person, the folders.

use chrono::{NaiveDate, Utc};
use desk::{Environment, Session};
use std::env;
use std::path::PathBuf;

/// A session with this machine's clock and person.
pub(crate) fn session(as_of: Option<NaiveDate>) -> Session {
    let name = |keys: &[&str]| keys.iter().find_map(|key| env::var(key).ok()).unwrap_or_default();
    Session::new(Environment {
        now: Box::new(|| Utc::now().naive_utc()),
        today: as_of,
        who: Some(name(&["PLANBOOK_WHO", "USER", "USERNAME", "LOGNAME"]))
            .filter(|who| !who.is_empty())
            .unwrap_or_else(|| "未署名".to_owned()),
        device: name(&["HOSTNAME", "COMPUTERNAME"]),
        data_folder: data_folder(),
        font_folders: font_folders(),
        system_fonts: true,
    })
}

/// Where the program keeps its list of recent workbooks, by each system's custom.
pub(crate) fn data_folder() -> Option<PathBuf> {
    let under =
        |key: &str, rest: &str| env::var_os(key).filter(|value| !value.is_empty()).map(|value| PathBuf::from(value).join(rest));
    under("PLANBOOK_DATA", "")
        .or_else(|| under("APPDATA", "planbook"))
        .or_else(|| under("XDG_DATA_HOME", "planbook"))
        .or_else(|| under("HOME", ".local/share/planbook"))
}

/// Folders with the fonts that come with the program: beside it, where packages put them, and where `cargo xtask` puts them.
fn font_folders() -> Vec<PathBuf> {
    let mut folders: Vec<PathBuf> = env::var_os("PLANBOOK_FONTS").map(PathBuf::from).into_iter().collect();
    if let Some(beside) = env::current_exe().ok().and_then(|program| Some(program.parent()?.to_path_buf())) {
        folders.push(beside.join("fonts"));
        folders.push(beside.join("../fonts"));
        folders.push(beside.join("../lib/planbook/fonts"));
    }
    folders.push(PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../target/fonts")));
    folders.retain(|folder| folder.is_dir());
    folders
}
