//! Several returns of one department: corrected ones, those of two copies of its workbook, and those that say nothing.

use super::*;

/// What this copy had said before stands in its next return.
pub(super) fn again(at: usize, serial: i64, answers: &[(Address, Option<&str>, &[&str], i64)]) -> Incoming {
    let mut returned = empty(at, serial);
    for (address, now, said, since) in answers {
        let said = said.iter().map(|said| Mark::of(address, said)).collect();
        let answer = Answer::new(address, now.map(str::to_owned), None);
        returned.answers.push(Answer { since: Some(*since), said, ..answer });
    }
    incoming(&returned, &key(at))
}

fn said(office: &Office, task: usize, by: usize) -> String {
    let row = office.rows.progress.get(&(TaskId::new(format!("task-{task}")), unit(by), quarter()));
    row.map(|row| row.done.clone()).unwrap_or_default()
}

/// The workbook after files came one after the other, and whether any was asked about.
fn after(office: &Office, batches: &[&[Incoming]]) -> (Office, Vec<String>) {
    let mut office = office.clone();
    let mut asked = BTreeSet::new();
    for batch in batches {
        let outcome = merge(&office, batch, &[]);
        apply(&mut office, &outcome);
        asked.extend(outcome.files.iter().flat_map(|file| &file.conflicts).map(|conflict| conflict.address.to_string()));
        assert_eq!(merge(&office, batch, &[]).writes, [], "twice");
    }
    (office, asked.into_iter().collect())
}

#[test]
fn a_later_return_corrects_the_earlier_one_and_what_it_does_not_speak_of_stays() {
    let office = office();
    let address = done(1, 1);
    let long = "已完成选址和立项，正在办理用地手续，预计三季度开工。".repeat(3);
    let first = from(1, 10, &[(address.clone(), Some(&long), None), (tick("item-1-0"), Some("2025-06-20"), None)]);
    let second = again(1, 11, &[(address, Some("已开工。"), &[&long], 11)]);
    for batches in [
        vec![vec![first.clone()], vec![second.clone()]],
        vec![vec![second.clone()], vec![first.clone()]],
        vec![vec![first.clone(), second.clone()]],
    ] {
        let batches: Vec<&[Incoming]> = batches.iter().map(Vec::as_slice).collect();
        let (merged, asked) = after(&office, &batches);
        assert_eq!((said(&merged, 1, 1).as_str(), asked.as_slice()), ("已开工。", [].as_slice()));
        assert!(merged.rows.items[&ChecklistItemId::new("item-1-0")].done_on.is_some());
    }
    let (merged, _) = after(&office, &[&[second]]);
    let older = from(1, 10, &[(done(1, 1), Some(&long), None)]);
    let older = merge(&merged, &[older], &[]).files.remove(0);
    assert_eq!((older.state, older.changes.len(), older.older.len()), (FileState::Same, 0, 1));
    assert!(older.why.contains("较早"), "{}", older.why);
}

#[test]
fn two_copies_of_one_department_are_joined_field_by_field() {
    let office = office();
    let one = from(1, 10, &[(done(1, 1), Some("走访50家。"), None), (done(11, 1), Some("对接会2场。"), None)]);
    let other = from(1, 11, &[(done(1, 1), Some("走访63家。"), None), (done(0, 1), Some("道路开工。"), None)]);
    for batches in [
        vec![vec![one.clone()], vec![other.clone()]],
        vec![vec![other.clone()], vec![one.clone()]],
        vec![vec![one.clone(), other.clone()]],
        vec![vec![other.clone(), one.clone()]],
    ] {
        let batches: Vec<&[Incoming]> = batches.iter().map(Vec::as_slice).collect();
        let (merged, asked) = after(&office, &batches);
        let all = [said(&merged, 1, 1), said(&merged, 11, 1), said(&merged, 0, 1)];
        assert_eq!(all, ["走访63家。", "对接会2场。", "道路开工。"]);
        assert_eq!(asked, [done(1, 1).to_string()], "two copies wrote it differently");
    }
    // the other copy's word can be taken: from what stands, or by its file
    let (first, _) = after(&office, &[std::slice::from_ref(&one)]);
    let keep = Choice { key: done(1, 1).to_string(), take: None, file: None };
    let mut kept = first.clone();
    apply(&mut kept, &merge(&first, std::slice::from_ref(&other), &[keep]));
    assert_eq!(said(&kept, 1, 1), "走访50家。");
    let take = Choice { key: done(1, 1).to_string(), take: Some(unit(1)), file: Some(one.file.clone()) };
    let mut taken = office.clone();
    let both = merge(&office, &[one, other], &[take]);
    let files: Vec<bool> = both.files[0].conflicts[0].sides.iter().map(|side| side.file.is_some()).collect();
    assert_eq!(files, [false, true]);
    apply(&mut taken, &both);
    assert_eq!(said(&taken, 1, 1), "走访50家。");
}

