//! An office's own ledger that comes again: its rows beside those of the last time, so that only what changed in the file changes
//! here, and what its cells say of a quarter.

use super::revision::Former;
use crate::wire::{self, CellDifference, LedgerCell, LedgerLine};
use plan::{PlanId, Quarter, Status};
use std::collections::{HashMap, HashSet};
use store::table::import_row::{ImportRow, hash_of};

/// A row of the last import.
#[derive(Debug)]
pub(crate) struct Imported {
    task: Option<String>,
    cells: Vec<LedgerCell>,
}

impl Imported {
    /// A row as it is kept; cells that cannot be read are none, and the row is then compared by nothing.
    pub(crate) fn of(row: ImportRow) -> Self {
        let cells = serde_json::from_str(&row.cells).unwrap_or_default();
        Self { task: row.task.map(|task| task.to_string()), cells }
    }
}

/// The rows of a file beside those of the last time.
#[derive(Debug, Default)]
pub(crate) struct Compared {
    /// Places in the rows of last time and in those of the draft.
    pairs: Vec<(usize, usize)>,
    /// Each cell that says something else than last time.
    pub(crate) changed: Vec<CellDifference>,
    /// Rows of the draft that were not there.
    added: usize,
    /// Rows that are as they were, by their place in the draft.
    unchanged: HashSet<usize>,
}

/// The words of a row by which it is found again, and whether they must be one row's alone; each line is tried when those above it
/// have found what they can.
const KEYS: [(&[&str], bool); 6] = [
    (&["序号", "目标任务", "工作内容", "指标名称"], false),
    (&["目标任务", "工作内容", "指标名称"], false),
    (&["序号", "目标任务"], true),
    (&["目标任务"], true),
    (&["工作内容"], true),
    (&["序号", "牵头单位"], true),
];

/// Compares the rows of a file with those of the last time.
pub(crate) fn compare(olds: &[Imported], news: &[LedgerLine]) -> Compared {
    let mut compared = Compared { pairs: pairs(olds, news), ..Compared::default() };
    for (old, new) in &compared.pairs {
        let cells = differences(&olds[*old], &news[*new]);
        if cells.is_empty() {
            compared.unchanged.insert(*new);
        }
        compared.changed.extend(cells);
    }
    compared.added = news.len() - compared.pairs.len();
    compared
}

fn pairs(olds: &[Imported], news: &[LedgerLine]) -> Vec<(usize, usize)> {
    let mut found: Vec<(usize, usize)> = Vec::new();
    let mut left_old: Vec<usize> = (0..olds.len()).collect();
    let mut left_new: Vec<usize> = (0..news.len()).collect();
    let whole = |cells: &[LedgerCell]| {
        let all: Vec<String> = cells.iter().map(|cell| format!("{}\u{1}{}", bare(&cell.head), bare(&cell.text))).collect();
        Some(all.join("\u{2}")).filter(|key| !key.is_empty())
    };
    pair(&mut found, &mut left_old, &mut left_new, false, |at| whole(&olds[at].cells), |at| whole(&news[at].cells));
    for (words, alone) in KEYS {
        let key = |cells: &[LedgerCell]| key(cells, words);
        pair(&mut found, &mut left_old, &mut left_new, alone, |at| key(&olds[at].cells), |at| key(&news[at].cells));
    }
    found.sort_by_key(|(_, new)| *new);
    found
}

