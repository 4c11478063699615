//! `cargo xtask test`: everything that CI runs, and `cargo xtask bench`.

use crate::step::{Outcome, cargo, command, root, step, target};
use crate::{arrows, install, page, tidy};

/// What takes a person less than two minutes from a warm cache, and is run before each commit.
pub(crate) fn fast() -> Outcome {
    install::base()?;
    cheap()?;
    step("clippy", &mut cargo(&["clippy", "--all-targets", "--", "-D", "warnings"]))
}

/// What compiles nothing of ours.
fn cheap() -> Outcome {
    page::page()?;
    arrows::arrows()?;
    step("formatting", &mut cargo(&["fmt", "--all", "--check"]))?;
    tidy::notes()?;
    tidy::dependencies()?;
    let tools = root().join("src-tauri");
    step("type check of the page", command("npx", &["--no-install", "tsc", "--project", "tsconfig.json"]).current_dir(&tools))?;
    step("unit tests of the page", &mut command("node", &["--test", "tests/page/"]))
}

/// Runs everything, in lanes: what is cheap first, then the crates, then the browsers.
pub(crate) fn test() -> Outcome {
    install::tests()?;
    cheap()?;
    step("clippy", &mut cargo(&["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"]))?;
    step("documents of the code", cargo(&["doc", "--no-deps"]).env("RUSTDOCFLAGS", "-D warnings"))?;
    let fonts = target().join("fonts");
    // one choice of packages for all that follows: another one would have other features, and build most of it again
    step("build of everything", &mut cargo(&["build", "--workspace", "--all-targets"]))?;
    step("tests of the crates", cargo(&["test", "--workspace"]).env("PLANBOOK_FONTS", &fonts))?;
    step(
        "journeys through the second shell",
        command("node", &["--test", "--test-concurrency=2", "tests/serve/"])
            .env("PLANBOOK_PROGRAM", target().join("debug/planbook"))
            .env("PLANBOOK_FONTS", &fonts),
    )?;
    let app = target().join("debug/planbook-desktop");
    step(
        "journey through the real window",
        cargo(&["test", "--workspace", "--test", "window", "--", "--ignored", "--test-threads=1"])
            .env("PLANBOOK_APP", app)
            .env("PLANBOOK_FONTS", &fonts),
    )?;
    println!("\nAll steps passed.");
    Ok(())
}

/// Runs the benchmarks, or some of them by name.
pub(crate) fn bench(names: &[&str]) -> Outcome {
    let with_window = names.is_empty() || names.contains(&"window");
    if with_window {
        install::tests()?
    } else {
        install::base()?
    };
    page::page()?;
    let mut arguments = vec!["bench"];
    for name in names {
        arguments.extend(["--bench", name]);
    }
    let mut benches = cargo(&arguments);
    benches.env("PLANBOOK_FONTS", target().join("fonts"));
    if with_window {
        step("the program as people get it", &mut cargo(&["build", "--release", "-p", "planbook-desktop"]))?;
        benches.env("PLANBOOK_APP", target().join("release/planbook-desktop"));
    }
    step("benchmarks", &mut benches)
}
