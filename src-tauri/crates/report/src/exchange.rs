//! The sheets that go with exchange files: a department's 报送单, signed and sealed, and the office's 催报单.

use crate::block::{Align, Block, Cell, Part, Row, Span, Table, Width};
use crate::faces::FaceRole;
use crate::page::RowId;
use crate::view::{Receipt, Reminder, TaskLine, View};
use crate::wording::{Book, date};

fn label(text: &str) -> Cell {
    Cell::of(vec![Part::Text(vec![Span::of(FaceRole::Hei, text)])]).aligned(Align::Centre)
}

fn filled(text: &str, lines: usize) -> Cell {
    if text.trim().is_empty() { Cell::of(vec![Part::Blank(lines)]) } else { Cell::text(text.trim()) }
}

fn row(cells: Vec<Cell>, name: &str) -> Row {
    Row { cells, heading: false, rows: Vec::new(), name: name.to_owned() }
}

/// A table of labels and values, two pairs side by side.
fn pairs(rows: Vec<Row>) -> Block {
    let columns = (0..4).map(|place| {
        crate::block::column("", if place % 2 == 0 { Width::Fixed(5.0) } else { Width::Content { least: 8.0, most: 14.0 } })
    });
    Block::Table(Table { columns: columns.collect(), rows, size: 12.0, head: false })
}

fn no_secrets() -> Block {
    Block::Note(vec![Span::new("不得处理涉密信息")])
}

/// The sheet of a return.
pub(crate) fn receipt(view: &View, receipt: &Receipt) -> Vec<Block> {
    let book = Book::of(view);
    let name = book.name(&receipt.department);
    let own: Vec<&TaskLine> =
        view.tasks.iter().filter(|task| task.departments.iter().any(|(id, _)| *id == receipt.department)).collect();
    let written = |task: &&&TaskLine| task.progress.iter().any(|text| text.department == receipt.department);
    let done = own.iter().filter(written).count();
    let title = format!("{name}{}工作进展报送单", view.quarter.chinese());
    let pair = |one: (&str, &str), two: (&str, &str)| {
        row(vec![label(one.0), filled(one.1, 1), label(two.0), filled(two.1, 1)], "报送单")
    };
    let wide = |head: &str, text: &str, lines: usize| row(vec![label(head), filled(text, lines).spanning(3)], "报送单");
    let list = |lines: &[String]| if lines.is_empty() { "无".to_owned() } else { lines.join("\n") };
    let mut blocks = vec![
        Block::Title { text: title, anchor: "正文".to_owned() },
        pairs(vec![
            pair(("报送单位", name), ("接收单位", &receipt.office)),
            pair(("季度", &view.quarter.chinese()), ("报送日期", &date(receipt.made_on))),
            pair(("校验号", &receipt.check_number), ("文件编号", &receipt.serial.to_string())),
            pair(("任务", &format!("{}项，已填{done}项", own.len())), ("填报人", &receipt.made_by)),
            wide("佐证材料", &list(&receipt.evidence), 1),
            wide("调整申请", &list(&receipt.requests), 1),
            wide("未填内容", &list(&receipt.unfilled), 1),
            pair(("审核人签字", ""), ("负责人签字", "")),
            wide("单位盖章", "", 3),
        ]),
        Block::Note(vec![Span::new("校验号与报送文件一致时有效；文件改动一个字节，校验号就不同。")]),
        no_secrets(),
        Block::Heading { level: 1, text: "报送内容".to_owned(), anchor: String::new() },
    ];
    let columns = [
        ("序号", Width::Fixed(2.5)),
        ("目标任务", Width::Content { least: 7.0, most: 12.0 }),
        ("办理状态", Width::Fixed(5.0)),
        ("进展情况", Width::Content { least: 10.0, most: 24.0 }),
    ];
    let rows = own.iter().map(|task| {
        let text = task.progress.iter().find(|text| text.department == receipt.department);
        Row {
            cells: vec![
                Cell::text(&task.number).aligned(Align::Centre),
                Cell::text(&task.title),
                Cell::text(text.map_or("未填", |text| text.status.chinese())).aligned(Align::Centre),
                filled(text.map_or("", |text| &text.done), 1),
            ],
            heading: false,
            rows: vec![RowId::Task(task.id.clone())],
            name: format!("第{}项", task.number),
        }
    });
    blocks.push(Block::Table(Table {
        columns: columns.map(|(head, width)| crate::block::column(head, width)).into_iter().collect(),
        rows: rows.collect(),
        size: 12.0,
        head: true,
    }));
    blocks
}

/// The sheet of who is still missing.
pub(crate) fn reminder(view: &View, reminder: &Reminder) -> Vec<Block> {
    let book = Book::of(view);
    let quarter = view.quarter.chinese();
    let mut blocks = vec![Block::Title { text: format!("{quarter}工作进展催报单"), anchor: "正文".to_owned() }];
    if reminder.missing.is_empty() {
        let all = format!("{quarter}下发的{}个单位都已报送。", reminder.asked);
        blocks.push(Block::Paragraph(vec![Span::new(all)]));
        blocks.push(no_secrets());
        return blocks;
    }
    let names: Vec<&str> = reminder.missing.iter().map(|line| book.name(&line.department)).collect();
    let past = view.as_of > reminder.deadline;
    blocks.push(Block::Addressee(format!("{}：", names.join("、"))));
    blocks.push(Block::Paragraph(vec![Span::new(format!(
        "{quarter}工作进展应于{}前报送。截至{}，下发的{}个单位中，尚有{}个单位未报送{}。请抓紧填报，经负责人审核后将报送文件和盖章的报送单一并报来。",
        date(reminder.deadline),
        date(view.as_of),
        reminder.asked,
        names.len(),
        if past { "，已超过时限" } else { "" },
    ))]));
    let columns = [
        ("单位", Width::Content { least: 8.0, most: 14.0 }),
        ("任务", Width::Fixed(3.0)),
        ("下发日期", Width::Fixed(8.0)),
        ("上次催报", Width::Fixed(8.0)),
        ("签收", Width::Content { least: 4.0, most: 8.0 }),
    ];
    let rows = reminder.missing.iter().map(|line| Row {
        cells: vec![
            Cell::text(book.name(&line.department)),
            Cell::text(line.tasks.to_string()).aligned(Align::Centre),
            Cell::text(date(line.sent_on)).aligned(Align::Centre),
            Cell::text(line.reminded_on.map_or_else(|| "—".to_owned(), date)).aligned(Align::Centre),
            Cell::of(vec![Part::Blank(1)]),
        ],
        heading: false,
        rows: Vec::new(),
        name: book.name(&line.department).to_owned(),
    });
    blocks.push(Block::Table(Table {
        columns: columns.map(|(head, width)| crate::block::column(head, width)).into_iter().collect(),
        rows: rows.collect(),
        size: 12.0,
        head: true,
    }));
    blocks.push(Block::Signature { office: view.office.clone(), date: date(view.as_of) });
    blocks.push(no_secrets());
    blocks
}
