//! 督办单: level, matter, what is asked, time limit; the receipt 回执 on the same sheet.

use plan::{DepartmentId, Role};

use crate::block::{Align, Block, Cell, Part, Row, Span, Table, Width};
use crate::faces::FaceRole;
use crate::flow::Flow;
use crate::page::{Ink, Item, RowId};
use crate::picture::{self, ASCENT};
use crate::view::{SlipLevel, SlipLine, View};
use crate::wording::{Book, date};

impl SlipLevel {
    /// The character that prints beside the colour.
    #[must_use]
    pub fn chinese(self) -> &'static str {
        match self {
            Self::Blue => "蓝",
            Self::Yellow => "黄",
            Self::Red => "红",
        }
    }

    fn inks(self) -> (Ink, Ink) {
        match self {
            Self::Blue => (Ink::Blue, Ink::White),
            Self::Yellow => (Ink::Yellow, Ink::Black),
            Self::Red => (Ink::Red, Ink::White),
        }
    }
}

/// Lines to write on in the larger fields of the receipt: as many as keep the slip and its receipt on one sheet.
const SLACK: std::ops::RangeInclusive<usize> = 1..=6;

/// The quarter's slips, each on its own sheet; of one department where it is named. `fits` tells whether blocks take one page.
pub(crate) fn slips(view: &View, id: Option<&DepartmentId>, fits: &dyn Fn(&[Block]) -> bool) -> Vec<Block> {
    let book = Book::of(view);
    let mut blocks = Vec::new();
    let own =
        view.slips.iter().filter(|slip| id.is_none_or(|id| slip.departments.iter().any(|(department, _)| department == id)));
    for slip in own {
        blocks.push(Block::Report);
        let roomy = SLACK.rev().map(|slack| sheet(view, &book, slip, slack)).find(|sheet| fits(sheet));
        blocks.extend(roomy.unwrap_or_else(|| sheet(view, &book, slip, *SLACK.start())));
    }
    if blocks.is_empty() {
        blocks.push(Block::Title { text: format!("{}督办单", view.quarter.chinese()), anchor: "正文".to_owned() });
        blocks.push(Block::Paragraph(vec![Span::new(match id {
            Some(id) => format!("{}本季度没有督办单。", book.name(id)),
            None => "本季度没有督办单。".to_owned(),
        })]));
    }
    blocks
}

fn sheet(view: &View, book: &Book<'_>, slip: &SlipLine, slack: usize) -> Vec<Block> {
    let names = |role: Role| -> String {
        let names: Vec<&str> = slip.departments.iter().filter(|(_, r)| *r == role).map(|(id, _)| book.name(id)).collect();
        names.join("、")
    };
    let ids: Vec<RowId> = slip.task.iter().cloned().map(RowId::Task).collect();
    let label = |text: &str| Cell::of(vec![Part::Text(vec![Span::of(FaceRole::Hei, text)])]).aligned(Align::Centre);
    let blank = |text: &str, lines: usize| {
        if text.trim().is_empty() { Cell::of(vec![Part::Blank(lines)]) } else { Cell::text(text.trim()) }
    };
    let wide = |title: &str, text: &str, lines: usize| Row {
        cells: vec![label(title), blank(text, lines).spanning(3)],
        heading: false,
        rows: ids.clone(),
        name: format!("督办单{}", slip.number),
    };
    let pair = |one: (&str, String), two: (&str, String)| Row {
        cells: vec![label(one.0), blank(&one.1, 1), label(two.0), blank(&two.1, 1)],
        heading: false,
        rows: ids.clone(),
        name: format!("督办单{}", slip.number),
    };
    let day = |day: Option<chrono::NaiveDate>| day.map_or_else(String::new, date);
    let columns = || {
        ["", "", "", ""]
            .iter()
            .enumerate()
            .map(|(place, _)| {
                crate::block::column(
                    "",
                    if place % 2 == 0 { Width::Fixed(5.0) } else { Width::Content { least: 8.0, most: 14.0 } },
                )
            })
            .collect()
    };
    let table = |rows: Vec<Row>| Block::Table(Table { columns: columns(), rows, size: 12.0, head: false });
    let reply = match slip.reply_by {
        Some(day) => format!("于{}前书面反馈{}", date(day), view.office),
        None => String::new(),
    };
    let title = if view.place.is_empty() { "督办单".to_owned() } else { format!("{}督办单", view.place) };
    vec![
        Block::SlipHead { title, level: slip.level, number: slip.number.clone(), anchor: format!("督办单{}", slip.number) },
        table(vec![
            pair(("牵头单位", names(Role::Lead)), ("配合单位", names(Role::Support))),
            wide("任务来源", &slip.source, 1),
            wide("督办事项", &slip.matter, 2),
            wide("督办原因", &slip.reason, 2),
            wide("办理要求", &slip.demand, 3),
            pair(("办理时限", day(slip.limit)), ("发单日期", date(slip.date))),
            wide("反馈要求", &reply, 1),
            pair(("联系人", slip.contact.clone()), ("签发人", slip.signer.clone())),
        ]),
        Block::Note(vec![Span::new("（此处加盖印章）　　　　　　　　　　　　　　　　　　不得处理涉密信息")]),
        Block::Heading { level: 1, text: "回　执".to_owned(), anchor: String::new() },
        table(vec![
            pair(("接收人", String::new()), ("接收时间", String::new())),
            wide("办理情况", "", slack + 1),
            wide("原因", "", slack),
            wide("措施", "", slack),
            pair(("预计完成", String::new()), ("负责人签字", String::new())),
            wide("单位盖章", "", slack.min(3)),
        ]),
    ]
}

impl Flow<'_> {
    /// The slip's head: title, level as a coloured box with its character, number.
    pub(crate) fn slip_head(&mut self, title: &str, level: SlipLevel, number: &str) {
        let area = self.area();
        let span = Span::of(FaceRole::Title, title);
        let (line, size) = self.fitted(&span, 26.0, area.width - 80.0);
        let x = area.left + (area.width - line.width) / 2.0;
        let top = area.top + self.y;
        self.place(&line, std::slice::from_ref(&span), x, top + size * ASCENT, size);
        let (fill, ink) = level.inks();
        let (wide, tall) = (30.0, 24.0);
        let left = area.left + area.width - wide;
        let faces = self.faces;
        let items = &mut self.page().items;
        items.push(Item::Box {
            x: left,
            y: top + 1.0,
            width: wide,
            height: tall,
            radius: 3.0,
            fill: Some(fill),
            stroke: Some((Ink::Black, 0.5)),
        });
        picture::centred(items, faces, level.chinese(), FaceRole::Hei, 16.0, ink, left + wide / 2.0, top + 1.0 + tall / 2.0);
        let span = Span::new(format!("编号：{number}"));
        let (line, own) = self.fitted(&span, 12.0, area.width);
        let x = area.left + area.width - line.width;
        let baseline = top + 40.0 + 12.0 * ASCENT;
        self.place(&line, std::slice::from_ref(&span), x, baseline, own);
        self.y += 60.0;
    }
}