/// Pairs rows of the same key, in their order; where the key must be one row's alone, no others.
fn pair(
    found: &mut Vec<(usize, usize)>,
    left_old: &mut Vec<usize>,
    left_new: &mut Vec<usize>,
    alone: bool,
    old_key: impl Fn(usize) -> Option<String>,
    new_key: impl Fn(usize) -> Option<String>,
) {
    let mut by_key: HashMap<String, Vec<usize>> = HashMap::new();
    for at in left_old.iter().rev() {
        if let Some(key) = old_key(*at) {
            by_key.entry(key).or_default().push(*at);
        }
    }
    let mut times: HashMap<String, usize> = HashMap::new();
    for key in left_new.iter().filter_map(|at| new_key(*at)) {
        *times.entry(key).or_default() += 1;
    }
    let mut taken = HashSet::new();
    left_new.retain(|at| {
        let Some(key) = new_key(*at) else { return true };
        let Some(rows) = by_key.get_mut(&key).filter(|rows| !alone || rows.len() == 1 && times.get(&key) == Some(&1)) else {
            return true;
        };
        let Some(old) = rows.pop() else { return true };
        taken.insert(old);
        found.push((old, *at));
        false
    });
    left_old.retain(|at| !taken.contains(at));
}

fn key(cells: &[LedgerCell], words: &[&str]) -> Option<String> {
    let of = |word: &str| -> String {
        let held = cells.iter().filter(|cell| cell.holds.as_deref() == Some(word));
        held.map(|cell| bare(&cell.text)).collect::<Vec<_>>().join("\u{2}")
    };
    let parts: Vec<String> = words.iter().map(|word| of(word)).collect();
    // a number alone is no name
    let named = words.iter().zip(&parts).any(|(word, part)| *word != "序号" && !part.is_empty());
    named.then(|| parts.join("\u{1}"))
}

