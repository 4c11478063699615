//! Whether a package holds what a PC needs: looked at as it would lie on the PC, and started from there.

use crate::install;
use crate::step::{Outcome, cargo, command, output, root, step};
use std::fs;
use std::path::{Path, PathBuf};

/// What every package holds, beside the desktop entry, its icons and its file types.
const FILES: &[&str] = &[
    "usr/bin/planbook-desktop",
    "usr/bin/planbook",
    "usr/lib/planbook/ui/index.html",
    "usr/lib/planbook/ui/main.js",
    "usr/lib/planbook/ui/vendor/pdfjs/pdf.mjs",
    "usr/lib/planbook/ui/vendor/pdfjs/LICENSE",
    "usr/lib/planbook/fonts/NotoSerifSC-Regular.ttf",
    "usr/lib/planbook/fonts/NotoSerifSC-Bold.ttf",
    "usr/lib/planbook/fonts/NotoSansSC-Medium.ttf",
    "usr/lib/planbook/fonts/LXGWWenKai-Regular.ttf",
];

/// Sizes of the icon, in pixels.
const ICONS: &[u32] = &[32, 128, 256, 512];

/// Endings of the files that open by a double-click, and their types.
const TYPES: &[(&str, &str)] = &[("*.planbook", "application/x-planbook"), ("*.planpack", "application/x-planpack")];

/// Libraries that the package must ask for, in the words of deb and of rpm.
const ASKED: &[(&str, &[&str])] =
    &[("deb", &["libwebkit2gtk-4.1-0", "libgtk-3-0"]), ("rpm", &["libwebkit2gtk-4.1.so.0", "libgtk-3.so.0"])];

/// Unpacks what was built into folders, looks at each, and starts the program of the deb without installing it.
pub(crate) fn check() -> Outcome {
    install::packages_check()?;
    let bundle = root().join("target/release/bundle");
    let unpacked = bundle.join("unpacked");
    if unpacked.exists() {
        fs::remove_dir_all(&unpacked).map_err(|error| format!("{} could not be emptied: {error}", unpacked.display()))?;
    }
    let mut faults = Vec::new();
    for (kind, asked) in ASKED {
        let package =
            newest(&bundle.join(kind), kind).ok_or_else(|| format!("There is no {kind} package in {}.", bundle.display()))?;
        let folder = unpacked.join(kind);
        fs::create_dir_all(&folder).map_err(|error| format!("{} could not be made: {error}", folder.display()))?;
        let (package, into) = (package.to_string_lossy().into_owned(), folder.to_string_lossy().into_owned());
        let wishes = if *kind == "deb" {
            step("unpack the deb", &mut command("dpkg-deb", &["-x", &package, &into]))?;
            output(&mut command("dpkg-deb", &["-f", &package, "Depends"]))
        } else {
            let script = format!("rpm2cpio '{package}' | cpio --extract --make-directories --quiet --directory='{into}'");
            step("unpack the rpm", &mut command("sh", &["-c", &script]))?;
            output(&mut command("rpm", &["-qp", "--requires", &package]))
        };
        let wishes = wishes.unwrap_or_default();
        faults.extend(asked.iter().filter(|name| !wishes.contains(*name)).map(|name| format!("{kind}: does not ask for {name}")));
        faults.extend(faults_of(&folder).into_iter().map(|fault| format!("{kind}: {fault}")));
    }
    if !faults.is_empty() {
        return Err(format!("The packages are not whole:\n  {}", faults.join("\n  ")));
    }
    println!("   both packages are whole: programs, page, faces, desktop entry, icons, file types, libraries asked for");

    let home = unpacked.join("deb/usr");
    let book = unpacked.join("试装.planbook");
    let planbook = home.join("bin/planbook").to_string_lossy().into_owned();
    let (book, pdf) = (book.to_string_lossy().into_owned(), unpacked.join("试装.pdf").to_string_lossy().into_owned());
    let run = |arguments: &[&str]| {
        let mut command = command(&planbook, arguments);
        // what the package brings must do: no fonts from elsewhere
        command.env_remove("PLANBOOK_FONTS").env("PLANBOOK_DATA", unpacked.join("data"));
        command
    };
    step("a workbook by the unpacked command line", &mut run(&["create", &book, "--seed", "yunxi-2025"]))?;
    step(
        "its bulletin with the packed faces",
        &mut run(&["report", &book, "--kind", "bulletin", "--quarter", "2025Q3", "-o", &pdf]),
    )?;
    step(
        "the unpacked program in its window",
        cargo(&["test", "-p", "tests", "--test", "window", "--", "--ignored", "--exact", "the_window_opens_on_the_start_view"])
            .env_remove("PLANBOOK_FONTS")
            .env("PLANBOOK_APP", home.join("bin/planbook-desktop")),
    )
}

/// The newest file of an ending in a folder.
fn newest(folder: &Path, ending: &str) -> Option<PathBuf> {
    let files = fs::read_dir(folder).ok()?.filter_map(|entry| Some(entry.ok()?.path()));
    files
        .filter(|path| path.extension().is_some_and(|found| found == ending))
        .max_by_key(|path| fs::metadata(path).and_then(|file| file.modified()).ok())
}