#[test]
fn nothing_is_emptied_unless_the_office_says_so() {
    let office = office();
    let full = from(1, 10, &[(done(1, 1), Some("已开工。"), None), (tick("item-1-0"), Some("2025-06-20"), None)]);
    let (merged, _) = after(&office, &[std::slice::from_ref(&full)]);
    // a form that was never filled in, and a new PC's return that speaks of another row only
    let blank = from(1, 20, &[(done(1, 1), None, None), (tick("item-1-0"), None, None), (done(0, 1), Some(""), Some(""))]);
    let outcome = merge(&merged, std::slice::from_ref(&blank), &[]);
    assert_eq!((outcome.files[0].state, outcome.writes.as_slice()), (FileState::Empty, [].as_slice()));
    let other = from(1, 21, &[(done(0, 1), Some("道路开工。"), None)]);
    let (merged, _) = after(&merged, &[&[other]]);
    assert_eq!(said(&merged, 1, 1), "已开工。");
    // emptied on purpose: by one who was sent the words, or had said them
    let sent = from(1, 22, &[(done(1, 1), Some(""), Some("已开工。"))]);
    let told = again(1, 22, &[(tick("item-1-0"), None, &["2025-06-20"], 22)]);
    for (file, address) in [(sent, done(1, 1)), (told, tick("item-1-0"))] {
        for batches in [vec![vec![full.clone()], vec![file.clone()]], vec![vec![file.clone()], vec![full.clone()]]] {
            let batches: Vec<&[Incoming]> = batches.iter().map(Vec::as_slice).collect();
            let (kept, asked) = after(&office, &batches);
            assert_eq!(asked, [address.to_string()], "it is asked, whichever comes first");
            assert!(kept.rows.value(&address, quarter()).is_some());
        }
        let yes = Choice { key: address.to_string(), take: Some(unit(1)), file: None };
        let outcome = merge(&merged, std::slice::from_ref(&file), &[yes]);
        assert_eq!(outcome.files[0].changes[0].new, None);
        let mut emptied = merged.clone();
        apply(&mut emptied, &outcome);
        assert_eq!(emptied.rows.value(&address, quarter()), None);
        assert_eq!(merge(&emptied, std::slice::from_ref(&full), &[]).writes, []);
    }
}

#[test]
fn what_was_refused_is_weighed_again_when_the_same_file_comes_again() {
    let mut office = office();
    let file = from(1, 9, &[(done(1, 1), Some("已立项。"), None), (done(7, 1), Some("新分派的任务。"), None)]);
    let (merged, _) = after(&office, &[std::slice::from_ref(&file)]);
    assert_eq!(merge(&merged, std::slice::from_ref(&file), &[]).files[0].refused.len(), 1);
    // the department is assigned: what it had said comes in
    office = merged;
    let task = TaskId::new("task-7");
    let part = Assignment { task: task.clone(), department: unit(1), role: Role::Support, by_default: false, position: 9 };
    office.rows.assignments.get_mut(&task).unwrap().push(part);
    let (merged, _) = after(&office, &[std::slice::from_ref(&file)]);
    assert_eq!(said(&merged, 7, 1), "新分派的任务。");
    assert_eq!(merge(&merged, &[file], &[]).files[0].state, FileState::Same);
}

#[test]
fn a_form_that_is_as_it_was_sent_is_no_return_and_one_of_which_all_is_refused_is_none_either() {
    let office = office();
    let untouched = from(
        5,
        9,
        &[
            (done(5, 5), Some("督查电话了解：已开工。"), Some("督查电话了解：已开工。")),
            (tick("item-4-0"), Some("2025-04-01"), Some("2025-04-01")),
        ],
    );
    let outcome = merge(&office, std::slice::from_ref(&untouched), &[]);
    assert_eq!((outcome.files[0].state, outcome.missing.len()), (FileState::Empty, DEPARTMENTS));
    assert!(!outcome.writes.iter().any(|write| matches!(write, Write::Returned { .. })));
    let refused = from(5, 9, &[(done(7, 5), Some("不是我的任务"), None)]);
    let outcome = merge(&office, &[refused], &[]);
    assert_eq!(
        (outcome.files[0].state, outcome.files[0].refused.len(), outcome.missing.len()),
        (FileState::Refused, 1, DEPARTMENTS)
    );
    assert_eq!(outcome.writes, []);
}
