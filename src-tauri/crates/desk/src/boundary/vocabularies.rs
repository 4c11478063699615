//! The field's closed vocabularies for the page: union types in `ui/wire.d.ts`, and the words in their order in
//! `ui/vocabularies.js`, so that the page keeps no list of its own.

use plan::{Cadence, DepartmentKind, IndicatorKind, Judgement, Lamp, Op, PlanStage, Role, Status, TaskKind};

/// Name of the type, name of the list, what it is, and its codes in their order.
type Vocabulary = (&'static str, &'static str, &'static str, Vec<&'static str>);

macro_rules! all {
    ($($type:ident $list:literal $what:literal;)+) => {
        fn all() -> Vec<Vocabulary> {
            vec![$((stringify!($type), $list, $what, $type::ALL.iter().map(|word| word.code()).collect()),)+]
        }
    };
}

all! {
    Judgement "JUDGEMENTS" "进度判定, computed, from best to worst.";
    Status "STATUSES" "办理状态, entered by people.";
    Lamp "LAMPS" "亮灯.";
    Role "ROLES" "How a department takes part in a task.";
    TaskKind "TASK_KINDS" "What a task is for.";
    DepartmentKind "DEPARTMENT_KINDS" "What kind of unit a department is.";
    IndicatorKind "INDICATOR_KINDS" "How an indicator counts.";
    Cadence "CADENCES" "How often a target counts.";
    Op "OPS" "How a target's value binds.";
    PlanStage "STAGES" "Whether a plan is in force.";
}

/// The union types, for `ui/wire.d.ts`.
pub(super) fn declarations() -> String {
    let mut text = String::new();
    for (name, _, what, codes) in all() {
        let codes: Vec<String> = codes.iter().map(|code| format!("\"{code}\"")).collect();
        text.push_str(&format!("\n/** {what} */\nexport type {name} = {};\n", codes.join(" | ")));
    }
    text
}

/// The words in their order, for `ui/vocabularies.js`.
#[must_use]
pub fn lists() -> String {
    let mut text = String::from("// Generated from the vocabularies of plan by `cargo xtask wire`. Do not edit.\n");
    for (name, list, what, codes) in all() {
        let codes: Vec<String> = codes.iter().map(|code| format!("'{code}'")).collect();
        text.push_str(&format!(
            "\n/** {what} @type {{readonly import('./wire').{name}[]}} */\nexport const {list} = [{}];\n",
            codes.join(", ")
        ));
    }
    text
}