fn bare(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

fn differences(old: &Imported, new: &LedgerLine) -> Vec<CellDifference> {
    let mut left: Vec<&LedgerCell> = old.cells.iter().collect();
    let mut found = Vec::new();
    let task = title(&new.cells).or_else(|| title(&old.cells)).unwrap_or_default();
    let mut differ = |head: &str, old: &str, new_text: &str| {
        if bare(old) != bare(new_text) {
            found.push(CellDifference {
                sheet: new.sheet.clone(),
                row: new.row,
                head: head.to_owned(),
                task: task.clone(),
                old: old.to_owned(),
                new: new_text.to_owned(),
            });
        }
    };
    for cell in &new.cells {
        let was = left.iter().position(|old| bare(&old.head) == bare(&cell.head)).map(|at| left.remove(at));
        differ(&cell.head, was.map_or("", |was| was.text.as_str()), &cell.text);
    }
    for gone in left {
        differ(&gone.head, &gone.text, "");
    }
    found
}

fn title(cells: &[LedgerCell]) -> Option<String> {
    let of = |word: &str| cells.iter().find(|cell| cell.holds.as_deref() == Some(word)).map(|cell| cell.text.clone());
    of("目标任务").or_else(|| of("指标名称")).or_else(|| of("工作内容"))
}

/// Which task of the ledger a task of the draft is, by the rows of the file.
pub(crate) fn tasks(olds: &[Imported], draft: &wire::Draft, compared: &Compared) -> HashMap<String, String> {
    let mut known = HashMap::new();
    for (old, new) in &compared.pairs {
        if let (Some(was), Some(is)) = (&olds[*old].task, &draft.rows[*new].task) {
            known.entry(is.clone()).or_insert_with(|| was.clone());
        }
    }
    known
}

/// Rows of the draft whose row in the file is as it was say what the ledger says: it may have been put right by hand since.
pub(crate) fn settle(draft: &mut wire::Draft, former: &Former<'_>, compared: &Compared) {
    let places: Vec<Option<(usize, usize)>> = draft.rows.iter().map(|line| line.at).collect();
    let is_same = |at: Option<(usize, usize)>| {
        let Some((from, _)) = at else { return false };
        let holds = |place: &Option<(usize, usize)>| place.is_some_and(|(start, end)| from >= start && from < end.max(start + 1));
        places.iter().position(holds).is_some_and(|line| compared.unchanged.contains(&line))
    };
    let changed = draft.rows.iter().enumerate().filter(|(line, _)| !compared.unchanged.contains(line));
    let differing: HashSet<String> = changed.filter_map(|(_, line)| line.task.clone()).collect();
    for row in draft.tasks.iter_mut().filter(|row| !differing.contains(&row.id)) {
        let same_as = row.same_as.as_deref();
        if let Some(old) = former.tasks.iter().find(|old| Some(old.task.id.as_str()) == same_as) {
            row.title.clone_from(&old.task.title);
            row.quote.clone_from(&old.task.text);
            old.task.kind.code().clone_into(&mut row.kind);
            let name = |assignment: &plan::Assignment| former.ledger.department_name(&assignment.department);
            row.departments = old.assignments.iter().map(name).collect();
            let leads = old.assignments.iter().filter(|one| one.role == plan::Role::Lead && !one.by_default);
            row.lead = leads.map(name).collect();
        }
    }
    for row in draft.targets.iter_mut().filter(|row| is_same(row.at)) {
        let same_as = row.same_as.as_deref();
        if let Some((measured, old)) = former.targets.iter().find(|(_, old)| Some(old.id.as_str()) == same_as) {
            row.indicator.clone_from(&measured.indicator.name);
            row.unit.clone_from(&measured.indicator.unit);
            row.binding = measured.indicator.binding;
            old.op.code().clone_into(&mut row.op);
            row.value = old.value;
            row.due = old.due.map(|due| due.to_string());
            old.cadence.code().clone_into(&mut row.cadence);
        }
    }
    for row in draft.milestones.iter_mut().filter(|row| is_same(row.at)) {
        let same_as = row.same_as.as_deref();
        if let Some(old) = former.milestones.iter().find(|old| Some(old.id.as_str()) == same_as) {
            row.what.clone_from(&old.what);
            row.due = old.due.to_string();
        }
    }
    for row in draft.checklist_items.iter_mut().filter(|row| is_same(row.at)) {
        let same_as = row.same_as.as_deref();
        if let Some(old) = former.items.iter().find(|old| Some(old.id.as_str()) == same_as) {
            row.text.clone_from(&old.text);
            row.due = old.due.map(|due| due.to_string());
        }
    }
}

/// Counts what differs by the rows and cells of the file, as the office sees it.
pub(crate) fn count(comparison: &mut wire::Comparison, compared: Compared) {
    comparison.added = compared.added;
    comparison.changed = compared.changed.len();
    comparison.unchanged = compared.unchanged.len();
    comparison.cells = compared.changed;
}

/// The draft's rows as they are kept for the next time; `task` gives the ledger's task of a draft's.
pub(crate) fn kept(draft: &wire::Draft, plan: &PlanId, task: impl Fn(&str) -> Option<plan::TaskId>) -> Vec<ImportRow> {
    let keep = |line: &LedgerLine| {
        let cells = serde_json::to_string(&line.cells).unwrap_or_default();
        ImportRow {
            plan: plan.clone(),
            sheet: line.sheet.clone(),
            row: i64::try_from(line.row).unwrap_or(i64::MAX),
            file: draft.source.clone(),
            hash: hash_of(&cells),
            task: line.task.as_deref().and_then(&task),
            cells,
        }
    };
    draft.rows.iter().map(keep).collect()
}

/// What a task's rows say of a quarter.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Said {
    pub(crate) status: Option<Status>,
    /// Done, problems, next step; none where the file says nothing.
    pub(crate) texts: [Option<String>; 3],
}

/// What the rows say of a quarter, by the draft's task.
pub(crate) fn said_of(lines: &[LedgerLine], quarter: Quarter) -> HashMap<String, Said> {
    let rows = lines.iter().filter_map(|line| Some((line.task.clone()?, line.cells.as_slice())));
    by_task(rows, quarter)
}

/// What the rows of the last time said of a quarter, by the ledger's task.
pub(crate) fn said_before(olds: &[Imported], quarter: Quarter) -> HashMap<String, Said> {
    let rows = olds.iter().filter_map(|old| Some((old.task.clone()?, old.cells.as_slice())));
    by_task(rows, quarter)
}

