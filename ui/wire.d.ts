// Generated from the wire structs of desk by `cargo xtask wire`. Do not edit.

export type Applied = { 
/**
 * Label of what was done.
 */
label: string, 
/**
 * Edit id; none where nothing changed.
 */
edit: string | null, 
/**
 * When it was saved, ISO in local time.
 */
at: string, 
/**
 * Label of the edit that undo takes back now.
 */
undo: string | null, 
/**
 * Label of the edit that redo brings back now.
 */
redo: string | null, 
/**
 * Rows of the ledger that changed, in the quarter asked for.
 */
rows: Array<LedgerRow>, 
/**
 * Tasks that were not there before, in the ledger's order.
 */
added: Array<string>, 
/**
 * Tasks that are gone.
 */
removed: Array<string>, 
/**
 * What the figures that were entered raise and no remark answers, a sentence each.
 */
questions: Array<string>, };
export type AtPath = { 
/**
 * Full path.
 */
path: string, };
export type Attention = { 
/**
 * `task`, `item`, `milestone` or `target`.
 */
what: string, 
/**
 * Id of the row.
 */
id: string, 
/**
 * Its task, if it has one.
 */
task: string | null, 
/**
 * What it says.
 */
text: string, 
/**
 * Departments, lead first.
 */
departments: Array<string>, 
/**
 * When it is due.
 */
due: string | null, 
/**
 * Days from today to the due date; negative means past.
 */
days: bigint | null, 
/**
 * Its lamp.
 */
lamp: Lamp, };
export type AttentionList = { 
/**
 * All rows.
 */
count: number, 
/**
 * At most the first twelve.
 */
first: Array<Attention>, };
export type Baseline = { 
/**
 * Year.
 */
year: number, 
/**
 * Value in the indicator's unit.
 */
value: number, };
export type CellDifference = { 
/**
 * The sheet's name; empty for text without sheets.
 */
sheet: string, 
/**
 * The row's number in the file as it is now, from 1.
 */
row: number, 
/**
 * The head of its column.
 */
head: string, 
/**
 * What the row is about: its task, or indicator.
 */
task: string, 
/**
 * What it said last time; empty for nothing.
 */
old: string, 
/**
 * What it says now; empty for nothing.
 */
new: string, };
export type ChecklistTask = { 
/**
 * Task id.
 */
id: string, 
/**
 * Title of its plan.
 */
plan: string, 
/**
 * Running number.
 */
number: string, 
/**
 * Title.
 */
title: string, 
/**
 * `lead` or `support`.
 */
role: string | null, 
/**
 * Handling status in the quarter.
 */
status: Status, 
/**
 * 进度判定.
 */
judgement: Judgement, 
/**
 * Its lamp.
 */
lamp: Lamp, 
/**
 * Why.
 */
why: string, 
/**
 * Items.
 */
items: Array<ItemLine>, 
/**
 * Milestones.
 */
milestones: Array<MilestoneLine>, 
/**
 * Targets.
 */
targets: Array<TargetLine>, 
/**
 * What the department wrote in the quarter.
 */
progress: ProgressLine | null, 
/**
 * What it wrote in the quarter before.
 */
last: ProgressLine | null, 
/**
 * What is still missing before it can be returned, a short word each (进展情况, 指标名 …).
 */
missing: Array<string>, 
/**
 * When it is due.
 */
due: string | null, 
/**
 * Evidence of the quarter.
 */
evidence: Array<EvidenceLine>, };
export type Checklists = { 
/**
 * The quarter.
 */
quarter: string, 
/**
 * Today.
 */
as_of: string, 
/**
 * Departments in their order; tasks without one stand last.
 */
departments: Array<DepartmentChecklist>, };
export type Choice = { 
/**
 * Code that is kept.
 */
code: string, 
/**
 * What the settings view calls it.
 */
label: string, 
/**
 * What it means, in a sentence; may be empty.
 */
note: string, };
export type Choices = { 
/**
 * Rule sets for lamps.
 */
rule_sets: Array<Choice>, 
/**
 * House styles of the printed form.
 */
house_styles: Array<Choice>, 
/**
 * Sets of words.
 */
word_sets: Array<WordSet>, 
/**
 * The faces found on this PC, by role; a sentence instead where there are none.
 */
faces: Array<string>, 
/**
 * Where the program keeps what is not in a workbook.
 */
data_folder: string | null, };
export type CloseLine = { 
/**
 * Its number in the chain.
 */
number: bigint, 
/**
 * When, ISO in local time.
 */
closed_at: string, 
/**
 * By whom.
 */
closed_by: string, 
/**
 * The first digits of its hash.
 */
hash: string, 
/**
 * When it was reopened.
 */
reopened_at: string | null, 
/**
 * By whom.
 */
reopened_by: string | null, 
/**
 * Why.
 */
reason: string | null, };
export type Collected = { 
/**
 * Each file.
 */
files: Array<CollectedFile>, 
/**
 * Departments whose return is still missing, by name.
 */
missing: Array<string>, 
/**
 * Whether it was merged; false for a preview and where there was nothing to merge.
 */
merged: boolean, 
/**
 * The label of the edit that one undo takes back.
 */
label: string | null, };
export type CollectedFile = { 
/**
 * The file's name.
 */
file: string, 
/**
 * The department's name; none where the file does not say.
 */
department: string | null, 
/**
 * The quarter; none where the file does not say.
 */
quarter: string | null, 
/**
 * `new`; `same` (nothing that is not there or was said otherwise later); `empty` (空表, no return); `late`; `refused`.
 */
state: string, 
/**
 * Why it is not taken as it is; empty else.
 */
why: string, 
/**
 * The open quarter in which it is recorded as late (补报), or would be where late returns are taken.
 */
late_into: string | null, 
/**
 * The check number, the same as on the department's receipt; empty where the file could not be read.
 */
check_number: string, 
/**
 * Each field that changes.
 */
changes: Array<FieldChange>, 
/**
 * Each field that two hands wrote differently.
 */
conflicts: Array<ConflictLine>, 
/**
 * What it says and was said otherwise later.
 */
older: Array<RefusedLine>, 
/**
 * What it may not change.
 */
refused: Array<RefusedLine>, 
/**
 * What the department left open.
 */
unfilled: Array<string>, 
/**
 * Names of the evidence it brings.
 */
evidence: Array<string>, 
/**
 * Names of the evidence whose content is still to come, in a file of its own (佐证待交).
 */
evidence_awaited: Array<string>, 
/**
 * What it asks for, a sentence each.
 */
requests: Array<string>, };
export type ComparedField = { 
/**
 * What it is, in Chinese.
 */
label: string, 
/**
 * In the earlier quarter.
 */
from: string | null, 
/**
 * In the later one.
 */
to: string | null, };
export type ComparedQuarter = { 
/**
 * The quarter.
 */
quarter: string, 
/**
 * Whether it is closed: then it is as it was when it was closed.
 */
closed: boolean, 
/**
 * The day as of which it was judged.
 */
as_of: string, 
/**
 * How many tasks.
 */
tasks: number, 
/**
 * How many of each judgement, best first.
 */
judgements: Array<[string, number]>, 
/**
 * How many of each lamp.
 */
lamps: Array<[string, number]>, };
export type ComparedRow = { 
/**
 * Id in the draft.
 */
row: string, 
/**
 * `added`, `changed` or `unchanged`.
 */
state: string, 
/**
 * The ledger's row; none where it is new.
 */
former: string | null, 
/**
 * What that row says, in a line; where it is new, what the draft says.
 */
text: string, 
/**
 * What differs.
 */
fields: Array<FieldDifference>, };
export type ComparedTask = { 
/**
 * Task id.
 */
id: string, 
/**
 * Its number.
 */
number: string, 
/**
 * Its title.
 */
title: string, 
/**
 * `changed`, `new` or `gone`.
 */
state: string, 
/**
 * What differs.
 */
changes: Array<ComparedField>, };
export type Comparison = { 
/**
 * Id of the plan.
 */
plan: string, 
/**
 * Its title.
 */
title: string, 
/**
 * Each row of the draft that enters the ledger.
 */
rows: Array<ComparedRow>, 
/**
 * The plan's rows that the draft does not have; what hangs on such a task is not listed beside it.
 */
dropped: Array<DroppedRow>, 
/**
 * The plan's own fields that differ.
 */
fields: Array<FieldDifference>, 
/**
 * Of a ledger in a spreadsheet that was imported before: each cell that says something else than last time.
 */
cells: Array<CellDifference>, 
/**
 * How many rows are new; of a ledger imported before, rows of the file.
 */
added: number, 
/**
 * How many rows differ; of a ledger imported before, cells of the file.
 */
changed: number, 
/**
 * How many rows are as they were.
 */
unchanged: number, };
export type ConflictLine = { 
/**
 * Names it in a choice.
 */
key: string, 
/**
 * Kind of the row.
 */
what: string, 
/**
 * What the row is called.
 */
row: string, 
/**
 * The field's code.
 */
field: string, 
/**
 * Kind of the row and the field, in Chinese.
 */
label: string, 
/**
 * What the office has.
 */
old: string | null, 
/**
 * What stands after the merge.
 */
new: string | null, 
/**
 * What each department says.
 */
sides: Array<SideLine>, };
export type CopyDifference = { 
/**
 * Which row and field; `old` is what stands in the workbook, `new` what stood in the copy.
 */
change: FieldChange, 
/**
 * The edits that bring it back, for `apply`.
 */
edits: Array<Edit>, };
export type CopyLine = { 
/**
 * Full path.
 */
path: string, 
/**
 * When it was made.
 */
at: string, 
/**
 * How many steps the history had.
 */
step: bigint, 
/**
 * Why it was made: 每日, 升级前, 恢复前, 手动.
 */
kind: string, 
/**
 * Size in bytes.
 */
size: bigint, };
export type CountyLine = { 
/**
 * The place, `北川县`.
 */
name: string, 
/**
 * Its plans that are here.
 */
plans: number, 
/**
 * The check number of its file for the quarter; none where it has not handed it up.
 */
check_number: string | null, 
/**
 * The quarter of its newest file.
 */
newest: string, };
export type DepartmentChecklist = { 
/**
 * Department id; none for tasks without one.
 */
id: string | null, 
/**
 * Name; none for tasks without one.
 */
name: string | null, 
/**
 * Its tasks.
 */
tasks: Array<ChecklistTask>, };
export type DepartmentLine = { 
/**
 * Id.
 */
id: string, 
/**
 * Name as printed.
 */
name: string, 
/**
 * Short name.
 */
short_name: string, 
/**
 * Other names.
 */
aliases: Array<string>, 
/**
 * `county`, `town`, `vertical`, `company` or `other`.
 */
kind: string, 
/**
 * Tasks it leads.
 */
leads: number, 
/**
 * Tasks it supports.
 */
supports: number, 
/**
 * Initials of the name's pinyin, for finding by keyboard: 县科技局 is `xkjj`.
 */
initials: string, };
export type DepartmentRole = { 
/**
 * Department id.
 */
id: string, 
/**
 * Name.
 */
name: string, 
/**
 * `lead` or `support`.
 */
role: string, 
/**
 * True where it leads because it is named first (默认牵头).
 */
by_default: boolean, };
export type DepartmentShare = { 
/**
 * The department; none for tasks without one.
 */
department: string | null, 
/**
 * Its name; 未分派 where there is none.
 */
name: string, 
/**
 * Tasks it leads or, where it leads none, supports.
 */
tasks: number, 
/**
 * Shares by judgement.
 */
shares: Array<Share>, 
/**
 * Tasks of the quarter not returned yet.
 */
not_returned: number, 
/**
 * Mean completion 0..1, where any can be computed.
 */
completion: number | null, 
/**
 * Tasks that are behind more than in the last quarter (positive) or fewer (negative).
 */
change: bigint, };
export type Doubtful = { 
/**
 * `D1`, unique in the draft.
 */
id: string, 
/**
 * Its task.
 */
task: string | null, 
/**
 * Of a target: what is counted.
 */
indicator?: string | null, 
/**
 * Of a target: `>=`, `<=`, `=` or `~`.
 */
op?: string | null, 
/**
 * Of a target: the value in the unit as printed.
 */
value?: number | null, 
/**
 * Of a target: the unit as printed.
 */
unit?: string | null, 
/**
 * Of a target: `level`, `annual` or `growth`.
 */
cadence?: string | null, 
/**
 * Of a milestone: what is to be there.
 */
what?: string | null, 
/**
 * By when, where the text says so.
 */
due: string | null, 
/**
 * Where it stands in the text.
 */
quote: string, 
/**
 * Place of the quote in the source text, in UTF-16 units.
 */
at?: [number, number] | null, 
/**
 * What else it may be: a reason's code, `date`, `condition`, `payment` …; candidates of a kind are settled together.
 */
kind: string, 
/**
 * A whole sentence: why the program does not decide.
 */
why: string, };
export type Draft = { 
/**
 * File name of the document.
 */
source: string, 
/**
 * The plan's own fields.
 */
plan: DraftPlan, 
/**
 * All units.
 */
departments: Array<string>, 
/**
 * Tasks.
 */
tasks: Array<DraftTask>, 
/**
 * Targets.
 */
targets: Array<DraftTarget>, 
/**
 * Milestones.
 */
milestones: Array<DraftMilestone>, 
/**
 * Checklist items.
 */
checklist_items: Array<DraftItem>, 
/**
 * Candidates that are neither drawn nor set aside.
 */
doubtful: Array<Doubtful>, 
/**
 * Numbers that are no targets, each with its reason.
 */
set_aside: Array<SetAside>, 
/**
 * What was unclear.
 */
findings: Array<Finding>, 
/**
 * Of a ledger in a spreadsheet: its sheets, and what each column was taken for.
 */
sheets?: Array<LedgerSheet>, 
/**
 * Of a ledger in a spreadsheet: its rows, by which the next version of the file is compared with this one.
 */
rows?: Array<LedgerLine>, 
/**
 * The quarter that its columns of progress, problems and next steps go into, `2025Q2`; none leaves them out.
 */
quarter?: string | null, 
/**
 * Full path of the spreadsheet, so that it can be read again with other columns.
 */
document?: string | null, 
/**
 * The plan of the workbook that this is a new version of.
 */
revises?: string | null, 
/**
 * Rows of that plan which the new version does not have and which stay in force all the same.
 */
still_valid?: Array<string>, };
export type DraftColumns = { 
/**
 * Draft id.
 */
id: string, 
/**
 * Each column whose head does not say it, or says it wrongly.
 */
columns: Array<LedgerColumn>, };
export type DraftItem = { 
/**
 * `C1`, unique in the draft.
 */
id?: string, 
/**
 * Its task.
 */
task: string, 
/**
 * What is to be done.
 */
text: string, 
/**
 * Units named for it.
 */
departments: Array<string>, 
/**
 * When it is due.
 */
due: string | null, 
/**
 * Where it stands in the text; absent in seeds.
 */
quote?: string, 
/**
 * Place of the quote in the source text, in UTF-16 units.
 */
at?: [number, number] | null, 
/**
 * Where it stands in the review.
 */
review?: Review, 
/**
 * In a new version of a plan: the ledger's row that it is.
 */
same_as?: string | null, };
export type DraftLine = { 
/**
 * Id.
 */
id: string, 
/**
 * Title of the plan in it, or the file's name.
 */
title: string, 
/**
 * Rows that were looked at.
 */
reviewed: number, 
/**
 * Rows in all.
 */
rows: number, };
export type DraftMilestone = { 
/**
 * `M1`, unique in the draft.
 */
id: string, 
/**
 * Its task.
 */
task: string | null, 
/**
 * What is to be there.
 */
what: string, 
/**
 * By when.
 */
due: string, 
/**
 * Units named for it.
 */
departments: Array<string>, 
/**
 * Where it stands in the text; absent in seeds.
 */
quote?: string, 
/**
 * Place of the quote in the source text, in UTF-16 units.
 */
at?: [number, number] | null, 
/**
 * Where it stands in the review.
 */
review?: Review, 
/**
 * In a new version of a plan: the ledger's row that it is.
 */
same_as?: string | null, };
export type DraftPlan = { 
/**
 * Title without 印发…的通知.
 */
title: string | null, 
/**
 * 文号.
 */
doc_number: string | null, 
/**
 * Issuing office.
 */
issuer: string | null, 
/**
 * 成文日期, ISO.
 */
issued_on: string | null, 
/**
 * Years.
 */
period: Period, 
/**
 * `issued` or `draft`.
 */
stage: string | null, };
export type DraftReview = { 
/**
 * Id of the draft in the workbook.
 */
id: string, 
/**
 * The draft with each row's place in the review.
 */
draft: Draft, 
/**
 * The source text.
 */
text: string, 
/**
 * Names that seem to be one department: the first is the one to keep.
 */
variants: Array<Array<string>>, 
/**
 * Against the plan that the draft is a new version of.
 */
comparison: Comparison | null, 
/**
 * What a column of a ledger can hold, in the order in which it is offered; empty where the draft is of no ledger.
 */
column_words: Array<string>, };
export type DraftRows = { 
/**
 * Draft id.
 */
id: string, 
/**
 * The plan's own fields.
 */
plan?: DraftPlan | null, 
/**
 * Tasks.
 */
tasks: Array<DraftTask>, 
/**
 * Targets.
 */
targets: Array<DraftTarget>, 
/**
 * Milestones.
 */
milestones: Array<DraftMilestone>, 
/**
 * Checklist items.
 */
checklist_items: Array<DraftItem>, 
/**
 * Ids of rows to take out altogether (merged into another).
 */
removed: Array<string>, 
/**
 * Pairs of names: the first is written wherever the second stands.
 */
renamed: Array<[string, string]>, 
/**
 * Of a new version: the ledger's rows that stay in force though the draft does not have them, all of them.
 */
still_valid?: Array<string> | null, 
/**
 * Of an office's ledger: the quarter that its columns of progress go into, `2025Q2`; empty for none.
 */
quarter?: string | null, };
export type DraftTarget = { 
/**
 * `G1`, unique in the draft.
 */
id: string, 
/**
 * Its task; none for the plan's own goals.
 */
task: string | null, 
/**
 * What is counted.
 */
indicator: string, 
/**
 * `>=`, `<=`, `=` or `~`.
 */
op: string, 
/**
 * Value in the unit as printed.
 */
value: number, 
/**
 * Unit as printed.
 */
unit: string, 
/**
 * `2025`, `2025-06`, `2025-06-30` or none.
 */
due: string | null, 
/**
 * `level`, `annual` or `growth`.
 */
cadence: string, 
/**
 * Base year and value.
 */
baseline?: Baseline | null, 
/**
 * 约束性.
 */
binding?: boolean, 
/**
 * A yearly step towards a final target that the program proposed.
 */
proposed?: boolean, 
/**
 * The shortest text that holds the number and what is counted; absent in seeds.
 */
quote?: string, 
/**
 * Place of the quote in the source text, in UTF-16 units.
 */
at?: [number, number] | null, 
/**
 * Where it stands in the review.
 */
review?: Review, 
/**
 * In a new version of a plan: the ledger's row that it is.
 */
same_as?: string | null, };
export type DraftTask = { 
/**
 * `T1`, unique in the draft.
 */
id: string, 
/**
 * Headings from the top to the task's own, as printed.
 */
path: Array<string>, 
/**
 * The heading without number.
 */
title: string, 
/**
 * `task` or `safeguard`.
 */
kind: string, 
/**
 * Units expressly named 牵头.
 */
lead: Array<string>, 
/**
 * All responsible units in order.
 */
departments: Array<string>, 
/**
 * The task's whole text: an exact substring of the source; absent in seeds.
 */
quote?: string, 
/**
 * Place of the quote in the source text, in UTF-16 units.
 */
at?: [number, number] | null, 
/**
 * Where it stands in the review.
 */
review?: Review, 
/**
 * In a new version of a plan: the ledger's row that it is.
 */
same_as?: string | null, };
export type DroppedRow = { 
/**
 * Id in the ledger.
 */
id: string, 
/**
 * `task`, `target`, `milestone` or `item`.
 */
kind: string, 
/**
 * What it says, in a line.
 */
text: string, 
/**
 * The task it belongs to; empty for a task and for the plan's own goals.
 */
task: string, 
/**
 * When it is due.
 */
due: string | null, 
/**
 * What was entered on it: `done`, `closed`, `figures` or `progress`; none where nothing was.
 */
work: string | null, 
/**
 * It stays in force; else it is taken off when the draft is confirmed.
 */
still_valid: boolean, };
export type Edit = { "edit": "tick_item", 
/**
 * The item.
 */
item: string, 
/**
 * The day, or none to take it back.
 */
done_on: string | null, } | { "edit": "complete_milestone", 
/**
 * The milestone.
 */
milestone: string, 
/**
 * The day, or none to take it back.
 */
done_on: string | null, } | { "edit": "set_actual", 
/**
 * The target.
 */
target: string, 
/**
 * The quarter.
 */
quarter: string, 
/**
 * The value in the indicator's unit.
 */
value: number | null, 
/**
 * A remark; absent keeps the one that is there.
 */
note: string | null, 
/**
 * The department that reports it; none for all.
 */
department: string | null, } | { "edit": "set_progress", 
/**
 * The task.
 */
task: string, 
/**
 * The department.
 */
department: string, 
/**
 * The quarter.
 */
quarter: string, 
/**
 * Handling status in Chinese.
 */
status: string | null, 
/**
 * What was done.
 */
done: string | null, 
/**
 * Problems.
 */
problems: string | null, 
/**
 * Next step.
 */
next: string | null, } | { "edit": "carry_forward", 
/**
 * The department.
 */
department: string, 
/**
 * The quarter to fill.
 */
quarter: string, 
/**
 * Only this task.
 */
task: string | null, } | { "edit": "ask_change", 
/**
 * `task`, `checklist_item`, `milestone` or `target`.
 */
about: string, 
/**
 * That row's id.
 */
row: string, 
/**
 * `due` or `value`; absent is `value` of a target and `due` of all else.
 */
field: string | null, 
/**
 * What is asked to stand there: `2025-09`, or `60`.
 */
asked: string, 
/**
 * Why.
 */
reason: string, 
/**
 * The quarter in which it is asked.
 */
quarter: string, 
/**
 * Who asks; the department itself in its own workbook.
 */
department: string | null, } | { "edit": "decide_request", 
/**
 * The request.
 */
request: string, 
/**
 * Whether it is approved.
 */
approved: boolean, 
/**
 * What the office answers; may be empty.
 */
answer: string, } | { "edit": "add_target" } & NewTarget | { "edit": "set_target" } & TargetFields | { "edit": "move_target" } & TargetMove | { "edit": "retire_target", 
/**
 * The target.
 */
target: string, } | { "edit": "restore_target", 
/**
 * The target.
 */
target: string, } | { "edit": "set_indicator", 
/**
 * The indicator.
 */
indicator: string, 
/**
 * Its kind's code; absent stays.
 */
kind: string | null, 
/**
 * 约束性; absent stays.
 */
binding: boolean | null, 
/**
 * Base year and value; absent stays.
 */
baseline: Baseline | null, } | { "edit": "propose_steps", 
/**
 * The indicator.
 */
indicator: string, } | { "edit": "remove_target", 
/**
 * The target.
 */
target: string, } | { "edit": "assign", 
/**
 * The task.
 */
task: string, 
/**
 * The department; a new name makes a new department.
 */
department: string, 
/**
 * `lead`, `support` or none.
 */
role: string | null, } | { "edit": "add_task" } & NewTask | { "edit": "set_task" } & TaskFields | { "edit": "move_task" } & TaskMove | { "edit": "duplicate_task" } & TaskCopy | { "edit": "retire_task", 
/**
 * The task.
 */
task: string, } | { "edit": "restore_task", 
/**
 * The task.
 */
task: string, } | { "edit": "add_person" } & NewPerson | { "edit": "set_person" } & PersonFields | { "edit": "remove_person", 
/**
 * The person.
 */
person: string, } | { "edit": "give_role" } & NewHolding | { "edit": "set_term" } & Term | { "edit": "take_role", 
/**
 * What is held.
 */
holding: string, } | { "edit": "hand_over" } & HandOver | { "edit": "paste_rows" } & PastedRows | { "edit": "add_section" } & NewSection | { "edit": "set_section" } & SectionFields | { "edit": "move_section" } & SectionMove | { "edit": "retire_section" } & SectionOff | { "edit": "restore_section", 
/**
 * The heading.
 */
section: string, } | { "edit": "set_task_title", 
/**
 * The task.
 */
task: string, 
/**
 * The title.
 */
title: string, } | { "edit": "set_task_due", 
/**
 * The task.
 */
task: string, 
/**
 * `2025`, `2025-06` or `2025-06-30`.
 */
due: string | null, } | { "edit": "close_task", 
/**
 * The task.
 */
task: string, 
/**
 * The day, or none to open it again.
 */
closed_on: string | null, } | { "edit": "override_judgement", 
/**
 * The task.
 */
task: string, 
/**
 * The judgement in Chinese, or none.
 */
judgement: string | null, 
/**
 * Why; prints in the report.
 */
reason: string, } | { "edit": "add_item" } & NewItem | { "edit": "set_item" } & ItemFields | { "edit": "move_item" } & ItemMove | { "edit": "retire_item", 
/**
 * The item.
 */
item: string, } | { "edit": "restore_item", 
/**
 * The item.
 */
item: string, } | { "edit": "set_item_text", 
/**
 * The item.
 */
item: string, 
/**
 * What is to be done.
 */
text: string, } | { "edit": "set_item_due", 
/**
 * The item.
 */
item: string, 
/**
 * The due date, or none.
 */
due: string | null, } | { "edit": "remove_item", 
/**
 * The item.
 */
item: string, } | { "edit": "add_milestone" } & NewMilestone | { "edit": "set_milestone" } & MilestoneFields | { "edit": "move_milestone" } & MilestoneMove | { "edit": "retire_milestone", 
/**
 * The milestone.
 */
milestone: string, } | { "edit": "restore_milestone", 
/**
 * The milestone.
 */
milestone: string, } | { "edit": "set_milestone_due", 
/**
 * The milestone.
 */
milestone: string, 
/**
 * The due date.
 */
due: string, } | { "edit": "rename_department", 
/**
 * The department.
 */
department: string, 
/**
 * The new name.
 */
name: string, } | { "edit": "merge_departments", 
/**
 * The department that goes.
 */
from: string, 
/**
 * The department that stays.
 */
into: string, } | { "edit": "set_passage", 
/**
 * The quarter.
 */
quarter: string, 
/**
 * `opening`, `demands`, `distribution`, `addressee`, `signatory`, `number` or `copies`.
 */
kind: string, 
/**
 * The text; empty brings the proposed one back.
 */
text: string, } | { "edit": "set_setting", 
/**
 * `office`, `rule_set`, `house_style`, `ranking`, `columns` or `words`.
 */
key: string, 
/**
 * The value.
 */
value: unknown, } | { "edit": "add_plan" } & NewPlan | { "edit": "set_plan" } & PlanFields | { "edit": "remove_plan", 
/**
 * The plan.
 */
plan: string, };
export type Edits = { 
/**
 * The edits.
 */
edits: Array<Edit>, 
/**
 * The quarter in which the changed rows are answered.
 */
quarter: string, };
export type EvidenceLine = { 
/**
 * Id.
 */
id: string, 
/**
 * File name.
 */
file_name: string, 
/**
 * Media type.
 */
media_type: string, 
/**
 * Size in bytes.
 */
size: bigint, 
/**
 * Quarter it belongs to.
 */
quarter: string, 
/**
 * Item it proves.
 */
item: string | null, };
export type ExchangeLine = { 
/**
 * Department id.
 */
id: string, 
/**
 * Its name.
 */
name: string, 
/**
 * How many tasks it has.
 */
tasks: number, 
/**
 * `not_sent`, `sent` (waiting), `missing` (past the deadline), `returned` (on time), `late` (after it), `refused`, `empty` (空表).
 */
state: string, 
/**
 * When its file was made, ISO in local time.
 */
sent_at: string | null, 
/**
 * When its return was merged (in the department's workbook: made).
 */
returned_at: string | null, 
/**
 * When it was last reminded.
 */
reminded_at: string | null, 
/**
 * Why its last file was refused; empty else.
 */
note: string, 
/**
 * How many of its tasks have progress for the quarter.
 */
filled: number, 
/**
 * The check number of the last return.
 */
check_number: string | null, 
/**
 * How many pieces of its evidence have not come with their content (佐证待交).
 */
evidence_awaited: number, };
export type ExchangeStatus = { 
/**
 * The quarter.
 */
quarter: string, 
/**
 * Whether it is closed.
 */
closed: boolean, 
/**
 * The last day on which a return is on time.
 */
deadline: string, 
/**
 * The department whose workbook this is; none in the office's.
 */
department: string | null, 
/**
 * The departments with tasks, in their order.
 */
departments: Array<ExchangeLine>, 
/**
 * The closes of this quarter, oldest first.
 */
closes: Array<CloseLine>, 
/**
 * The offices below that have handed up any quarter, by name.
 */
counties: Array<CountyLine>, };
export type FieldChange = { 
/**
 * Kind of the row: task, checklist_item …
 */
what: string, 
/**
 * What the row is called.
 */
row: string, 
/**
 * Row id.
 */
id: string, 
/**
 * The field's code.
 */
field: string, 
/**
 * Kind of the row and the field, in Chinese: 清单事项·完成日期.
 */
label: string, 
/**
 * Before; none where it was not there.
 */
old: string | null, 
/**
 * After; none where it is gone.
 */
new: string | null, };
export type FieldDifference = { 
/**
 * `title`, `kind`, `section`, `departments`, `sentence`, `text`, `due`, `indicator`, `value`, `cadence`, `baseline`, `binding`, `task`,
 * `what`, `status`, or a field of the plan.
 */
field: string, 
/**
 * What the ledger says; empty for nothing.
 */
old: string, 
/**
 * What the new version says; empty for nothing.
 */
new: string, };
export type FigureLine = { 
/**
 * Quarter.
 */
quarter: string, 
/**
 * Value.
 */
value: number, };
export type FigureQuestion = { 
/**
 * `falls`, `other_unit`, `far_past_target`, `negative`, `other_magnitude` or `over_hundred`.
 */
kind: string, 
/**
 * In words.
 */
text: string, };
export type Finding = { 
/**
 * `no_plan`, `plan_field`, `outline`, `department`, `target`, `date`, `table` or `unread`.
 */
kind: string, 
/**
 * A whole sentence.
 */
message: string, 
/**
 * The place, if it has one.
 */
quote: string, 
/**
 * Place of the quote in the source text, in UTF-16 units.
 */
at?: [number, number] | null, };
export type FromDocument = { 
/**
 * Full path of the document.
 */
document: string, 
/**
 * Of a ledger in a spreadsheet: columns whose heads do not say what they hold.
 */
columns?: Array<LedgerColumn> | null, };
export type FromSeed = { 
/**
 * Full path of the workbook.
 */
path: string, 
/**
 * `pingyang-2025`.
 */
seed: string, };
export type HandOver = { 
/**
 * Who gives.
 */
from: string, 
/**
 * Who takes.
 */
to: string, 
/**
 * Only what is held as this; everything where absent.
 */
role?: string | null, 
/**
 * The first day of the one who takes; today where absent.
 */
on?: string | null, };
export type HandedUp = { 
/**
 * The file.
 */
path: string, 
/**
 * Its size in bytes.
 */
size: number, 
/**
 * How many tasks are in it.
 */
tasks: number, 
/**
 * The first digits of the close's hash.
 */
hash: string, 
/**
 * The file's check number.
 */
check_number: string, };
export type HistoryEntry = { 
/**
 * Edit id.
 */
id: string, 
/**
 * When, ISO in local time.
 */
at: string, 
/**
 * Who.
 */
who: string, 
/**
 * What was done.
 */
label: string, 
/**
 * Which message of the catalogue that is, such as `label.set_task_title`; `prose` where an earlier program wrote it.
 */
key: string, 
/**
 * Whether it was taken back.
 */
undone: boolean, 
/**
 * What it changed, as far as it is listed.
 */
changes: Array<FieldChange>, 
/**
 * How many changed fields are not listed.
 */
more: number, };
export type Hit = { 
/**
 * `task`, `department`, `indicator`, `milestone` or `item`.
 */
what: string, 
/**
 * Row id.
 */
id: string, 
/**
 * Its task, if it has one.
 */
task: string | null, 
/**
 * What it says.
 */
text: string, };
export type HoldingLine = { 
/**
 * Its id.
 */
id: string, 
/**
 * Person id.
 */
person: string, 
/**
 * Their name.
 */
name: string, 
/**
 * 职务; may be empty.
 */
office: string, 
/**
 * Telephone number; may be empty.
 */
telephone: string, 
/**
 * `leader`, `deputy`, `head` or `contact`.
 */
role: string, 
/**
 * The task, by id.
 */
task: string | null, 
/**
 * The task's title.
 */
task_title: string | null, 
/**
 * The department, by id.
 */
department: string | null, 
/**
 * The department's name.
 */
department_name: string | null, 
/**
 * First day of the term.
 */
from: string | null, 
/**
 * Last day of the term.
 */
to: string | null, 
/**
 * Whether today lies in the term.
 */
current: boolean, };
export type InQuarter = { 
/**
 * The quarter in which the changed rows are answered.
 */
quarter: string, };
export type IndicatorLine = { 
/**
 * Indicator id.
 */
id: string, 
/**
 * Plan id.
 */
plan: string, 
/**
 * Task id.
 */
task: string | null, 
/**
 * Name.
 */
name: string, 
/**
 * Unit.
 */
unit: string, 
/**
 * How it counts.
 */
kind: string, 
/**
 * 约束性.
 */
binding: boolean, 
/**
 * Base year and value.
 */
baseline: Baseline | null, 
/**
 * Its targets in the order of their dues.
 */
targets: Array<TargetLine>, 
/**
 * Its figures, oldest first.
 */
actuals: Array<FigureLine>, 
/**
 * Departments of its task, leads first.
 */
departments: Array<string>, };
export type Indicators = { 
/**
 * The quarter.
 */
quarter: string, 
/**
 * Indicators in the order of the plans.
 */
rows: Array<IndicatorLine>, };
export type Issued = { 
/**
 * The quarter.
 */
quarter: string, 
/**
 * One for each department.
 */
files: Array<IssuedFile>, };
export type IssuedFile = { 
/**
 * Department id.
 */
id: string, 
/**
 * Its name.
 */
department: string, 
/**
 * The file.
 */
path: string, 
/**
 * Its size in bytes.
 */
size: number, 
/**
 * How many tasks are in it.
 */
tasks: number, 
/**
 * The form for Excel, where it was asked for.
 */
xlsx: string | null, };
export type ItemFields = { 
/**
 * The item.
 */
item: string, 
/**
 * What is to be done.
 */
text?: string | null, 
/**
 * When it is due.
 */
due?: string | null | null, 
/**
 * Who does it; those of the task where empty.
 */
departments?: Array<string> | null, };
export type ItemLine = { 
/**
 * Id.
 */
id: string, 
/**
 * What is to be done.
 */
text: string, 
/**
 * When it is due.
 */
due: string | null, 
/**
 * When it was done.
 */
done_on: string | null, 
/**
 * Departments named for it; empty means all of the task.
 */
departments: Array<string>, 
/**
 * 黄 shortly before, 红 after the due date, 绿 when done, else ○.
 */
lamp: Lamp, };
export type ItemMove = { 
/**
 * The item.
 */
item: string, 
/**
 * The task of the same plan; the one that it is in where absent.
 */
task?: string | null, 
/**
 * The item after which it stands; none for the first.
 */
after?: string | null, };
export type Lagging = { 
/**
 * Task id.
 */
task: string, 
/**
 * Its number.
 */
number: string, 
/**
 * Its title.
 */
title: string, 
/**
 * The department that answers for it; none where nobody does.
 */
department: string | null, 
/**
 * 进度判定 in Chinese.
 */
judgement: string, 
/**
 * Its lamp.
 */
lamp: string, 
/**
 * Why.
 */
why: string, };
export type LaggingList = { 
/**
 * All of them.
 */
count: number, 
/**
 * The departments that answer for most of them, with how many; at most three.
 */
most: Array<[string, number]>, 
/**
 * At most the first twelve, the worst first.
 */
first: Array<Lagging>, };
export type LampCount = { 
/**
 * 绿, 黄, 红 or ○.
 */
lamp: Lamp, 
/**
 * Tasks of the denominator.
 */
count: number, };
export type Ledger = { 
/**
 * The quarter.
 */
quarter: string, 
/**
 * Headings.
 */
sections: Array<SectionLine>, 
/**
 * Rows.
 */
rows: Array<LedgerRow>, };
export type LedgerCell = { 
/**
 * The head of its column, as printed.
 */
head: string, 
/**
 * What the column was taken for: 目标任务, 进展情况, …; none where its head says nothing known.
 */
holds: string | null, 
/**
 * Its words.
 */
text: string, };
export type LedgerColumn = { 
/**
 * The column's head as printed.
 */
head: string, 
/**
 * 目标任务, 牵头单位, 完成时限, 目标值, …
 */
holds: string, };
export type LedgerLine = { 
/**
 * The sheet's name; empty for text without sheets.
 */
sheet: string, 
/**
 * Its number in the sheet, from 1.
 */
row: number, 
/**
 * The draft's task that it is, or is a part of.
 */
task: string | null, 
/**
 * Its place in the source text, in UTF-16 units.
 */
at?: [number, number] | null, 
/**
 * Its cells that say something; a merged one in each row that it covers.
 */
cells: Array<LedgerCell>, };
export type LedgerRow = { 
/**
 * Task id.
 */
id: string, 
/**
 * Plan id.
 */
plan: string, 
/**
 * Section id.
 */
section: string | null, 
/**
 * Running number.
 */
number: string, 
/**
 * Title.
 */
title: string, 
/**
 * `task` or `safeguard`.
 */
kind: string, 
/**
 * Departments, leads first, as printed.
 */
departments: Array<DepartmentRole>, 
/**
 * When it is due; falls back to the plan's end.
 */
due: string | null, 
/**
 * True where the due date is the plan's end, not the task's own.
 */
due_by_default: boolean, 
/**
 * Handling status in the quarter, of the first lead.
 */
status: Status, 
/**
 * Progress text of the quarter, each department's behind its name where several wrote.
 */
progress: string, 
/**
 * Problems of the quarter.
 */
problems: string, 
/**
 * Next step of the quarter.
 */
next: string, 
/**
 * Ticked items.
 */
items_done: number, 
/**
 * Items in all.
 */
items: number, 
/**
 * Completion 0..1.
 */
completion: number | null, 
/**
 * Gap to schedule in points; positive means behind.
 */
gap: number | null, 
/**
 * 进度判定 in Chinese.
 */
judgement: Judgement, 
/**
 * 绿, 黄, 红 or ○.
 */
lamp: Lamp, 
/**
 * Why this lamp: 序时75%,完成52%,差23点→黄.
 */
why: string, 
/**
 * Pieces of evidence.
 */
evidence: number, 
/**
 * Closed by the office.
 */
closed_on: string | null, 
/**
 * Initials of the title's pinyin.
 */
initials: string, 
/**
 * The office's remark; may be empty.
 */
remark: string, 
/**
 * The meeting, paper or person it comes from, in a register; may be empty.
 */
origin: string, 
/**
 * The leaders who answer for it at the end of the quarter, with 、 between them; may be empty.
 */
leaders: string, };
export type LedgerSheet = { 
/**
 * The sheet's name.
 */
sheet: string, 
/**
 * Its columns that have a head.
 */
columns: Array<SheetColumn>, };
export type LedgerTable = { 
/**
 * The quarter.
 */
quarter: string, 
/**
 * Headings.
 */
sections: Array<SectionLine>, 
/**
 * What rows share, each text once.
 */
texts: Array<string>, 
/**
 * The lists of departments that rows share, each once.
 */
department_lists: Array<Array<DepartmentRole>>, 
/**
 * Task ids.
 */
id: Array<string>, 
/**
 * Plan ids.
 */
plan: Array<number>, 
/**
 * Section ids.
 */
section: Array<number | null>, 
/**
 * Running numbers.
 */
number: Array<string>, 
/**
 * Titles.
 */
title: Array<string>, 
/**
 * Kinds.
 */
kind: Array<number>, 
/**
 * Places in `department_lists`.
 */
departments: Array<number>, 
/**
 * When each is due.
 */
due: Array<number | null>, 
/**
 * Whether that is the plan's end: the number 1, else 0.
 */
due_by_default: Array<number>, 
/**
 * Handling statuses.
 */
status: Array<number>, 
/**
 * Progress texts.
 */
progress: Array<number>, 
/**
 * Problems.
 */
problems: Array<number>, 
/**
 * Next steps.
 */
next: Array<number>, 
/**
 * Ticked items, a count.
 */
items_done: Array<number>, 
/**
 * Items in all, a count.
 */
items: Array<number>, 
/**
 * Completion 0..1.
 */
completion: Array<number | null>, 
/**
 * Gaps to schedule in points.
 */
gap: Array<number | null>, 
/**
 * 进度判定.
 */
judgement: Array<number>, 
/**
 * Lamps.
 */
lamp: Array<number>, 
/**
 * Why each lamp.
 */
why: Array<number>, 
/**
 * Pieces of evidence, a count.
 */
evidence: Array<number>, 
/**
 * When the office closed each.
 */
closed_on: Array<number | null>, 
/**
 * Initials of the titles' pinyin.
 */
initials: Array<string>, 
/**
 * The office's remarks.
 */
remark: Array<number>, 
/**
 * Where tasks of registers come from.
 */
origin: Array<number>, 
/**
 * The leaders who answer.
 */
leaders: Array<number>, };
export type MilestoneFields = { 
/**
 * The milestone.
 */
milestone: string, 
/**
 * What is to be there by then.
 */
what?: string | null, 
/**
 * When.
 */
due?: string | null, 
/**
 * Who does it; those of the task where empty.
 */
departments?: Array<string> | null, };
export type MilestoneLine = { 
/**
 * Id.
 */
id: string, 
/**
 * Its plan.
 */
plan: string, 
/**
 * Its task.
 */
task: string | null, 
/**
 * What is to be there.
 */
what: string, 
/**
 * When it is due.
 */
due: string, 
/**
 * When it was done.
 */
done_on: string | null, 
/**
 * Departments named for it, else those of the task.
 */
departments: Array<string>, 
/**
 * Its lamp.
 */
lamp: Lamp, 
/**
 * Why.
 */
why: string, };
export type MilestoneMove = { 
/**
 * The milestone.
 */
milestone: string, 
/**
 * The task of the same plan; none for the plan's own goals.
 */
task?: string | null, };
export type NewEvidence = { 
/**
 * Task id.
 */
task: string, 
/**
 * Item it proves.
 */
item?: string | null, 
/**
 * Department id or name.
 */
department?: string | null, 
/**
 * `2025Q2`.
 */
quarter: string, 
/**
 * Full path of the file.
 */
path: string, };
export type NewHolding = { 
/**
 * The person.
 */
person: string, 
/**
 * `leader`, `deputy`, `head` or `contact`, or 责任领导, 分管领导, 牵头单位负责人, 联系人.
 */
role: string, 
/**
 * The task.
 */
task?: string | null, 
/**
 * The department.
 */
department?: string | null, 
/**
 * The first day of the term.
 */
from?: string | null, 
/**
 * The last day of the term.
 */
to?: string | null, };
export type NewItem = { 
/**
 * The task.
 */
task: string, 
/**
 * What is to be done.
 */
text: string, 
/**
 * When it is due.
 */
due?: string | null, 
/**
 * The item after which it stands; the last where absent.
 */
after?: string | null, 
/**
 * Who does it; those of the task where empty.
 */
departments: Array<string>, };
export type NewMilestone = { 
/**
 * The task; none for the plan's own goals.
 */
task?: string | null, 
/**
 * The plan, where there is no task and the workbook has several plans.
 */
plan?: string | null, 
/**
 * What is to be there by then.
 */
what: string, 
/**
 * When.
 */
due: string, 
/**
 * Who does it; those of the task where empty.
 */
departments: Array<string>, };
export type NewPerson = { 
/**
 * Their name.
 */
name: string, 
/**
 * 职务.
 */
office?: string | null, 
/**
 * Telephone number.
 */
telephone?: string | null, 
/**
 * The department that they belong to; none for the county's leaders.
 */
department?: string | null, };
export type NewPlan = { 
/**
 * Its title.
 */
title: string, 
/**
 * 规划, 政府工作报告, 会议议定事项, 领导批示, 民生实事 or 其他, or its code; 规划 where absent.
 */
source?: string | null, 
/**
 * 文号.
 */
doc_number?: string | null, 
/**
 * The issuing office.
 */
issuer?: string | null, 
/**
 * 成文日期, `2025-06-30`.
 */
issued_on?: string | null, 
/**
 * First year.
 */
from?: number | null, 
/**
 * Last year.
 */
to?: number | null, };
export type NewSection = { 
/**
 * The plan.
 */
plan: string, 
/**
 * The heading above; none for the top.
 */
parent?: string | null, 
/**
 * The heading after which it stands; the last under its parent where absent.
 */
after?: string | null, 
/**
 * The number as printed, such as `（三）`; may be empty.
 */
number: string, 
/**
 * The heading without its number.
 */
title: string, };
export type NewTarget = { 
/**
 * The task; none for the plan's own goals.
 */
task?: string | null, 
/**
 * The plan, where there is no task and the workbook has several plans.
 */
plan?: string | null, 
/**
 * What is counted.
 */
indicator: string, 
/**
 * `>=`, `<=`, `=` or `~`.
 */
op: string, 
/**
 * The value to reach.
 */
value: number, 
/**
 * Its unit; may be empty.
 */
unit: string, 
/**
 * When it is due; none means the plan's end.
 */
due?: string | null, 
/**
 * `level`, `annual` or `growth`.
 */
cadence: string, 
/**
 * How the indicator counts; by its wording where absent.
 */
kind?: string | null, 
/**
 * 约束性.
 */
binding: boolean, 
/**
 * Base year and value.
 */
baseline?: Baseline | null, };
export type NewTask = { 
/**
 * The plan.
 */
plan: string, 
/**
 * The heading; none for none.
 */
section?: string | null, 
/**
 * The task after which it stands; the last under its heading where absent.
 */
after?: string | null, 
/**
 * Its number (序号), which no other task of the plan has; may be empty.
 */
number: string, 
/**
 * Its title.
 */
title: string, 
/**
 * When it is due; none means the plan's end.
 */
due?: string | null, 
/**
 * The first day of work.
 */
start?: string | null, 
/**
 * What it is in full.
 */
text?: string | null, 
/**
 * `task` or `safeguard`.
 */
kind?: string | null, 
/**
 * Who leads; a new name makes a new department.
 */
lead: Array<string>, 
/**
 * Who supports.
 */
support: Array<string>, 
/**
 * In a register: the meeting, paper or person it comes from.
 */
source?: string | null, 
/**
 * In a register: the day it came in.
 */
received_on?: string | null, 
/**
 * In a register: what it is about.
 */
matter?: string | null, 
/**
 * The office's remark.
 */
remark?: string | null, };
export type Nothing = Record<symbol, never>;
export type OfDepartment = { 
/**
 * `2025Q2`.
 */
quarter: string, 
/**
 * Department id or name.
 */
department?: string | null, };
export type OfDraft = { 
/**
 * Draft id.
 */
id: string, };
export type OfFigure = { 
/**
 * `2025Q2`.
 */
quarter: string, 
/**
 * Only this plan.
 */
plan?: string | null, 
/**
 * A 进度判定 in Chinese, or `overdue`, `due_soon`, `to_check`, `better`, `worse`, `lagging`, `undated`, `unchanged`, `carried`; `all` for every task of a department.
 */
figure: string, 
/**
 * Only the tasks that this department is counted with; empty for those without one.
 */
department?: string | null, };
export type OfHistory = { 
/**
 * Only edits that touched this row.
 */
row?: string | null, 
/**
 * At most so many, newest first; 200 where absent.
 */
limit?: number | null, 
/**
 * Only edits older than this one; the last of a page asks for the next.
 */
before?: string | null, 
/**
 * At most so many changed fields of each; 200 where absent.
 */
changes?: number | null, };
export type OfQuarter = { 
/**
 * `2025Q2`.
 */
quarter: string, 
/**
 * Only this plan.
 */
plan?: string | null, };
export type OfReport = { 
/**
 * `bulletin`, `department`, `one-page`, `slip`, `yearbook`, `timeline`, `receipt` or `reminder`.
 */
kind: string, 
/**
 * `2025Q2`.
 */
quarter: string, 
/**
 * Department id or name, for the kinds that need one.
 */
department?: string | null, 
/**
 * Only this plan.
 */
plan?: string | null, 
/**
 * The earlier quarter to compare with, `2025Q1`, or `none`; the quarter before where absent and something was reported then.
 */
against?: string | null, };
export type OfTask = { 
/**
 * Task id.
 */
task: string, 
/**
 * `2025Q2`.
 */
quarter: string, };
export type OfTaskInCopy = { 
/**
 * Full path of the copy, as the list of copies gives it.
 */
path: string, 
/**
 * Task id.
 */
task: string, 
/**
 * Quarter whose figures are compared, `2025Q2`.
 */
quarter: string, };
export type Overview = { 
/**
 * The quarter.
 */
quarter: string, 
/**
 * Today.
 */
as_of: string, 
/**
 * The answer in a sentence: what is behind, with whom, and who is silent.
 */
headline: string, 
/**
 * The tasks that are behind.
 */
lagging: LaggingList, 
/**
 * Departments that were asked and have not returned.
 */
silent: Array<string>, 
/**
 * What says nothing.
 */
quiet: Array<Quiet>, 
/**
 * The sentence that sums up.
 */
sentence: string, 
/**
 * Tasks in all.
 */
tasks: number, 
/**
 * Tasks in the denominator of shares.
 */
denominator: number, 
/**
 * Shares by judgement.
 */
shares: Array<Share>, 
/**
 * The same tasks by the lamp that each shows: 绿, 黄, 红, ○.
 */
lamps: Array<LampCount>, 
/**
 * Past due and not done.
 */
overdue: AttentionList, 
/**
 * Due within 15 days.
 */
due_soon: AttentionList, 
/**
 * Said to be done, waiting for the office's check.
 */
to_check: AttentionList, 
/**
 * Departments, worst first.
 */
departments: Array<DepartmentShare>, 
/**
 * Judgements that changed since the last quarter: better, worse.
 */
better: AttentionList, 
/**
 * Judgements that got worse since the last quarter.
 */
worse: AttentionList, };
export type PacketFile = { 
/**
 * The packet.
 */
packet: string, 
/**
 * The department's workbook; made where it is not there. Absent: beside the packet, named after the department.
 */
workbook?: string | null, };
export type PacketLine = { 
/**
 * `issue`, `return`, `evidence` or `close` (a county's closed quarter).
 */
kind: string, 
/**
 * The department's name.
 */
department: string, 
/**
 * The quarter.
 */
quarter: string, 
/**
 * The office's name.
 */
office: string, 
/**
 * Where the department's workbook is or would be made; for issues only.
 */
workbook: string | null, };
export type PassageLine = { 
/**
 * `opening`, `demands`, `distribution`, `addressee`, `signatory`, `number` or `copies`.
 */
kind: string, 
/**
 * What stands there.
 */
text: string, 
/**
 * What the program proposes.
 */
proposed: string, };
export type PastedRows = { 
/**
 * The plan.
 */
plan: string, 
/**
 * The heading; none for none.
 */
section?: string | null, 
/**
 * The task after which the first stands; the last under the heading where absent.
 */
after?: string | null, 
/**
 * What each column holds, in the words of a ledger's heads (序号, 目标任务, 牵头单位 …), null for one that is left out. Where
 * absent the first row has the heads, or the one column the titles.
 */
columns?: Array<string | null> | null, 
/**
 * The cells.
 */
rows: Array<Array<string>>, };
export type Period = { 
/**
 * First year.
 */
from: number | null, 
/**
 * Last year.
 */
to: number | null, };
export type Permission = "report" | "edit_plan" | "ask_change" | "decide_requests" | "exchange" | "send_return";
export type PersonFields = { 
/**
 * The person.
 */
person: string, 
/**
 * Their name.
 */
name?: string | null, 
/**
 * 职务.
 */
office?: string | null, 
/**
 * Telephone number.
 */
telephone?: string | null, 
/**
 * The department that they belong to; null for none.
 */
department?: string | null | null, };
export type PersonLine = { 
/**
 * Person id.
 */
id: string, 
/**
 * Their name.
 */
name: string, 
/**
 * 职务; may be empty.
 */
office: string, 
/**
 * Telephone number; may be empty.
 */
telephone: string, 
/**
 * The department that they belong to, by id.
 */
department: string | null, 
/**
 * Its name.
 */
department_name: string | null, 
/**
 * Initials of the name's pinyin.
 */
initials: string, 
/**
 * What they hold and held.
 */
holdings: Array<HoldingLine>, };
export type PlanFields = { 
/**
 * The plan.
 */
plan: string, 
/**
 * Its title.
 */
title?: string | null, 
/**
 * As of a new plan.
 */
source?: string | null, 
/**
 * `issued` or `draft`.
 */
stage?: string | null, 
/**
 * 文号.
 */
doc_number?: string | null | null, 
/**
 * The issuing office.
 */
issuer?: string | null | null, 
/**
 * 成文日期.
 */
issued_on?: string | null | null, 
/**
 * First year.
 */
from?: number | null | null, 
/**
 * Last year.
 */
to?: number | null | null, };
export type PlanLine = { 
/**
 * Id.
 */
id: string, 
/**
 * Title.
 */
title: string, 
/**
 * 文号.
 */
doc_number: string | null, 
/**
 * Issuing office.
 */
issuer: string | null, 
/**
 * 成文日期.
 */
issued_on: string | null, 
/**
 * Years.
 */
period: Period, 
/**
 * `issued` or `draft`.
 */
stage: string, 
/**
 * What register it is, in Chinese: 规划 for a document.
 */
source: string, 
/**
 * How many tasks.
 */
tasks: number, 
/**
 * Whether its source text is kept, so that a row's sentence can be shown.
 */
has_source: boolean, };
export type ProgressLine = { 
/**
 * Department id.
 */
department: string, 
/**
 * Its name.
 */
department_name: string, 
/**
 * Quarter.
 */
quarter: string, 
/**
 * Handling status in Chinese.
 */
status: Status, 
/**
 * What was done.
 */
done: string, 
/**
 * Problems.
 */
problems: string, 
/**
 * Next step.
 */
next: string, };
export type QuarterClosed = { 
/**
 * The quarter.
 */
quarter: string, 
/**
 * Whether it is closed now.
 */
closed: boolean, 
/**
 * The close's number in the chain.
 */
number: bigint, 
/**
 * The first digits of its hash.
 */
hash: string, 
/**
 * Departments that had not returned, by name.
 */
missing: Array<string>, };
export type QuarterComparison = { 
/**
 * The earlier one.
 */
from: ComparedQuarter, 
/**
 * The later one.
 */
to: ComparedQuarter, 
/**
 * The tasks that differ, in the order of the later one; those that are gone come last.
 */
rows: Array<ComparedTask>, };
export type Quiet = { 
/**
 * `undated`, `unchanged`, `carried` (whose tasks are asked for under these names) or `silent_twice`.
 */
kind: string, 
/**
 * How many tasks, or departments.
 */
count: number, 
/**
 * The departments' names, where it is about them.
 */
names: Array<string>, };
export type Recent = { 
/**
 * Full path.
 */
path: string, 
/**
 * File name without ending.
 */
name: string, 
/**
 * Whether the file is still there.
 */
exists: boolean, 
/**
 * How many automatic copies it has.
 */
copies: number, };
export type Refusal = { 
/**
 * What the page does about it.
 */
code: RefusalCode, 
/**
 * Which sentence of the catalogue it is, such as `editing.not_part_of`.
 */
key: string, 
/**
 * What happened, naming the thing.
 */
message: string, 
/**
 * The way out; empty where there is none.
 */
hint: string, 
/**
 * Technical words for the log; never shown by default.
 */
detail: string, 
/**
 * The message with its arguments, as data.
 */
meaning: unknown, };
export type RefusalCode = "refused" | "gone" | "read_only" | "save_failed" | "detached" | "unreadable" | "no_workbook" | "bad_request";
export type RefusedLine = { 
/**
 * What it tried to change, and to what.
 */
what: string, 
/**
 * Why not.
 */
why: string, };
export type ReportFile = { 
/**
 * Full path.
 */
path: string, 
/**
 * Pages of a PDF; none where the form has none of its own.
 */
pages: number | null, 
/**
 * Sentences about characters in no face.
 */
warnings: Array<string>, };
export type ReportMark = { 
/**
 * Page, counted from 0.
 */
page: number, 
/**
 * Left, top, width and height as parts of the page's width and height, as it is read.
 */
area: [number, number, number, number], 
/**
 * The tasks that it was made from.
 */
tasks: Array<string>, 
/**
 * The department, where it was made from one and no task.
 */
department: string | null, };
export type ReportPreview = { 
/**
 * The PDF in base64.
 */
pdf: string, 
/**
 * Pages.
 */
pages: number, 
/**
 * Characters of the text without annexes.
 */
characters: number, 
/**
 * How many characters the burden-relief rule allows for it; none where it sets no limit.
 */
limit: number | null, 
/**
 * Sentences about characters in no face, and what differs between figures and rows; empty means 核数通过.
 */
warnings: Array<string>, 
/**
 * Figures and lines with the rows they come from.
 */
marks: Array<ReportMark>, 
/**
 * The faces used, by role.
 */
faces: Array<string>, 
/**
 * The editable passages.
 */
passages: Array<PassageLine>, 
/**
 * A file name to propose.
 */
file_name: string, };
export type ReportToFile = { 
/**
 * `bulletin`, `department`, `one-page`, `slip`, `yearbook`, `timeline`, `receipt` or `reminder`.
 */
kind: string, 
/**
 * `2025Q2`.
 */
quarter: string, 
/**
 * Department id or name, for the kinds that need one.
 */
department?: string | null, 
/**
 * Only this plan.
 */
plan?: string | null, 
/**
 * The earlier quarter to compare with, `2025Q1`, or `none`; the quarter before where absent and something was reported then.
 */
against?: string | null, 
/**
 * Full path of the file; the ending decides the form.
 */
path: string, };
export type RequestLine = { 
/**
 * Request id.
 */
id: string, 
/**
 * Department id.
 */
department_id: string, 
/**
 * Its name.
 */
department: string, 
/**
 * The quarter in which it was asked.
 */
quarter: string, 
/**
 * Kind of the row: `task`, `checklist_item`, `milestone` or `target`.
 */
what: string, 
/**
 * The row's id.
 */
row_id: string, 
/**
 * What the row is called; empty where it is gone.
 */
row: string, 
/**
 * `due` or `value`.
 */
field: string, 
/**
 * Kind of the row and the field, in Chinese.
 */
label: string, 
/**
 * What stood there when it was asked; empty where nothing did.
 */
original: string, 
/**
 * What is asked for.
 */
asked: string, 
/**
 * What stands there now; none where the row is gone.
 */
now: string | null, 
/**
 * Why.
 */
reason: string, 
/**
 * Who asks.
 */
asked_by: string, 
/**
 * When, ISO in local time.
 */
asked_at: string, 
/**
 * `open`, `approved` or `refused`.
 */
state: string, 
/**
 * Who decided.
 */
decided_by: string | null, 
/**
 * When.
 */
decided_at: string | null, 
/**
 * What the office answers; may be empty.
 */
answer: string, };
export type RetiredLine = { 
/**
 * `section`, `task`, `checklist_item`, `milestone` or `target`.
 */
kind: string, 
/**
 * Its id.
 */
id: string, 
/**
 * What it says.
 */
text: string, 
/**
 * Title of its task, where it hangs on one; of its plan for tasks and headings.
 */
of: string, 
/**
 * Since when.
 */
retired_on: string, };
export type Returned = { 
/**
 * The file.
 */
path: string, 
/**
 * Its size in bytes.
 */
size: number, 
/**
 * The second file with the evidence, where there is any.
 */
evidence_path: string | null, 
/**
 * The check number that the printed receipt shows too.
 */
check_number: string, 
/**
 * What is still open, a sentence each.
 */
unfilled: Array<string>, 
/**
 * How many tasks have progress.
 */
filled: number, 
/**
 * How many tasks the department has.
 */
tasks: number, };
export type Review = "open" | "accepted" | "dropped";
export type SectionFields = { 
/**
 * The heading.
 */
section: string, 
/**
 * The number as printed.
 */
number?: string | null, 
/**
 * The heading without its number.
 */
title?: string | null, };
export type SectionLine = { 
/**
 * Id.
 */
id: string, 
/**
 * Plan id.
 */
plan: string, 
/**
 * Heading above.
 */
parent: string | null, 
/**
 * Depth, 1 at the top.
 */
level: number, 
/**
 * Number as printed and title.
 */
heading: string, 
/**
 * The number alone; may be empty.
 */
number: string, 
/**
 * The title alone.
 */
title: string, };
export type SectionMove = { 
/**
 * The heading.
 */
section: string, 
/**
 * The heading above; none for the top.
 */
parent?: string | null, 
/**
 * The heading after which it stands; the last under its parent where absent.
 */
after?: string | null, };
export type SectionOff = { 
/**
 * The heading.
 */
section: string, 
/**
 * Whether the tasks and headings under it are taken off with it; else they have to be elsewhere first.
 */
with_rows: boolean, };
export type Seed = { 
/**
 * `pingyang-2025`.
 */
name: string, 
/**
 * What the start view calls it.
 */
label: string, 
/**
 * The same in English.
 */
label_en: string, 
/**
 * The plan.
 */
draft: Draft, 
/**
 * Filled-in quarters in their order; ids are the draft's.
 */
quarters: Array<SeedQuarter>, 
/**
 * The quarter to show first, `2025Q2`; none means the one of today within the plan's period.
 */
quarter: string | null, 
/**
 * The day that stands for today when the seed is shown, so that its lamps stay as designed.
 */
as_of: string | null, 
/**
 * The office whose workbook it is, as printed on reports.
 */
office: string | null, };
export type SeedLine = { 
/**
 * `pingyang-2025`.
 */
name: string, 
/**
 * What the start view calls it.
 */
label: string, 
/**
 * The same in English.
 */
label_en: string, 
/**
 * How many tasks it has.
 */
tasks: number, 
/**
 * How many targets.
 */
targets: number, 
/**
 * Whether it has filled-in quarters to look at.
 */
sample: boolean, };
export type SeedProgress = { 
/**
 * Id of the draft's task.
 */
task: string, 
/**
 * Department as named in the draft.
 */
department: string, 
/**
 * Handling status in Chinese.
 */
status: string, 
/**
 * What was done.
 */
done: string, 
/**
 * Problems.
 */
problems: string, 
/**
 * Next step.
 */
next: string, };
export type SeedQuarter = { 
/**
 * `2025Q1`.
 */
quarter: string, 
/**
 * Ticked checklist items: id of the draft's item and day.
 */
items: Array<[string, string]>, 
/**
 * Completed milestones: id of the draft's milestone and day.
 */
milestones: Array<[string, string]>, 
/**
 * Figures: id of the draft's target, value, note.
 */
actuals: Array<[string, number, string]>, 
/**
 * Progress texts.
 */
progress: Array<SeedProgress>, 
/**
 * Report passages of the quarter: kind (`opening`, `demands`, `distribution` …) and text.
 */
passages: Array<[string, string]>, };
export type SetAside = { 
/**
 * The number with its unit, as printed.
 */
quote: string, 
/**
 * `date`, `number`, `name`, `past`, `base`, `condition`, `payment`, `norm`, `frequency`, `procedure`, `repetition` or `part`.
 */
reason: string, 
/**
 * The reason in words.
 */
why: string, 
/**
 * Place of the quote in the source text, in UTF-16 units.
 */
at?: [number, number] | null, };
export type Share = { 
/**
 * 进度判定 in Chinese.
 */
judgement: Judgement, 
/**
 * 绿, 黄, 红 or ○.
 */
lamp: Lamp, 
/**
 * How many tasks.
 */
count: number, 
/**
 * Share of the denominator in percent with one digit, summing to 100.0 by largest remainder; none outside it.
 */
percent: number | null, };
export type SheetColumn = { 
/**
 * `A`, `B`, … as spreadsheets call it.
 */
letter: string, 
/**
 * Its head as printed.
 */
head: string, 
/**
 * Its first values.
 */
samples: Array<string>, 
/**
 * What it was taken for: 目标任务, 牵头单位, …; none where its head says nothing known.
 */
holds: string | null, };
export type SideLine = { 
/**
 * Department id.
 */
id: string, 
/**
 * Its name.
 */
department: string, 
/**
 * Its value.
 */
value: string | null, 
/**
 * The file that says so, where several copies of the department say different things.
 */
file: string | null, };
export type Start = { 
/**
 * Workbooks that were open before, last first.
 */
recent: Array<Recent>, 
/**
 * Plans that ship.
 */
seeds: Array<SeedLine>, 
/**
 * The program's version.
 */
version: string, 
/**
 * What the clerk should know of the workbook that was closed.
 */
notices: Array<string>, };
export type TakeSide = { 
/**
 * The conflict's key.
 */
key: string, 
/**
 * The department whose value is taken; none keeps the office's.
 */
department?: string | null, 
/**
 * The file whose value is taken, where several copies of the department say different things.
 */
file?: string | null, };
export type TargetFields = { 
/**
 * The target.
 */
target: string, 
/**
 * The value to reach.
 */
value?: number | null, 
/**
 * `>=`, `<=`, `=` or `~`.
 */
op?: string | null, 
/**
 * When it is due; null means the plan's end.
 */
due?: string | null | null, 
/**
 * `level`, `annual` or `growth`.
 */
cadence?: string | null, 
/**
 * What is counted, of all the indicator's targets, as all below.
 */
indicator?: string | null, 
/**
 * Its unit.
 */
unit?: string | null, 
/**
 * How the indicator counts.
 */
kind?: string | null, 
/**
 * 约束性.
 */
binding?: boolean | null, 
/**
 * Base year and value; null takes it away.
 */
baseline?: Baseline | null | null, 
/**
 * Weight in scores, more than 0 and at most 1000.
 */
weight?: number | null, };
export type TargetLine = { 
/**
 * Target id.
 */
id: string, 
/**
 * Indicator id.
 */
indicator_id: string, 
/**
 * What is counted.
 */
indicator: string, 
/**
 * `>=`, `<=`, `=` or `~`.
 */
op: string, 
/**
 * Value to reach.
 */
value: number, 
/**
 * Unit.
 */
unit: string, 
/**
 * When it is due; none means the plan's end.
 */
due: string | null, 
/**
 * `level`, `annual` or `growth`.
 */
cadence: string, 
/**
 * How the indicator counts.
 */
kind: string, 
/**
 * 约束性.
 */
binding: boolean, 
/**
 * True where the program proposed it as a yearly step and nobody has changed it yet.
 */
proposed: boolean, 
/**
 * Whether it is the step that the quarter works on, one of each indicator's.
 */
current: boolean, 
/**
 * Base year and value.
 */
baseline: Baseline | null, 
/**
 * Figure of the quarter.
 */
actual: number | null, 
/**
 * Its remark.
 */
note: string, 
/**
 * Whether the total so far, the level at the quarter's end or a rate is asked for, in words.
 */
asks_for: string, 
/**
 * What the figure raises; a remark answers it.
 */
questions: Array<FigureQuestion>, 
/**
 * Figure of the quarter before.
 */
previous: number | null, 
/**
 * Completion 0..1.
 */
completion: number | null, 
/**
 * Share of time gone 0..1.
 */
schedule: number | null, 
/**
 * Gap in points; positive means behind.
 */
gap: number | null, 
/**
 * Judgement.
 */
judgement: Judgement, 
/**
 * Its lamp.
 */
lamp: Lamp, 
/**
 * Why.
 */
why: string, };
export type TargetMove = { 
/**
 * The target.
 */
target: string, 
/**
 * The task of the same plan; none for the plan's own goals.
 */
task?: string | null, };
export type TaskCopy = { 
/**
 * The task.
 */
task: string, 
/**
 * The new one's number; may be empty.
 */
number: string, 
/**
 * The new one's title; that of the old where absent.
 */
title?: string | null, };
export type TaskDetail = { 
/**
 * The ledger row.
 */
row: LedgerRow, 
/**
 * Headings from the top to its own, as printed.
 */
path: Array<string>, 
/**
 * Title of its plan.
 */
plan_title: string, 
/**
 * Its text in the document, or what the office wrote instead; empty where there is none.
 */
text: string, 
/**
 * The first day of work; none means from the plan's start.
 */
start: string | null, 
/**
 * Weight in scores.
 */
weight: number, 
/**
 * The day it came in, in a register.
 */
received_on: string | null, 
/**
 * What it is about, in a register; may be empty.
 */
matter: string, 
/**
 * Who answers for it now and before, in the order of the roles.
 */
people: Array<HoldingLine>, 
/**
 * Items.
 */
items: Array<ItemLine>, 
/**
 * Milestones.
 */
milestones: Array<MilestoneLine>, 
/**
 * Targets.
 */
targets: Array<TargetLine>, 
/**
 * Progress of all quarters, last first.
 */
progress: Array<ProgressLine>, 
/**
 * Evidence of all quarters.
 */
evidence: Array<EvidenceLine>, 
/**
 * The office's own judgement and its reason.
 */
override_judgement: [string, string] | null, 
/**
 * Last edits of this row, newest first.
 */
history: Array<HistoryEntry>, 
/**
 * What departments ask for about it, oldest first; what stood there before is in each.
 */
requests: Array<RequestLine>, };
export type TaskFields = { 
/**
 * The task.
 */
task: string, 
/**
 * Its number, which no other task of the plan has.
 */
number?: string | null, 
/**
 * Its title.
 */
title?: string | null, 
/**
 * What it is in full; its place in the document stays where the words do.
 */
text?: string | null, 
/**
 * `task` or `safeguard`.
 */
kind?: string | null, 
/**
 * Weight in scores, more than 0 and at most 1000.
 */
weight?: number | null, 
/**
 * The first day of work; null means from the plan's start.
 */
start?: string | null | null, 
/**
 * When it is due; null means the plan's end.
 */
due?: string | null | null, 
/**
 * The meeting, paper or person it comes from.
 */
source?: string | null, 
/**
 * The day it came in.
 */
received_on?: string | null | null, 
/**
 * What it is about.
 */
matter?: string | null, 
/**
 * The office's remark.
 */
remark?: string | null, };
export type TaskMove = { 
/**
 * The task.
 */
task: string, 
/**
 * The heading; none for none.
 */
section?: string | null, 
/**
 * The task after which it stands; the last under its heading where neither is given.
 */
after?: string | null, 
/**
 * The task before which it stands.
 */
before?: string | null, };
export type Term = { 
/**
 * What is held.
 */
holding: string, 
/**
 * The first day; null where nobody knows it.
 */
from?: string | null | null, 
/**
 * The last day; null where it goes on.
 */
to?: string | null | null, };
export type Timeline = { 
/**
 * First quarter.
 */
from: string, 
/**
 * Last quarter.
 */
to: string, 
/**
 * Today.
 */
as_of: string, 
/**
 * Milestones in order of their dues.
 */
milestones: Array<MilestoneLine>, 
/**
 * Tasks in the plan's order.
 */
tasks: Array<LedgerRow>, };
export type ToCollect = { 
/**
 * Files or folders of them.
 */
files: Array<string>, 
/**
 * What was chosen where values differ.
 */
choices: Array<TakeSide>, 
/**
 * Records returns for a closed quarter in the next open one, as late.
 */
late: boolean, };
export type ToCompare = { 
/**
 * The earlier one, `2025Q1`.
 */
from: string, 
/**
 * The later one, `2025Q2`.
 */
to: string, };
export type ToCompareDraft = { 
/**
 * Draft id.
 */
id: string, 
/**
 * Plan id; none where it is a plan of its own.
 */
plan?: string | null, };
export type ToEdit = { 
/**
 * Edit id: all edits after it are taken back, it stays.
 */
edit: string, 
/**
 * The quarter in which the changed rows are answered.
 */
quarter: string, };
export type ToFind = { 
/**
 * What was typed.
 */
words: string, };
export type ToHandUp = { 
/**
 * `2025Q2`.
 */
quarter: string, 
/**
 * The file it is written to.
 */
path: string, };
export type ToIssue = { 
/**
 * `2025Q2`.
 */
quarter: string, 
/**
 * The folder they are written to.
 */
folder: string, 
/**
 * Only this department.
 */
department?: string | null, 
/**
 * Also the form for Excel.
 */
xlsx: boolean, 
/**
 * Gives the department a new key; returns signed with the old one are refused from then on.
 */
new_key: boolean, };
export type ToReopen = { 
/**
 * `2025Q2`.
 */
quarter: string, 
/**
 * Why; prints in the history.
 */
reason: string, 
/**
 * Who answers for it; empty where the person of the PC's account does.
 */
by: string, };
export type ToRestore = { 
/**
 * Full path of the workbook.
 */
path: string, 
/**
 * Path of the copy, or its name among the automatic ones; the newest whole one where absent.
 */
copy?: string | null, };
export type ToReturn = { 
/**
 * `2025Q2`.
 */
quarter: string, 
/**
 * The file it is written to.
 */
path: string, };
export type Totals = { 
/**
 * All tasks.
 */
tasks: number, 
/**
 * The lamps of those in the denominator.
 */
lamps: Array<LampCount>, };
export type WordSet = { 
/**
 * Code.
 */
code: string, 
/**
 * What the settings view calls it.
 */
label: string, 
/**
 * Judgement → word.
 */
judgements: { [key in string]: string }, };
export type Workbook = { 
/**
 * Full path.
 */
path: string, 
/**
 * File name without ending.
 */
name: string, 
/**
 * True where another program has it or the medium is read-only.
 */
read_only: boolean, 
/**
 * Sentences to show once after opening (a copy was made, read-only and why).
 */
notices: Array<string>, 
/**
 * What may be done in it.
 */
may: Array<Permission>, 
/**
 * The statuses that may be entered in it, in their order.
 */
statuses: Array<Status>, 
/**
 * `office` or `department`.
 */
role: string, 
/**
 * Name of the office that prints the reports; may be empty.
 */
office: string, 
/**
 * Plans in their order.
 */
plans: Array<PlanLine>, 
/**
 * Departments in their order.
 */
departments: Array<DepartmentLine>, 
/**
 * Drafts under review.
 */
drafts: Array<DraftLine>, 
/**
 * The quarter to show first.
 */
quarter: string, 
/**
 * Quarters from the first to the last year of the plans.
 */
quarters: Array<string>, 
/**
 * Quarters that are closed.
 */
closed: Array<string>, 
/**
 * Today, as the views judge it.
 */
as_of: string, 
/**
 * Label of the edit that undo takes back.
 */
undo: string | null, 
/**
 * Label of the edit that redo brings back.
 */
redo: string | null, 
/**
 * Settings by key.
 */
settings: Record<string, unknown>, };

