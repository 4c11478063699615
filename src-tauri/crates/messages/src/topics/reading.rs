//! Documents and ledgers that are read, and the drafts made from them.

use crate::Message;
use crate::catalogue::catalogue;

catalogue! {
    /// What concerns documents, spreadsheets and drafts.
    Reading {
        Empty { file: String }
            zh "文件“{file}”是空的。"
            en "The file \"{file}\" is empty.";
        CheckOrAskSender
            zh "请确认选对了文件，或向来文单位重新索取。"
            en "Make sure that it is the right file, or ask its sender for it again.";
        Unknown { file: String }
            zh "文件“{file}”不是能读取的文档。"
            en "The file \"{file}\" is no document that can be read.";
        SaveAsDocx
            zh "请用 Word 或 WPS 打开它，另存为 .docx 后再导入。"
            en "Open it in Word or WPS, save it as .docx and import that.";
        Spreadsheet { file: String }
            zh "文件“{file}”是电子表格。"
            en "The file \"{file}\" is a spreadsheet.";
        ImportAsLedger
            zh "现有台账请用“导入台账”导入；规划文件请导入 Word、WPS、PDF、网页或纯文本版本。"
            en "Import a ledger as a ledger; import a plan as Word, WPS, PDF, web page or plain text.";
        NoLedger { file: String }
            zh "文件“{file}”里没有认出台账：需要一行表头，写明任务或指标，以及责任单位、完成时限、目标值等。"
            en "No ledger was found in the file \"{file}\": it needs a head row that names task or indicator, department, due date, target and the like.";
        AddHead
            zh "请在表格里补上表头后再导入。"
            en "Add the head row and import it again.";
        Protected { file: String }
            zh "文件“{file}”设了打开密码。"
            en "The file \"{file}\" has a password.";
        SaveWithoutPassword
            zh "请用 Word、WPS 或 PDF 阅读器输入密码打开，取消密码后另存，再导入另存的文件。"
            en "Open it with the password in Word, WPS or a PDF reader, save it without one and import that.";
        Damaged { file: String }
            zh "文件“{file}”残缺或已损坏，无法读取。"
            en "The file \"{file}\" is incomplete or damaged and cannot be read.";
        CopyOrSaveAsDocx
            zh "请重新复制或向来文单位重新索取；若能用 Word 或 WPS 打开，请另存为 .docx 后再导入。"
            en "Copy it again or ask its sender; if Word or WPS opens it, save it as .docx and import that.";
        TooLarge { file: String }
            zh "文件“{file}”太大（文字超过 10 MB 或解压后过大），不像是一份规划文件。"
            en "The file \"{file}\" is too large for a plan (more than 10 MB of text, or too much once unpacked).";
        OnlyText
            zh "请只导入规划正文，或把它拆成几个文件。"
            en "Import only the text of the plan, or split it into several files.";
        Scanned { file: String }
            zh "文件“{file}”是扫描件，页面是图片，没有可读的文字。"
            en "The file \"{file}\" is a scan: its pages are pictures without text.";
        AskForText
            zh "请向来文单位索取 Word 或带文字的 PDF，或先用文字识别软件转换后再导入。"
            en "Ask its sender for Word or a PDF with text, or have the text recognised first.";
        DraftDamaged { title: String }
            zh "草稿“{title}”的内容已损坏。"
            en "The draft \"{title}\" is damaged.";
        ImportAgain
            zh "请删除它，再从文件重新导入。"
            en "Delete it and import the file again.";
        NoNewVersionHere
            zh "这是单位的工作簿，不能用新版本更新规划。"
            en "This is a department's workbook: a plan cannot be brought to a new version in it.";
        OfficeBringsVersions
            zh "规划由下发的督查机构更新，更新后随下一次下发送达。"
            en "The office brings plans up to date; they come with its next file.";
        PlanExists { title: String }
            zh "工作簿里已经有《{title}》。"
            en "The workbook already has \"{title}\".";
        NewVersionOrOtherTitle
            zh "如果这是它的新版本，请在审核窗口选“作为它的新版本”，命令行加上--revises；否则请改个名称。"
            en "If this is its new version, choose so in the review, or add --revises on the command line; otherwise give it another name.";
        NothingToCompare
            zh "没有可以对照的规划：工作簿里没有这份台账或规划。"
            en "There is nothing to compare with: the workbook has no such ledger or plan.";
        NameWhatItRevises
            zh "请先导入一次，或用--revises写明它是哪一份规划的新版本。"
            en "Import it first, or name the plan that it is a new version of with --revises.";
        DraftUnfit
            zh "草稿中有不能保存的内容。"
            en "The draft holds something that cannot be saved.";
        CheckNumbers
            zh "请检查数字后再试。"
            en "Check the numbers and try again.";
        NoTaskOfNumber { number: String }
            zh "草稿中没有编号为“{number}”的任务。"
            en "The draft has no task numbered \"{number}\".";
        CorrectTask
            zh "请改正所属任务后再试。"
            en "Correct which task it belongs to and try again.";
        EndsBeforeBegin
            zh "规划的结束年早于起始年。"
            en "The plan ends before it begins.";
        CorrectYears
            zh "请改正规划的起止年份后再试。"
            en "Correct the plan's first and last year and try again.";
        NoColumns { file: String }
            zh "“{file}”不是电子表格，没有可以指定的列。"
            en "\"{file}\" is no spreadsheet and has no columns to name.";
        ChangedSince { file: String }
            zh "文件“{file}”在导入以后改动过，没有重新读取。"
            en "The file \"{file}\" was changed after it was imported and was not read again.";
        KeepOnlyText
            zh "请只保留规划正文后再导入。"
            en "Keep only the text of the plan and import it again.";
        NoSuchColumn { holds: String }
            zh "“{holds}”不是台账的一种列。"
            en "\"{holds}\" is no kind of column of a ledger.";
        NoPlanFound { file: String }
            zh "文件“{file}”里没有找到规划的任务和目标，没有导入。"
            en "No tasks and targets of a plan were found in the file \"{file}\"; it was not imported.";
        CheckOrAddByHand
            zh "请确认选对了文件；如果确是规划，请在窗口中导入后手工补充。"
            en "Make sure that it is the right file; if it is a plan, import it in the window and complete it by hand.";
        Title { title: String }
            zh "《{title}》"
            en "\"{title}\"";
        NoPlansToRevise
            zh "工作簿里还没有规划。请用--revises写明其中一份的标题。"
            en "The workbook has no plan yet. Name the title of one with --revises.";
        PlansToRevise { titles: Vec<Message> }
            zh "工作簿里有：{titles}。请用--revises写明其中一份的标题。"
            en "The workbook has: {titles}. Name the title of one with --revises.";
        VersionOfWhich { title: String }
            zh "没有看出“{title}”是哪一份规划的新版本。"
            en "It was not found of which plan \"{title}\" is a new version.";
        NoPlanTitled { words: String }
            zh "工作簿里没有标题含“{words}”的规划。"
            en "The workbook has no plan whose title holds \"{words}\".";
        PlansTitled { words: String }
            zh "工作簿里标题含“{words}”的规划不止一份。"
            en "The workbook has more than one plan whose title holds \"{words}\".";
        DiscardAndImport
            zh "请丢弃这份草稿，再从文件重新导入。"
            en "Discard this draft and import the file again.";
        LargeDocument { file: String, megabytes: u64 }
            zh "文件“{file}”超过{megabytes}MB，没有读取。"
            en "The file \"{file}\" has more than {megabytes} MB and was not read.";
        ColumnsHold
            zh "可写：目标任务、工作内容、指标名称、计量单位、目标值、牵头单位、配合单位、责任单位、完成时限、备注。"
            en "A column may hold, by its Chinese name: task, work content, indicator, unit, target, lead department, supporting department, department, due date or note.";
        NoDraft { file: String, line: usize }
            zh "文件“{file}”不是草稿，或缺少内容：第{line}行。"
            en "The file \"{file}\" is no draft, or lacks something: line {line}.";
        DraftsAreWritten
            zh "草稿的格式与planbook intake --json的输出相同。"
            en "A draft is written as planbook intake --json prints it.";
        NoDocument { file: String, what: Box<Message> }
            zh "文件“{file}”是{what}，不是文字文档。"
            en "The file \"{file}\" is {what}, not a text document.";
        ImportText
            zh "请导入文件的 Word、WPS、PDF、网页或纯文本版本。"
            en "Import it as Word, WPS, PDF, web page or plain text.";
    }
}
