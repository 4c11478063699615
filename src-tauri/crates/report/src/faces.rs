//! Faces by role: the PC's own 小标宋, 黑体, 楷体 and 仿宋 where they are, else open ones that stand in for them.
//!
//! A face is opened when its first character is asked for, and read once: its character map and advances are kept, its outlines are not.
//! A memory map reads only the outlines that a report uses.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use allsorts::binary::read::ReadScope;
use allsorts::font_data::FontData;
use allsorts::tables::cmap::Cmap;
use allsorts::tables::{FontTableProvider, HeadTable, HheaTable, HmtxTable, MaxpTable};
use allsorts::tag;

/// What a face is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FaceRole {
    /// 小标宋: titles.
    Title,
    /// 黑体: heads of the first level, table heads.
    Hei,
    /// 楷体: heads of the second level.
    Kai,
    /// 仿宋: everything else.
    Fang,
    /// Digits and Western letters within 仿宋.
    Digits,
}

impl FaceRole {
    /// All roles.
    pub const ALL: &[Self] = &[Self::Title, Self::Hei, Self::Kai, Self::Fang, Self::Digits];

    /// What typists call it.
    #[must_use]
    pub fn chinese(self) -> &'static str {
        match self {
            Self::Title => "小标宋",
            Self::Hei => "黑体",
            Self::Kai => "楷体",
            Self::Fang => "仿宋",
            Self::Digits => "数字",
        }
    }

    /// Families that fill the role, best first, and the weight wanted of those that come in several.
    fn families(self) -> &'static [(&'static str, u16)] {
        match self {
            Self::Title => &[
                ("方正小标宋简体", 400),
                ("FZXiaoBiaoSong-B05S", 400),
                ("方正小标宋_GBK", 400),
                ("FZXiaoBiaoSong-B05", 400),
                ("Noto Serif SC", 700),
                ("Noto Serif CJK SC", 700),
                ("Source Han Serif SC", 700),
                ("思源宋体", 700),
                ("STZhongsong", 400),
                ("SimSun", 400),
            ],
            Self::Hei => &[
                ("SimHei", 400),
                ("黑体", 400),
                ("方正黑体_GBK", 400),
                ("FZHei-B01", 400),
                ("Noto Sans SC", 500),
                ("Noto Sans CJK SC", 500),
                ("Source Han Sans SC", 500),
                ("思源黑体", 500),
                ("Microsoft YaHei", 400),
                ("WenQuanYi Zen Hei", 400),
            ],
            Self::Kai => &[
                ("KaiTi_GB2312", 400),
                ("楷体_GB2312", 400),
                ("KaiTi", 400),
                ("楷体", 400),
                ("方正楷体_GBK", 400),
                ("FZKai-Z03", 400),
                ("STKaiti", 400),
                ("LXGW WenKai", 400),
                ("LXGW WenKai GB", 400),
            ],
            Self::Fang => &[
                ("FangSong_GB2312", 400),
                ("仿宋_GB2312", 400),
                ("FangSong", 400),
                ("仿宋", 400),
                ("方正仿宋_GBK", 400),
                ("FZFangSong-Z02", 400),
                ("STFangsong", 400),
                ("Noto Serif SC", 400),
                ("Noto Serif CJK SC", 400),
                ("Source Han Serif SC", 400),
                ("思源宋体", 400),
                ("SimSun", 400),
            ],
            Self::Digits => &[("Times New Roman", 400), ("Liberation Serif", 400)],
        }
    }

    /// Roles whose faces stand in where this one has none.
    fn stand_ins(self) -> &'static [Self] {
        match self {
            Self::Title | Self::Kai | Self::Digits => &[Self::Fang, Self::Hei],
            Self::Hei => &[Self::Title, Self::Fang],
            Self::Fang => &[Self::Title, Self::Hei],
        }
    }
}

/// Families that hold the rare characters of names (扩展B and later) and little else, for every role.
const RARE: &[(&str, u16)] = &[
    ("SimSun-ExtB", 400),
    ("SimSun-ExtG", 400),
    ("MingLiU-ExtB", 400),
    ("HanaMinB", 400),
    ("Jigmo2", 400),
    ("Plangothic P1", 400),
    ("Plangothic P2", 400),
];