/** 进度判定, computed, from best to worst. */
export type Judgement = "未到期" | "已完成" | "完成年度目标" | "超序时" | "达序时" | "未报数据" | "未报送" | "滞后" | "严重滞后" | "未完成年度目标" | "超期未完成";

/** 办理状态, entered by people. */
export type Status = "未启动" | "推进中" | "已完成(待核)" | "已销号" | "暂缓" | "取消";

/** 亮灯. */
export type Lamp = "○" | "绿" | "黄" | "红";

/** How a department takes part in a task. */
export type Role = "lead" | "support";

/** What a task is for. */
export type TaskKind = "task" | "safeguard";

/** What kind of unit a department is. */
export type DepartmentKind = "county" | "town" | "vertical" | "company" | "other";

/** How an indicator counts. */
export type IndicatorKind = "cumulative" | "level" | "annual" | "growth" | "inverse" | "yes_no";

/** How often a target counts. */
export type Cadence = "level" | "annual" | "growth";

/** How a target's value binds. */
export type Op = ">=" | "<=" | "=" | "~";

/** Whether a plan is in force. */
export type PlanStage = "draft" | "issued";

/** Every command: what it takes and what it answers. */
export interface Commands {
  /** The start view: recent workbooks and the plans that ship. */
  start: { request: Nothing, answer: Start };
  /** Opens a workbook; the one that was open is closed. */
  open_workbook: { request: AtPath, answer: Workbook };
  /** Makes an empty workbook and opens it. */
  create_workbook: { request: AtPath, answer: Workbook };
  /** Makes a workbook from a plan that ships and opens it. */
  create_from_seed: { request: FromSeed, answer: Workbook };
  /** Closes the open workbook. */
  close_workbook: { request: Nothing, answer: Start };
  /** What frames every view of the open workbook. */
  workbook: { request: Nothing, answer: Workbook };
  /** Reads a document (or an Excel ledger) into a draft of the open workbook. */
  read_document: { request: FromDocument, answer: DraftReview };
  /** A draft under review. */
  draft: { request: OfDraft, answer: DraftReview };
  /** Saves reviewed rows of a draft. */
  save_draft_rows: { request: DraftRows, answer: DraftReview };
  /** Makes a draft the new version of a plan of the workbook, or a plan of its own again. */
  compare_draft: { request: ToCompareDraft, answer: DraftReview };
  /** Reads the spreadsheet of a draft again, by what its columns are said to hold. */
  read_columns: { request: DraftColumns, answer: DraftReview };
  /** Puts the draft's rows, all but the dropped ones, into the ledger as one edit. */
  confirm_draft: { request: OfDraft, answer: Workbook };
  /** Throws a draft away. */
  discard_draft: { request: OfDraft, answer: Workbook };
  /** The overview of a quarter. */
  overview: { request: OfQuarter, answer: Overview };
  /** The ids of the tasks that a figure of the overview counts, in the order in which it lists them. */
  overview_tasks: { request: OfFigure, answer: Array<string> };
  /** How many tasks there are in a quarter, and their lamps. */
  totals: { request: OfQuarter, answer: Totals };
  /** The ledger of a quarter. */
  ledger: { request: OfQuarter, answer: Ledger };
  /** The ledger of a quarter as a table that says once what many rows say. */
  ledger_table: { request: OfQuarter, answer: LedgerTable };
  /** Everything about one task. */
  task: { request: OfTask, answer: TaskDetail };
  /** Departments' checklists. */
  checklist: { request: OfDepartment, answer: Checklists };
  /** Indicators with targets and figures. */
  indicators: { request: OfQuarter, answer: Indicators };
  /** Milestones and task dues over the quarters. */
  timeline: { request: OfQuarter, answer: Timeline };
  /** Applies edits, all or none, as one step of undo. */
  apply: { request: Edits, answer: Applied };
  /** Takes the last edit back. */
  undo: { request: InQuarter, answer: Applied };
  /** Brings the last undone edit back. */
  redo: { request: InQuarter, answer: Applied };
  /** Takes back all edits after one. */
  undo_to: { request: ToEdit, answer: Applied };
  /** The people who answer for tasks and departments. */
  people: { request: Nothing, answer: Array<PersonLine> };
  /** The rows that no longer count, last first. */
  retired: { request: Nothing, answer: Array<RetiredLine> };
  /** Who changed what when, newest first. */
  history: { request: OfHistory, answer: Array<HistoryEntry> };
  /** The automatic copies, newest first. */
  copies: { request: Nothing, answer: Array<CopyLine> };
  /** Writes the open workbook to another file and goes on with that one. */
  save_elsewhere: { request: AtPath, answer: Workbook };
  /** The automatic copies of a workbook that need not be open, or whole, or there; newest first. */
  copies_of: { request: AtPath, answer: Array<CopyLine> };
  /** Puts a copy in the place of a workbook that is damaged or gone, and opens it; what was there is put aside. */
  restore_workbook: { request: ToRestore, answer: Workbook };
  /** Puts an automatic copy in the workbook's place; what stood there is copied first. */
  restore_copy: { request: AtPath, answer: Workbook };
  /** What a task says otherwise in an automatic copy, with the edits that bring it back. */
  task_in_copy: { request: OfTaskInCopy, answer: Array<CopyDifference> };
  /** A report as it will print. */
  report_preview: { request: OfReport, answer: ReportPreview };
  /** Writes a report to a file. */
  export_report: { request: ReportToFile, answer: ReportFile };
  /** What the settings view offers and tells. */
  choices: { request: Nothing, answer: Choices };
  /** Rows by words or pinyin initials. */
  find: { request: ToFind, answer: Array<Hit> };
  /** Keeps a file as evidence of a task. */
  add_evidence: { request: NewEvidence, answer: TaskDetail };
  /** Who was sent a quarter's file, who returned it, who is missing. */
  exchange_status: { request: InQuarter, answer: ExchangeStatus };
  /** Makes the files of a quarter, one for each department. */
  issue_packets: { request: ToIssue, answer: Issued };
  /** What a packet is. */
  packet: { request: PacketFile, answer: PacketLine };
  /** Makes a department's workbook from what the office sent, or brings it up to date, and opens it. */
  receive_packet: { request: PacketFile, answer: Workbook };
  /** Writes the department's return of a quarter. */
  return_packet: { request: ToReturn, answer: Returned };
  /** What returns would change. */
  preview_returns: { request: ToCollect, answer: Collected };
  /** Merges returns as one edit. */
  collect_returns: { request: ToCollect, answer: Collected };
  /** What departments ask for: what is open, and all of a quarter. */
  requests: { request: InQuarter, answer: Array<RequestLine> };
  /** Keeps that the departments that have not returned were reminded today. */
  mark_reminded: { request: InQuarter, answer: ExchangeStatus };
  /** Closes a quarter. */
  close_quarter: { request: InQuarter, answer: QuarterClosed };
  /** Two quarters side by side. */
  compare_quarters: { request: ToCompare, answer: QuarterComparison };
  /** Writes a closed quarter as one file for the office above. */
  hand_up: { request: ToHandUp, answer: HandedUp };
  /** Opens a closed quarter again, for a reason. */
  reopen_quarter: { request: ToReopen, answer: QuarterClosed };
}
