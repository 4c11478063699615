//! Numbers and dates as their cells show them, by the cell's number format (ECMA-376 part 1, 18.8.31).

/// A number as its cell shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Shown {
    pub(super) text: String,
    /// The cell holds more places than it shows.
    pub(super) rounded: bool,
}

/// A piece of a format's section.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Piece {
    Literal(String),
    /// `0`, `#` or `?`
    Digit(char),
    Point,
    Comma,
    General,
}

/// A number as a format shows it: 0"家", #,##0"万元", 000, 0.00, 0%, 0\.0,"万". None where the format says nothing about numbers
/// (General, text) or writes them in a way that ledgers do not use (dates, fractions, exponents, conditions).
pub(super) fn number(value: f64, code: &str) -> Option<Shown> {
    if !value.is_finite() || code.eq_ignore_ascii_case("general") || code == "@" {
        return None;
    }
    let sections = sections(code);
    let (section, bare) = match sections.as_slice() {
        [_, negative, ..] if value < 0.0 => (negative, true),
        [_, _, zero, ..] if value == 0.0 => (zero, true),
        [positive, ..] => (positive, false),
        [] => return None,
    };
    let (pieces, percents) = pieces(section)?;
    let sign = if value < 0.0 && !bare { "-" } else { "" };
    if pieces.contains(&Piece::General) {
        let text = pieces.iter().map(|piece| match piece {
            Piece::Literal(text) => text.clone(),
            Piece::General => super::sheets::plain(value.abs()),
            _ => String::new(),
        });
        return Some(Shown { text: format!("{sign}{}", text.collect::<String>()), rounded: false });
    }
    let is_digit = |piece: &Piece| matches!(piece, Piece::Digit(_));
    let Some(first) = pieces.iter().position(is_digit) else {
        // a section of words alone, or an empty one that hides the number
        return None;
    };
    let last = pieces.iter().rposition(is_digit)?;
    let point = pieces.iter().position(|piece| *piece == Piece::Point);
    let whole_end = point.unwrap_or(last + 1);
    let places = point.map_or(0, |point| pieces[point..].iter().filter(|piece| is_digit(piece)).count());
    let least = point.map_or(0, |point| pieces[point..].iter().filter(|piece| **piece == Piece::Digit('0')).count());
    let last_whole = pieces[..whole_end].iter().rposition(is_digit).unwrap_or(first);
    // a comma behind the last digit divides by a thousand; one between digits sets thousands apart
    let behind = |at: usize| at > last_whole && at < whole_end || at > last;
    let divided = pieces.iter().enumerate().filter(|(at, piece)| **piece == Piece::Comma && behind(*at)).count();
    let grouped = pieces[first..last_whole].contains(&Piece::Comma);
    let scaled = value.abs() * 100_f64.powi(percents) / 1000_f64.powi(i32::try_from(divided).ok()?);
    let fixed = format!("{scaled:.places$}");
    let (whole, fraction) = fixed.split_once('.').unwrap_or((&fixed, ""));
    let rounded = fixed.parse::<f64>().is_ok_and(|shown| (shown - scaled).abs() > 1e-9 * scaled.abs().max(1.0));
    let mut text = String::from(sign);
    text.extend(pieces[..first].iter().filter_map(literal));
    text.push_str(&in_pattern(whole, &pieces[first..=last_whole.max(first)], grouped));
    let fraction = fraction.trim_end_matches('0');
    let kept: String = fixed.split_once('.').map_or("", |(_, all)| all).chars().take(fraction.len().max(least)).collect();
    if point.is_some() && !kept.is_empty() {
        text.push('.');
        text.push_str(&kept);
    }
    text.extend(pieces[last_whole.max(first) + 1..].iter().filter_map(literal));
    Some(Shown { text, rounded })
}

fn literal(piece: &Piece) -> Option<&str> {
    match piece {
        Piece::Literal(text) => Some(text),
        _ => None,
    }
}

/// The digits before the point, written into their places from the right; what has no place stands in front.
fn in_pattern(digits: &str, places: &[Piece], grouped: bool) -> String {
    let least = places.iter().filter(|piece| **piece == Piece::Digit('0')).count();
    let digits = if digits == "0" && least == 0 { "" } else { digits };
    let padded = format!("{}{digits}", "0".repeat(least.saturating_sub(digits.len())));
    if !places.iter().any(|piece| matches!(piece, Piece::Literal(_))) {
        if !grouped {
            return padded;
        }
        let mut text = String::new();
        for (at, digit) in padded.chars().enumerate() {
            if at > 0 && (padded.len() - at) % 3 == 0 {
                text.push(',');
            }
            text.push(digit);
        }
        return text;
    }
    let mut rest: Vec<char> = padded.chars().collect();
    let first = places.iter().position(|piece| matches!(piece, Piece::Digit(_))).unwrap_or(0);
    let mut written: Vec<String> = Vec::new();
    for (at, piece) in places.iter().enumerate().rev() {
        match piece {
            Piece::Digit(_) if at == first => written.push(std::mem::take(&mut rest).into_iter().collect()),
            Piece::Digit(_) => written.extend(rest.pop().map(String::from)),
            Piece::Literal(text) => written.push(text.clone()),
            _ => {}
        }
    }
    written.into_iter().rev().collect()
}