fn by_task<'a>(rows: impl Iterator<Item = (String, &'a [LedgerCell])>, quarter: Quarter) -> HashMap<String, Said> {
    let mut found: HashMap<String, Said> = HashMap::new();
    for (task, cells) in rows {
        let said = found.entry(task).or_default();
        for cell in cells {
            let Some(text) = of_quarter(cell, quarter).filter(|text| !is_nothing(text)) else { continue };
            let (slot, text) = match cell.holds.as_deref() {
                Some("进展情况") => (0, text),
                Some("存在问题") => (1, text),
                Some("下一步措施") => (2, text),
                Some("佐证材料" | "备注") => (0, format!("{}：{text}", cell.head)),
                Some("亮灯") => {
                    said.status = said.status.or_else(|| status(&text));
                    continue;
                }
                _ => continue,
            };
            let held = said.texts[slot].get_or_insert_default();
            // a merged cell comes again in each row
            if !held.lines().any(|line| line == text) {
                if !held.is_empty() {
                    held.push('\n');
                }
                held.push_str(&text);
            }
        }
    }
    found.retain(|_, said| *said != Said::default());
    found
}

fn is_nothing(text: &str) -> bool {
    matches!(text.trim(), "" | "-" | "—" | "——" | "/" | "无" | "暂无")
}

fn status(text: &str) -> Option<Status> {
    match text.trim() {
        "已完成" | "完成" | "是" => "已完成(待核)".parse().ok(),
        text => text.parse().ok(),
    }
}

/// What a cell says of a quarter: all of it, where neither its head nor its words name quarters; else the part of this one.
fn of_quarter(cell: &LedgerCell, quarter: Quarter) -> Option<String> {
    let head = quarters(&cell.head);
    if let Some((named, _)) = head.first() {
        let year = year_in(&cell.head).is_none_or(|year| year == quarter.year());
        return (year && *named == quarter.number()).then(|| cell.text.clone());
    }
    let parts = quarters(&cell.text);
    // a quarter that is only mentioned sets nothing apart
    let marked: Vec<(u8, usize, usize)> = parts
        .iter()
        .filter_map(|(named, range)| {
            let behind = cell.text.get(range.end..)?.trim_start();
            let rest = ["进展", "情况", "完成情况"].iter().find_map(|word| behind.strip_prefix(word)).unwrap_or(behind);
            let colon = rest.strip_prefix(['：', ':'])?;
            Some((*named, range.start, cell.text.len() - colon.len()))
        })
        .collect();
    if marked.is_empty() {
        return Some(cell.text.clone());
    }
    let at = marked.iter().position(|(named, ..)| *named == quarter.number())?;
    let end = marked.get(at + 1).map_or(cell.text.len(), |(_, start, _)| *start);
    let text = cell.text.get(marked[at].2..end)?;
    Some(text.trim().trim_end_matches(['；', ';', '。', '，']).to_owned())
}

/// The quarters that a text names, and where: 一季度, 第2季度, 三季度, Q4.
fn quarters(text: &str) -> Vec<(u8, std::ops::Range<usize>)> {
    const WORDS: [(&str, u8); 12] = [
        ("一季度", 1),
        ("二季度", 2),
        ("三季度", 3),
        ("四季度", 4),
        ("1季度", 1),
        ("2季度", 2),
        ("3季度", 3),
        ("4季度", 4),
        ("Q1", 1),
        ("Q2", 2),
        ("Q3", 3),
        ("Q4", 4),
    ];
    let mut found: Vec<(u8, std::ops::Range<usize>)> = WORDS
        .iter()
        .flat_map(|(word, number)| text.match_indices(word).map(|(at, word)| (*number, at..at + word.len())))
        .map(|(number, range)| {
            let start = if text[..range.start].ends_with('第') { range.start - '第'.len_utf8() } else { range.start };
            (number, start..range.end)
        })
        .collect();
    found.sort_by_key(|(_, range)| range.start);
    found
}

