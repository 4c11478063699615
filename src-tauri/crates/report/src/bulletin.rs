//! 季度通报: text written from the figures, with its annexes.

use std::collections::{BTreeMap, BTreeSet};

use plan::{DepartmentId, DepartmentKind, IndicatorKind, Judgement, PlanId, Role, TaskId};

use crate::annexes;
use crate::block::{Block, Segment, Span};
use crate::figures::Figures;
use crate::page::RowId;
use crate::view::{Options, Return, View};
use crate::wording::{Book, counted, counted_targets, date, target_sentence, tenths};

/// Departments and targets named in one paragraph at most; the annexes name all.
const NAMED: usize = 12;
const NAMED_TARGETS: usize = 5;
/// Numerals of the second level: （一）.
const NUMERALS: [&str; 10] = ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十"];

/// The editable passages as the program would write them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposed {
    /// Title of the bulletin.
    pub title: String,
    /// Number.
    pub number: String,
    /// 主送, without the colon.
    pub addressee: String,
    /// Opening paragraph.
    pub opening: String,
    /// 下一步要求, a paragraph a line.
    pub demands: String,
    /// 落款.
    pub signatory: String,
    /// 抄送.
    pub distribution: String,
    /// 印数.
    pub copies: String,
}

/// What the program proposes where the office wrote nothing.
#[must_use]
pub fn proposed(view: &View) -> Proposed {
    let book = Book::of(view);
    let figures = Figures::of(view);
    let quarter = view.quarter.chinese();
    // the figures add up over the year
    let so_far = view.quarter.year_so_far();
    let title = match view.plans.as_slice() {
        [plan] if plan.title.chars().count() <= 40 => {
            format!("关于《{}》{so_far}推进情况的通报", plan.title)
        }
        _ => format!("{}{so_far}规划任务推进情况通报", view.place),
    };
    let towns = view.departments.iter().any(|d| d.kind == DepartmentKind::Town);
    let office = if view.office.is_empty() { "督查部门" } else { &view.office };
    let plans = book.plans();
    let subject = if plans.is_empty() { "规划任务".to_owned() } else { plans };
    let day = |days: u64| view.days_from_today(days).map_or_else(String::new, date);

    let mut demands = Vec::new();
    let behind = figures.departments.iter().any(|department| !department.behind.is_empty());
    if behind {
        demands.push(format!(
            "进展滞后、严重滞后和超期未完成任务的牵头单位，要逐项说明原因、措施和完成时间，于{}前书面报送{office}。",
            day(15)
        ));
    }
    if !figures.missing.is_empty() {
        demands.push(format!("未报送的单位，于{}前补报{quarter}进展情况。", day(5)));
    }
    demands.push(format!(
        "各责任单位对照台账推进后续工作，于{}前报送{}进展情况。",
        date(view.working_days.on_or_after(view.quarter.next().last_day())),
        view.quarter.next().chinese()
    ));
    Proposed {
        title,
        number: format!("第{}期", view.quarter.number()),
        addressee: if towns {
            "各乡镇人民政府、街道办事处，各有关单位".to_owned()
        } else {
            "各有关单位".to_owned()
        },
        opening: format!(
            "{office}对{subject}{so_far}的推进情况进行了汇总核对，数据由各责任单位报送，截至{}。现将有关情况通报如下。",
            date(view.cut_off())
        ),
        demands: demands.join("\n"),
        signatory: view.office.clone(),
        distribution: String::new(),
        copies: String::new(),
    }
}

