//! Cells of office ledgers that are more than their words: formats, merged stretches, sums, what is hidden or struck, errors.

#![allow(clippy::unwrap_used, reason = "a test that cannot make its ledger must fail")]

use intake::ledger::{self, Ledger};
use rust_xlsxwriter::{Format, Formula, Workbook, Worksheet};

const HEADS: [&str; 6] = ["序号", "重点任务", "工作目标", "牵头单位", "配合单位", "完成时限"];

fn made(fill: impl FnOnce(&mut Workbook, &mut Worksheet)) -> Ledger {
    let mut book = Workbook::new();
    let mut sheet = Worksheet::new();
    sheet.set_name("台账").unwrap();
    sheet.write(0, 0, "青溪县2026年重点工作任务台账").unwrap();
    row(&mut sheet, 1, &HEADS);
    fill(&mut book, &mut sheet);
    let mut all = Workbook::new();
    all.push_worksheet(sheet);
    for other in book.worksheets_mut().drain(..) {
        all.push_worksheet(other);
    }
    ledger::read(&all.save_to_buffer().unwrap(), "台账.xlsx", &[]).unwrap()
}

fn row(sheet: &mut Worksheet, at: u32, cells: &[&str]) {
    for (column, cell) in (0..).zip(cells).filter(|(_, cell)| !cell.is_empty()) {
        sheet.write(at, column, *cell).unwrap();
    }
}

fn tasks(ledger: &Ledger) -> Vec<&str> {
    ledger.draft.tasks.iter().map(|task| task.title.as_str()).collect()
}

/// Task, how it binds, value, unit, due.
fn targets(ledger: &Ledger) -> Vec<String> {
    let line = |target: &intake::DraftTarget| {
        let task = target.task.map_or("", |task| ledger.draft.tasks[task].title.as_str());
        let due = target.due.map(|due| due.to_string()).unwrap_or_default();
        format!("{task} {}{}{} {due}", target.op.code(), target.value, target.unit)
    };
    ledger.draft.targets.iter().map(line).collect()
}

#[track_caller]
fn assert_said(ledger: &Ledger, words: &[&str]) {
    let messages: Vec<&str> = ledger.draft.findings.iter().map(|finding| finding.message.as_str()).collect();
    let said = messages.iter().any(|message| words.iter().all(|word| message.contains(word)));
    assert!(said, "{words:?} in {messages:#?}");
}

#[test]
fn two_columns_that_hold_the_task_are_both_read() {
    for goal in ["工作目标", "目标任务要求", "年度工作任务", "具体事项"] {
        let ledger = made(|_, sheet| {
            sheet.write(1, 2, goal).unwrap();
            row(sheet, 2, &["1", "开展助企走访", "走访企业80家", "县工信局", "", "2026年5月"]);
            row(sheet, 3, &["2", "修建产业道路", "建成道路6公里", "县交通局", "", "2026年10月"]);
        });
        assert_eq!(tasks(&ledger), ["开展助企走访", "修建产业道路"], "{goal}");
        assert_eq!(targets(&ledger), ["开展助企走访 >=80家 2026-05", "修建产业道路 >=6公里 2026-10"], "{goal}");
    }
}

#[test]
fn merged_cells_fill_and_each_row_keeps_its_date() {
    let ledger = made(|_, sheet| {
        let plain = Format::new();
        row(sheet, 2, &["1", "开展助企走访", "走访企业80家", "县工信局", "县税务局", "2026年5月"]);
        row(sheet, 3, &["2", "盘活闲置厂房", "盘活厂房9万平方米", "", "", "2026年8月"]);
        row(sheet, 4, &["3", "推进农田建设", "新建高标准农田3万亩", "县农业农村局", "", "2026年12月"]);
        row(sheet, 5, &["", "", "建设灌溉渠道25公里", "", "", "2026年10月"]);
        sheet.merge_range(2, 3, 3, 3, "县工信局", &plain).unwrap();
        sheet.merge_range(4, 1, 5, 1, "推进农田建设", &plain).unwrap();
        sheet.merge_range(4, 3, 5, 3, "县农业农村局", &plain).unwrap();
    });
    assert_eq!(tasks(&ledger), ["开展助企走访", "盘活闲置厂房", "推进农田建设"]);
    assert_eq!(
        targets(&ledger),
        [
            "开展助企走访 >=80家 2026-05",
            "盘活闲置厂房 >=9万平方米 2026-08",
            "推进农田建设 >=3万亩 2026-12",
            "推进农田建设 >=25公里 2026-10",
        ]
    );
    assert_eq!(ledger.draft.tasks[1].departments, ["县工信局"]);
}

