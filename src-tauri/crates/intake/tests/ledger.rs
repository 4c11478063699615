//! Ledgers in spreadsheets, made here, and what is read from them.

#![allow(clippy::unwrap_used, reason = "a test that cannot make its ledger must fail")]

use encoding_rs::GB18030;
use intake::ledger::{self, Field, Ledger};
use plan::Op;
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook};

const HEADS: [&str; 12] = [
    "序号",
    "类别",
    "目标任务",
    "责任领导",
    "牵头单位",
    "配合单位",
    "完成时限",
    "2026年目标",
    "单位",
    "进展情况",
    "存在问题",
    "亮灯",
];

fn workbook(fill: impl FnOnce(&mut rust_xlsxwriter::Worksheet)) -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.set_name("任务台账").unwrap();
    fill(sheet);
    book.save_to_buffer().unwrap()
}

fn row(sheet: &mut rust_xlsxwriter::Worksheet, at: u32, cells: &[&str]) {
    for (column, cell) in (0..).zip(cells) {
        sheet.write(at, column, *cell).unwrap();
    }
}

fn office() -> Vec<u8> {
    workbook(|sheet| {
        let plain = Format::new();
        sheet.merge_range(0, 0, 0, 11, "云溪县2026年重点工作推进台账", &plain).unwrap();
        row(sheet, 1, &HEADS);
        sheet.merge_range(2, 1, 4, 1, "产业发展", &plain).unwrap();
        row(
            sheet,
            2,
            &[
                "1",
                "",
                "培育规模以上工业企业",
                "张某",
                "县工信局",
                "县统计局、县科技局",
                "2026年12月底前",
                "50家以上",
                "",
                "已新增12家",
                "",
                "绿",
            ],
        );
        sheet.merge_range(3, 2, 4, 2, "实施老旧管网改造工程", &plain).unwrap();
        sheet.write(3, 0, 2).unwrap();
        sheet.write(3, 4, "县住建局").unwrap();
        let day = Format::new().set_num_format("yyyy/m/d");
        sheet.write_with_format(3, 6, ExcelDateTime::from_ymd(2026, 9, 30).unwrap(), &day).unwrap();
        sheet.write(3, 7, "2000万").unwrap();
        sheet.write(3, 8, "元").unwrap();
        sheet.write(4, 5, "各镇人民政府").unwrap();
        row(
            sheet,
            5,
            &["3", "民生保障", "提高城镇污水集中收集率", "", "县住建局", "", "长期坚持", ">=95%", "", "", "资金不足", ""],
        );
        sheet.write(6, 0, "4").unwrap();
        sheet.write(6, 2, "提高义务教育巩固率").unwrap();
        sheet.write(6, 4, "县教育局").unwrap();
        sheet.write(6, 6, "2024年底").unwrap();
        sheet.write_with_format(6, 7, 0.985, &Format::new().set_num_format("0.0%")).unwrap();
        row(sheet, 7, &["5", "", "修订防汛应急预案", "", "县应急局", "县水利局", "6月底前"]);
        row(sheet, 8, &["6", "", "发展乡村旅游", "", "县文旅局", "", "2026年底", "若干"]);
        row(sheet, 9, &["合计", "", "", "", "", "", "", "6"]);
    })
}

fn read(bytes: &[u8], name: &str) -> Ledger {
    let ledger = ledger::read(bytes, name, &[]).unwrap();
    for span in ledger.draft.tasks.iter().map(|task| task.span).chain(ledger.draft.targets.iter().map(|target| target.span)) {
        assert!(!ledger.document.text[span.start..span.end].trim().is_empty());
    }
    ledger
}

/// Task, lead, departments.
fn tasks(ledger: &Ledger) -> Vec<String> {
    let line =
        |task: &intake::DraftTask| format!("{} {} {}", task.path.join("/"), task.lead.join("、"), task.departments.join("、"));
    ledger.draft.tasks.iter().map(line).collect()
}

/// Indicator, how it binds, value, unit, due.
fn targets(ledger: &Ledger) -> Vec<String> {
    let due = |due: Option<plan::Due>| due.map(|due| due.to_string()).unwrap_or_default();
    let targets = ledger.draft.targets.iter();
    targets.map(|t| format!("{} {} {} {} {}", t.indicator, t.op.code(), t.value, t.unit, due(t.due))).collect()
}

fn milestones(ledger: &Ledger) -> Vec<String> {
    ledger.draft.milestones.iter().map(|row| format!("{} {}", row.what, row.due)).collect()
}