/// Why no report can be printed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FaceError {
    /// No face with Chinese characters was found for a role, nor one that could stand in for it.
    #[error(
        "没有找到可用的{}字体,无法排版;请在电脑上安装{}字体,或把思源宋体(NotoSerifSC)的 TTF 文件放进{folders}后重试",
        .role.chinese(), .role.chinese()
    )]
    Missing {
        /// The role.
        role: FaceRole,
        /// Where was looked, in words.
        folders: String,
    },
    /// A face's file was there when it was found and cannot be read now.
    #[error("字体文件“{path}”读不出来({reason});请重新安装这一字体,或把它移出字体文件夹后重试")]
    Unreadable {
        /// The file.
        path: String,
        /// Why.
        reason: String,
    },
}

/// A face's place in [`Faces`].
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FaceId(u16);

/// A character's glyph in one face.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Glyph {
    /// The face.
    pub face: FaceId,
    /// Glyph number in the face.
    pub number: u16,
    /// Advance, in em.
    pub advance: f64,
}

/// What was read of an opened face.
#[derive(Debug, Default)]
struct Opened {
    plane0: Vec<u16>,
    others: BTreeMap<u32, u16>,
    advances: Vec<u16>,
    units: u16,
}

#[derive(Debug)]
struct Face {
    id: fontdb::ID,
    path: PathBuf,
    family: String,
    post_script_name: String,
    opened: OnceLock<Opened>,
}

/// The faces that reports are set in. Finding them once per process is enough; they are shared between threads.
#[derive(Debug)]
pub struct Faces {
    db: fontdb::Database,
    faces: Vec<Face>,
    /// Per role, in the order of [`FaceRole::ALL`]: faces to try, best first.
    chains: Vec<Vec<FaceId>>,
}

/// How many font files are looked at, and how deep folders are walked.
const MOST_FILES: usize = 4000;
const MOST_DEPTH: usize = 6;

impl Faces {
    /// Finds the faces in folders, such as the system's and the one that ships with the program. Where several files hold the same face
    /// the folder named first wins. A folder that is not there is passed over.
    ///
    /// # Errors
    /// [`FaceError::Missing`] where nothing with Chinese characters is found.
    pub fn find<P: AsRef<Path>>(folders: &[P]) -> Result<Self, FaceError> {
        let mut db = fontdb::Database::new();
        let mut left = MOST_FILES;
        for folder in folders {
            let mut files = Vec::new();
            font_files(folder.as_ref(), 0, &mut left, &mut files);
            files.sort();
            for file in files {
                // a file that is no font is nothing to stop for
                let _ = db.load_font_file(file);
            }
        }
        let mut faces = Self { db, faces: Vec::new(), chains: Vec::new() };
        let own: Vec<Vec<FaceId>> = FaceRole::ALL.iter().map(|role| faces.of_families(role.families())).collect();
        let of = |role: FaceRole| &own[FaceRole::ALL.iter().position(|r| *r == role).unwrap_or(0)];
        for role in FaceRole::ALL {
            let mut chain = of(*role).clone();
            for stand_in in role.stand_ins() {
                for face in of(*stand_in) {
                    if !chain.contains(face) {
                        chain.push(*face);
                    }
                }
            }
            faces.chains.push(chain);
        }
        for (role, chain) in FaceRole::ALL.iter().zip(&faces.chains) {
            let chinese = chain.iter().any(|face| faces.glyph_in(*face, '的').is_some());
            if !chinese {
                let folders: Vec<String> = folders.iter().map(|folder| format!("“{}”", folder.as_ref().display())).collect();
                return Err(FaceError::Missing { role: *role, folders: folders.join("或") });
            }
        }
        // a name in another style is a name; a mark in its place is none
        let mut last = faces.of_families(RARE);
        last.extend(own.iter().flatten());
        for chain in &mut faces.chains {
            for face in &last {
                if !chain.contains(face) {
                    chain.push(*face);
                }
            }
        }
        Ok(faces)
    }

