//! What a field is to hold, from what stands there and what all who may fill it said.

use super::Choice;
use crate::mark::{Claim, Mark};
use plan::{DepartmentId, Quarter};

/// One who may fill a field and did.
#[derive(Debug)]
pub(super) struct Claimant<'a> {
    pub department: &'a DepartmentId,
    pub quarter: Quarter,
    /// What it said in the returns that were merged before.
    pub old: Option<&'a Claim>,
    /// The same, joined with the returns at hand.
    pub new: Option<&'a Claim>,
    /// What other copies of it say at hand and the claim does not know of.
    pub rivals: Vec<Option<&'a Mark>>,
}

impl<'a> Claimant<'a> {
    /// What it says now.
    pub(super) fn claim(&self) -> Option<&'a Claim> {
        self.new.or(self.old)
    }

    /// Whether the returns at hand say something other than what was known of it.
    fn is_news(&self) -> bool {
        let said = |claim: Option<&'a Claim>| claim.map(|claim| (claim.now.as_ref(), claim.is_cleared()));
        !self.rivals.is_empty() || (self.new.is_some() && said(self.new) != said(self.old))
    }

    /// Whether what stands is a word of another copy of this department, of which the one at hand did not know.
    fn overwrites(&self, here: Option<&Mark>) -> bool {
        let (Some(new), Some(old), Some(here)) = (self.new, self.old, here) else { return false };
        let is_its_own = old.now.as_ref() == Some(here);
        is_its_own && new.now != old.now && !new.knows(here)
    }
}

/// Where the value comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Take {
    /// What stands there stays.
    Keep,
    /// What this department says: its last word that is not blank.
    From(DepartmentId),
    /// What was chosen: a department's last word, blank or not; or the word in a file.
    Chosen(DepartmentId, Option<String>),
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Settled {
    pub take: Take,
    /// Whether two hands wrote differently, or something is to be emptied: it is asked.
    pub differs: bool,
}

/// Claimants stand in the order of their word's weight. Nothing that stands is emptied unless that is chosen.
pub(super) fn settle(
    stands: Option<&Mark>,
    claimants: &[Claimant<'_>],
    choice: Option<&Choice>,
    picked: Option<&Claim>,
) -> Settled {
    let is_news = claimants.iter().any(Claimant::is_news);
    let here = stands.cloned();
    let said: Vec<(&DepartmentId, &Claim)> =
        claimants.iter().filter_map(|claimant| Some((claimant.department, claimant.claim()?))).collect();
    // what stands is the office's own word where no department was sent it or said it
    let known = claimants
        .iter()
        .flat_map(|claimant| [claimant.old, claimant.new])
        .flatten()
        .any(|claim| claim.now == here || claim.was == here || here.as_ref().is_some_and(|here| claim.knows(here)));
    let chosen_before = picked.is_some_and(|picked| picked.now == here);
    let offices = !known || chosen_before;
    let mut last: Vec<Option<&Mark>> = said.iter().map(|(_, claim)| claim.last()).collect();
    last.dedup();
    let differs = if offices {
        last.iter().any(|last| *last != here.as_ref())
    } else {
        let holds = here.is_some() || said.iter().any(|(_, claim)| claim.now.is_some());
        let emptied = holds && last.first().is_some_and(Option::is_none);
        let copies = claimants.iter().any(|claimant| claimant.overwrites(here.as_ref()) || !claimant.rivals.is_empty());
        emptied || copies || last.windows(2).any(|two| two[0] != two[1])
    };
    // what was said before and never chosen between is asked as long as somebody says it; it changes nothing by itself
    let differs = differs && (is_news || choice.is_some() || !chosen_before);
    if let Some(choice) = choice.filter(|_| differs) {
        let take = match &choice.take {
            Some(department) if said.iter().any(|(who, _)| *who == department) => {
                Take::Chosen(department.clone(), choice.file.clone())
            }
            _ => Take::Keep,
        };
        return Settled { take, differs };
    }
    let first = said.iter().find(|(_, claim)| claim.now.is_some());
    let take = match first {
        Some((department, _)) if !offices && is_news => Take::From((*department).clone()),
        _ => Take::Keep,
    };
    Settled { take, differs }
}
