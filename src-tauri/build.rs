//! Embeds the configuration, the capabilities and the icon.

fn main() {
    tauri_build::build();
}