/// The sections of a format: for positive, negative numbers, zero, text.
fn sections(code: &str) -> Vec<String> {
    let mut found = vec![String::new()];
    let (mut quoted, mut bracket, mut escaped) = (false, false, false);
    for c in code.chars() {
        let Some(last) = found.last_mut() else { break };
        if c == ';' && !quoted && !bracket && !escaped {
            found.push(String::new());
            continue;
        }
        last.push(c);
        match c {
            _ if escaped => escaped = false,
            '"' => quoted = !quoted,
            '\\' | '!' if !quoted => escaped = true,
            '[' if !quoted => bracket = true,
            ']' if !quoted => bracket = false,
            _ => {}
        }
    }
    found
}

/// The pieces of a section, and how many percent signs it has.
fn pieces(section: &str) -> Option<(Vec<Piece>, i32)> {
    let mut found: Vec<Piece> = Vec::new();
    let mut percents = 0;
    let mut marks = section.chars().peekable();
    let say = |found: &mut Vec<Piece>, text: &str| match found.last_mut() {
        Some(Piece::Literal(last)) => last.push_str(text),
        _ => found.push(Piece::Literal(text.to_owned())),
    };
    while let Some(c) = marks.next() {
        match c {
            '"' => {
                let text: String = marks.by_ref().take_while(|c| *c != '"').collect();
                say(&mut found, &text);
            }
            '\\' | '!' => say(&mut found, &marks.next().map(String::from).unwrap_or_default()),
            // room as wide as the next character, or that character until the cell is full
            '_' | '*' => {
                marks.next();
            }
            '[' => {
                let inside: String = marks.by_ref().take_while(|c| *c != ']').collect();
                if let Some(currency) = inside.strip_prefix('$') {
                    say(&mut found, currency.split('-').next().unwrap_or_default());
                } else if inside.starts_with(['<', '>', '=', 'h', 'H', 'm', 's']) {
                    return None;
                }
            }
            '0' | '#' | '?' => found.push(Piece::Digit(c)),
            '.' => found.push(Piece::Point),
            ',' => found.push(Piece::Comma),
            '%' => {
                percents += 1;
                say(&mut found, "%");
            }
            'G' | 'g' => {
                let rest: String = marks.by_ref().take("eneral".len()).collect();
                if !rest.eq_ignore_ascii_case("eneral") {
                    return None;
                }
                found.push(Piece::General);
            }
            'y' | 'Y' | 'm' | 'M' | 'd' | 'D' | 'h' | 'H' | 's' | 'S' | 'e' | 'E' | 'b' | 'B' | '/' | '@' => return None,
            c => say(&mut found, c.encode_utf8(&mut [0; 4])),
        }
    }
    Some((found, percents))
}

/// A date as its format shows it: a month where no day is shown, a year where no month is; else the whole day.
pub(super) fn date((year, month, day): (u16, u8, u8), code: &str) -> String {
    let mut bare = String::new();
    let mut quoted = false;
    for c in code.chars() {
        match c {
            '"' => quoted = !quoted,
            _ if !quoted => bare.push(c.to_ascii_lowercase()),
            _ => {}
        }
    }
    let has = |mark: char| bare.contains(mark);
    match (has('y') || has('e'), has('m'), has('d') || has('h')) {
        (true, true, false) => format!("{year}年{month}月"),
        (true, false, false) => format!("{year}年"),
        _ => format!("{year}-{month:02}-{day:02}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_their_cells_show_them() {
        let check = |value: f64, code: &str, text: &str| {
            assert_eq!(number(value, code).map(|shown| shown.text).as_deref(), Some(text), "{value} {code}");
        };
        check(36.0, "0\"家\"", "36家");
        check(2600.0, "#,##0\"万元\"", "2,600万元");
        check(1_234_567.0, "#,##0.00", "1,234,567.00");
        check(3.5, "0.0\"亿元\"", "3.5亿元");
        check(4.0, "000", "004");
        check(1.1, "0.00", "1.10");
        check(0.92, "0%", "92%");
        check(0.9855, "0.0%", "98.6%");
        check(-3.0, "0;(0)", "(3)");
        check(-3.0, "0\"家\"", "-3家");
        check(0.0, "0;-0;\"无\"0", "无0");
        check(18_600.0, "0\\.0,\"万元\"", "1.9万元");
        check(18_600.0, "#,##0,\"千\"", "19千");
        check(120.0, "General\"人\"", "120人");
        check(85.0, "\"≥\"0\"%\"", "≥85%");
        check(1500.0, "[$¥-804]#,##0.00", "¥1,500.00");
        check(1500.0, "_ * #,##0_ ;_ * -#,##0_ ", "1,500");
        check(7.0, "0!家", "7家");
        check(0.5, "#.#", ".5");
    }

    #[test]
    fn what_is_hidden_by_rounding_is_known() {
        assert_eq!(number(12.5, "0\"亿元\"").map(|shown| shown.rounded), Some(true));
        assert_eq!(number(12.5, "0.0\"亿元\"").map(|shown| shown.rounded), Some(false));
        assert_eq!(number(0.1 + 0.2, "0.0").map(|shown| shown.rounded), Some(false));
    }

    #[test]
    fn formats_of_other_things_say_nothing_about_numbers() {
        for code in ["General", "@", "yyyy/m/d", "# ?/?", "0.00E+00", "[>100]0;0.0", "h:mm"] {
            assert_eq!(number(5.0, code), None, "{code}");
        }
    }

    #[test]
    fn a_date_is_as_exact_as_its_format() {
        let check = |code: &str, text: &str| assert_eq!(date((2026, 9, 1), code), text, "{code}");
        check("yyyy/m/d", "2026-09-01");
        check("yyyy\"年\"m\"月\"", "2026年9月");
        check("yyyy\"年\"", "2026年");
        check("m\"月\"d\"日\"", "2026-09-01");
    }
}
