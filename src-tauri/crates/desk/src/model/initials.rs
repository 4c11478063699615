//! Pinyin initials, so that a clerk finds a row by the first letters of its words: 县科技局 is `xkjj`.

use pinyin::ToPinyin;

/// The initials of a text in lower case; letters and digits stand for themselves, everything else is left out.
#[must_use]
pub(crate) fn initials(text: &str) -> String {
    text.chars()
        .filter_map(|c| {
            if c.is_ascii_alphanumeric() {
                return Some(c.to_ascii_lowercase());
            }
            c.to_pinyin().and_then(|syllable| syllable.first_letter().chars().next())
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn department_is_found_by_its_initials() {
        assert_eq!(initials("县科技局"), "xkjj");
        assert_eq!(initials("建设“1+3+N”创新平台"), "js13ncxpt");
    }
}
