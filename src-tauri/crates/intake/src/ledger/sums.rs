//! Rows that sum up others: how they are told from tasks, and whether their sums come out.

use crate::reading::quantity;

/// What a row of sums is over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// 合计, 小计, 总计, 共计, 汇总
    Total,
    /// 其中: a part of the row above
    Part,
}

/// The longest words that name a sum, without white space and what stands in brackets behind them.
const LONGEST: usize = 16;

/// Whether a cell says that its row is a sum: 合　计, 小计(2项), 一、二类合计, 总投资合计（亿元）, 其中：…
pub(super) fn kind(cell: &str) -> Option<Kind> {
    let bare: String = cell.chars().filter(|c| !c.is_whitespace()).collect();
    let rest = bare.trim_start_matches(['(', '（', '#', '*']).strip_prefix("其中");
    if rest.is_some_and(|rest| rest.is_empty() || rest.starts_with([':', '：', ',', '，', '、', ')', '）'])) {
        return Some(Kind::Part);
    }
    let words = bare.split(['(', '（', ':', '：']).next().unwrap_or_default();
    let words = words.trim_end_matches(['。', '、', ',', '，', '=']);
    // the number may stand right behind: 合计3项
    let words = words.trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, '项' | '个' | '条' | '家'));
    let is_sum =
        ["合计", "小计", "总计", "共计"].iter().any(|word| words.ends_with(word)) || matches!(words, "汇总" | "累计" | "总和");
    (is_sum && words.chars().count() <= LONGEST).then_some(Kind::Total)
}

/// A number with its unit; none where it stands bare.
#[derive(Debug, Clone, PartialEq)]
struct Amount {
    column: usize,
    value: f64,
    unit: String,
}

/// The amounts of a row's cells.
#[derive(Debug, Clone, Default)]
struct Line {
    task: bool,
    amounts: Vec<Amount>,
}

/// The rows of a sheet so far.
#[derive(Debug, Default)]
pub(super) struct Sums {
    lines: Vec<Line>,
    /// Behind the last row of sums, or the last heading.
    since: usize,
    /// What the parts of the last row come to so far.
    parts: Vec<Amount>,
}

impl Sums {
    /// Takes a row that is no sum; `task` where a task begins with it.
    pub(super) fn row<'a>(&mut self, cells: impl Iterator<Item = (usize, &'a str)>, task: bool) {
        self.parts.clear();
        self.lines.push(Line { task, amounts: amounts(cells) });
    }

    /// What follows is summed up apart.
    pub(super) fn heading(&mut self) {
        self.since = self.lines.len();
    }

    /// How a row of sums compares with the rows that it sums up, as the end of a sentence.
    pub(super) fn total<'a>(&mut self, cells: impl Iterator<Item = (usize, &'a str)>) -> String {
        let said = amounts(cells);
        // a subtotal sums up what follows the last one, a total all rows; where neither is right, what was meant is not known
        let scopes = [&self.lines[self.since..], &self.lines[..]];
        let mut checked = Vec::new();
        for amount in &said {
            let sums: Vec<f64> = scopes.iter().filter(|lines| !lines.is_empty()).filter_map(|lines| sum(lines, amount)).collect();
            let Some(first) = sums.first() else { continue };
            let right = sums.iter().any(|sum| same(*sum, amount.value));
            checked.push((right, amount, *first));
        }
        self.since = self.lines.len();
        if checked.is_empty() {
            return "表里没有可以与它核对的数".to_owned();
        }
        let wrong: Vec<String> = checked
            .iter()
            .filter(|(right, ..)| !right)
            .map(|(_, amount, sum)| {
                let (said, sum) = (super::sheets::plain(amount.value), super::sheets::plain(*sum));
                format!("写的是{said}{}，各行相加是{sum}{}", amount.unit, amount.unit)
            })
            .collect();
        if wrong.is_empty() {
            "与各行相加一致".to_owned()
        } else {
            format!("{}，不一致，请核对", wrong.join("；"))
        }
    }

    /// How a part compares with the row that it is a part of.
    pub(super) fn part<'a>(&mut self, cells: impl Iterator<Item = (usize, &'a str)>) -> String {
        self.parts.extend(amounts(cells));
        let Some(whole) = self.lines.last() else {
            return "上面没有可以核对的一行".to_owned();
        };
        for part in &self.parts {
            let all: f64 = self.parts.iter().filter(|other| other.unit == part.unit).map(|other| other.value).sum();
            let of = whole.amounts.iter().find(|amount| amount.unit == part.unit);
            if let Some(of) = of.filter(|of| all > of.value && !same(all, of.value)) {
                let (all, of_value) = (super::sheets::plain(all), super::sheets::plain(of.value));
                return format!("各部分共{all}{}，超过上一项的{of_value}{}，请核对", part.unit, part.unit);
            }
        }
        "没有超过上一项".to_owned()
    }
}

