//! The window's size, and its careful closing.

use crate::boundary::Shared;
use std::time::Duration;
use tauri::plugin::TauriPlugin;
use tauri::{AppHandle, LogicalSize, Manager, WebviewWindow, Window, WindowEvent, Wry};
use tauri_plugin_window_state::StateFlags;

/// The smallest size at which every view is laid out, in logical pixels.
const SMALLEST: LogicalSize<f64> = LogicalSize { width: 1024.0, height: 640.0 };
/// Screens up to this width show the window maximized at the first start.
const SMALL_SCREEN: f64 = 1440.0;
/// What the page gets for saving the field that has the focus, before the window closes.
const LAST_SAVE: Duration = Duration::from_millis(300);

/// Keeps size and place from one start to the next.
pub(crate) fn kept_state() -> TauriPlugin<Wry> {
    tauri_plugin_window_state::Builder::default()
        .with_state_flags(StateFlags::SIZE | StateFlags::POSITION | StateFlags::MAXIMIZED)
        .build()
}

/// Fits the window to a small screen: a PC of 1366x768 at 150 % has less room than the smallest size asks for.
pub(crate) fn fit_to_screen(app: &AppHandle) {
    let Some(window) = app.get_webview_window("main") else { return };
    let Ok(Some(screen)) = window.primary_monitor() else { return };
    let screen = screen.size().to_logical::<f64>(screen.scale_factor());
    let smallest = LogicalSize::new(SMALLEST.width.min(screen.width), SMALLEST.height.min(screen.height));
    // the window works at any size: a refusal of the system is no reason to stop
    if smallest != SMALLEST {
        let _ = window.set_min_size(Some(smallest));
    }
    let kept = app.path().app_config_dir().is_ok_and(|folder| folder.join(".window-state.json").is_file());
    if !kept && screen.width <= SMALL_SCREEN {
        let _ = window.maximize();
    }
}

/// Lets the webview draw by itself. On an office PC the way over the graphics card is often a program that plays one, or a driver
/// that leaves the window white; and a page of text and tables takes 120 MB less without it and shows an edit four times sooner.
#[cfg(target_os = "linux")]
pub(crate) fn draw_without_graphics_card(app: &AppHandle) {
    use webkit2gtk::{HardwareAccelerationPolicy, SettingsExt, WebViewExt};
    let Some(window) = app.get_webview_window("main") else { return };
    // the window works either way: a webview that is not there yet is no reason to stop
    let _ = window.with_webview(|webview| {
        if let Some(settings) = webview.inner().settings() {
            settings.set_hardware_acceleration_policy(HardwareAccelerationPolicy::Never);
        }
    });
}

/// The other systems' webviews choose well for themselves.
#[cfg(not(target_os = "linux"))]
pub(crate) fn draw_without_graphics_card(_app: &AppHandle) {}

/// Closing waits until the page has saved the field that has the focus and the call under way has ended.
pub(crate) fn on_event(window: &Window, event: &WindowEvent) {
    let WindowEvent::CloseRequested { api, .. } = event else { return };
    let Some(page) = window.get_webview_window(window.label()) else { return };
    if save_the_open_field(&page) {
        api.prevent_close();
        std::thread::spawn(move || close(&page));
    }
}

/// The end of a login session asks programs to end: it goes the way of closing the window.
#[cfg(unix)]
pub(crate) fn close_when_the_session_ends(app: &AppHandle) {
    use signal_hook::consts::{SIGHUP, SIGINT, SIGTERM};
    let mut asked = match signal_hook::iterator::Signals::new([SIGHUP, SIGINT, SIGTERM]) {
        Ok(asked) => asked,
        Err(error) => return crate::crash::log(&format!("the end of a session will not be heard of: {error}")),
    };
    let app = app.clone();
    std::thread::spawn(move || {
        for _ in asked.forever() {
            match app.get_webview_window("main") {
                Some(page) if save_the_open_field(&page) => close(&page),
                _ => app.exit(0),
            }
        }
    });
}

/// Windows asks the window itself.
#[cfg(not(unix))]
pub(crate) fn close_when_the_session_ends(_: &AppHandle) {}

/// Leaving a field saves it; whether the page could be told.
fn save_the_open_field(page: &WebviewWindow) -> bool {
    page.eval("document.activeElement && document.activeElement.blur()").is_ok()
}

/// Closes the workbook once the page had its time, then the window.
fn close(page: &WebviewWindow) {
    std::thread::sleep(LAST_SAVE);
    page.state::<Shared>().close();
    if page.destroy().is_err() {
        page.app_handle().exit(0);
    }
}
