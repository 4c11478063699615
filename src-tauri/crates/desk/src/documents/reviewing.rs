//! Changes to a draft under review.

use crate::wire::{Draft, DraftRows};

/// Replaces rows by id, adds those with a new id, takes out those that were merged, and renames departments everywhere.
pub(crate) fn change(draft: &mut Draft, rows: &DraftRows) {
    if let Some(plan) = &rows.plan {
        draft.plan = plan.clone();
    }
    if let Some(still_valid) = &rows.still_valid {
        draft.still_valid.clone_from(still_valid);
    }
    if let Some(quarter) = &rows.quarter {
        draft.quarter = Some(quarter.clone()).filter(|quarter| !quarter.is_empty());
    }
    replace(&mut draft.tasks, &rows.tasks, |row| &row.id);
    replace(&mut draft.targets, &rows.targets, |row| &row.id);
    replace(&mut draft.milestones, &rows.milestones, |row| &row.id);
    replace(&mut draft.checklist_items, &rows.checklist_items, |row| &row.id);
    if !rows.removed.is_empty() {
        let kept = |id: &String| !rows.removed.contains(id);
        draft.tasks.retain(|row| kept(&row.id));
        draft.targets.retain(|row| kept(&row.id) && row.task.as_ref().is_none_or(kept));
        draft.milestones.retain(|row| kept(&row.id) && row.task.as_ref().is_none_or(kept));
        draft.checklist_items.retain(|row| kept(&row.id) && kept(&row.task));
    }
    for (keep, replaced) in &rows.renamed {
        rename(&mut draft.departments, keep, replaced);
        for task in &mut draft.tasks {
            rename(&mut task.departments, keep, replaced);
            rename(&mut task.lead, keep, replaced);
        }
        for milestone in &mut draft.milestones {
            rename(&mut milestone.departments, keep, replaced);
        }
        for item in &mut draft.checklist_items {
            rename(&mut item.departments, keep, replaced);
        }
    }
    for name in draft.tasks.iter().flat_map(|task| &task.departments) {
        if !draft.departments.contains(name) {
            draft.departments.push(name.clone());
        }
    }
}

fn replace<T: Clone>(rows: &mut Vec<T>, changed: &[T], id: fn(&T) -> &String) {
    for row in changed {
        match rows.iter_mut().find(|known| id(known) == id(row)) {
            Some(known) => *known = row.clone(),
            None => rows.push(row.clone()),
        }
    }
}

fn rename(names: &mut Vec<String>, keep: &str, replaced: &str) {
    let mut kept = names.iter().any(|name| name == keep);
    names.retain_mut(|name| {
        if name != replaced {
            return true;
        }
        if kept {
            return false;
        }
        kept = true;
        keep.clone_into(name);
        true
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wire::{DraftTask, Review};

    fn task(id: &str, departments: &[&str]) -> DraftTask {
        DraftTask {
            id: id.to_owned(),
            path: Vec::new(),
            title: "甲".to_owned(),
            kind: "task".to_owned(),
            lead: Vec::new(),
            departments: departments.iter().map(|name| (*name).to_owned()).collect(),
            quote: String::new(),
            at: None,
            review: Review::Open,
            same_as: None,
        }
    }

    #[test]
    fn two_names_of_one_department_become_one_everywhere() {
        let mut draft = Draft {
            tasks: vec![task("T1", &["科技局", "县财政局", "县科技局"]), task("T2", &["科技局"])],
            ..Draft::default()
        };
        draft.departments = vec!["科技局".to_owned(), "县科技局".to_owned()];
        let rows = DraftRows { renamed: vec![("县科技局".to_owned(), "科技局".to_owned())], ..DraftRows::default() };
        change(&mut draft, &rows);
        assert_eq!(draft.tasks[0].departments, ["县财政局", "县科技局"]);
        assert_eq!(draft.tasks[1].departments, ["县科技局"]);
        assert_eq!(draft.departments, ["县科技局", "县财政局"]);
    }

    #[test]
    fn merged_row_is_gone_and_changed_row_stands_in_its_place() {
        let mut draft = Draft { tasks: vec![task("T1", &[]), task("T2", &[])], ..Draft::default() };
        let mut changed = task("T1", &["县科技局"]);
        changed.review = Review::Accepted;
        change(&mut draft, &DraftRows { tasks: vec![changed.clone()], removed: vec!["T2".to_owned()], ..DraftRows::default() });
        assert_eq!(draft.tasks, [changed]);
    }
}
