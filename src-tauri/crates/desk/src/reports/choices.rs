//! What the settings view offers and tells.

use crate::model::seeds;
use crate::model::session::Session;
use crate::wire::{self, Refusal};

impl Session {
    /// What the settings view offers and tells.
    ///
    /// # Errors
    /// None as things are: missing fonts are told in words.
    pub fn choices(&mut self, _request: &wire::Nothing) -> Result<wire::Choices, Refusal> {
        let faces = match self.faces() {
            Ok(faces) => report::FaceRole::ALL.iter().map(|role| format!("{}:{}", role.chinese(), faces.family(*role))).collect(),
            Err(refusal) => vec![refusal.to_string()],
        };
        let styles = report::HouseStyle::ALL.iter();
        Ok(wire::Choices {
            rule_sets: seeds::rule_sets(),
            house_styles: styles
                .map(|style| wire::Choice { code: style.code.to_owned(), label: style.label.to_owned(), note: String::new() })
                .collect(),
            word_sets: seeds::word_sets(),
            faces,
            data_folder: self.environment().data_folder.as_ref().map(|folder| folder.to_string_lossy().into_owned()),
        })
    }
}