/// The bulletin's blocks.
pub(crate) fn bulletin(view: &View, figures: &Figures, options: &Options) -> Vec<Block> {
    let book = Book::of(view);
    let proposed = proposed(view);
    let own = &view.passages;
    let pick = |own: &Option<String>, proposed: &str| -> String { own.clone().unwrap_or_else(|| proposed.to_owned()) };
    let number = pick(&own.number, &proposed.number);
    let signatory = pick(&own.signatory, &proposed.signatory);
    let mut blocks = Vec::new();
    if options.red_head {
        blocks.push(Block::RedHead {
            name: format!("{}政务督查", view.place),
            number,
            issuer: signatory.clone(),
            date: date(view.as_of),
        });
        blocks.push(Block::Title { text: pick(&own.title, &proposed.title), anchor: "正文".to_owned() });
    } else {
        blocks.push(Block::Title { text: pick(&own.title, &proposed.title), anchor: "正文".to_owned() });
        if !number.is_empty() {
            blocks.push(Block::Subtitle(number));
        }
    }
    let addressee = pick(&own.addressee, &proposed.addressee);
    if !addressee.is_empty() {
        blocks.push(Block::Addressee(addressee));
    }
    paragraphs(&mut blocks, &pick(&own.opening, &proposed.opening));

    let head = |blocks: &mut Vec<Block>, text: &str| {
        blocks.push(Block::Heading { level: 1, text: text.to_owned(), anchor: text.to_owned() });
    };
    head(&mut blocks, "一、总体情况");
    overall(&mut blocks, view, figures, &book, options);
    head(&mut blocks, "二、进展较好的工作");
    good(&mut blocks, figures, &book);
    head(&mut blocks, "三、存在问题");
    problems(&mut blocks, view, figures, &book);
    let demands = pick(&own.demands, &proposed.demands);
    if !demands.trim().is_empty() {
        head(&mut blocks, "四、下一步要求");
        let lines: Vec<&str> = demands.lines().filter(|l| !l.trim().is_empty()).collect();
        for (place, line) in lines.iter().enumerate() {
            let line = line.trim();
            let numbered = line.starts_with(|c: char| c.is_ascii_digit() || c == '（' || c == '(');
            blocks.push(Block::Paragraph(vec![Span::new(if numbered || lines.len() == 1 {
                line.to_owned()
            } else {
                match NUMERALS.get(place) {
                    Some(numeral) => format!("（{numeral}）{line}"),
                    None => format!("{}.{line}", place + 1),
                }
            })]));
        }
    }
    annexes::append(&mut blocks, view, figures, &book, options, &signatory);
    blocks.push(Block::Imprint {
        distribution: pick(&own.distribution, &proposed.distribution),
        issuer: signatory,
        date: date(view.as_of),
        copies: pick(&own.copies, &proposed.copies),
    });
    blocks
}

pub(crate) fn paragraphs(blocks: &mut Vec<Block>, text: &str) {
    for line in text.lines().filter(|line| !line.trim().is_empty()) {
        blocks.push(Block::Paragraph(vec![Span::new(line.trim())]));
    }
}

fn overall(blocks: &mut Vec<Block>, view: &View, figures: &Figures, book: &Book<'_>, options: &Options) {
    if figures.tasks.is_empty() {
        blocks.push(Block::Paragraph(vec![Span::new(format!("截至{}，台账中没有目标任务。", date(view.cut_off())))]));
        return;
    }
    blocks.push(Block::Paragraph(shares_sentence(view, figures)));
    if !figures.counted.is_empty() {
        blocks.push(Block::ShareBar(segments(view, figures)));
    }
    blocks.push(Block::Paragraph(lamps_sentence(view, figures)));
    if let Some(comparison) = &figures.comparison {
        let mut spans = vec![
            Span::new(format!("与{}相比，进度判定好转", comparison.quarter.chinese())),
            counted(&comparison.better),
            Span::new("项、变差"),
            counted(&comparison.worse),
            Span::new("项、持平"),
            counted(&comparison.same),
            Span::new("项"),
        ];
        if !comparison.fresh.is_empty() {
            spans.push(Span::new("，本季度首次纳入统计"));
            spans.push(counted(&comparison.fresh));
            spans.push(Span::new("项"));
        }
        if !comparison.unknown.is_empty() {
            spans.push(Span::new("，因未报送不作比较"));
            spans.push(counted(&comparison.unknown));
            spans.push(Span::new("项"));
        }
        let changed = crate::changes::sentence(comparison);
        if !changed.is_empty() {
            spans.push(Span::new("；"));
            spans.extend(changed);
        }
        if let Some(mark) = annexes::comparison_mark(book, figures, options) {
            spans.push(Span::new("（见"));
            spans.push(Span::new(mark.clone()).leading_to(&mark));
            spans.push(Span::new("）"));
        }
        spans.push(Span::new("。"));
        blocks.push(Block::Paragraph(spans));
    }
    let targets = &figures.targets;
    if targets.all.is_empty() {
        return;
    }
    let mut spans = vec![
        Span::new("纳入监测的指标共"),
        counted_targets(&targets.all),
        Span::new("个，其中约束性指标"),
        counted_targets(&targets.binding),
        Span::new("个。本季度已报数据"),
        counted_targets(&targets.reported),
        Span::new("个，达到或超过序时进度的"),
        counted_targets(&targets.reached),
        Span::new("个，低于序时进度的"),
        counted_targets(&targets.short),
        Span::new("个"),
    ];
    if !targets.timeless.is_empty() {
        spans.extend([Span::new("，按水平、不计序时的"), counted_targets(&targets.timeless), Span::new("个")]);
    }
    let named: Vec<_> = targets.short.iter().take(NAMED_TARGETS).filter_map(|id| book.target(id)).collect();
    if named.is_empty() {
        spans.push(Span::new("。"));
    } else {
        spans.push(Span::new(if named.len() < targets.short.len() { "。其中差距较大的是：" } else { "：" }));
        for (place, line) in named.iter().enumerate() {
            if place > 0 {
                spans.push(Span::new("；"));
            }
            spans.extend(target_sentence(line));
        }
        spans.push(Span::new("。"));
    }
    blocks.push(Block::Paragraph(spans));
}

