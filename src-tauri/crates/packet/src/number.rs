//! Figures as text: the shortest decimal that reads back to the same number, since a JSON number may not.

/// The text of a figure.
#[must_use]
pub fn number_text(value: f64) -> String {
    // -0 and 0 are one figure
    if value == 0.0 { "0".to_owned() } else { value.to_string() }
}

/// The figure of a text; none where it is no number, or one that no ledger holds.
#[must_use]
pub fn number_of(text: &str) -> Option<f64> {
    // the words for infinities, and everything of more digits than a figure can have, are none
    if text.len() > 400 || !text.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b'-' | b'+' | b'e' | b'E')) {
        return None;
    }
    text.parse().ok().filter(|value: &f64| plan::limits::is_figure(*value))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_figure_reads_back_exactly() {
        for value in [0.0, -0.0, 0.1, 1.0 / 3.0, 1e15, -12345.678, 5e-324] {
            assert!((number_of(&number_text(value)).unwrap() - value).abs() < f64::MIN_POSITIVE, "{value}");
        }
        for wrong in ["", "inf", "NaN", "1e999", "1e300", "1,000", "四十二", " 1"] {
            assert_eq!(number_of(wrong), None, "{wrong}");
        }
    }
}
