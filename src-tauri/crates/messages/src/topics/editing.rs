//! Edits of the ledger, and what of it may be changed.

use crate::Quarter;
use crate::catalogue::catalogue;

catalogue! {
    /// What concerns edits.
    Editing {
        NotPartOf { department: String, task: String }
            zh "“{department}”不是任务“{task}”的责任单位。"
            en "\"{department}\" has no part in the task \"{task}\".";
        AssignFirst
            zh "请先把该单位分派到这项任务，再填写进展。"
            en "Assign the department to the task first, then enter its progress.";
        NobodyAsks
            zh "没有写明申请的单位。"
            en "It is not said which department asks.";
        SayWhoAsks
            zh "请选择提出申请的单位后再试。"
            en "Choose the department that asks and try again.";
        OnlyTarget
            zh "这是该指标唯一的目标，不能删除。"
            en "This is the indicator's only target and cannot be removed.";
        CancelInstead
            zh "如不再考核，可在办理状态中选择“取消”并写明依据。"
            en "If it no longer counts, set the status to \"cancelled\" and say why.";
        DepartmentExists { name: String }
            zh "已经有名为“{name}”的单位。"
            en "There is already a department called \"{name}\".";
        MergeInstead
            zh "如果是同一个单位，请用“合并单位”。"
            en "If both are the same department, merge them.";
        MergedWithItself { name: String }
            zh "“{name}”不能与自己合并。"
            en "\"{name}\" cannot be merged with itself.";
        OtherDepartment
            zh "请选择另一个单位。"
            en "Choose another department.";
        ClosedReportWords { quarter: Quarter }
            zh "{quarter}已封账，报告文字按封账时的印发，不能再改。"
            en "{quarter} is closed: its report prints as it was when closed and its words cannot be changed.";
        ReopenForReason
            zh "如需修改，请写明理由重新打开该季度。"
            en "To change them, open the quarter again and say why.";
        NoSuchPassage { kind: String }
            zh "报告中没有名为“{kind}”的文字。"
            en "The report has no passage called \"{kind}\".";
        ThesePassages { kinds: Vec<String> }
            zh "可改的有：{kinds}。"
            en "These can be changed: {kinds}.";
        NeedsNoSteps { indicator: String }
            zh "“{indicator}”不需要分解年度目标。"
            en "\"{indicator}\" needs no yearly steps.";
        StepsAreForYears
            zh "只有跨年度、到期考核的指标才按年分解；请先核对规划的起止年份。"
            en "Only an indicator that runs over several years and is judged at its end has steps; check the first and last year of the plan.";
        NoBaseForSteps { indicator: String }
            zh "“{indicator}”没有基期值，不能按年分解。"
            en "\"{indicator}\" has no base value and cannot be divided by years.";
        GiveABaseOrSteps
            zh "请先填写基期年份和基期值，或自行填写各年目标。"
            en "Enter the base year and its value first, or the yearly targets yourself.";
        QuarterClosed { quarter: Quarter }
            zh "{quarter}已封账，不能再改。"
            en "{quarter} is closed and cannot be changed.";
        RecordLater { quarter: Quarter }
            zh "请把改动记入{quarter}，作为补报。"
            en "Record the change in {quarter} as a late return.";
        OfficesAlone
            zh "这是单位的工作簿，不能改任务、目标和责任分工。"
            en "This is a department's workbook: tasks, targets and responsibilities cannot be changed in it.";
        AskOffice
            zh "如需调整，请向下发的督查机构提出。"
            en "To have them changed, ask the office that sent it.";
        NoSuchFigure { figure: String }
            zh "总览里没有“{figure}”这一项，台账没有变动。"
            en "The overview has no figure \"{figure}\"; the ledger was not changed.";
        OpenFromFigure
            zh "请从总览里的数字点开。"
            en "Open the rows from a figure of the overview.";
        TaskNotInCopy
            zh "这份副本里还没有这项任务。"
            en "This copy does not hold the task yet.";
        LaterCopy
            zh "请另选一份较晚的副本。"
            en "Choose a later copy.";
    }
}
