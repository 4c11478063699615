//! What is meant by the files, folders and archives that are collected: every file in them is named, those that are no returns with
//! what they are and what to do.

use crate::model::refusals::file_unreadable;
use crate::wire::Refusal;
use std::io::{Cursor, Read};
use std::path::{Path, PathBuf};
use zip::ZipArchive;

/// Folders are looked into so deep, and so many files at most.
const DEEPEST: usize = 6;
const MOST_FILES: usize = 4_000;
/// All that is unpacked from one archive, in bytes.
const LARGEST_ARCHIVE: u64 = 1024 * 1024 * 1024;

/// A file that was found.
#[derive(Debug)]
pub(super) struct Found {
    /// Its name, with the folder or archive that it lies in.
    pub name: String,
    pub content: Content,
}

#[derive(Debug)]
pub(super) enum Content {
    /// To be read from its place.
    At(PathBuf),
    /// Unpacked from an archive.
    Bytes(Vec<u8>),
    /// Not read: what it is and what to do, a sentence.
    Not(String),
}

/// The files that are meant, in the order of their names within each folder.
///
/// # Errors
/// A folder that was named and cannot be read.
pub(super) fn expand(files: &[String]) -> Result<Vec<Found>, Refusal> {
    let mut found = Vec::new();
    for file in files {
        let path = PathBuf::from(file);
        let name = super::files::name_of(&path);
        if path.is_dir() {
            inside(&path, "", 0, &mut found).map_err(|error| file_unreadable(&path, &error))?;
        } else if ending(&name) == "zip" {
            archive(&path, &name, &mut found);
        } else {
            // a file that was chosen by itself is read whatever it is called, unless it is known to be something else
            let content = other_kind(&name).map_or_else(|| Content::At(path.clone()), Content::Not);
            found.push(Found { name, content });
        }
    }
    Ok(found)
}

fn inside(folder: &Path, above: &str, depth: usize, found: &mut Vec<Found>) -> std::io::Result<()> {
    let mut entries: Vec<PathBuf> =
        std::fs::read_dir(folder)?.map(|entry| entry.map(|entry| entry.path())).collect::<Result<_, _>>()?;
    entries.sort();
    for path in entries {
        let name = format!("{above}{}", super::files::name_of(&path));
        if found.len() >= MOST_FILES {
            let why = format!("一次最多读{MOST_FILES}个文件，从这个文件起没有读。请分几次收取。");
            found.push(Found { name, content: Content::Not(why) });
            return Ok(());
        }
        if path.is_dir() {
            let below = format!("{name}/");
            if depth >= DEEPEST {
                let why = "文件夹层数太多，没有读。请把报送文件放到外面再收取。".to_owned();
                found.push(Found { name: below, content: Content::Not(why) });
            } else if let Err(error) = inside(&path, &below, depth + 1, found) {
                found.push(Found { name: below, content: Content::Not(file_unreadable(&path, &error).to_string()) });
            }
        } else if ending(&name) == "zip" {
            archive(&path, &name, found);
        } else {
            let content = no_return(&name).map_or_else(|| Content::At(path.clone()), Content::Not);
            found.push(Found { name, content });
        }
    }
    Ok(())
}

/// What lies in an archive; one within it is not opened.
fn archive(path: &Path, name: &str, found: &mut Vec<Found>) {
    let bytes = match super::files::read(path) {
        Ok(bytes) => bytes,
        Err(refusal) => {
            found.push(Found { name: name.to_owned(), content: Content::Not(refusal.to_string()) });
            return;
        }
    };
    // an exchange file or form that only ends in .zip is read as what it is
    if packet::is_form(&bytes) || packet::peek(&bytes).is_ok() {
        found.push(Found { name: name.to_owned(), content: Content::Bytes(bytes) });
        return;
    }
    let damaged = || Content::Not("压缩包打不开，可能不完整。请先解压，或请对方重新压缩后再收取。".to_owned());
    let Ok(mut archive) = ZipArchive::new(Cursor::new(bytes)) else {
        found.push(Found { name: name.to_owned(), content: damaged() });
        return;
    };
    let mut left = LARGEST_ARCHIVE;
    let before = found.len();
    for at in 0..archive.len() {
        let Ok(file) = archive.by_index(at) else {
            let content = Content::Not("压缩包里有一个文件打不开，可能加了密码。请先解压再收取。".to_owned());
            found.push(Found { name: format!("{name}/第{}个文件", at + 1), content });
            continue;
        };
        let inner = entry_name(file.name_raw());
        if inner.ends_with('/') {
            continue;
        }
        let name = format!("{name}/{inner}");
        if found.len() >= MOST_FILES {
            let why = format!("一次最多读{MOST_FILES}个文件，从这个文件起没有读。请分几次收取。");
            found.push(Found { name, content: Content::Not(why) });
            return;
        }
        let not = if ending(&inner) == "zip" {
            Some("压缩包里的压缩包没有打开。请先解压再收取。".to_owned())
        } else {
            no_return(&inner)
        };
        let content = match not {
            Some(why) => Content::Not(why),
            None => {
                let mut bytes = Vec::new();
                let most = left.min(packet::LARGEST_FILE) + 1;
                match file.take(most).read_to_end(&mut bytes) {
                    Ok(read) if u64::try_from(read).is_ok_and(|read| read < most) => {
                        left -= u64::try_from(read).unwrap_or(left);
                        Content::Bytes(bytes)
                    }
                    Ok(_) => Content::Not("文件太大，没有读。请先解压再收取。".to_owned()),
                    Err(_) => damaged(),
                }
            }
        };
        found.push(Found { name, content });
    }
    if found.len() == before {
        found.push(Found { name: name.to_owned(), content: Content::Not("压缩包里没有文件。".to_owned()) });
    }
}