/// “截至……，纳入台账的目标任务共62项，其中未到期3项、取消1项不计入统计；按58项统计，……”
pub(crate) fn shares_sentence(view: &View, figures: &Figures) -> Vec<Span> {
    let mut spans =
        vec![Span::new(format!("截至{}，纳入台账的目标任务共", date(view.cut_off()))), counted(&figures.tasks), Span::new("项")];
    let outside: Vec<(&str, &[TaskId])> = [("未到期", figures.not_due.as_slice()), ("取消", figures.cancelled.as_slice())]
        .into_iter()
        .filter(|(_, ids)| !ids.is_empty())
        .collect();
    if !outside.is_empty() {
        spans.push(Span::new("，其中"));
        for (place, (word, ids)) in outside.iter().enumerate() {
            spans.push(Span::new(format!("{}{word}", if place > 0 { "、" } else { "" })));
            spans.push(counted(ids));
            spans.push(Span::new("项"));
        }
        spans.push(Span::new("，不计入统计"));
    }
    if figures.counted.is_empty() {
        spans.push(Span::new("，本季度没有应统计的任务。"));
        return spans;
    }
    if outside.is_empty() {
        spans.push(Span::new("，"));
    } else {
        spans.push(Span::new("。按"));
        spans.push(counted(&figures.counted));
        spans.push(Span::new("项统计，"));
    }
    let shares: Vec<_> = figures.shares.iter().filter(|share| !share.tasks.is_empty()).collect();
    for (place, share) in shares.iter().enumerate() {
        if place > 0 {
            spans.push(Span::new("，"));
        }
        spans.push(Span::new(view.words.judgement(share.judgement)));
        spans.push(counted(&share.tasks));
        spans.push(Span::new("项、占"));
        spans.push(Span::new(tenths(share.tenths)).counting(share.tasks.iter().cloned().map(RowId::Task).collect()));
    }
    spans.push(Span::new(if shares.len() > 1 { "（占比合计凑整为100%）。" } else { "。" }));
    spans
}

pub(crate) fn lamps_sentence(view: &View, figures: &Figures) -> Vec<Span> {
    use plan::Lamp;
    let mut spans = vec![Span::new("按亮灯统计，")];
    let named = [Lamp::Green, Lamp::Yellow, Lamp::Red];
    for (place, lamp) in named.into_iter().enumerate() {
        spans.push(Span::new(format!("{}{}灯", if place > 0 { "、" } else { "" }, view.words.lamp(lamp))));
        spans.push(counted(&figures.lamps[place]));
        spans.push(Span::new("项"));
    }
    if !figures.lamps[3].is_empty() {
        spans.push(Span::new("，未亮灯"));
        spans.push(counted(&figures.lamps[3]));
        spans.push(Span::new("项"));
    }
    spans.push(Span::new("。"));
    spans
}

pub(crate) fn segments(view: &View, figures: &Figures) -> Vec<Segment> {
    use plan::Lamp;
    figures
        .shares
        .iter()
        .filter(|share| !share.tasks.is_empty())
        .map(|share| {
            let (lamp, pale) = match share.judgement {
                Judgement::Completed | Judgement::YearMet | Judgement::Ahead => (Lamp::Green, false),
                Judgement::OnSchedule => (Lamp::Green, true),
                Judgement::Behind => (Lamp::Yellow, false),
                Judgement::FarBehind => (Lamp::Red, true),
                Judgement::YearMissed | Judgement::Overdue => (Lamp::Red, false),
                Judgement::NoData | Judgement::NotReturned | Judgement::NotDue => (Lamp::None, false),
            };
            Segment {
                label: format!("{}{}", view.words.judgement(share.judgement), share.tasks.len()),
                share: f64::from(share.tenths) / 1000.0,
                lamp,
                pale,
            }
        })
        .collect()
}