/// What is missing or wrong in an unpacked package.
fn faults_of(folder: &Path) -> Vec<String> {
    let mut faults = Vec::new();
    for name in FILES {
        match fs::metadata(folder.join(name)) {
            Ok(file) if file.len() == 0 => faults.push(format!("{name} is empty")),
            Ok(file) if name.starts_with("usr/bin/") && !is_executable(&file) => faults.push(format!("{name} cannot be started")),
            Ok(_) => {}
            Err(_) => faults.push(format!("{name} is missing")),
        }
    }
    let text = |name: &str| fs::read_to_string(folder.join(name)).unwrap_or_default();
    let (entry, types) = (text("usr/share/applications/planbook.desktop"), text("usr/share/mime/packages/planbook.xml"));
    let value = |key: &str| entry.lines().find_map(|line| line.strip_prefix(key)?.strip_prefix('=')).unwrap_or_default();
    if value("Name[zh_CN]").is_empty() {
        faults.push("the desktop entry has no Chinese name".to_owned());
    }
    if !value("Categories").split(';').any(|one| one == "Office") {
        faults.push(format!("the desktop entry does not stand among the office programs: Categories={}", value("Categories")));
    }
    match value("Exec").split_once(' ') {
        Some((program, "%F")) if folder.join("usr/bin").join(program).is_file() => {}
        _ => faults.push(format!("the desktop entry starts nothing of this package with files: Exec={}", value("Exec"))),
    }
    for (glob, kind) in TYPES {
        if !value("MimeType").split(';').any(|one| one == *kind) {
            faults.push(format!("the desktop entry does not open {kind}"));
        }
        if !types.contains(&format!("<mime-type type=\"{kind}\">")) || !types.contains(&format!("pattern=\"{glob}\"")) {
            faults.push(format!("{glob} is not known as {kind}"));
        }
    }
    for side in ICONS {
        let name = format!("usr/share/icons/hicolor/{side}x{side}/apps/{}.png", value("Icon"));
        let found = fs::read(folder.join(&name)).ok().and_then(|png| side_of(&png));
        if found != Some(*side) {
            faults.push(format!(
                "{name}: {}",
                found.map_or_else(|| "no picture".to_owned(), |found| format!("{found} pixels wide"))
            ));
        }
    }
    faults
}

/// The width of a PNG, in pixels.
fn side_of(png: &[u8]) -> Option<u32> {
    let width = png.strip_prefix(b"\x89PNG\r\n\x1a\n")?.get(8..12)?;
    Some(u32::from_be_bytes(width.try_into().ok()?))
}

#[cfg(unix)]
fn is_executable(file: &fs::Metadata) -> bool {
    use std::os::unix::fs::PermissionsExt;
    file.permissions().mode() & 0o111 == 0o111
}

#[cfg(not(unix))]
fn is_executable(_: &fs::Metadata) -> bool {
    true
}

#[cfg(all(test, unix))]
#[expect(clippy::unwrap_used, reason = "a helper of a test that cannot go on fails it")]
mod tests {
    use super::*;
    use crate::step::target;
    use std::os::unix::fs::PermissionsExt;

    const ENTRY: &str = "[Desktop Entry]\nName[zh_CN]=规划台账\nCategories=Office;\nExec=planbook-desktop %F\nIcon=planbook-desktop\nMimeType=application/x-planbook;application/x-planpack;\n";

    fn put(folder: &Path, name: &str, content: &[u8]) {
        let path = folder.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, content).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
    }

    /// A package as it should be, without what the programs hold.
    fn whole(name: &str) -> PathBuf {
        let folder = target().join("package-tests").join(name);
        let _ = fs::remove_dir_all(&folder);
        for file in FILES {
            put(&folder, file, b"x");
        }
        put(&folder, "usr/share/applications/planbook.desktop", ENTRY.as_bytes());
        put(&folder, "usr/share/mime/packages/planbook.xml", include_bytes!("../../linux/planbook-mime.xml"));
        for side in ICONS {
            let icon = format!("usr/share/icons/hicolor/{side}x{side}/apps/planbook-desktop.png");
            put(&folder, &icon, &[b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR".as_slice(), &side.to_be_bytes()].concat());
        }
        folder
    }

    #[test]
    fn a_whole_package_has_no_faults() {
        assert_eq!(faults_of(&whole("whole")), Vec::<String>::new());
    }

    #[test]
    fn what_is_missing_is_named() {
        let folder = whole("missing");
        fs::remove_file(folder.join("usr/lib/planbook/fonts/LXGWWenKai-Regular.ttf")).unwrap();
        fs::set_permissions(folder.join("usr/bin/planbook"), fs::Permissions::from_mode(0o644)).unwrap();
        let entry = ENTRY.replace("application/x-planpack;", "").replace("planbook-desktop %F", "planner %F");
        put(&folder, "usr/share/applications/planbook.desktop", entry.as_bytes());
        fs::rename(
            folder.join("usr/share/icons/hicolor/128x128/apps/planbook-desktop.png"),
            folder.join("usr/share/icons/hicolor/256x256/apps/planbook-desktop.png"),
        )
        .unwrap();
        let faults = faults_of(&folder).join("\n");
        for words in [
            "LXGWWenKai-Regular.ttf is missing",
            "usr/bin/planbook cannot be started",
            "Exec=planner %F",
            "does not open application/x-planpack",
            "128x128/apps/planbook-desktop.png: no picture",
            "256x256/apps/planbook-desktop.png: 128 pixels wide",
        ] {
            assert!(faults.contains(words), "{words}\n{faults}");
        }
    }
}
