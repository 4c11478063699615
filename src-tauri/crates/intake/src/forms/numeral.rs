//! Automatic numbers as word processors print them.

const DIGITS: [char; 10] = ['〇', '一', '二', '三', '四', '五', '六', '七', '八', '九'];
const FORMAL: [char; 10] = ['零', '壹', '贰', '叁', '肆', '伍', '陆', '柒', '捌', '玖'];
const STEMS: &str = "甲乙丙丁戊己庚辛壬癸";
const BRANCHES: &str = "子丑寅卯辰巳午未申酉戌亥";

/// A number in a format by its WordprocessingML name (ECMA-376 part 1, 17.18.59). Names it does not know print as decimal
/// digits, as word processors do.
pub(crate) fn format(number: u32, name: &str) -> String {
    match name {
        "none" | "bullet" => String::new(),
        "decimalZero" => format!("{number:02}"),
        "decimalFullWidth" | "decimalFullWidth2" => full_width(number),
        "decimalEnclosedCircle" | "decimalEnclosedCircleChinese" => {
            enclosed(number, &[(1, 20, '①'), (21, 35, '㉑'), (36, 50, '㊱')])
        }
        "decimalEnclosedParen" => enclosed(number, &[(1, 20, '⑴')]),
        "decimalEnclosedFullstop" => enclosed(number, &[(1, 20, '⒈')]),
        "ideographEnclosedCircle" => enclosed(number, &[(1, 10, '㊀')]),
        "chineseCounting" | "taiwaneseCounting" if number < 100 => counting(number, &DIGITS, ["十", "百", "千"], '零'),
        "chineseCountingThousand" | "taiwaneseCountingThousand" => counting(number, &DIGITS, ["十", "百", "千"], '零'),
        "japaneseCounting" => japanese(number),
        "chineseLegalSimplified" | "ideographLegalTraditional" | "japaneseLegal" => {
            legal(&counting(number, &FORMAL, ["拾", "佰", "仟"], '零'), number)
        }
        "ideographDigital"
        | "japaneseDigitalTenThousand"
        | "taiwaneseDigital"
        | "koreanDigital2"
        | "chineseCounting"
        | "taiwaneseCounting" => digital(number),
        "ideographTraditional" => cyclic(number, STEMS),
        "ideographZodiac" => cyclic(number, BRANCHES),
        "upperLetter" => letters(number, b'A'),
        "lowerLetter" => letters(number, b'a'),
        "upperRoman" => roman(number),
        "lowerRoman" => roman(number).to_lowercase(),
        "numberInDash" => format!("- {number} -"),
        _ => number.to_string(),
    }
}

fn full_width(number: u32) -> String {
    number.to_string().chars().map(|c| char::from_u32(u32::from(c) - 0x30 + 0xff10).unwrap_or(c)).collect()
}

fn enclosed(number: u32, runs: &[(u32, u32, char)]) -> String {
    runs.iter()
        .find(|(from, to, _)| (*from..=*to).contains(&number))
        .and_then(|(from, _, first)| char::from_u32(u32::from(*first) + number - from))
        .map_or_else(|| number.to_string(), String::from)
}

fn digital(number: u32) -> String {
    number.to_string().bytes().map(|b| DIGITS[usize::from(b - b'0')]).collect()
}

/// 十一, 一百零三, 一千二百; above 9999 digit by digit.
fn counting(number: u32, digits: &[char; 10], units: [&str; 3], zero: char) -> String {
    if number == 0 {
        return zero.to_string();
    }
    if number > 9999 {
        return digital(number);
    }
    let mut text = String::new();
    let mut gap = false;
    for (place, divisor) in [1000, 100, 10, 1].into_iter().enumerate() {
        let digit = (number / divisor % 10) as usize;
        if digit == 0 {
            gap = !text.is_empty();
            continue;
        }
        if gap {
            text.push(zero);
            gap = false;
        }
        // ten to nineteen drop their 一
        if !(divisor == 10 && digit == 1 && text.is_empty()) {
            text.push(digits[digit]);
        }
        if let Some(unit) = 2_usize.checked_sub(place).and_then(|place| units.get(place)) {
            text.push_str(unit);
        }
    }
    text
}

/// 壹拾, never 拾.
fn legal(text: &str, number: u32) -> String {
    if (10..20).contains(&number) { format!("壹{text}") } else { text.to_owned() }
}

/// As Chinese, but 百 and 千 drop their 一 and nothing stands for a gap.
fn japanese(number: u32) -> String {
    let text = counting(number, &DIGITS, ["十", "百", "千"], '零');
    if number > 9999 { text } else { text.replace('零', "").replace("一百", "百").replace("一千", "千") }
}

fn cyclic(number: u32, of: &str) -> String {
    let count = of.chars().count();
    let at = (number.max(1) as usize - 1) % count;
    of.chars().nth(at).map_or_else(|| number.to_string(), String::from)
}

/// A, B, … Z, AA, BB, … as word processors count.
fn letters(number: u32, first: u8) -> String {
    if number == 0 || number > 26 * 40 {
        return number.to_string();
    }
    let letter = char::from(first + ((number - 1) % 26) as u8);
    std::iter::repeat_n(letter, ((number - 1) / 26 + 1) as usize).collect()
}

fn roman(number: u32) -> String {
    const SIGNS: [(u32, &str); 13] = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    if number == 0 || number > 3999 {
        return number.to_string();
    }
    let mut left = number;
    let mut text = String::new();
    for (value, sign) in SIGNS {
        while left >= value {
            text.push_str(sign);
            left -= value;
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::format;

    fn check(name: &str, expected: &[(u32, &str)]) {
        for (number, text) in expected {
            assert_eq!(format(*number, name), *text, "{name} {number}");
        }
    }

    #[test]
    fn numbers_print_as_word_processors_print_them() {
        check("chineseCounting", &[(1, "一"), (10, "十"), (11, "十一"), (20, "二十"), (99, "九十九"), (100, "一〇〇")]);
        check("chineseCountingThousand", &[(10, "十"), (101, "一百零一"), (110, "一百一十"), (1005, "一千零五"), (2000, "二千")]);
        check("japaneseCounting", &[(3, "三"), (12, "十二"), (100, "百"), (123, "百二十三")]);
        check("ideographDigital", &[(1, "一"), (10, "一〇"), (25, "二五")]);
        check("chineseLegalSimplified", &[(1, "壹"), (10, "壹拾"), (21, "贰拾壹")]);
        check("decimalFullWidth", &[(12, "１２")]);
        check("decimalEnclosedCircle", &[(1, "①"), (20, "⑳"), (21, "㉑"), (36, "㊱"), (50, "㊿"), (51, "51")]);
        check("upperLetter", &[(1, "A"), (26, "Z"), (27, "AA"), (28, "BB")]);
        check("lowerRoman", &[(4, "iv"), (1994, "mcmxciv")]);
        check("ideographTraditional", &[(1, "甲"), (10, "癸")]);
        check("someday", &[(7, "7")]);
        check("none", &[(7, "")]);
    }

    #[test]
    fn no_number_is_too_large() {
        for name in ["chineseCountingThousand", "upperLetter", "upperRoman", "decimalEnclosedCircle", "ideographZodiac"] {
            assert!(format(u32::MAX, name).len() < 64);
            assert!(!format(0, name).is_empty());
        }
    }
}
