//! The configuration of the packages, read by the bundler's own reader for each system.
#![expect(clippy::unwrap_used, reason = "a configuration that cannot be read fails its test")]

use serde_json::Value;
use std::path::PathBuf;
use tauri::utils::config::{AssociationExt, Config, NSISInstallerMode, WebviewInstallMode};
use tauri::utils::platform::Target;

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// The configuration as `cargo xtask bundle` puts it together; an unknown or misspelt key is an error.
fn configuration(target: Target, further: &[&str]) -> Config {
    let (mut whole, _) = tauri::utils::config::parse::read_from(target, &folder()).unwrap();
    for name in further {
        let text = std::fs::read_to_string(folder().join(name)).unwrap();
        merge(&mut whole, &serde_json::from_str(&text).unwrap());
    }
    serde_json::from_value(whole).unwrap()
}

/// JSON Merge Patch, as the bundler merges its configurations.
fn merge(whole: &mut Value, patch: &Value) {
    let (Some(whole), Some(patch)) = (whole.as_object_mut(), patch.as_object()) else { panic!("a configuration is an object") };
    for (key, value) in patch {
        match whole.get_mut(key) {
            Some(found) if found.is_object() && value.is_object() => merge(found, value),
            _ => {
                whole.insert(key.clone(), value.clone());
            }
        }
    }
}

#[test]
fn windows_gets_an_installer_for_one_person_that_needs_no_network() {
    let config = configuration(Target::Windows, &["tauri.bundle.conf.json", "tauri.bundle.windows.conf.json"]);
    assert_eq!(config.product_name.as_deref(), Some("规划台账"));
    let windows = config.bundle.windows;
    assert_eq!(windows.webview_install_mode, WebviewInstallMode::OfflineInstaller { silent: true });
    let nsis = windows.nsis.unwrap();
    assert_eq!(nsis.install_mode, NSISInstallerMode::CurrentUser);
    // the first language is the one of every system that the list does not name
    assert_eq!(nsis.languages.unwrap(), ["SimpChinese", "English"]);
    assert!(!nsis.display_language_selector);
    let icon = std::fs::read(folder().join(nsis.installer_icon.unwrap())).unwrap();
    assert_eq!(icon[..4], [0, 0, 1, 0], "an icon of Windows");
}

#[test]
fn every_system_opens_our_files() {
    for target in [Target::Windows, Target::Linux] {
        let config = configuration(target, &["tauri.bundle.conf.json"]);
        // the bundler's word for what desktop entries call Office; it takes no other
        assert_eq!(config.bundle.category.as_deref(), Some("Productivity"));
        let kinds: Vec<_> = config.bundle.file_associations.unwrap().into_iter().map(|kind| (kind.ext, kind.mime_type)).collect();
        let kind = |ending: &str| (vec![AssociationExt(ending.to_owned())], Some(format!("application/x-{ending}")));
        assert_eq!(kinds, [kind("planbook"), kind("planpack")]);
    }
}

#[test]
fn packages_name_only_files_that_are_there() {
    for (target, further) in [(Target::Windows, "tauri.bundle.windows.conf.json"), (Target::Linux, "tauri.bundle.conf.json")] {
        let config = configuration(target, &["tauri.bundle.conf.json", further]);
        let linux = config.bundle.linux;
        let files = linux.deb.files.values().chain(linux.rpm.files.values());
        let icons = config.bundle.icon.iter().map(PathBuf::from);
        let resources: Vec<PathBuf> = match config.bundle.resources.unwrap() {
            tauri::utils::config::BundleResources::Map(map) => map.keys().map(PathBuf::from).collect(),
            tauri::utils::config::BundleResources::List(list) => list.iter().map(PathBuf::from).collect(),
        };
        for path in files.cloned().chain(icons).chain(resources).chain(linux.deb.desktop_template) {
            // what is built first lies in the target folder
            assert!(path.starts_with("../target") || folder().join(&path).exists(), "{}", path.display());
        }
    }
}