    /// Folders where systems keep their fonts, for [`Faces::find`]; folders of one user are the caller's to add.
    #[must_use]
    pub fn system_folders() -> Vec<PathBuf> {
        [r"C:\Windows\Fonts", "/usr/share/fonts", "/usr/local/share/fonts", "/System/Library/Fonts", "/Library/Fonts"]
            .iter()
            .map(PathBuf::from)
            .collect()
    }

    /// The face that is tried first for a role, by family name.
    #[must_use]
    pub fn family(&self, role: FaceRole) -> &str {
        self.chain(role).first().map_or("", |face| &self.faces[usize::from(face.0)].family)
    }

    /// PostScript name of a face.
    #[must_use]
    pub fn post_script_name(&self, face: FaceId) -> &str {
        &self.faces[usize::from(face.0)].post_script_name
    }

    /// The glyph of a character in the first face of the role that has it.
    #[must_use]
    pub fn glyph(&self, role: FaceRole, character: char) -> Option<Glyph> {
        self.chain(role).iter().find_map(|face| self.glyph_in(*face, character))
    }

    fn chain(&self, role: FaceRole) -> &[FaceId] {
        FaceRole::ALL.iter().position(|r| *r == role).and_then(|place| self.chains.get(place)).map_or(&[], Vec::as_slice)
    }

    /// The glyph of a character in one face.
    #[must_use]
    pub fn glyph_in(&self, face: FaceId, character: char) -> Option<Glyph> {
        let opened = self.opened(face);
        let code = u32::from(character);
        let number = match usize::try_from(code).ok().filter(|code| *code < 0x1_0000) {
            Some(code) => opened.plane0.get(code).copied().unwrap_or(0),
            None => opened.others.get(&code).copied().unwrap_or(0),
        };
        (number != 0).then(|| Glyph {
            face,
            number,
            advance: f64::from(opened.advances.get(usize::from(number)).copied().unwrap_or(opened.units))
                / f64::from(opened.units.max(1)),
        })
    }

    /// A small font with the given glyphs, numbered from 1 in their order; glyph 0 is the empty one.
    ///
    /// # Errors
    /// [`FaceError::Unreadable`] where the file changed since it was found.
    pub(crate) fn subset(&self, face: FaceId, glyphs: &[u16]) -> Result<Vec<u8>, FaceError> {
        let face = &self.faces[usize::from(face.0)];
        let unreadable = |reason: String| FaceError::Unreadable { path: face.path.display().to_string(), reason };
        let mut numbers = vec![0];
        numbers.extend_from_slice(glyphs);
        self.db
            .with_face_data(face.id, |data, index| {
                let file = ReadScope::new(data).read::<FontData<'_>>().map_err(|e| unreadable(e.to_string()))?;
                let provider = file.table_provider(usize::try_from(index).unwrap_or(0)).map_err(|e| unreadable(e.to_string()))?;
                allsorts::subset::subset(
                    &provider,
                    &numbers,
                    &allsorts::subset::SubsetProfile::Pdf,
                    allsorts::subset::CmapTarget::Unicode,
                )
                .map_err(|e| unreadable(e.to_string()))
            })
            .unwrap_or_else(|| Err(unreadable("文件不在了".to_owned())))
    }

    /// The error for a face whose file gives nothing usable.
    pub(crate) fn unreadable(&self, face: FaceId, reason: &str) -> FaceError {
        FaceError::Unreadable { path: self.faces[usize::from(face.0)].path.display().to_string(), reason: reason.to_owned() }
    }

    fn opened(&self, face: FaceId) -> &Opened {
        let face = &self.faces[usize::from(face.0)];
        face.opened.get_or_init(|| self.db.with_face_data(face.id, read_face).flatten().unwrap_or_default())
    }

