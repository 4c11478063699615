//! The workbooks that were open before, in a small file of the program's data folder.

use crate::wire::Recent;
use std::path::Path;

const FILE: &str = "recent.json";
const MOST: usize = 12;

fn paths(folder: &Path) -> Vec<String> {
    std::fs::read(folder.join(FILE)).ok().and_then(|bytes| serde_json::from_slice(&bytes).ok()).unwrap_or_default()
}

/// The list, last first; a missing or damaged file is an empty list.
pub(crate) fn list(folder: Option<&Path>) -> Vec<Recent> {
    let line = |path: String| {
        let file = Path::new(&path);
        let name = file.file_stem().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let copies = store::Workbook::copies_of(file).map_or(0, |copies| copies.len());
        Recent { exists: file.exists(), name, copies, path }
    };
    folder.map(paths).unwrap_or_default().into_iter().map(line).collect()
}

/// Puts a workbook first. A list that cannot be written is no reason to refuse a workbook.
pub(crate) fn remember(folder: Option<&Path>, workbook: &Path) {
    let Some(folder) = folder else { return };
    let path = workbook.to_string_lossy().into_owned();
    let mut all = paths(folder);
    all.retain(|known| *known != path);
    all.insert(0, path);
    all.truncate(MOST);
    let aside = folder.join("recent.json.new");
    let written = std::fs::create_dir_all(folder)
        .and_then(|()| std::fs::write(&aside, serde_json::to_vec_pretty(&all).unwrap_or_default()))
        .and_then(|()| std::fs::rename(&aside, folder.join(FILE)));
    if written.is_err() {
        // the list is a convenience; the workbook itself is open and safe
        let _ = std::fs::remove_file(aside);
    }
}
