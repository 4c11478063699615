//! What reports say, against figures counted again from the view.

use std::collections::BTreeSet;

use plan::{Judgement, Lamp, Role, Status};
use report::{Figures, Kind, RowId, Words};

use crate::county::{county, department};
use crate::{bulletin, faces, options, print};

#[test]
fn the_totals_in_the_text_are_those_of_the_rows() {
    let view = county(60);
    let text = print(&bulletin(&view)).all_text();
    let cancelled = view.tasks.iter().filter(|t| t.status == Status::Cancelled).count();
    let not_due = view.tasks.iter().filter(|t| t.judgement == Judgement::NotDue && t.status != Status::Cancelled).count();
    let counted = view.tasks.len() - cancelled - not_due;
    assert!(
        text.contains(&format!("目标任务共60项，其中未到期{not_due}项、取消{cancelled}项，不计入统计。按{counted}项统计")),
        "{text}"
    );
    let red = view
        .tasks
        .iter()
        .filter(|t| t.lamp == Lamp::Red && t.status != Status::Cancelled && t.judgement != Judgement::NotDue)
        .count();
    assert!(text.contains(&format!("红灯{red}项")));
}

#[test]
fn printed_shares_sum_to_a_hundred() {
    for tasks in [1, 7, 13, 29, 60] {
        let figures = Figures::of(&county(tasks));
        assert_eq!(figures.shares.iter().map(|s| s.tenths).sum::<u32>(), 1000, "{tasks} tasks");
        let counted: usize = figures.shares.iter().map(|s| s.tasks.len()).sum();
        assert_eq!(counted, figures.counted.len());
    }
}

#[test]
fn every_counted_figure_in_the_text_leads_to_as_many_rows() {
    let document = bulletin(&county(60));
    let page = &document.pages[0];
    let counted: Vec<_> = page.marks.iter().filter(|mark| mark.rows.len() > 1).collect();
    assert!(counted.len() > 8);
    // the figure printed inside the mark's area is the number of its rows
    let mut checked = 0;
    for mark in counted {
        let (left, top, width, height) = mark.area;
        let mut inside = String::new();
        for item in &page.items {
            if let report::Item::Text { x, y, text, offsets, .. } = item
                && *y > top
                && *y < top + height
            {
                for (character, offset) in text.chars().zip(offsets) {
                    let at = x + f64::from(*offset);
                    if at > left - 0.5 && at < left + width - 0.5 {
                        inside.push(character);
                    }
                }
            }
        }
        if let Ok(figure) = inside.parse::<usize>() {
            assert_eq!(figure, mark.rows.len(), "“{inside}” at {:?}", mark.area);
            checked += 1;
        }
    }
    assert!(checked > 8, "{checked}");
}

#[test]
fn units_that_lag_are_named_with_their_items_and_missing_returns_by_name() {
    let view = county(60);
    let text = print(&bulletin(&view)).all_text();
    let overdue = view.tasks.iter().find(|t| t.judgement == Judgement::Overdue).unwrap();
    let lead = &overdue.departments.iter().find(|(_, role)| *role == Role::Lead).unwrap().0;
    let name = &view.departments.iter().find(|d| d.id == *lead).unwrap().name;
    assert!(text.contains(&format!("由{name}牵头的第")), "{name}");
    assert!(text.contains("县教育局未报送2025年二季度进展情况"));
    assert!(text.contains("石桥镇逾期报送"));
}

#[test]
fn a_target_is_told_with_value_share_and_gap() {
    let text = print(&bulletin(&county(60))).all_text();
    assert!(text.contains("技改投资完成2.15亿元，为目标6.5亿元的33.1%，低于序时进度16.9个百分点"), "{text}");
}

#[test]
fn the_offices_words_and_passages_print_instead_of_the_proposed_ones() {
    let mut view = county(30);
    view.words = Words {
        judgements: vec![(Judgement::OnSchedule, "有序推进".to_owned())],
        lamps: vec![(Lamp::Green, "蓝".to_owned())],
    };
    view.rule_note.clear();
    view.passages.opening = Some("按照年度督查计划，现予通报。".to_owned());
    view.passages.demands = Some(String::new());
    let text = print(&bulletin(&view)).all_text();
    assert!(text.contains("有序推进") && !text.contains("达序时"), "{text}");
    assert!(text.contains("蓝灯"));
    assert!(text.contains("现予通报。") && !text.contains("四、下一步要求"));
}

#[test]
fn ranking_prints_only_where_it_is_on_and_shows_its_arithmetic() {
    let view = county(60);
    let with = print(&bulletin(&view)).all_text();
    assert!(with.contains("单位排名") && with.contains("×0.8+20"));
    let off = report::Options { ranking: false, ..options() };
    let without = print(&report::compose(&view, &Kind::Bulletin, &off, faces())).all_text();
    assert!(!without.contains("排名"), "{without}");
}

#[test]
fn units_with_the_same_points_share_a_rank_and_kinds_are_ranked_apart() {
    let figures = Figures::of(&county(60));
    for kind in figures.scores.iter().map(|s| s.kind).collect::<BTreeSet<_>>() {
        let own: Vec<_> = figures.scores.iter().filter(|s| s.kind == kind).collect();
        assert_eq!(own[0].rank, 1);
        for pair in own.windows(2) {
            assert_eq!(pair[0].points == pair[1].points, pair[0].rank == pair[1].rank);
        }
    }
}

