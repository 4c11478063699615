//! The reader of exchange files, and the merge of what it reads.
//!
//! An input that begins with `{` is a head, a zero byte and records: they are packed and signed rightly, as a department's own key
//! lets anybody do, with `HASH` in the head standing for the records' hash. Everything else is a file as it comes from a stick.
#![no_main]

use ed25519_dalek::{Signer, SigningKey};
use libfuzzer_sys::fuzz_target;
use packet::{Incoming, Issue, KeysOf, Office, PublicKey, Return, SecretKey, Sent, Write, merge, sha256};
use std::io::{Cursor, Write as _};
use std::sync::LazyLock;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

const ISSUE: &[u8] = include_bytes!("../../../src-tauri/crates/packet/tests/v1/issue.planpack");
const TRAILER: usize = 18 + 64 + 1 + 128;

/// The office that sent the issue of version 1, and the department's key.
static OFFICE: LazyLock<(Office, SigningKey)> = LazyLock::new(|| {
    let (_, issue) = Issue::read(ISSUE).expect("the issue of version 1 is whole");
    let key = SecretKey::from_text(&issue.secret).expect("it bears the department's key");
    let bytes: Vec<u8> = (0..32).map(|at| u8::from_str_radix(&issue.secret[at * 2..at * 2 + 2], 16).expect("hex")).collect();
    let signing = SigningKey::from_bytes(&bytes.try_into().expect("32 bytes"));
    assert_eq!(PublicKey::from_text(&hex(signing.verifying_key().as_bytes())), Some(key.public()));
    let mut office = Office { workbook: issue.head.workbook.clone(), ..Office::default() };
    office.rows.departments = issue.departments.clone();
    office.rows.tasks = issue.tasks.iter().map(|task| (task.id.clone(), task.clone())).collect();
    for row in &issue.assignments {
        office.rows.assignments.entry(row.task.clone()).or_default().push(row.clone());
    }
    office.rows.items = issue.items.iter().map(|item| (item.id.clone(), item.clone())).collect();
    office.rows.milestones = issue.milestones.iter().map(|row| (row.id.clone(), row.clone())).collect();
    office.rows.indicators = issue.indicators.iter().map(|row| (row.id.clone(), row.clone())).collect();
    office.rows.targets = issue.targets.iter().map(|row| (row.id.clone(), row.clone())).collect();
    office.keys.insert(issue.head.department.clone(), KeysOf { current: key.public(), former: Vec::new() });
    office.sent.insert((issue.head.department.clone(), issue.head.quarter), Sent { sent: true, returned: None });
    (office, signing)
});

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A signed file of a head and records, both of them anything.
fn signed(head: &str, records: &str, key: &SigningKey) -> Option<Vec<u8>> {
    let head = head.replace("HASH", &sha256(records.as_bytes()));
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    writer.set_raw_comment(vec![b' '; TRAILER].into_boxed_slice()).ok()?;
    for (name, text) in [("manifest.json", head.as_str()), ("records.jsonl", records)] {
        writer.start_file(name, SimpleFileOptions::DEFAULT).ok()?;
        writer.write_all(text.as_bytes()).ok()?;
    }
    let mut bytes = writer.finish().ok()?.into_inner();
    bytes.truncate(bytes.len() - TRAILER);
    let signature = key.sign(&[b"planbook packet 1".as_slice(), &bytes].concat());
    bytes.extend_from_slice(b"planbook-packet-1 ");
    bytes.extend_from_slice(format!("{} {}", hex(key.verifying_key().as_bytes()), hex(&signature.to_bytes())).as_bytes());
    Some(bytes)
}

fuzz_target!(|data: &[u8]| {
    let (office, key) = &*OFFICE;
    let made = data.starts_with(b"{").then(|| {
        let text = String::from_utf8_lossy(data);
        let (head, records) = text.split_once('\0').unwrap_or((&text, ""));
        signed(head, records, key)
    });
    let bytes = match made {
        Some(Some(bytes)) => bytes,
        Some(None) => return,
        None => data.to_vec(),
    };
    let _ = packet::peek(&bytes);
    let _ = Issue::read(&bytes);
    let _ = Issue::read_close(&bytes);
    if packet::is_form(&bytes) {
        let _ = packet::read_form(&bytes);
    }
    let Ok((signer, read)) = Return::read(&bytes) else { return };
    let own = read.head.department.clone();
    let file = Incoming { file: String::new(), hash: sha256(&bytes), read: Ok((Some(signer), read)) };
    let outcome = merge(office, std::slice::from_ref(&file), &[]);
    for write in &outcome.writes {
        match write {
            Write::Progress { row, .. } => assert_eq!(row.department, own),
            Write::Figure(row) => assert!(row.department.is_none() || row.department == Some(own.clone())),
            _ => {}
        }
    }
    // twice in one batch is once
    let twice = merge(office, &[file.clone(), file], &[]);
    assert_eq!(twice.writes, outcome.writes);
});