#[test]
fn sums_in_all_spellings_are_no_tasks_and_are_checked() {
    let ledger = made(|_, sheet| {
        row(sheet, 2, &["1", "新建标准厂房", "新建厂房20万平方米", "县工信局", "", "2026年12月"]);
        row(sheet, 3, &["2", "实施技改项目", "实施技改项目15个", "县工信局", "", "2026年12月"]);
        row(sheet, 4, &["小计（2项）"]);
        row(sheet, 5, &["3", "新建农村公路", "新建农村公路60公里", "县交通局", "", "2026年12月"]);
        row(sheet, 6, &["", "其中：通组公路", "新建通组公路70公里", "县交通局", "", "2026年12月"]);
        row(sheet, 7, &["合　计", "3项", "厂房20万平方米、公路60公里"]);
        row(sheet, 8, &["合 计", "4项"]);
        row(sheet, 9, &["一、二类合计"]);
        row(sheet, 10, &["总投资合计（亿元）", "", "", "9.5"]);
    });
    assert_eq!(tasks(&ledger), ["新建标准厂房", "实施技改项目", "新建农村公路"]);
    assert_eq!(ledger.draft.departments, ["县工信局", "县交通局"]);
    assert_said(&ledger, &["A5", "小计（2项）", "汇总", "一致"]);
    assert_said(&ledger, &["A8", "合　计", "与各行相加一致"]);
    assert_said(&ledger, &["A9", "写的是4项，各行相加是3项"]);
    assert_said(&ledger, &["B7", "其中：通组公路", "超过上一项的60公里"]);
    assert_said(&ledger, &["A11", "总投资合计（亿元）", "汇总"]);
}

#[test]
fn numbers_are_read_as_their_cells_show_them() {
    let ledger = made(|_, sheet| {
        sheet.write(1, 6, "目标值").unwrap();
        let format = |code: &str| Format::new().set_num_format(code);
        row(sheet, 2, &["", "培育规上工业企业", "", "县工信局", "", "2026年12月"]);
        sheet.write_with_format(2, 0, 4, &format("000")).unwrap();
        sheet.write_with_format(2, 6, 36, &format("0\"家\"")).unwrap();
        row(sheet, 3, &["5", "争取专项资金", "", "县财政局", "", "2026年12月"]);
        sheet.write_with_format(3, 6, 2600, &format("#,##0\"万元\"")).unwrap();
        row(sheet, 4, &["6", "扩大有效投资", "", "县发改局", "", "2026年12月"]);
        sheet.write_with_format(4, 6, 8.5, &format("0.0\"亿元\"")).unwrap();
        row(sheet, 5, &["7", "压降能耗", "", "县发改局", "", "2026年12月"]);
        sheet.write_with_format(5, 6, 1.1, &format("0.00")).unwrap();
        // the goal itself is a figure
        row(sheet, 6, &["8", "新增科技型企业", "", "县科技局", "", "2026年12月"]);
        sheet.write_with_format(6, 2, 12, &format("0\"家\"")).unwrap();
        row(sheet, 7, &["9", "培训农民", "", "县农业农村局", "", "2026年12月"]);
        sheet.write_with_format(7, 6, 1499.6, &format("#,##0\"人\"")).unwrap();
    });
    assert_eq!(
        targets(&ledger),
        [
            "培育规上工业企业 >=36家 2026-12",
            "争取专项资金 >=2600万元 2026-12",
            "扩大有效投资 >=8.5亿元 2026-12",
            "压降能耗 >=1.1 2026-12",
            "新增科技型企业 >=12家 2026-12",
            "培训农民 >=1500人 2026-12",
        ]
    );
    let printed = |words: &str| ledger.document.text.contains(words);
    assert!(printed("004\t") && printed("\t1.10") && printed("2,600万元"), "{}", ledger.document.text);
    assert_said(&ledger, &["G6", "没有单位"]);
    assert_said(&ledger, &["G8", "比显示的位数多", "1,500人"]);
}

#[test]
fn dates_that_can_be_read_in_two_ways_are_asked_about() {
    let ledger = made(|_, sheet| {
        let format = |code: &str| Format::new().set_num_format(code);
        row(sheet, 2, &["1", "修订防汛预案", "", "县应急局"]);
        sheet.write(2, 5, 9.1).unwrap();
        row(sheet, 3, &["2", "编制排水规划", "", "县住建局"]);
        sheet.write(3, 5, 46203).unwrap();
        row(sheet, 4, &["3", "出台奖补办法", "", "县财政局"]);
        sheet.write(4, 5, 2026.1).unwrap();
        row(sheet, 5, &["4", "建成数据平台", "", "县数据局", "", "9.10"]);
        row(sheet, 6, &["5", "完成水库除险", "", "县水利局"]);
        let day = rust_xlsxwriter::ExcelDateTime::from_ymd(2026, 9, 1).unwrap();
        sheet.write_with_format(6, 5, day, &format("yyyy\"年\"m\"月\"")).unwrap();
        row(sheet, 7, &["6", "组织技能培训", "", "县人社局", "", "20261030"]);
    });
    let milestones: Vec<String> = ledger.draft.milestones.iter().map(|row| format!("{} {}", row.what, row.due)).collect();
    assert_eq!(milestones, ["完成水库除险 2026-09", "组织技能培训 2026-10-30"]);
    assert_said(&ledger, &["工作表“台账”的F3", "9.1", "9月1日或9月10日"]);
    assert_said(&ledger, &["F4", "46203", "2026-06-30"]);
    assert_said(&ledger, &["F5", "2026年1月或2026年10月"]);
    assert_said(&ledger, &["F6", "9.10"]);
}