fn said(ledger: &Ledger, words: &[&str]) -> bool {
    ledger.draft.findings.iter().any(|finding| words.iter().all(|word| finding.message.contains(word)))
}

#[test]
fn a_ledger_as_offices_keep_it_becomes_a_draft() {
    let ledger = read(&office(), "台账.xlsx");
    assert_eq!(ledger.draft.plan.title.as_deref(), Some("云溪县2026年重点工作推进台账"));
    assert_eq!((ledger.draft.plan.period_from, ledger.draft.plan.period_to), (Some(2026), Some(2026)));
    assert_eq!(
        tasks(&ledger),
        [
            "产业发展/培育规模以上工业企业 县工信局 县工信局、县统计局、县科技局",
            "产业发展/实施老旧管网改造工程 县住建局 县住建局、各镇人民政府",
            "民生保障/提高城镇污水集中收集率 县住建局 县住建局",
            "提高义务教育巩固率 县教育局 县教育局",
            "修订防汛应急预案 县应急局 县应急局、县水利局",
            "发展乡村旅游 县文旅局 县文旅局",
        ]
    );
    assert_eq!(
        targets(&ledger),
        [
            "培育规模以上工业企业 >= 50 家 2026",
            "实施老旧管网改造工程 >= 2000 万元 2026",
            "提高城镇污水集中收集率 >= 95 % 2026",
            "提高义务教育巩固率 >= 98.5 % 2026",
        ]
    );
    assert_eq!(milestones(&ledger), ["修订防汛应急预案 2026-06", "发展乡村旅游 2026"]);
}

#[test]
fn what_has_no_place_or_was_not_understood_is_said() {
    let ledger = read(&office(), "台账.xlsx");
    assert!(said(&ledger, &["若干", "没有认出数字"]));
    assert!(said(&ledger, &["长期坚持", "没有认出日期"]));
    assert!(said(&ledger, &["“进展情况”列", "1行"]));
    assert!(said(&ledger, &["“责任领导”列"]));
    assert!(said(&ledger, &["“存在问题”列"]));
    assert!(said(&ledger, &["“亮灯”列"]));
    assert!(said(&ledger, &["合计", "汇总"]));
}

#[test]
fn an_unknown_column_is_said_and_can_be_corrected() {
    let bytes = workbook(|sheet| {
        row(sheet, 0, &["目标任务", "谁来办", "完成时限"]);
        row(sheet, 1, &["建成县级产业服务中心", "县工信局", "2026年底"]);
    });
    let ledger = read(&bytes, "台账.xlsx");
    assert!(said(&ledger, &["谁来办", "没有认出是什么"]));
    let column = &ledger.columns[0].columns[1];
    assert_eq!((column.letter.as_str(), column.head.as_str(), column.field), ("B", "谁来办", None));
    assert!(!column.samples.is_empty() && column.samples.len() <= 3, "{column:?}");
    let corrected = ledger::read(&bytes, "台账.xlsx", &[("谁来办".to_owned(), Field::Lead)]).unwrap();
    assert_eq!(tasks(&corrected), ["建成县级产业服务中心 县工信局 县工信局"]);
}

#[test]
fn heads_of_two_rows_and_years_give_targets_with_a_base() {
    let bytes = workbook(|sheet| {
        let plain = Format::new();
        sheet.merge_range(0, 0, 1, 0, "指标名称", &plain).unwrap();
        sheet.merge_range(0, 1, 1, 1, "单位", &plain).unwrap();
        sheet.merge_range(0, 2, 0, 4, "指标值", &plain).unwrap();
        row(sheet, 1, &["", "", "2025年完成", "2026年目标", "2027年目标"]);
        sheet.merge_range(0, 5, 1, 5, "责任单位", &plain).unwrap();
        row(sheet, 2, &["森林覆盖率", "%", "41.2", "≥41.5", "42", "县林业局"]);
        row(sheet, 3, &["新增高标准农田", "万亩", "—", "3", "4.5", "县农业农村局"]);
    });
    let ledger = read(&bytes, "指标.xlsx");
    assert_eq!(
        targets(&ledger),
        [
            "森林覆盖率 >= 41.5 % 2026",
            "森林覆盖率 >= 42 % 2027",
            "新增高标准农田 >= 3 万亩 2026",
            "新增高标准农田 >= 4.5 万亩 2027",
        ]
    );
    assert_eq!(ledger.draft.targets[0].baseline, Some((2025, 41.2)));
    assert_eq!(ledger.draft.targets[0].op, Op::AtLeast);
}

