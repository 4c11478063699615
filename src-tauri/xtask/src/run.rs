//! `cargo xtask run`.

use crate::step::{Outcome, cargo, command, output, root, step, target};
use crate::{install, page};
use std::fs;

/// Opens the program, or does the main job where there is no display.
pub(crate) fn run() -> Outcome {
    let set = |key: &str| std::env::var_os(key).is_some_and(|value| !value.is_empty());
    let has_display = set("DISPLAY") || set("WAYLAND_DISPLAY") || cfg!(not(target_os = "linux"));
    if has_display { open_window() } else { without_a_window() }
}

fn open_window() -> Outcome {
    install::desktop()?;
    page::page()?;
    step("build the desktop program", &mut cargo(&["build", "-p", "planbook-desktop"]))?;
    let program = target().join("debug/planbook-desktop");
    let mut window = command(&program.to_string_lossy(), &[]);
    window.env("PLANBOOK_FONTS", target().join("fonts"));
    step("Planbook", &mut window)
}

/// A shipped plan becomes a workbook and its quarterly PDF.
fn without_a_window() -> Outcome {
    println!("There is no display: the main job runs without a window.");
    install::base()?;
    page::page()?;
    step("build the command line", &mut cargo(&["build", "-p", "cli"]))?;
    let folder = target().join("first-run");
    fs::create_dir_all(&folder).map_err(|error| format!("{} could not be made: {error}", folder.display()))?;
    let (workbook, bulletin) = (folder.join("云溪县科创台账.planbook"), folder.join("云溪县2025年三季度通报.pdf"));
    for old in [&workbook, &bulletin] {
        if old.exists() {
            fs::remove_file(old).map_err(|error| format!("{} could not be removed: {error}", old.display()))?;
        }
    }
    let planbook = target().join("debug/planbook");
    let run = |arguments: &[&str]| {
        let mut command = command(&planbook.to_string_lossy(), arguments);
        command.current_dir(root()).env("PLANBOOK_FONTS", target().join("fonts"));
        command
    };
    let (book, pdf) = (workbook.to_string_lossy(), bulletin.to_string_lossy());
    step("a workbook from a plan that ships", &mut run(&["create", &book, "--seed", "yunxi-2025"]))?;
    let checklist = output(&mut run(&["checklist", &book, "--quarter", "2025Q3", "--department", "县科技局"]));
    for line in checklist.unwrap_or_default().lines().take(12) {
        println!("   {line}");
    }
    step("its quarterly report", &mut run(&["report", &book, "--kind", "bulletin", "--quarter", "2025Q3", "-o", &pdf]))?;
    println!("\nworkbook  {book}\nreport    {pdf}");
    Ok(())
}
