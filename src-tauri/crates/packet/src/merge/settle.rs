//! What a field is to hold, from what stands there and what all who may fill it said.

use super::Choice;
use crate::mark::{Address, Claim, Mark};
use plan::{DepartmentId, Quarter};

/// One who may fill a field and did.
#[derive(Debug)]
pub(super) struct Claimant<'a> {
    pub department: &'a DepartmentId,
    pub quarter: Quarter,
    /// What it said in the return that was merged before.
    pub old: Option<&'a Claim>,
    /// What it says in the return at hand.
    pub new: Option<&'a Claim>,
}

impl<'a> Claimant<'a> {
    /// What it says now.
    pub(super) fn claim(&self) -> Option<&'a Claim> {
        self.new.or(self.old)
    }

    /// Whether the return at hand says something other than what was known of it.
    fn is_news(&self) -> bool {
        let Some(new) = self.new else { return false };
        match self.old {
            Some(old) => new.now != old.now,
            None => new.now != new.was,
        }
    }
}

/// Where the value comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Take {
    /// What stands there stays.
    Keep,
    /// What had been sent stands again, since nobody says otherwise any more.
    Back(Option<String>),
    /// What this department says.
    From(DepartmentId),
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Settled {
    pub take: Take,
    /// Whether two hands wrote differently.
    pub differs: bool,
}

/// Claimants stand in the order of their word's weight.
pub(super) fn settle(
    address: &Address,
    stands: Option<&str>,
    claimants: &[Claimant<'_>],
    choice: Option<&Choice>,
    picked: Option<&Claim>,
) -> Settled {
    let keep = Settled { take: Take::Keep, differs: false };
    if !claimants.iter().any(Claimant::is_news) {
        return keep;
    }
    let here = stands.map(|stands| Mark::of(address, stands));
    let said: Vec<(&DepartmentId, &Claim)> = claimants
        .iter()
        .filter_map(|claimant| Some((claimant.department, claimant.claim()?)))
        .filter(|(_, claim)| claim.now != claim.was)
        .collect();
    // What stands is the office's own word where no department was sent it or said it. Of claims that say nothing new what
    // was sent does not count, else it would matter whether they came before or after.
    let known = claimants.iter().flat_map(|claimant| [claimant.old, claimant.new]).flatten().any(|claim| {
        if claim.now == claim.was { said.is_empty() && claim.was == here } else { claim.now == here || claim.was == here }
    });
    let chosen_before = picked.is_some_and(|picked| picked.now == here);
    let offices = !known || chosen_before;
    let mut values: Vec<&Option<Mark>> = said.iter().map(|(_, claim)| &claim.now).collect();
    values.dedup();
    let differs =
        if offices { values.iter().any(|value| **value != here) } else { values.windows(2).any(|two| two[0] != two[1]) };
    if let Some(choice) = choice.filter(|_| differs) {
        let take = match &choice.take {
            Some(department) if said.iter().any(|(who, _)| *who == department) => Take::From(department.clone()),
            _ => Take::Keep,
        };
        return Settled { take, differs };
    }
    if offices {
        return Settled { take: Take::Keep, differs };
    }
    let take = match said.first() {
        Some((department, _)) => Take::From((*department).clone()),
        None => match claimants.iter().find_map(|claimant| claimant.claim()).map(|claim| claim.was.clone()) {
            // a long text's mark is its hash: only what is short can be put back by it
            Some(Some(was)) if address.is_shared() || !was.text().starts_with('#') => Take::Back(Some(was.text().to_owned())),
            Some(None) => Take::Back(None),
            _ => Take::Keep,
        },
    };
    Settled { take, differs }
}