    /// Faces of the given families in their order, each at most once. Variable fonts are passed over: a subset of one has its default
    /// weight only.
    fn of_families(&mut self, families: &[(&str, u16)]) -> Vec<FaceId> {
        let mut found = Vec::new();
        for (family, weight) in families {
            let best = self
                .db
                .faces()
                .filter(|info| {
                    info.style == fontdb::Style::Normal && info.families.iter().any(|(name, _)| name.eq_ignore_ascii_case(family))
                })
                .enumerate()
                .min_by_key(|(place, info)| (info.weight.0.abs_diff(*weight), *place))
                .map(|(_, info)| info.clone());
            let Some(info) = best else { continue };
            let known = self.faces.iter().position(|face| face.id == info.id);
            let place = match known {
                Some(place) => place,
                None if self.is_variable(info.id) => continue,
                None => {
                    let path = match &info.source {
                        fontdb::Source::File(path) | fontdb::Source::SharedFile(path, _) => path.clone(),
                        fontdb::Source::Binary(_) => PathBuf::new(),
                    };
                    self.faces.push(Face {
                        id: info.id,
                        path,
                        family: (*family).to_owned(),
                        post_script_name: info.post_script_name.clone(),
                        opened: OnceLock::new(),
                    });
                    self.faces.len() - 1
                }
            };
            if let Ok(place) = u16::try_from(place)
                && !found.contains(&FaceId(place))
            {
                found.push(FaceId(place));
            }
        }
        found
    }

    fn is_variable(&self, id: fontdb::ID) -> bool {
        self.db
            .with_face_data(id, |data, index| {
                let file = ReadScope::new(data).read::<FontData<'_>>().ok()?;
                let provider = file.table_provider(usize::try_from(index).ok()?).ok()?;
                Some(provider.has_table(tag::FVAR))
            })
            .flatten()
            .unwrap_or(true)
    }
}

fn font_files(folder: &Path, depth: usize, left: &mut usize, files: &mut Vec<PathBuf>) {
    let Ok(entries) = std::fs::read_dir(folder) else {
        return;
    };
    for entry in entries.flatten() {
        if *left == 0 {
            return;
        }
        let path = entry.path();
        if path.is_dir() {
            if depth < MOST_DEPTH {
                font_files(&path, depth + 1, left, files);
            }
            continue;
        }
        let ending = path.extension().map(|e| e.to_string_lossy().to_ascii_lowercase()).unwrap_or_default();
        if matches!(ending.as_str(), "ttf" | "otf" | "ttc" | "otc") {
            *left -= 1;
            files.push(path);
        }
    }
}

fn read_face(data: &[u8], index: u32) -> Option<Opened> {
    let file = ReadScope::new(data).read::<FontData<'_>>().ok()?;
    let provider = file.table_provider(usize::try_from(index).ok()?).ok()?;
    let head = provider.read_table_data(tag::HEAD).ok()?;
    let head = ReadScope::new(&head).read::<HeadTable>().ok()?;
    let maxp = provider.read_table_data(tag::MAXP).ok()?;
    let maxp = ReadScope::new(&maxp).read::<MaxpTable>().ok()?;
    let hhea = provider.read_table_data(tag::HHEA).ok()?;
    let hhea = ReadScope::new(&hhea).read::<HheaTable>().ok()?;
    let hmtx = provider.read_table_data(tag::HMTX).ok()?;
    let hmtx =
        ReadScope::new(&hmtx).read_dep::<HmtxTable<'_>>((usize::from(maxp.num_glyphs), usize::from(hhea.num_h_metrics))).ok()?;
    let advances = (0..maxp.num_glyphs).map(|glyph| hmtx.horizontal_advance(glyph).unwrap_or(head.units_per_em)).collect();
    let cmap = provider.read_table_data(tag::CMAP).ok()?;
    let cmap = ReadScope::new(&cmap).read::<Cmap<'_>>().ok()?;
    let (_, subtable) = allsorts::font::read_cmap_subtable(&cmap).ok().flatten()?;
    let mut plane0 = vec![0; 0x1_0000];
    let mut others = BTreeMap::new();
    subtable
        .mappings_fn(|code, glyph| {
            if glyph < maxp.num_glyphs {
                match usize::try_from(code).ok().and_then(|code| plane0.get_mut(code)) {
                    Some(place) => *place = glyph,
                    None => {
                        others.insert(code, glyph);
                    }
                }
            }
        })
        .ok()?;
    Some(Opened { plane0, others, advances, units: head.units_per_em })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_face_is_an_error_that_names_the_folder_and_the_way_out() {
        let error = Faces::find(&["/nowhere/字体"]).unwrap_err().to_string();
        assert!(error.contains("小标宋") && error.contains("/nowhere/字体") && error.contains("安装"), "{error}");
    }
}