/// The name of an archive's entry: UTF-8, else as Chinese Windows writes it.
fn entry_name(raw: &[u8]) -> String {
    let name = match std::str::from_utf8(raw) {
        Ok(name) => name.to_owned(),
        Err(_) => encoding_rs::GBK.decode(raw).0.into_owned(),
    };
    name.replace('\\', "/")
}

fn ending(name: &str) -> String {
    name.rsplit(['/', '\\']).next().unwrap_or(name).rsplit_once('.').map(|(_, ending)| ending.to_lowercase()).unwrap_or_default()
}

/// Why a file of a folder is not read; none for one that may be a return.
fn no_return(name: &str) -> Option<String> {
    let kind = ending(name);
    if matches!(kind.as_str(), "planpack" | "xlsx" | "xls" | "et" | "ods") && other_kind(name).is_none() {
        return None;
    }
    Some(other_kind(name).unwrap_or_else(|| "不是报送文件（.planpack）或填报表（.xlsx），没有读。".to_owned()))
}

/// What a file is that by its name is surely no return.
fn other_kind(name: &str) -> Option<String> {
    let own = name.rsplit(['/', '\\']).next().unwrap_or(name);
    if own.starts_with("~$") {
        return Some("这是表格打开时的临时文件，不是报送。请关闭表格，用没有“~$”的原文件。".to_owned());
    }
    if own.starts_with('.') {
        return Some("这是隐藏文件或没有拷贝完的文件，没有读。".to_owned());
    }
    let why = match ending(name).as_str() {
        "planbook" => "这是工作簿，不是报送文件。请该单位在程序中“报送”，交来.planpack文件。",
        "doc" | "docx" | "wps" | "pdf" | "txt" | "rtf" | "ofd" => {
            "这是文档，不能合并。请该单位用程序报送，或填写下发的Excel填报表。"
        }
        "rar" | "7z" | "tar" | "gz" => "这种压缩包打不开。请先解压，再收取其中的文件。",
        "jpg" | "jpeg" | "png" | "bmp" | "heic" | "tif" | "tiff" => {
            "这是图片，不能合并。佐证材料请该单位在程序中添加后随报送交来。"
        }
        "csv" | "xlsm" | "xlsb" => "这种表格不能读。请在Excel或WPS中另存为.xlsx再收取。",
        _ => return None,
    };
    Some(why.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    #[test]
    fn a_name_in_an_archive_is_read_as_utf_8_or_as_chinese_windows_writes_it() {
        assert_eq!(entry_name("县科技局/报送.planpack".as_bytes()), "县科技局/报送.planpack");
        assert_eq!(entry_name(&encoding_rs::GBK.encode("县科技局\\填报表.xlsx").0), "县科技局/填报表.xlsx");
    }

    #[test]
    fn every_file_of_a_folder_is_named_with_what_it_is() {
        let folder = tempfile::tempdir().unwrap();
        let write = |name: &str, bytes: &[u8]| {
            let path = folder.path().join(name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, bytes).unwrap();
        };
        let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for name in ["内/三.planpack", "内/说明.docx", "再.zip"] {
            zip.start_file(name, zip::write::SimpleFileOptions::DEFAULT).unwrap();
            zip.write_all(b"x").unwrap();
        }
        write("包.zip", &zip.finish().unwrap().into_inner());
        write("坏.zip", b"PK\x03\x04");
        for name in
            ["一.planpack", "二.XLSX", "~$二.xlsx", "下级/四.xls", "下级/再下/五.et", "台账.planbook", "照片.JPG", "别的.dat"]
        {
            write(name, b"x");
        }
        let found = expand(&[folder.path().to_string_lossy().into_owned()]).unwrap();
        let told: Vec<(String, String)> = found
            .into_iter()
            .map(|found| match found.content {
                Content::At(_) | Content::Bytes(_) => (found.name, "读".to_owned()),
                Content::Not(why) => (found.name, why.chars().take(7).collect()),
            })
            .collect();
        let told: Vec<(&str, &str)> = told.iter().map(|(name, why)| (name.as_str(), why.as_str())).collect();
        let mut expected = [
            ("一.planpack", "读"),
            ("二.XLSX", "读"),
            ("下级/四.xls", "读"),
            ("下级/再下/五.et", "读"),
            ("包.zip/内/三.planpack", "读"),
            ("包.zip/内/说明.docx", "这是文档，不能"),
            ("包.zip/再.zip", "压缩包里的压缩"),
            ("坏.zip", "压缩包打不开，"),
            ("~$二.xlsx", "这是表格打开时"),
            ("台账.planbook", "这是工作簿，不"),
            ("照片.JPG", "这是图片，不能"),
            ("别的.dat", "不是报送文件（"),
        ];
        expected.sort_unstable();
        let mut told = told;
        told.sort_unstable();
        assert_eq!(told, expected);
    }
}