#[test]
fn what_is_hidden_or_struck_through_is_said_and_not_read() {
    let ledger = made(|book, sheet| {
        let struck = Format::new().set_font_strikethrough();
        row(sheet, 2, &["1", "建设充电桩", "建设充电桩90个", "县发改局", "", "2026年12月"]);
        row(sheet, 3, &["2", "筛掉的任务", "建设站点4个", "县交通局", "", "2026年12月"]);
        sheet.set_row_hidden(3).unwrap();
        row(sheet, 4, &["3", "改造路灯", "改造路灯200盏", "县住建局", "", "2026年12月"]);
        sheet.write_with_format(4, 4, "县城管局", &struck).unwrap();
        sheet.write(5, 0, 4).unwrap();
        for (column, cell) in [(1, "取消的任务"), (2, "建设广场1个"), (3, "县住建局"), (5, "2026年12月")] {
            sheet.write_with_format(5, column, cell, &struck).unwrap();
        }
        let old = book.add_worksheet();
        old.set_name("旧版").unwrap().set_hidden(true);
        row(old, 0, &HEADS);
        row(old, 1, &["9", "作废的任务", "废止1项", "县旧局", "", "2026年12月"]);
    });
    assert_eq!(tasks(&ledger), ["建设充电桩", "改造路灯"]);
    assert_eq!(ledger.draft.departments, ["县发改局", "县住建局"]);
    assert_said(&ledger, &["工作表“台账”", "第4行", "隐藏"]);
    assert_said(&ledger, &["第6行", "删除线"]);
    assert_said(&ledger, &["E5", "县城管局", "删除线"]);
    assert_said(&ledger, &["工作表“旧版”是隐藏的"]);
}

#[test]
fn formulas_that_failed_are_findings_with_their_cells() {
    let ledger = made(|_, sheet| {
        row(sheet, 2, &["1", "新建道路", "", "县交通局", "", "2026年12月"]);
        sheet.write_formula(2, 2, Formula::new("=\"新建道路\"&40&\"公里\"").set_result("新建道路40公里")).unwrap();
        row(sheet, 3, &["2", "推进造林", "", "县林业局", "", "2026年12月"]);
        sheet.write_formula(3, 2, Formula::new("=1/0").set_result("#DIV/0!")).unwrap();
        row(sheet, 4, &["3", "", "植树2万株", "县林业局", "", "2026年11月"]);
        sheet.write_formula(4, 1, Formula::new("=NA()").set_result("#N/A")).unwrap();
    });
    assert_eq!(tasks(&ledger), ["新建道路", "推进造林", "植树2万株"]);
    assert_eq!(targets(&ledger), ["新建道路 >=40公里 2026-12", "植树2万株 >=2万株 2026-11"]);
    assert!(!ledger.draft.items.iter().any(|item| item.text.contains('#')), "{:?}", ledger.draft.items);
    assert_said(&ledger, &["工作表“台账”", "C4（#DIV/0!）", "B5（#N/A）", "公式出错"]);
}

#[test]
fn a_name_set_apart_to_fill_its_cell_is_one_unit() {
    let ledger = made(|_, sheet| {
        row(sheet, 2, &["1", "建立财政监管机制", "", "县 财 政 局", "县 水 利 局、县林业局", "2026年12月"]);
        row(sheet, 3, &["2", "开展联合执法", "", "县 审计 局", "县公安局 县司法局", "2026年12月"]);
    });
    assert_eq!(ledger.draft.departments, ["县财政局", "县水利局", "县林业局", "县审计局", "县公安局", "县司法局"]);
}

#[test]
fn a_title_said_again_under_its_number_is_one_task_wherever_it_stands() {
    let ledger = made(|_, sheet| {
        row(sheet, 2, &["2", "推进农田建设", "建设灌溉渠道25公里", "县农业农村局", "", "2026年10月"]);
        row(sheet, 3, &["1", "开展助企走访", "走访企业80家", "县工信局", "", "2026年5月"]);
        row(sheet, 4, &["2", "推进农田建设", "新建高标准农田3万亩", "县农业农村局", "", "2026年12月"]);
        row(sheet, 5, &["3", "推进农田建设", "编制验收办法", "县农业农村局", "", "2026年9月"]);
    });
    assert_eq!(tasks(&ledger), ["推进农田建设", "开展助企走访", "推进农田建设"]);
    assert_eq!(
        targets(&ledger),
        ["推进农田建设 >=25公里 2026-10", "开展助企走访 >=80家 2026-05", "推进农田建设 >=3万亩 2026-12"]
    );
    let rows: Vec<(usize, Option<usize>)> = ledger.rows.iter().map(|row| (row.row, row.task)).collect();
    assert_eq!(rows, [(3, Some(0)), (4, Some(1)), (5, Some(0)), (6, Some(2))]);
    let head = |cell: &ledger::LedgerCell| (cell.head.clone(), cell.text.clone());
    assert_eq!(ledger.rows[1].cells.iter().map(head).nth(2), Some(("工作目标".to_owned(), "走访企业80家".to_owned())));
}
