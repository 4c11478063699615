//! The drafts that a workbook holds, as they are kept.

use crate::model::desk::Desk;
use crate::model::refusals::{gone, wrong_input};
use crate::wire::{self, Refusal};
use messages::{Noun, Reading};
use plan::DraftId;
use store::table;

impl Desk {
    pub(crate) fn draft_lines(&mut self) -> Result<Vec<wire::DraftLine>, Refusal> {
        let rows = self.reading();
        let mut lines = Vec::new();
        for head in table::draft::list(&rows)? {
            let (draft, _) = self.kept_draft(head.id.as_str())?;
            let reviews = draft
                .tasks
                .iter()
                .map(|row| row.review)
                .chain(draft.targets.iter().map(|row| row.review))
                .chain(draft.milestones.iter().map(|row| row.review))
                .chain(draft.checklist_items.iter().map(|row| row.review));
            let (reviewed, all) =
                reviews.fold((0, 0), |(reviewed, all), review| (reviewed + usize::from(review != wire::Review::Open), all + 1));
            let title = if head.title.is_empty() { head.source_name } else { head.title };
            lines.push(wire::DraftLine { id: head.id.to_string(), title, reviewed, rows: all });
        }
        Ok(lines)
    }

    /// A draft and the text it was drawn from.
    pub(crate) fn kept_draft(&self, id: &str) -> Result<(wire::Draft, String), Refusal> {
        let row = table::draft::find(&self.reading(), &DraftId::new(id))?.ok_or_else(|| gone(Noun::Draft, id))?;
        let draft: wire::Draft = serde_json::from_str(&row.body).map_err(|error| {
            wrong_input(Reading::DraftDamaged { title: row.title.clone() }, Reading::ImportAgain).with_detail(error.to_string())
        })?;
        Ok((draft, row.source_text))
    }
}