fn year_in(text: &str) -> Option<i32> {
    let digits: Vec<char> = text.chars().collect();
    digits.windows(4).find_map(|four| {
        let year: i32 = four.iter().collect::<String>().parse().ok()?;
        (2000..=2099).contains(&year).then_some(year)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(row: usize, cells: &[(&str, &str, &str)]) -> LedgerLine {
        let cell = |(head, holds, text): &(&str, &str, &str)| LedgerCell {
            head: (*head).to_owned(),
            holds: Some((*holds).to_owned()),
            text: (*text).to_owned(),
        };
        let cells = cells.iter().map(cell).collect();
        LedgerLine { sheet: "台账".to_owned(), row, task: Some(format!("T{row}")), at: None, cells }
    }

    fn row(row: usize, number: &str, task: &str, detail: &str, lead: &str) -> LedgerLine {
        line(
            row,
            &[("序号", "序号", number), ("任务", "目标任务", task), ("目标", "工作内容", detail), ("牵头", "牵头单位", lead)],
        )
    }

    fn imported(lines: &[LedgerLine]) -> Vec<Imported> {
        let keep = |line: &LedgerLine| Imported { task: line.task.clone(), cells: line.cells.clone() };
        lines.iter().map(keep).collect()
    }

    #[test]
    fn a_shuffled_file_changes_nothing_and_a_changed_cell_is_one_cell() {
        let before = [
            row(3, "1", "开展助企走访", "走访企业80家", "县工信局"),
            row(4, "2", "推进农田建设", "新建高标准农田3万亩", "县农业农村局"),
            row(5, "2", "推进农田建设", "建设灌溉渠道25公里", "县农业农村局"),
        ];
        let shuffled = [before[2].clone(), before[0].clone(), before[1].clone()];
        let compared = compare(&imported(&before), &shuffled);
        assert_eq!((compared.changed.len(), compared.added, compared.unchanged.len()), (0, 0, 3));
        let mut changed = shuffled;
        changed[1].cells[2].text = "走访企业95家".to_owned();
        changed[0].cells[3].text = "县水利局".to_owned();
        let compared = compare(&imported(&before), &changed);
        let cells: Vec<String> =
            compared.changed.iter().map(|cell| format!("{} {} {} {}", cell.task, cell.head, cell.old, cell.new)).collect();
        assert_eq!(cells, ["推进农田建设 牵头 县农业农村局 县水利局", "开展助企走访 目标 走访企业80家 走访企业95家"]);
        assert_eq!((compared.added, compared.unchanged.len()), (0, 1));
    }

    #[test]
    fn a_renamed_task_is_found_by_its_number_and_unit_and_a_new_row_is_new() {
        let before =
            [row(3, "1", "开展助企走访", "走访企业80家", "县工信局"), row(4, "2", "改造路灯", "改造路灯90盏", "县住建局")];
        let after = [
            row(3, "1", "深入企业走访服务", "走访企业85家", "县工信局"),
            before[1].clone(),
            row(5, "3", "新建公园", "新建公园1个", "县住建局"),
        ];
        let compared = compare(&imported(&before), &after);
        assert_eq!((compared.changed.len(), compared.added), (2, 1));
    }

    #[test]
    fn quarters_in_heads_and_in_one_cell_are_told_apart() {
        let cells = [
            ("一季度进展", "进展情况", "完成选址"),
            ("二季度进展", "进展情况", "开工建设"),
            ("存在问题", "存在问题", "第一季度：用地未批；第二季度：资金不足。"),
            ("下一步", "下一步措施", "争取一季度专项债"),
            ("备注", "备注", "省级试点"),
        ];
        let said = said_of(&[line(1, &cells)], "2026Q2".parse().expect("a quarter"));
        let texts = &said["T1"].texts;
        assert_eq!(texts[0].as_deref(), Some("开工建设\n备注：省级试点"));
        assert_eq!(texts[1].as_deref(), Some("资金不足"));
        assert_eq!(texts[2].as_deref(), Some("争取一季度专项债"));
        let third = said_of(&[line(1, &cells[..3])], "2026Q3".parse().expect("a quarter"));
        assert!(third.is_empty(), "{third:?}");
    }
}
