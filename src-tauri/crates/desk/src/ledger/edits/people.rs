//! The people who answer for tasks and departments: who they are, what they hold and until when.

use super::outline::day;
use super::{find_task, find_unit};
use crate::model::refusals::{gone, wrong_input};
use crate::wire::{self, Refusal, RefusalCode};
use chrono::NaiveDate;
use messages::Noun;
use plan::limits;
use plan::{Holding, HoldingId, Person, PersonId, PersonRole};
use store::table;

/// The longest telephone number, with its extension and what is between the digits.
const LONGEST_TELEPHONE: usize = 40;

pub(super) fn add_person(store: &mut store::Edit<'_>, new: &wire::NewPerson) -> Result<(), Refusal> {
    let people = table::person::list(store)?;
    let person = Person {
        id: PersonId::new(store.new_id()),
        name: name(&new.name)?,
        office: line("职务", new.office.as_deref().unwrap_or_default())?,
        telephone: telephone(new.telephone.as_deref().unwrap_or_default())?,
        department: new.department.as_ref().map(|word| find_unit(store, word)).transpose()?.map(|found| found.id),
        position: people.iter().map(|person| person.position + 1).max().unwrap_or(0),
    };
    not_twice(&people, &person)?;
    Ok(table::person::insert(store, &person)?)
}

pub(super) fn set_person(store: &mut store::Edit<'_>, fields: &wire::PersonFields) -> Result<(), Refusal> {
    let mut person = find_person(store, &fields.person)?;
    if let Some(text) = &fields.name {
        person.name = name(text)?;
    }
    if let Some(office) = &fields.office {
        person.office = line("职务", office)?;
    }
    if let Some(text) = &fields.telephone {
        person.telephone = telephone(text)?;
    }
    if let Some(department) = &fields.department {
        person.department = department.as_ref().map(|word| find_unit(store, word)).transpose()?.map(|found| found.id);
    }
    not_twice(&table::person::list(store)?, &person)?;
    Ok(table::person::update(store, &person)?)
}

/// Somebody who holds nothing any more can go; who held something in an earlier quarter stays for that.
pub(super) fn remove_person(store: &mut store::Edit<'_>, person: &str) -> Result<(), Refusal> {
    let person = find_person(store, person)?;
    if !table::person::holdings_of(store, &person.id)?.is_empty() {
        return Err(Refusal::new(
            RefusalCode::Refused,
            format!("{}还有分工，不能删除。", person.name),
            "请先移交给别人；已结束的分工保留，以前季度的报告还要用到。",
        ));
    }
    Ok(table::person::delete(store, &person.id)?)
}

pub(super) fn give_role(store: &mut store::Edit<'_>, new: &wire::NewHolding) -> Result<(), Refusal> {
    let person = find_person(store, &new.person)?;
    let holding = Holding {
        id: HoldingId::new(store.new_id()),
        person: person.id,
        role: new.role.parse()?,
        task: new.task.as_ref().map(|task| find_task(store, task)).transpose()?.map(|task| task.id),
        department: new.department.as_ref().map(|word| find_unit(store, word)).transpose()?.map(|found| found.id),
        from: day("任职起始日期", new.from.as_ref())?,
        to: day("任职结束日期", new.to.as_ref())?,
    };
    if holding.task.is_none() && holding.department.is_none() {
        return Err(wrong_input("没有写明负责哪项任务或哪个单位。", "请选择任务或单位。"));
    }
    in_order(&holding)?;
    let all = table::person::holdings_of(store, &holding.person)?;
    if all.iter().any(|other| is_same(other, &holding)) {
        return Err(Refusal::new(
            RefusalCode::Refused,
            format!("{}在这段时间已经是{}。", person.name, holding.role.chinese()),
            "请先结束原来的分工，或改为别的时间。",
        ));
    }
    Ok(table::person::insert_holding(store, &holding)?)
}

pub(super) fn set_term(store: &mut store::Edit<'_>, term: &wire::Term) -> Result<(), Refusal> {
    let mut holding = find_holding(store, &term.holding)?;
    if let Some(from) = &term.from {
        holding.from = day("任职起始日期", from.as_ref())?;
    }
    if let Some(to) = &term.to {
        holding.to = day("任职结束日期", to.as_ref())?;
    }
    in_order(&holding)?;
    Ok(table::person::update_holding(store, &holding)?)
}

pub(super) fn take_role(store: &mut store::Edit<'_>, holding: &str) -> Result<(), Refusal> {
    let holding = find_holding(store, holding)?;
    Ok(table::person::delete_holding(store, &holding.id)?)
}

