//! What Chinese typesetting asks of each character (CLREQ 3.1): where a line may not begin or end, which marks carry blank half a cell
//! wide, which numbers hold on to their unit.

/// How a character behaves in a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Class {
    /// Fills a cell; lines break on both sides.
    Han,
    /// A closing mark or one that follows its word (，。》): never begins a line; its right half is blank.
    Close,
    /// An opening mark (《（): never ends a line; its left half is blank.
    Open,
    /// A full-width mark that never begins a line and has no blank to give (％ ℃ ·).
    Clinging,
    /// A dash or dots that come in pairs (—— ……): never torn, never at a line's start.
    Pair,
    /// A letter, digit or mark of a Western word.
    Western,
    /// An ASCII mark that never begins a line.
    WesternClose,
    /// An ASCII mark that never ends a line.
    WesternOpen,
    /// A space.
    Space,
    /// Ends the line.
    Newline,
    /// Not printed: controls, direction marks, variation selectors.
    Ignored,
}

/// The class of a character between its neighbours.
pub(crate) fn class(before: Option<char>, character: char, after: Option<char>) -> Class {
    match character {
        '\n' | '\u{2028}' | '\u{2029}' => Class::Newline,
        ' ' | '\t' | '\u{a0}' | '\u{2002}'..='\u{200a}' => Class::Space,
        '，' | '。' | '、' | '；' | '：' | '！' | '？' | '）' | '》' | '〉' | '」' | '』' | '】' | '〕' | '〗' | '］' | '｝'
        | '”' | '’' | '．' => Class::Close,
        '（' | '《' | '〈' | '「' | '『' | '【' | '〔' | '〖' | '［' | '｛' | '“' | '‘' => Class::Open,
        '％' | '‰' | '℃' | '°' | '·' | '・' | '～' | '々' => Class::Clinging,
        '—' | '…' | '⋯' | '―' => Class::Pair,
        ')' | ']' | '}' | '!' | '?' | ';' => Class::WesternClose,
        ',' | ':' => {
            let joins = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
            if joins(before) && joins(after) { Class::Western } else { Class::WesternClose }
        }
        '(' | '[' | '{' => Class::WesternOpen,
        _ if is_ignored(character) => Class::Ignored,
        _ if character.is_ascii() => Class::Western,
        _ if u32::from(character) < 0x2e80 && character.is_alphanumeric() && !is_cell(character) => Class::Western,
        '\u{0300}'..='\u{036f}' | '\u{0591}'..='\u{05bd}' | '\u{064b}'..='\u{065f}' => Class::Western,
        _ => Class::Han,
    }
}

/// Numbers in circles and Roman numbers fill a cell although Unicode counts them among letters.
fn is_cell(character: char) -> bool {
    matches!(u32::from(character), 0x2150..=0x218f | 0x2460..=0x24ff | 0x2776..=0x2793)
}

fn is_ignored(character: char) -> bool {
    character.is_control()
        || matches!(
            u32::from(character),
            0xad | 0x61c
                | 0x200b..=0x200f
                | 0x202a..=0x202e
                | 0x2060..=0x206f
                | 0xfe00..=0xfe0f
                | 0xfeff
                | 0xfff9..=0xfffb
                | 0xe_0000..=0xe_0fff
        )
}

/// Units that stay with the number before them, longest first among those that begin alike.
const UNITS: &[&str] = &[
    "个百分点",
    "百分点",
    "万平方米",
    "亿立方米",
    "万立方米",
    "平方公里",
    "平方千米",
    "平方米",
    "立方米",
    "亿千瓦时",
    "万千瓦时",
    "千瓦时",
    "万千瓦",
    "千瓦",
    "个工作日",
    "工作日",
    "万人次",
    "人次",
    "万公里",
    "公里",
    "千米",
    "亿元",
    "万元",
    "万亩",
    "公顷",
    "万吨",
    "吨",
    "万人",
    "万户",
    "万家",
    "万个",
    "季度",
    "小时",
    "个月",
    "年度",
    "年底",
    "年",
    "月底",
    "月",
    "日",
    "个",
    "项",
    "家",
    "户",
    "人",
    "件",
    "条",
    "处",
    "座",
    "台",
    "套",
    "所",
    "亩",
    "元",
    "米",
    "天",
    "期",
    "号",
    "次",
    "名",
    "场",
    "篇",
    "批",
    "只",
    "辆",
    "栋",
    "万",
    "亿",
    "级",
    "类",
    "页",
    "分",
    "点",
    "倍",
    "成",
    "岁",
    "份",
    "种",
    "门",
    "本",
    "间",
    "段",
    "层",
    "％",
    "℃",
    "‰",
    "旬",
];

/// How many characters of the text belong to the number before it as its unit.
pub(crate) fn unit_length(text: &[char]) -> usize {
    UNITS
        .iter()
        .find(|unit| unit.chars().count() <= text.len() && unit.chars().zip(text).all(|(a, b)| a == *b))
        .map_or(0, |unit| unit.chars().count())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_comma_between_digits_belongs_to_the_number() {
        assert_eq!(class(Some('1'), ',', Some('2')), Class::Western);
        assert_eq!(class(Some('%'), ',', Some('完')), Class::WesternClose);
    }

    #[test]
    fn units_are_taken_whole() {
        let length = |text: &str| unit_length(&text.chars().collect::<Vec<_>>());
        assert_eq!(length("个百分点，"), 4);
        assert_eq!(length("个"), 1);
        assert_eq!(length("是"), 0);
        for (place, unit) in UNITS.iter().enumerate() {
            let shadow = UNITS[..place].iter().find(|earlier| unit.starts_with(**earlier));
            assert_eq!(shadow, None, "{unit} is never reached");
        }
    }

    #[test]
    fn marks_that_steer_direction_do_not_print() {
        for character in ['\u{202e}', '\u{200f}', '\u{7}', '\u{fe0f}', '\u{feff}'] {
            assert_eq!(class(None, character, None), Class::Ignored);
        }
        assert_eq!(class(None, '①', None), Class::Han);
    }
}
