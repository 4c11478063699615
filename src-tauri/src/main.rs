//! The desktop program: one window on the page, native dialogs, and one command through which the page reaches desk.
//!
//! The only code that may name Tauri. Must not: decide anything about plans, hold a second truth beside desk, or reach a network.

#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

mod boundary;
mod crash;
mod dialogs;
mod opening;
mod viewer;
mod window;

use boundary::Shared;
use dialogs::Picks;
use opening::FilesToOpen;
use std::path::PathBuf;
use std::process::ExitCode;
use tauri::{Manager, RunEvent};

fn main() -> ExitCode {
    // first of all, so that its own start is watched too; one data folder with the command line
    let data_folder = data_folder();
    crash::watch(data_folder.as_deref());

    let program = tauri::Builder::default()
        .plugin(tauri_plugin_single_instance::init(|app, arguments, folder| {
            opening::from_second_start(app, &arguments, &folder);
        }))
        .plugin(tauri_plugin_dialog::init())
        .plugin(window::kept_state())
        .manage(FilesToOpen::from_this_start())
        .manage(Picks::from_environment())
        .invoke_handler(tauri::generate_handler![
            boundary::call,
            crash::bad_end,
            dialogs::pick_document,
            dialogs::pick_workbook_open,
            dialogs::pick_workbook_save,
            dialogs::pick_save_pdf,
            dialogs::pick_folder,
            dialogs::pick_packet,
            dialogs::pick_packets,
            dialogs::pick_packet_save,
            dialogs::pick_evidence,
            opening::files_to_open,
            viewer::open_in_viewer,
        ])
        .setup(move |app| {
            let resources = app.path().resource_dir().ok();
            app.manage(Shared::new(data_folder, boundary::font_folders(resources)));
            window::fit_to_screen(app.handle());
            window::draw_without_graphics_card(app.handle());
            crash::begun();
            window::close_when_the_session_ends(app.handle());
            Ok(())
        })
        .on_window_event(window::on_event)
        .build(tauri::generate_context!());
    match program {
        Ok(program) => {
            program.run(|app, event| {
                if let RunEvent::Exit = event {
                    app.state::<Shared>().close();
                    crash::ended_well();
                }
            });
            ExitCode::SUCCESS
        }
        Err(error) => {
            crash::log(&format!("the window could not be opened: {error}"));
            ExitCode::FAILURE
        }
    }
}

/// Where the program keeps its recent list and its log: the folder that the command line uses as well.
fn data_folder() -> Option<PathBuf> {
    let under = |key: &str, rest: &str| {
        std::env::var_os(key).filter(|value| !value.is_empty()).map(|value| PathBuf::from(value).join(rest))
    };
    under("PLANBOOK_DATA", "")
        .or_else(|| under("APPDATA", "planbook"))
        .or_else(|| under("XDG_DATA_HOME", "planbook"))
        .or_else(|| under("HOME", ".local/share/planbook"))
}