/// All that somebody holds on a day goes to somebody else from that day on. What began on the day or later, and was thus never
/// held before, changes hands without a trace.
pub(super) fn hand_over(store: &mut store::Edit<'_>, over: &wire::HandOver, today: NaiveDate) -> Result<(), Refusal> {
    let (from, to) = (find_person(store, &over.from)?, find_person(store, &over.to)?);
    if from.id == to.id {
        return Err(wrong_input(format!("{}不能移交给自己。", from.name), "请选择接手的人。"));
    }
    let on = day("移交日期", over.on.as_ref())?.unwrap_or(today);
    let role: Option<PersonRole> = over.role.as_ref().map(|role| role.parse()).transpose()?;
    let theirs = table::person::holdings_of(store, &to.id)?;
    let mut count = 0;
    for holding in table::person::holdings_of(store, &from.id)? {
        let is_over = holding.to.is_some_and(|last| last < on);
        if is_over || role.is_some_and(|role| role != holding.role) {
            continue;
        }
        count += 1;
        let next = Holding {
            id: HoldingId::new(store.new_id()),
            person: to.id.clone(),
            from: Some(holding.from.map_or(on, |first| first.max(on))),
            ..holding.clone()
        };
        match on.pred_opt().filter(|last| holding.from.is_none_or(|first| first <= *last)) {
            Some(last) => table::person::update_holding(store, &Holding { to: Some(last), ..holding })?,
            None => table::person::delete_holding(store, &holding.id)?,
        }
        if !theirs.iter().any(|other| is_same(other, &next)) {
            table::person::insert_holding(store, &next)?;
        }
    }
    if count == 0 {
        return Err(Refusal::new(RefusalCode::Refused, format!("{}在{on}没有可移交的分工。", from.name), "请核对人员和日期。"));
    }
    Ok(())
}

/// Whether two are the same duty, in part at the same time.
fn is_same(a: &Holding, b: &Holding) -> bool {
    let before = |a: &Holding, b: &Holding| a.to.zip(b.from).is_some_and(|(to, from)| to < from);
    (a.role, &a.task, &a.department) == (b.role, &b.task, &b.department) && !before(a, b) && !before(b, a)
}

fn in_order(holding: &Holding) -> Result<(), Refusal> {
    if holding.from.zip(holding.to).is_some_and(|(from, to)| from > to) {
        return Err(wrong_input("任职的结束日期早于起始日期。", "请改正其中一个日期后再试。"));
    }
    Ok(())
}

/// Two people of one name are told apart by what they do or where.
fn not_twice(people: &[Person], person: &Person) -> Result<(), Refusal> {
    let same = |other: &&Person| {
        other.id != person.id
            && other.name == person.name
            && other.office == person.office
            && other.department == person.department
    };
    match people.iter().find(same) {
        None => Ok(()),
        Some(other) => Err(Refusal::new(
            RefusalCode::Refused,
            format!("已经有{}，职务和单位也相同。", other.name),
            "如果是两个人，请写明职务或单位以便区分。",
        )),
    }
}

fn find_person(store: &store::Edit<'_>, person: &str) -> Result<Person, Refusal> {
    table::person::find(store, &PersonId::new(person))?.ok_or_else(|| gone(Noun::Person, person))
}

fn find_holding(store: &store::Edit<'_>, holding: &str) -> Result<Holding, Refusal> {
    table::person::find_holding(store, &HoldingId::new(holding))?.ok_or_else(|| gone(Noun::Holding, holding))
}

/// A person's name has no number in it: that one would print where nobody's number should.
fn name(text: &str) -> Result<String, Refusal> {
    let name = limits::name("姓名", text)?;
    let digits = name.chars().filter(char::is_ascii_digit).count();
    if digits >= 5 {
        return Err(wrong_input(format!("姓名“{name}”里有电话号码。"), "请把电话号码填到“电话”里。"));
    }
    Ok(name)
}

fn line(field: &str, text: &str) -> Result<String, Refusal> {
    if text.trim().is_empty() { Ok(String::new()) } else { Ok(limits::name(field, text)?) }
}

fn telephone(text: &str) -> Result<String, Refusal> {
    let number = text.trim();
    let fits = number.chars().count() <= LONGEST_TELEPHONE
        && number.chars().all(|c| {
            c.is_ascii_digit() || matches!(c, '+' | '-' | ' ' | '(' | ')' | '（' | '）' | '、' | ',' | '，' | '/' | '转')
        });
    if fits {
        return Ok(number.to_owned());
    }
    let said: String = limits::one_line(number).chars().take(30).collect();
    Err(wrong_input(format!("电话“{said}”不是电话号码。"), "请只写数字，如0571-88880000转12。"))
}