/// “由县发展改革局牵头的第1、3项，由县科技局牵头的第4项”; with several plans each after its name. Departments that lead most are named.
fn led_by(book: &Book<'_>, figures: &Figures, ids: &[TaskId], annex: &str) -> Vec<Span> {
    let mut sentences: Vec<Vec<Span>> = Vec::new();
    let wanted: BTreeSet<&TaskId> = ids.iter().collect();
    let mut by_plan: BTreeMap<&PlanId, Vec<(&DepartmentId, Vec<TaskId>)>> = BTreeMap::new();
    for department in &figures.departments {
        for id in department.leads.iter().filter(|id| wanted.contains(id)) {
            let Some(task) = book.task(id) else { continue };
            let own = by_plan.entry(&task.plan).or_default();
            match own.last_mut() {
                Some((last, tasks)) if *last == &department.id => tasks.push(id.clone()),
                _ => own.push((&department.id, vec![id.clone()])),
            }
        }
    }
    for plan in &book.view.plans {
        let mut parts = Vec::new();
        let mut own = by_plan.remove(&plan.id).unwrap_or_default();
        let all = own.len();
        // the sort keeps the ledger's order among equals
        own.sort_by_key(|(_, tasks)| std::cmp::Reverse(tasks.len()));
        own.truncate(NAMED);
        let more = all - own.len();
        for (department, tasks) in own {
            let mut spans = vec![
                Span::new(format!("由{}牵头的", book.name(department))).counting(vec![RowId::Department(department.clone())]),
            ];
            spans.extend(book.items(&tasks));
            parts.push(spans);
        }
        let leaderless: Vec<TaskId> = ids
            .iter()
            .filter(|id| {
                book.task(id)
                    .is_some_and(|task| task.plan == plan.id && !task.departments.iter().any(|(_, role)| *role == Role::Lead))
            })
            .cloned()
            .collect();
        if !leaderless.is_empty() {
            let mut spans = vec![Span::new("未明确牵头单位的")];
            spans.extend(book.items(&leaderless));
            parts.push(spans);
        }
        if parts.is_empty() {
            continue;
        }
        let mut sentence = Vec::new();
        if book.view.plans.len() > 1 {
            sentence.push(Span::new(format!("《{}》中，", plan.title)));
        }
        for (place, part) in parts.into_iter().enumerate() {
            if place > 0 {
                sentence.push(Span::new("，"));
            }
            sentence.extend(part);
        }
        if more > 0 {
            sentence.push(Span::new(format!("，另有{more}个单位的任务见")));
            sentence.push(Span::new(annex).leading_to(annex));
        }
        sentences.push(sentence);
    }
    let mut spans = Vec::new();
    for (place, sentence) in sentences.into_iter().enumerate() {
        if place > 0 {
            spans.push(Span::new("；"));
        }
        spans.extend(sentence);
    }
    spans
}

/// Counts the tasks of a judgement and names the departments that lead them.
fn named(blocks: &mut Vec<Block>, figures: &Figures, book: &Book<'_>, judgement: Judgement, annex: &str) -> bool {
    let Some(share) = figures.share(judgement).filter(|share| !share.tasks.is_empty()) else {
        return false;
    };
    let word = book.view.words.judgement(judgement);
    let mut spans = vec![Span::new(word), counted(&share.tasks), Span::new("项：")];
    spans.extend(led_by(book, figures, &share.tasks, annex));
    spans.push(Span::new("。"));
    blocks.push(Block::Paragraph(spans));
    true
}

fn good(blocks: &mut Vec<Block>, figures: &Figures, book: &Book<'_>) {
    let mut any = false;
    for judgement in [Judgement::Completed, Judgement::YearMet, Judgement::Ahead] {
        any |= named(blocks, figures, book, judgement, "附件1");
    }
    let ahead: Vec<_> = figures
        .targets
        .reached
        .iter()
        .filter_map(|id| book.target(id))
        .filter(|line| line.kind != IndicatorKind::Growth && line.gap.is_some_and(|gap| gap <= -10.0))
        .collect();
    if !ahead.is_empty() {
        let mut best = ahead.clone();
        best.sort_by(|a, b| a.gap.unwrap_or(0.0).total_cmp(&b.gap.unwrap_or(0.0)));
        let mut spans = vec![
            Span::new("指标方面，高于序时进度10个百分点及以上的"),
            counted_targets(&ahead.iter().map(|l| l.id.clone()).collect::<Vec<_>>()),
            Span::new("个："),
        ];
        for (place, line) in best.iter().take(NAMED_TARGETS).enumerate() {
            if place > 0 {
                spans.push(Span::new("；"));
            }
            spans.extend(target_sentence(line));
        }
        spans.push(Span::new(if best.len() > NAMED_TARGETS { "等。" } else { "。" }));
        blocks.push(Block::Paragraph(spans));
        any = true;
    }
    if !any {
        blocks.push(Block::Paragraph(vec![Span::new("本季度没有已完成、超序时的任务和指标。")]));
    }
}