fn same(a: f64, b: f64) -> bool {
    (a - b).abs() <= 1e-6 * a.abs().max(b.abs()).max(1.0)
}

/// What an amount of a row of sums should be by the rows; none where they say nothing of its kind.
fn sum(lines: &[Line], amount: &Amount) -> Option<f64> {
    if matches!(amount.unit.as_str(), "项" | "条" | "项任务") {
        let of_column = lines.iter().flat_map(|line| &line.amounts).any(|other| other.unit == amount.unit);
        if !of_column {
            #[allow(clippy::cast_precision_loss, reason = "rows of a sheet are few")]
            return Some(lines.iter().filter(|line| line.task).count() as f64);
        }
    }
    let of_unit = |other: &&Amount| other.unit == amount.unit && !amount.unit.is_empty();
    let of_column = |other: &&Amount| other.column == amount.column;
    let alike: Vec<f64> = lines.iter().flat_map(|line| &line.amounts).filter(of_unit).map(|other| other.value).collect();
    if !alike.is_empty() {
        return Some(alike.iter().sum());
    }
    let first = |line: &Line| line.amounts.iter().find(of_column).map(|other| other.value);
    let column: Vec<f64> = lines.iter().filter_map(first).collect();
    (amount.unit.is_empty() && !column.is_empty()).then(|| column.iter().sum())
}

fn amounts<'a>(cells: impl Iterator<Item = (usize, &'a str)>) -> Vec<Amount> {
    let mut found = Vec::new();
    for (column, text) in cells {
        let text = super::values::grouped(text);
        let before = found.len();
        for quantity in quantity::find(&text).into_iter().filter(|quantity| !quantity.han) {
            found.push(Amount { column, value: quantity.value, unit: quantity.unit });
        }
        let bare = text.trim();
        if found.len() == before
            && let Ok(value) = bare.parse()
        {
            found.push(Amount { column, value, unit: String::new() });
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_of_sums_are_known_in_all_their_spellings() {
        let totals = [
            "合计",
            "合　计",
            "合 计",
            "合计：",
            "小计(2项)",
            "小计（3个）",
            "一、二类合计",
            "总投资合计（亿元）",
            "总 计",
            "共计12项",
            "全县合计",
            "本页小计",
            "汇总",
        ];
        for text in totals {
            assert_eq!(kind(text), Some(Kind::Total), "{text}");
        }
        for text in ["其中：农村公路", "其 中:", "其中", "（其中）省级项目"] {
            assert_eq!(kind(text), Some(Kind::Part), "{text}");
        }
        for text in ["做好数据汇总", "完成统计调查", "推进会计集中核算", "其中心城区改造", "合计划生育政策", "1"]
        {
            assert_eq!(kind(text), None, "{text}");
        }
    }

    #[test]
    fn sums_are_compared_with_their_rows() {
        let mut sums = Sums::default();
        sums.row([(1, "改造管网12公里")].into_iter(), true);
        sums.row([(1, "改造管网8公里")].into_iter(), true);
        assert_eq!(sums.part([(1, "老城区5公里")].into_iter()), "没有超过上一项");
        assert!(sums.part([(1, "新城区4公里")].into_iter()).contains("共9公里，超过上一项的8公里"));
        assert_eq!(sums.total([(0, "小计(2项)"), (1, "20公里")].into_iter()), "与各行相加一致");
        sums.row([(1, "新建管网3公里")].into_iter(), true);
        assert_eq!(sums.total([(0, "合计"), (1, "23公里")].into_iter()), "与各行相加一致");
        assert!(sums.total([(0, "总计4项")].into_iter()).contains("写的是4项，各行相加是"));
        assert_eq!(sums.total([(0, "合计"), (4, "5套")].into_iter()), "表里没有可以与它核对的数");
    }
}
