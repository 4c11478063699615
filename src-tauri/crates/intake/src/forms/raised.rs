//! Raised characters (superscript): what of them belongs to the text, and what is the mark of a note.

/// What raised characters become behind the text so far: exponents stay as such (5000m², 10⁴), marks of notes and references
/// (60¹家, 3[2]亿元) go, other words stay as they are.
pub(crate) fn raised(before: &str, characters: &str) -> String {
    let bare = characters.trim();
    // commas and hyphens alone are no mark
    let says = |c: char| !matches!(c, ',' | '，' | '-' | '−');
    if !bare.chars().all(is_mark) || !bare.chars().any(says) {
        return characters.to_owned();
    }
    let before = before.trim_end();
    let of_length = ["m", "M", "㎜", "㎝", "米"].iter().any(|unit| before.ends_with(unit));
    match bare {
        "2" if of_length => return "²".to_owned(),
        "3" if of_length => return "³".to_owned(),
        _ => {}
    }
    let of_ten = before.strip_suffix("10").is_some_and(|rest| rest.ends_with(['×', '*', '·', 'x', 'X']));
    if of_ten && bare.chars().all(|c| c.is_ascii_digit() || matches!(c, '-' | '−')) {
        return bare.chars().filter_map(exponent).collect();
    }
    String::new()
}

/// A character of which marks of notes consist.
fn is_mark(c: char) -> bool {
    c.is_ascii_digit()
        || c.is_whitespace()
        || matches!(
            c,
            '[' | ']' | '［' | '］' | '〔' | '〕' | '(' | ')' | '（' | '）' | ',' | '，' | '-' | '−' | '*' | '†' | '‡' | '注'
        )
        || matches!(c, '①'..='⑳' | '０'..='９')
}

fn exponent(c: char) -> Option<char> {
    Some(match c {
        '0' => '⁰',
        '1' => '¹',
        '2' => '²',
        '3' => '³',
        '-' | '−' => '⁻',
        '4'..='9' => char::from_u32(u32::from('⁴') + (u32::from(c) - u32::from('4')))?,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::raised;

    #[test]
    fn marks_of_notes_go_and_exponents_stay() {
        for mark in ["1", "[2]", "①", "*", "(3)", "1,2", "注1"] {
            assert_eq!(raised("新增企业60", mark), "", "{mark}");
        }
        assert_eq!(raised("建设绿地5000m", "2"), "²");
        assert_eq!(raised("库容300万m", "3"), "³");
        assert_eq!(raised("检测3×10", "4"), "⁴");
        assert_eq!(raised("共10", "4"), "");
        assert_eq!(raised("商标", "TM"), "TM");
        assert_eq!(raised("品牌", "，"), "，");
    }
}