#[test]
fn a_department_report_holds_its_rows_only_with_lamp_and_why() {
    let view = county(60);
    let id = department(5);
    let document = report::compose(&view, &Kind::Department(id.clone()), &options(), faces());
    let text = print(&document).all_text();
    assert!(text.contains("县水利局2025年二季度任务清单"));
    let own: BTreeSet<_> = view.tasks.iter().filter(|t| t.departments.iter().any(|(d, _)| *d == id)).map(|t| &t.id).collect();
    let shown: BTreeSet<_> = document
        .pages
        .iter()
        .flat_map(|page| &page.marks)
        .flat_map(|mark| &mark.rows)
        .filter_map(|row| if let RowId::Task(id) = row { Some(id) } else { None })
        .collect();
    assert_eq!(own, shown);
    assert!(text.contains("清单") && text.contains("节点") && text.contains("→"), "{text}");
}

#[test]
fn one_page_is_one_page() {
    for tasks in [0, 10, 60, 300] {
        let document = report::compose(&county(tasks), &Kind::OnePage(None), &options(), faces());
        assert_eq!(document.pages.len(), 1, "{tasks} tasks");
    }
}

#[test]
fn a_slip_stands_with_its_receipt_on_one_sheet() {
    let document = report::compose(&county(60), &Kind::Slip(None), &options(), faces());
    assert_eq!(document.pages.len(), 1);
    let text = print(&document).all_text();
    for wanted in ["云督黄〔2025〕4号", "云溪水库除险加固工程", "2025年7月18日前", "负责人签字", "不得处理涉密信息", "黄"]
    {
        assert!(text.contains(wanted), "{wanted} in {text}");
    }
}

#[test]
fn characters_of_the_text_are_counted_without_annexes() {
    let document = bulletin(&county(60));
    assert_eq!(document.limit, Some(4000));
    assert!(document.characters > 800 && document.characters < 4000, "{}", document.characters);
    let longer = bulletin(&county(300));
    assert!(longer.characters < document.characters * 3);
}

/// Texts printed inside marks that lead to several rows, with how many they lead to.
fn figures_on(document: &report::Document) -> Vec<(String, usize)> {
    let mut found = Vec::new();
    for page in &document.pages {
        for mark in page.marks.iter().filter(|mark| !mark.rows.is_empty()) {
            let (left, top, width, height) = mark.area;
            let mut inside = String::new();
            for item in &page.items {
                if let report::Item::Text { x, y, text, offsets, .. } = item
                    && *y > top
                    && *y < top + height
                {
                    for (character, offset) in text.chars().zip(offsets) {
                        let at = x + f64::from(*offset);
                        if at > left - 0.5 && at < left + width - 0.5 {
                            inside.push(character);
                        }
                    }
                }
            }
            found.push((inside, mark.rows.len()));
        }
    }
    found
}

#[test]
fn the_timeline_counts_what_is_done_overdue_and_to_come_and_each_count_leads_to_its_rows() {
    let view = county(60);
    let document = report::compose(&view, &Kind::Timeline, &options(), faces());
    let text = print(&document).all_text();
    let tasks = view.tasks.iter().filter(|t| t.status != Status::Cancelled && t.due.is_some()).count();
    let all = tasks + view.milestones.len();
    assert!(text.contains(&format!("有时限的任务{tasks}项、节点{}个，共{all}个时点", view.milestones.len())), "{text}");
    let overdue = view
        .tasks
        .iter()
        .filter(|t| t.status != Status::Cancelled && t.closed_on.is_none() && t.judgement != Judgement::Completed)
        .filter(|t| t.due.is_some_and(|due| due.last_day() < view.as_of))
        .count();
    assert!(text.contains(&format!("超期未完成{overdue}个")), "{text}");
    let counts: Vec<(usize, usize)> =
        figures_on(&document).into_iter().filter_map(|(text, rows)| Some((text.parse().ok()?, rows))).collect();
    // the totals, and the numbers over the pillars
    assert!(counts.len() > 8, "{counts:?}");
    assert!(counts.iter().all(|(printed, rows)| printed == rows), "{counts:?}");
    assert!(
        document
            .elements
            .iter()
            .any(|element| matches!(&element.kind, report::ElementKind::Picture(told) if told.contains("超期未完成")))
    );
}

#[test]
fn the_yearbook_sets_each_years_figure_under_its_target() {
    let mut view = county(60);
    view.indicators[0].years[1].value = Some(10.5);
    view.indicators[0].years[1].actual = Some(9.75);
    let document = report::compose(&view, &Kind::Yearbook, &options(), faces());
    let text = print(&document).all_text();
    for wanted in [
        "纳入年鉴的指标共8个，其中约束性指标3个",
        "已报数据的7个",
        "一、2023—2027年各年目标与完成情况",
        "≥10.5",
        "9.75",
        "二、2025年各季度数据",
    ] {
        assert!(text.contains(wanted), "{wanted} in {text}");
    }
    let leads = document.pages.iter().flat_map(|page| &page.marks).flat_map(|mark| &mark.rows);
    let indicators: BTreeSet<_> = leads.filter_map(|row| if let RowId::Indicator(id) = row { Some(id) } else { None }).collect();
    assert_eq!(indicators.len(), view.indicators.len());
}