fn problems(blocks: &mut Vec<Block>, view: &View, figures: &Figures, book: &Book<'_>) {
    let mut number = 0;
    let mut head = |blocks: &mut Vec<Block>, text: String| {
        blocks.push(Block::Heading {
            level: 2,
            text: format!("（{}）{text}", NUMERALS[number.min(NUMERALS.len() - 1)]),
            anchor: String::new(),
        });
        number += 1;
    };
    let count = |judgement| figures.share(judgement).map_or(0, |share| share.tasks.len());
    if count(Judgement::Overdue) > 0 {
        head(blocks, "超过时限未完成".to_owned());
        named(blocks, figures, book, Judgement::Overdue, "附件2");
    }
    if count(Judgement::YearMissed) > 0 {
        head(blocks, "未完成年度目标".to_owned());
        named(blocks, figures, book, Judgement::YearMissed, "附件2");
    }
    if count(Judgement::FarBehind) + count(Judgement::Behind) > 0 {
        head(blocks, "进展滞后".to_owned());
        named(blocks, figures, book, Judgement::FarBehind, "附件2");
        named(blocks, figures, book, Judgement::Behind, "附件2");
    }
    let missing = &figures.missing;
    if !missing.is_empty() || !figures.late.is_empty() || count(Judgement::NotReturned) > 0 {
        head(blocks, "未按要求报送".to_owned());
        returns(blocks, view, figures, book);
    }
    if count(Judgement::NoData) > 0 {
        head(blocks, "指标数据未报".to_owned());
        named(blocks, figures, book, Judgement::NoData, "附件1");
    }
    if let Some(comparison) = figures.comparison.as_ref().filter(|c| !c.worse.is_empty()) {
        head(blocks, format!("较{}退步", comparison.quarter.chinese()));
        let mut spans = vec![Span::new("进度判定变差的"), counted(&comparison.worse), Span::new("项：")];
        spans.extend(led_by(book, figures, &comparison.worse, "附件1"));
        spans.push(Span::new("。"));
        blocks.push(Block::Paragraph(spans));
    }
    if number == 0 {
        blocks.push(Block::Paragraph(vec![Span::new("本季度没有进展滞后、超过时限未完成和未按要求报送的情况。")]));
    }
}

fn returns(blocks: &mut Vec<Block>, view: &View, figures: &Figures, book: &Book<'_>) {
    let list = |how: Return| -> Vec<Span> {
        let ids: Vec<&DepartmentId> =
            view.departments.iter().filter(|department| department.returned == how).map(|department| &department.id).collect();
        let mut spans = Vec::new();
        for (place, id) in ids.iter().take(NAMED * 2).enumerate() {
            spans.push(
                Span::new(format!("{}{}", if place > 0 { "、" } else { "" }, book.name(id)))
                    .counting(vec![RowId::Department((*id).clone())]),
            );
        }
        if ids.len() > NAMED * 2 {
            spans.push(Span::new(format!("等{}个单位", ids.len())));
        }
        spans
    };
    let mut spans = Vec::new();
    if !figures.missing.is_empty() {
        spans.extend(list(Return::Missing));
        spans.push(Span::new(format!("未报送{}进展情况", view.quarter.chinese())));
    }
    if !figures.late.is_empty() {
        if !spans.is_empty() {
            spans.push(Span::new("；"));
        }
        spans.extend(list(Return::Late));
        spans.push(Span::new("逾期报送"));
    }
    if let Some(share) = figures.share(Judgement::NotReturned).filter(|share| !share.tasks.is_empty()) {
        if !spans.is_empty() {
            spans.push(Span::new("；"));
        }
        spans.push(Span::new("涉及未报送任务"));
        spans.push(counted(&share.tasks));
        spans.push(Span::new("项："));
        spans.extend(led_by(book, figures, &share.tasks, "附件1"));
    }
    spans.push(Span::new("。"));
    blocks.push(Block::Paragraph(spans));
}
