//! Numbers as documents write them: 1,234 · 2.5 · 三十五 · 两百 · 二〇二四.

/// The value of one Chinese digit.
fn digit(c: char) -> Option<u64> {
    Some(match c {
        '〇' | '零' | '○' | 'Ｏ' => 0,
        '一' | '壹' => 1,
        '二' | '两' | '贰' => 2,
        '三' | '叁' => 3,
        '四' | '肆' => 4,
        '五' | '伍' => 5,
        '六' | '陆' => 6,
        '七' | '柒' => 7,
        '八' | '捌' => 8,
        '九' | '玖' => 9,
        _ => return None,
    })
}

fn place_value(c: char) -> Option<u64> {
    Some(match c {
        '十' => 10,
        '百' => 100,
        '千' => 1000,
        '万' => 10_000,
        _ => return None,
    })
}

/// True for a character of a Chinese number.
pub(crate) fn is_han_number(c: char) -> bool {
    digit(c).is_some() || place_value(c).is_some()
}

/// Reads a whole Chinese number: 三, 十二, 二十一, 一百零五, 两千, 二〇二四. At most 12 characters.
pub(crate) fn han(text: &str) -> Option<u64> {
    if text.is_empty() || text.chars().count() > 12 {
        return None;
    }
    if text.chars().count() > 1 && text.chars().all(|c| digit(c).is_some()) {
        return text.chars().try_fold(0u64, |sum, c| Some(sum * 10 + digit(c)?));
    }
    let (mut total, mut section, mut pending) = (0u64, 0u64, None);
    for c in text.chars() {
        if let Some(value) = digit(c) {
            pending = (value > 0).then_some(value);
        } else {
            let place = place_value(c)?;
            if place == 10_000 {
                total += (section + pending.take().unwrap_or(0)).max(1) * place;
                section = 0;
            } else {
                section += pending.take().unwrap_or(1) * place;
            }
        }
    }
    Some(total + section + pending.unwrap_or(0))
}

/// The Arabic number at the start of `text`: its value and length in bytes. Thousands are set apart by commas only in
/// groups of three, so that “1,2” stays two numbers. At most 18 digits.
pub(crate) fn arabic(text: &str) -> Option<(f64, usize)> {
    let bytes = text.as_bytes();
    let mut end = bytes.iter().take_while(|b| b.is_ascii_digit()).count();
    if end == 0 || end > 18 {
        return None;
    }
    if end <= 3 {
        while bytes.get(end) == Some(&b',')
            && end < 24
            && bytes.get(end + 1..end + 4).is_some_and(|group| group.iter().all(u8::is_ascii_digit))
            && !bytes.get(end + 4).is_some_and(u8::is_ascii_digit)
        {
            end += 4;
        }
    }
    if bytes.get(end) == Some(&b'.') && bytes.get(end + 1).is_some_and(u8::is_ascii_digit) {
        let decimals = bytes[end + 1..].iter().take(12).take_while(|b| b.is_ascii_digit()).count();
        end += 1 + decimals;
    }
    let value = text[..end].replace(',', "").parse().ok()?;
    Some((value, end))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chinese_numbers_have_their_value() {
        for (text, value) in [
            ("三", 3),
            ("十", 10),
            ("十二", 12),
            ("二十", 20),
            ("二十一", 21),
            ("一百零五", 105),
            ("两百", 200),
            ("两千三百", 2300),
            ("一万二千", 12_000),
            ("二〇二四", 2024),
            ("百", 100),
            ("千", 1000),
            ("万", 10_000),
        ] {
            assert_eq!(han(text), Some(value), "{text}");
        }
        assert_eq!(han("科"), None);
        assert_eq!(han(""), None);
    }

    #[test]
    fn arabic_numbers_take_thousands_and_decimals() {
        assert_eq!(arabic("1,234家"), Some((1234.0, 5)));
        assert_eq!(arabic("1,2家"), Some((1.0, 1)));
        assert_eq!(arabic("2.5%"), Some((2.5, 3)));
        assert_eq!(arabic("12.培育"), Some((12.0, 2)));
        assert_eq!(arabic("家"), None);
        assert_eq!(arabic("1234567890123456789"), None);
    }
}
