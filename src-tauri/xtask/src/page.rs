//! What the page and the reports take from package managers: libraries into `ui/vendor`, faces into `target/fonts`.

use crate::step::{Outcome, cargo, command, output, root, step, target};
use std::fs;
use std::path::Path;

/// Files of packages, and where the page finds them under `ui/vendor`.
const LIBRARIES: &[(&str, &str)] = &[
    ("pdfjs-dist/legacy/build/pdf.min.mjs", "pdfjs/pdf.mjs"),
    ("pdfjs-dist/legacy/build/pdf.worker.min.mjs", "pdfjs/pdf.worker.mjs"),
    ("pdfjs-dist/LICENSE", "pdfjs/LICENSE"),
];

/// Files of packages, and their names in `target/fonts`.
const FACES: &[(&str, &str)] = &[
    ("@expo-google-fonts/noto-serif-sc/400Regular/NotoSerifSC_400Regular.ttf", "NotoSerifSC-Regular.ttf"),
    ("@expo-google-fonts/noto-serif-sc/700Bold/NotoSerifSC_700Bold.ttf", "NotoSerifSC-Bold.ttf"),
    ("@expo-google-fonts/noto-sans-sc/500Medium/NotoSansSC_500Medium.ttf", "NotoSansSC-Medium.ttf"),
];

/// 楷体: no package of the npm registry holds it as one file.
const KAI: &str = "/usr/share/fonts/truetype/lxgw-wenkai/LXGWWenKai-Regular.ttf";

/// Fetches the packages if they changed, and puts libraries and faces in their places.
pub(crate) fn page() -> Outcome {
    let folder = root().join("src-tauri");
    let modules = folder.join("node_modules");
    if !is_fresh(&folder.join("package-lock.json"), &modules.join(".package-lock.json")) {
        step("npm ci", command("npm", &["ci", "--no-audit", "--no-fund", "--ignore-scripts"]).current_dir(&folder))?;
    }
    for (from, to) in LIBRARIES {
        put(&modules.join(from), &root().join("ui/vendor").join(to))?;
    }
    for (from, to) in FACES {
        put(&modules.join(from), &target().join("fonts").join(to))?;
    }
    if Path::new(KAI).exists() {
        put(Path::new(KAI), &target().join("fonts/LXGWWenKai-Regular.ttf"))?;
    }
    Ok(())
}

/// Writes the page's declarations from the wire.
pub(crate) fn write_declarations() -> Outcome {
    let text = output(&mut cargo(&["run", "-q", "-p", "desk", "--example", "wire"]))
        .ok_or("The declarations could not be made: does `cargo build -p desk` go well?")?;
    fs::write(root().join("ui/wire.d.ts"), text).map_err(|error| format!("ui/wire.d.ts could not be written: {error}"))?;
    let words = output(&mut cargo(&["run", "-q", "-p", "desk", "--example", "wire", "--", "words"]))
        .ok_or("The lists of words could not be made.")?;
    fs::write(root().join("ui/vocabularies.js"), words)
        .map_err(|error| format!("ui/vocabularies.js could not be written: {error}"))
}

fn is_fresh(source: &Path, made: &Path) -> bool {
    let time = |path: &Path| fs::metadata(path).and_then(|file| file.modified()).ok();
    matches!((time(source), time(made)), (Some(source), Some(made)) if made >= source)
}

/// Copies a file where it is not there already, whole.
fn put(from: &Path, to: &Path) -> Outcome {
    let size = |path: &Path| fs::metadata(path).map(|file| file.len()).ok();
    if size(to).is_some() && size(to) == size(from) {
        return Ok(());
    }
    let copied = to.parent().map_or(Ok(()), fs::create_dir_all).and_then(|()| fs::copy(from, to));
    copied.map(|_| ()).map_err(|error| format!("{} could not be put at {}: {error}", from.display(), to.display()))
}
