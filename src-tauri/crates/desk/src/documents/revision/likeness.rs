//! How alike two Chinese texts are: the share of their pairs of neighbouring characters that they have in common (Dice). Words
//! that moved still count, which suits clauses that a new version puts in another order.

/// Longer texts are compared by their beginning, in characters.
const LONGEST: usize = 4_000;

/// A text without what a typist may write either way: blanks, and full-width forms of ASCII.
pub(crate) fn plain(text: &str) -> String {
    let narrow = |c: char| match c {
        '！'..='～' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
        _ => c,
    };
    text.chars().filter(|c| !c.is_whitespace()).map(narrow).collect()
}

/// The pairs of neighbouring characters of a text, sorted; of one character the character itself.
#[derive(Debug, Clone, Default)]
pub(crate) struct Pairs(Vec<u64>);

impl Pairs {
    pub(crate) fn of(text: &str) -> Self {
        let counts = |c: &char| c.is_alphanumeric() || *c == '%';
        let chars: Vec<u64> = plain(text).chars().filter(counts).take(LONGEST).map(|c| u64::from(u32::from(c))).collect();
        let mut pairs: Vec<u64> = match chars[..] {
            [only] => vec![only],
            _ => chars.windows(2).map(|pair| pair[0] << 32 | pair[1]).collect(),
        };
        pairs.sort_unstable();
        Self(pairs)
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Each pair once, in order.
    pub(crate) fn distinct(&self) -> Vec<u64> {
        let mut pairs = self.0.clone();
        pairs.dedup();
        pairs
    }

    /// 1 for the same pairs, 0 for none in common; two empty texts are alike.
    pub(crate) fn likeness(&self, other: &Self) -> f64 {
        let (a, b) = (&self.0, &other.0);
        let (mut at, mut other_at, mut common) = (0, 0, 0_u32);
        while let (Some(left), Some(right)) = (a.get(at), b.get(other_at)) {
            match left.cmp(right) {
                std::cmp::Ordering::Less => at += 1,
                std::cmp::Ordering::Greater => other_at += 1,
                std::cmp::Ordering::Equal => {
                    common += 1;
                    at += 1;
                    other_at += 1;
                }
            }
        }
        let all = a.len() + b.len();
        if all == 0 { 1.0 } else { 2.0 * f64::from(common) / all as f64 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reworded_text_is_more_alike_than_another_text() {
        let like = |a: &str, b: &str| Pairs::of(a).likeness(&Pairs::of(b));
        assert!((like("建设标准鱼塘", "建设标准鱼塘") - 1.0).abs() < 1e-9);
        assert!((like("建设标准 鱼塘（一期）", "建设标准鱼塘(一期)") - 1.0).abs() < 1e-9);
        assert!(like("建设标准鱼塘", "建设高标准鱼塘") > 0.7);
        assert!(like("改造连片池塘", "推进池塘连片改造") > 0.45);
        assert!(like("改造连片池塘", "拓展销售渠道") < 0.05);
        assert!((like("", "") - 1.0).abs() < 1e-9 && like("", "甲乙").abs() < 1e-9);
    }
}
