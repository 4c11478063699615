//! The page's declarations are those of the wire.

#[test]
fn declarations_of_the_page_are_not_stale() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../ui/wire.d.ts");
    let checked_in = std::fs::read_to_string(path).unwrap();
    assert!(checked_in.replace("\r\n", "\n") == desk::type_declarations(), "ui/wire.d.ts is stale: run `cargo xtask wire`");
}

#[test]
fn word_lists_of_the_page_are_not_stale() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../ui/vocabularies.js");
    let checked_in = std::fs::read_to_string(path).unwrap();
    assert!(checked_in.replace("\r\n", "\n") == desk::vocabularies(), "ui/vocabularies.js is stale: run `cargo xtask wire`");
}

#[test]
fn every_command_is_answered_by_name_and_unknown_ones_are_refused() {
    let dir = tempfile::tempdir().unwrap();
    let mut session = desk::Session::new(desk::Environment {
        now: Box::new(|| chrono::NaiveDate::from_ymd_opt(2025, 6, 30).unwrap().and_hms_opt(1, 0, 0).unwrap()),
        today: None,
        who: "王芳".to_owned(),
        device: String::new(),
        data_folder: Some(dir.path().to_path_buf()),
        font_folders: Vec::new(),
        system_fonts: false,
    });
    for name in desk::COMMANDS {
        if let Err(refusal) = desk::call(&mut session, name, serde_json::Value::Null) {
            assert!(!refusal.message.to_string().contains("的操作"), "{name}: {refusal}");
        }
    }
    assert!(desk::call(&mut session, "no_such", serde_json::Value::Null).unwrap_err().to_string().contains("no_such"));
}
