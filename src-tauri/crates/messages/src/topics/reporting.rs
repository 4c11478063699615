//! Reports: printing, saving, fonts.

use crate::catalogue::catalogue;
use crate::{Face, Quarter};

catalogue! {
    /// What concerns reports.
    Reporting {
        NotByDepartment { kind: String }
            zh "“{kind}”不是按单位出的报告，不能分单位存放。"
            en "\"{kind}\" is no report by department and cannot be stored department by department.";
        ByDepartment
            zh "按单位出的有department（单位报告）、one-page（一页纸）和slip（督办单）。"
            en "By department there are department, one-page and slip.";
        NoDepartment
            zh "没有要出报告的单位。"
            en "There is no department to report on.";
        AssignOrNoSlips
            zh "请先在台账中为任务指定牵头或配合单位；督办单只发给有滞后任务的单位。"
            en "Give the tasks lead or supporting departments in the ledger first; slips go only to departments with lagging tasks.";
        NotBefore { quarter: Quarter, against: Quarter }
            zh "{quarter}的报告不能与{against}对比。"
            en "The report of {quarter} cannot be compared with {against}.";
        ChooseEarlier
            zh "请选择比报告季度早的季度。"
            en "Choose a quarter before the report's own.";
        NoSuchForm { ending: String }
            zh "不能把报告存成“{ending}”。"
            en "The report cannot be saved as \"{ending}\".";
        FileEndings
            zh "请用.pdf、.docx或.xlsx作为文件名的结尾。"
            en "End the file name in .pdf, .docx or .xlsx.";
        NoSuchReport { kind: String }
            zh "没有名为“{kind}”的报告。"
            en "There is no report called \"{kind}\".";
        SnapshotNotRead
            zh "封账时的快照没有读出来。"
            en "The snapshot of the close could not be read.";
        NoFont
            zh "没有找到可用的字体。"
            en "No usable font was found.";
        InstallFont
            zh "请安装中文字体后再试。"
            en "Install a Chinese font and try again.";
        ReportsAre
            zh "可用的有bulletin（季度通报）、department（单位报告）、one-page（领导一页纸）、slip（督办单）、yearbook（指标年鉴）、timeline（时间轴）、receipt（报送单）、reminder（催报单）。"
            en "There are bulletin, department, one-page, slip, yearbook, timeline, receipt and reminder.";
        FaceMissing { face: Face, again: Face, folders: String }
            zh "没有找到可用的{face}字体,无法排版;请在电脑上安装{again}字体,或把思源宋体(NotoSerifSC)的 TTF 文件放进{folders}后重试"
            en "No usable font was found for {face}. Install one for {again}, or put the TTF file of NotoSerifSC into {folders}, and try again";
        FaceUnreadable { path: String, reason: String }
            zh "字体文件“{path}”读不出来({reason});请重新安装这一字体,或把它移出字体文件夹后重试"
            en "The font file \"{path}\" cannot be read ({reason}). Install the font again, or move it out of the fonts folder, and try again";
        SheetFailed { reason: String }
            zh "表格生成失败({reason});请减少任务数量或改用 PDF 后重试"
            en "The spreadsheet could not be made ({reason}). Take fewer tasks, or PDF instead, and try again";
    }
}