#[test]
fn separated_text_in_every_encoding_is_the_same_ledger() {
    let text = "序号,目标任务,工作内容,责任单位,完成时限\r\n1,\"推进数字乡村建设\",\"建成示范村12个；编制村庄名录；培训农民3000人次，\n其中骨干300人\",\"牵头单位：县农业农村局；配合单位：县数据局、县财政局\",2026年11月底\r\n2,完善应急广播,,县融媒体中心,2026.6\r\n";
    let (gb, _, _) = GB18030.encode(text);
    let mark: Vec<u8> = [b"\xef\xbb\xbf", text.as_bytes()].concat();
    for bytes in [text.as_bytes(), &gb, &mark] {
        let ledger = read(bytes, "台账.csv");
        assert_eq!(
            tasks(&ledger),
            ["推进数字乡村建设 县农业农村局 县农业农村局、县数据局、县财政局", "完善应急广播  县融媒体中心"]
        );
        // what a target says is no step beside it
        let items: Vec<&str> = ledger.draft.items.iter().map(|item| item.text.as_str()).collect();
        assert_eq!(items, ["编制村庄名录"]);
        let expected = ["建成示范村 >= 12 个 2026-11", "培训农民 >= 3000 人次 2026-11", "骨干 >= 300 人 2026-11"];
        assert_eq!(targets(&ledger), expected);
        assert_eq!(milestones(&ledger), ["完善应急广播 2026-06"]);
    }
}

#[test]
fn old_binary_workbooks_are_read() {
    let bytes = std::fs::read(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/ledger_made/tasks.xls")).unwrap();
    // its ending does not matter
    for name in ["台账.xls", "台账.xlsx", "台账.doc"] {
        assert!(ledger::is_ledger(&bytes, name));
        let ledger = read(&bytes, name);
        assert_eq!(tasks(&ledger), ["建设县级智慧农机服务平台 县农业农村局 县农业农村局、县数据局、县财政局"]);
        assert_eq!(
            targets(&ledger),
            ["建设县级智慧农机服务平台 >= 2000 万元 2026-09-30", "建设县级智慧农机服务平台 >= 50 家 2026"]
        );
    }
}

#[test]
fn a_spreadsheet_without_a_ledger_is_refused_by_name() {
    let bytes = workbook(|sheet| row(sheet, 0, &["姓名", "电话", "生日"]));
    let error = ledger::read(&bytes, "名单.xlsx", &[]).unwrap_err().to_string();
    assert!(error.contains("名单.xlsx") && error.contains("表头"), "{error}");
    assert!(ledger::read(b"", "空.csv", &[]).is_err());
    assert!(!ledger::is_ledger("云溪县行动计划".as_bytes(), "计划.txt"));
}

#[test]
fn cut_and_shuffled_ledgers_neither_panic_nor_hang() {
    let mut roll = 11_u64;
    let mut dice = |sides: usize| {
        roll = roll.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(roll >> 33).unwrap() % sides
    };
    let old = std::fs::read(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/ledger_made/tasks.xls")).unwrap();
    let separated = "序号,目标任务,责任单位\n1,\"建设\"\"乙\",县局\n".repeat(40).into_bytes();
    for (bytes, name) in [(office(), "甲.xlsx"), (old, "甲.xls"), (separated, "甲.csv")] {
        for _ in 0..150 {
            let _ = ledger::read(&bytes[..dice(bytes.len())], name, &[]);
            let mut shuffled = bytes.clone();
            for _ in 0..1 + dice(10) {
                let (at, other) = (dice(shuffled.len()), dice(shuffled.len()));
                shuffled.swap(at, other);
                shuffled[at] ^= u8::try_from(dice(256)).unwrap();
            }
            let _ = ledger::read(&shuffled, name, &[]);
        }
    }
}

#[test]
fn cells_far_apart_cost_no_memory() {
    let bytes = workbook(|sheet| {
        row(sheet, 0, &["目标任务", "责任单位"]);
        row(sheet, 1, &["建成县级产业服务中心", "县工信局"]);
        sheet.write(1_048_575, 16_383, "远").unwrap();
    });
    let ledger = read(&bytes, "台账.xlsx");
    assert_eq!(ledger.draft.tasks.len(), 1);
    assert!(said(&ledger, &["1个单元格超出"]));
}
