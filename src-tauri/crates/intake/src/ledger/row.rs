//! A row of a sheet with its cells by what they hold.

use super::aside::is_error;
use super::columns::{Field, Head};
use super::sheets::Sheet;
use super::{LedgerCell, LedgerRow, sums};
use crate::reading::passage::Passage;
use plan::Span;

/// A row with its cells by what they hold.
pub(super) struct Row<'a> {
    pub(super) text: &'a str,
    pub(super) sheet: &'a Sheet,
    /// Its place in the sheet, the first row is 0.
    pub(super) index: usize,
    pub(super) cells: &'a [Span],
    pub(super) head: &'a Head,
}

impl Row<'_> {
    pub(super) fn places(&self, field: impl Fn(Field) -> bool) -> impl Iterator<Item = (usize, Field, Span)> {
        let fields = self.head.fields.iter().enumerate();
        fields.filter_map(move |(column, known)| {
            let known = known.filter(|known| field(*known))?;
            let span = self.cells.get(column).copied().filter(|span| span.start < span.end)?;
            (!self.says_nothing(column)).then_some((column, known, span))
        })
    }

    /// The cell is struck through, or its formula has no value.
    pub(super) fn says_nothing(&self, column: usize) -> bool {
        self.sheet.is_struck(self.index, column) || self.has_error(column)
    }

    pub(super) fn has_error(&self, column: usize) -> bool {
        self.cells.get(column).is_some_and(|span| is_error(self.printed(*span)))
    }

    /// The column of a cell.
    pub(super) fn column(&self, span: Span) -> usize {
        self.cells.iter().position(|cell| *cell == span).unwrap_or(0)
    }

    /// The cell as spreadsheets call it; a merged one by its first.
    pub(super) fn address(&self, span: Span) -> String {
        let column = self.column(span);
        let (row, column) = self.sheet.origin(self.index, column).unwrap_or((self.index, column));
        self.sheet.address(row, column)
    }

    pub(super) fn is_number(&self, span: Span) -> bool {
        self.sheet.is_number(self.index, self.column(span))
    }

    /// The cells that say something, those of a merged stretch once.
    pub(super) fn filled(&self) -> Vec<(usize, Span)> {
        let mut filled: Vec<(usize, Span)> = self.cells.iter().copied().enumerate().collect();
        filled.retain(|(column, span)| span.start < span.end && !self.says_nothing(*column));
        filled.dedup_by_key(|(_, span)| *span);
        filled
    }

    /// What kind of sum the row is, and the cell that says so: the first one, or one of those that name a task.
    pub(super) fn sum(&self, filled: &[(usize, Span)]) -> Option<(sums::Kind, Span)> {
        let named = self.places(|field| matches!(field, Field::Number | Field::Group | Field::Task | Field::Indicator));
        let named = named.map(|(_, _, span)| span).collect::<Vec<_>>();
        let first = filled.first().map(|(_, span)| *span);
        named.into_iter().chain(first).find_map(|span| Some((sums::kind(self.printed(span))?, span)))
    }

    /// The cells that can hold amounts.
    pub(super) fn amounts(&self) -> impl Iterator<Item = (usize, &str)> {
        let counts = |field: &Option<Field>| {
            !matches!(
                field,
                Some(
                    Field::Number
                        | Field::Due
                        | Field::Leader
                        | Field::Progress
                        | Field::Problem
                        | Field::NextStep
                        | Field::Evidence
                        | Field::Lamp
                        | Field::Note
                )
            )
        };
        let own = move |(column, span): (usize, Span)| {
            // the number column of a row of sums says how many
            let kept = self.head.fields.get(column).is_none_or(counts) || sums::kind(self.printed(span)).is_some();
            kept.then(|| (column, self.printed(span)))
        };
        self.filled().into_iter().filter_map(own).collect::<Vec<_>>().into_iter()
    }

    pub(super) fn cell(&self, field: Field) -> Option<Span> {
        self.places(|known| known == field).next().map(|(_, _, span)| span)
    }

    pub(super) fn printed(&self, span: Span) -> &str {
        self.text.get(span.start..span.end).unwrap_or_default()
    }

    /// The part of a row's words that stands in its own line; a merged cell may stand further up.
    pub(super) fn line(&self, whole: Span) -> Span {
        let last = self.cells.iter().map(|span| span.end).max().unwrap_or(whole.end);
        let start = self.text.get(..last).and_then(|text| text.rfind('\n')).map_or(0, |at| at + 1);
        Span { start: start.max(whole.start), end: whole.end.max(start) }
    }

    /// The row as it is compared with the same row of the file's next version.
    pub(super) fn kept(&self, task: Option<usize>, span: Span) -> LedgerRow {
        let mut cells = Vec::new();
        for (column, head) in self.head.titles.iter().enumerate().filter(|(_, head)| !head.is_empty()) {
            let text = self.cells.get(column).map(|span| self.printed(*span).trim()).unwrap_or_default();
            if !text.is_empty() && !self.says_nothing(column) {
                let field = self.head.fields.get(column).copied().flatten();
                cells.push(LedgerCell { head: head.clone(), field, text: text.to_owned() });
            }
        }
        LedgerRow { sheet: self.sheet.name.clone(), row: self.index + 1, task, span, cells }
    }

    /// What a task stands under, its number and its title.
    pub(super) fn name(&self, own: Span, group: &[String]) -> (String, String, String) {
        let mut under = group.join("/");
        for (_, _, span) in self.places(|field| field == Field::Group) {
            under.push('/');
            under.push_str(self.printed(span));
        }
        let number = self.cell(Field::Number).map_or("", |span| self.printed(span).trim());
        (under, number.to_owned(), self.printed(own).trim().to_owned())
    }

    pub(super) fn passage(&self, span: Span) -> Passage {
        Passage::read(self.text, span)
    }
}
