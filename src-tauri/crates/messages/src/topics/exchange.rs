//! What goes between the office and its departments, and between counties: files, keys, closing, requests.

use crate::catalogue::catalogue;
use crate::{Day, Doing, Message, Noun, Quarter, Word};

catalogue! {
    /// What concerns the exchange of files and the closing of quarters.
    Exchange {
        RecordDamaged
            zh "工作簿里的收发记录已损坏。"
            en "The workbook's record of the exchange is damaged.";
        RecordNotWritten
            zh "收发记录没有写成。"
            en "The record of the exchange could not be written.";
        ClosedOn { quarter: Quarter, day: Day }
            zh "{quarter}已于{day}封账。"
            en "{quarter} was closed on {day}.";
        NotBegun { quarter: Quarter }
            zh "{quarter}还没有开始，不能封账。"
            en "{quarter} has not begun and cannot be closed.";
        CheckQuarter
            zh "请核对季度。"
            en "Check the quarter.";
        LongName { most: usize }
            zh "姓名超过{most}字。"
            en "The name is longer than {most} characters.";
        NameOnly
            zh "请只写姓名。"
            en "Write the name only.";
        NobodyReopens { quarter: Quarter }
            zh "不知道是谁要重新打开{quarter}。"
            en "It is not known who opens {quarter} again.";
        LogIn
            zh "请用本人的账户登录电脑，或在环境变量PLANBOOK_WHO中写明姓名，它会留在封账记录里。"
            en "Log in with your own account, or set PLANBOOK_WHO to your name; it stays in the record of closes.";
        NoReasonToReopen
            zh "没有写明重新打开的理由。"
            en "It is not said why it is opened again.";
        SayWhy
            zh "请写明理由，它会留在封账记录里。"
            en "Say why; it stays in the record of closes.";
        LongReason { most: usize }
            zh "理由超过{most}字。"
            en "The reason is longer than {most} characters.";
        WriteShorter
            zh "请写得简短些。"
            en "Write it shorter.";
        NotClosed { quarter: Quarter }
            zh "{quarter}没有封账，不用重新打开。"
            en "{quarter} is not closed and need not be opened again.";
        NoReturns
            zh "没有选择报送文件。"
            en "No returns were chosen.";
        ChooseReturns
            zh "请选择.planpack文件，或存放它们的文件夹。"
            en "Choose .planpack files or the folder they are in.";
        NoneMerged { count: usize }
            zh "{count}个文件都没有合并。"
            en "None of the {count} files was merged.";
        NamedFile { file: String, message: Box<Message> }
            zh "“{file}”：{message}"
            en "\"{file}\": {message}";
        SameQuarters
            zh "两个季度相同，没有可比较的。"
            en "Both quarters are the same; there is nothing to compare.";
        OtherQuarters
            zh "请选择两个不同的季度。"
            en "Choose two different quarters.";
        NoPlaceToHandUp
            zh "没有选择上报文件的位置。"
            en "It was not chosen where the file goes.";
        ChooseFileName
            zh "请先选择文件名。"
            en "Choose a file name first.";
        ChangedSinceClose { quarter: Quarter, changes: usize }
            zh "{quarter}封账时没有留存当时的数据，而台账在封账以后有{changes}处改动，不能按封账时的数据上报。"
            en "{quarter} was closed without keeping its rows, and the ledger has {changes} changes since: what was closed cannot be handed up.";
        CloseAgainToHandUp
            zh "请写明理由重新打开该季度，核对后再封账、上报。"
            en "Open the quarter again with a reason, check it, close it and hand it up.";
        SnapshotNotInFile
            zh "封账快照没有写进上报文件。"
            en "The snapshot of the close could not be written into the file.";
        NotClosedToHandUp { quarter: Quarter }
            zh "{quarter}还没有封账，不能上报。"
            en "{quarter} is not closed yet and cannot be handed up.";
        CloseFirst
            zh "请先封账，使上报的数据不再变动。"
            en "Close it first, so that what is handed up stands still.";
        HandedUpDamaged
            zh "工作簿里的上报记录已损坏。"
            en "The workbook's record of what was handed up is damaged.";
        HandedUpNotWritten
            zh "上报记录没有写成。"
            en "The record of what was handed up could not be written.";
        IdentityDamaged
            zh "工作簿里的收发身份已损坏。"
            en "The workbook's identity for the exchange is damaged.";
        MakeAnew
            zh "请用督查机构最近下发的文件重新建立工作簿。"
            en "Make the workbook anew from the last file of the office.";
        OfficesLedger
            zh "这是督查机构的台账，不是单位的工作簿，不能报送。"
            en "This is the office's ledger, not a department's workbook; it has nothing to return.";
        OpenDepartments
            zh "请打开单位用下发文件建立的工作簿；督查机构请用“合并报送”。"
            en "Open the workbook that the department made from the office's file; the office merges returns.";
        DepartmentsWorkbook { what: Doing }
            zh "这是单位的工作簿，不能{what}。"
            en "This is a department's workbook; this cannot be done in it: {what}.";
        InOfficesLedger
            zh "请在督查机构的台账中操作。"
            en "Do it in the office's ledger.";
        NoRandomness
            zh "系统没有给出随机数，不能生成密钥。"
            en "The system gave no random numbers; no key could be made.";
        Restart
            zh "请重新启动电脑后再试。"
            en "Restart the computer and try again.";
        NoFolder
            zh "没有选择存放文件的文件夹。"
            en "No folder was chosen for the files.";
        ChooseFolder
            zh "请先选择文件夹，例如U盘上新建的文件夹。"
            en "Choose a folder first, such as a new one on a USB stick.";
        ClosedToIssue { quarter: Quarter }
            zh "{quarter}已封账，不能再下发。"
            en "{quarter} is closed; nothing is sent out for it any more.";
        LaterQuarterOrReopen
            zh "请选择后面的季度，或写明理由重新打开该季度。"
            en "Choose a later quarter, or open this one again and say why.";
        NobodyToIssueTo
            zh "没有可以下发的单位：还没有任务分派到单位。"
            en "There is no department to send to: no task is assigned yet.";
        AssignTasks
            zh "请先在台账中为任务指定牵头或配合单位。"
            en "Give the tasks lead or supporting departments in the ledger first.";
        OneKeyAtATime
            zh "更换密钥须指明一个单位。"
            en "A key is replaced for one department at a time.";
        ChooseWhoLostKey
            zh "请选择丢失密钥的单位后再试。"
            en "Choose the department that lost its key and try again.";
        SnapshotNotWritten
            zh "本季度的快照没有写成。"
            en "This quarter's snapshot could not be written.";
        SnapshotDamaged { quarter: Quarter }
            zh "{quarter}封账时的快照已损坏，不能印发。"
            en "The snapshot of {quarter} is damaged and cannot be printed.";
        SnapshotNotCompared
            zh "封账时的快照已损坏，不能比较。"
            en "The snapshot of the close is damaged and cannot be compared.";
        FromCopyOrOthers
            zh "请从备份恢复，或比较别的季度。"
            en "Restore it from a copy, or compare other quarters.";
        OtherDepartments
            zh "这是别的单位的填报内容，本单位不能改。"
            en "This is another department's return and cannot be changed here.";
        OwnOnly
            zh "请只填写本单位的内容。"
            en "Fill in only what is your own.";
        ClosingIsOffices
            zh "销号和取消由督查机构核定，单位不能自行填报。"
            en "Closing and cancelling a task is for the office; a department cannot set it.";
        ChooseDone
            zh "完成的任务请选“已完成(待核)”；确需取消的，请向督查机构提出申请。"
            en "For a finished task choose \"done (to be checked)\"; to have one cancelled, ask the office.";
        OfficesSetting
            zh "这项设置由督查机构统一确定，单位的工作簿不能改。"
            en "This setting is the office's and cannot be changed in a department's workbook.";
        AskOffice
            zh "如需调整，请向督查机构提出。"
            en "To have it changed, ask the office.";
        NoKeyInFile { file: String }
            zh "文件“{file}”里没有本单位的密钥。"
            en "The file \"{file}\" does not hold this department's key.";
        AskToSendAgain
            zh "请督查机构重新下发。"
            en "Ask the office to send it again.";
        NotForOffices { workbook: String, file: String }
            zh "“{workbook}”是督查机构的台账，不能用下发文件“{file}”更新。"
            en "\"{workbook}\" is the office's ledger and cannot be updated with the file \"{file}\".";
        MakeOwn
            zh "请另起一个文件名，为单位建立自己的工作簿。"
            en "Take another file name and make the department's own workbook.";
        OtherLedgers { file: String }
            zh "文件“{file}”来自另一个台账，不是下发给这个工作簿的。"
            en "The file \"{file}\" comes from another ledger and is not for this workbook.";
        MakeAnother
            zh "请为它另建一个工作簿。"
            en "Make another workbook for it.";
        ForAnother { file: String, department: String }
            zh "文件“{file}”是下发给{department}的，不是下发给本工作簿的单位的。"
            en "The file \"{file}\" is for {department}, not for the department of this workbook.";
        ChooseOwnFile
            zh "请选择下发给本单位的文件。"
            en "Choose the file that is for this department.";
        SignedOtherwise { file: String }
            zh "文件“{file}”的签名与以前下发的不同，可能不是督查机构下发的，没有采用。"
            en "The file \"{file}\" is signed otherwise than those before; it may not be from the office and was not taken.";
        CheckWithOffice
            zh "请与督查机构核对；确需更换的，请另建一个工作簿。"
            en "Check with the office; if the change is meant, make another workbook.";
        Older { file: String }
            zh "文件“{file}”比已收到的文件更早，没有采用。"
            en "The file \"{file}\" is older than the one already received and was not taken.";
        UseNewest
            zh "请使用最近下发的文件。"
            en "Use the newest file.";
        NotInCharge { what: Noun }
            zh "该单位不是这项{what}的责任单位，不能申请调整。"
            en "This department has no part in this {what} and cannot ask for a change.";
        InChargeAsks
            zh "请由责任单位提出申请。"
            en "The department in charge has to ask.";
        SameAsNow { asked: String }
            zh "申请调整成的与现在的相同（{asked}）。"
            en "What is asked for is what stands there now ({asked}).";
        EnterWanted
            zh "请填写要调整成的日期或数值。"
            en "Enter the date or value that is wanted.";
        LongRequest { most: usize }
            zh "申请理由超过{most}字。"
            en "The reason is longer than {most} characters.";
        ShorterWithEvidence
            zh "请写得简短些，详细材料可作为佐证附件。"
            en "Write it shorter; details can be added as evidence.";
        Answered { day: Day, answer: Word }
            zh "这项申请已于{day}答复（{answer}）。"
            en "This request was answered on {day} ({answer}).";
        UndoAnswer
            zh "如需改变，请撤销那次答复，或直接修改时限、目标。"
            en "To change that, undo the answer, or change the date or target itself.";
        AskedNoNumber
            zh "申请调整成的不是数。"
            en "What is asked for is no number.";
        Decline
            zh "请不同意这项申请。"
            en "Decline the request.";
        NotIssued { quarter: Quarter }
            zh "督查机构还没有下发{quarter}的任务，不能报送。"
            en "The office has not sent the tasks of {quarter} yet; nothing can be returned.";
        UpdateWithIssue
            zh "请先用该季度的下发文件更新本工作簿，或核对季度。"
            en "Update this workbook with that quarter's file first, or check the quarter.";
        NotReturned { quarter: Quarter }
            zh "{quarter}还没有报送，不能打印报送单。"
            en "{quarter} was not returned yet; there is no receipt to print.";
        MakeReturn
            zh "请先生成报送文件。"
            en "Make the return first.";
        ChangedSinceReturn
            zh "报送以后又改过内容，报送单会与报送文件不一致。"
            en "Something was changed after the return; the receipt would not agree with it.";
        MakeReturnAgain
            zh "请重新生成报送文件，再打印报送单。"
            en "Make the return again, then print the receipt.";
        NobodyToRemind { quarter: Quarter }
            zh "{quarter}没有需要催报的单位。"
            en "No department has to be reminded in {quarter}.";
        AllReturned
            zh "下发的单位都已报送，或还没有下发。"
            en "All that were sent a file have returned it, or none was sent yet.";
        NotPacket
            zh "这不是规划台账的收发文件，没有读取。"
            en "This is no exchange file of Planbook; it was not read.";
        ChoosePacket
            zh "请选择扩展名为.planpack的文件。"
            en "Choose a file that ends in .planpack.";
        NotForm
            zh "这个表格不是下发的填报表，没有采用。"
            en "This spreadsheet is not the form that was sent out; it was not taken.";
        FillInForm
            zh "请在督查机构下发的填报表中填写；复制到别的表格里的内容不能合并。"
            en "Fill in the form of the office; what was copied into another spreadsheet cannot be merged.";
        ForeignForm
            zh "填报表不是用本台账下发的，没有采用。"
            en "The form was not sent from this ledger; it was not taken.";
        FillInOfficesForm
            zh "请该单位在督查机构下发的填报表中填写。"
            en "The department has to fill in the form that the office sent.";
        Cut
            zh "文件不完整，可能没有拷完。"
            en "The file is incomplete; perhaps copying was broken off.";
        CopyOrExportAgain
            zh "请重新拷贝，或请对方重新导出。"
            en "Copy it again, or ask for it to be made again.";
        Changed
            zh "文件的签名不符，内容可能被改动或拷贝时损坏，没有采用。"
            en "The signature does not fit: the file was changed or damaged in copying, and was not taken.";
        ExportAgain
            zh "请对方重新导出。"
            en "Ask for it to be made again.";
        NewerFile
            zh "文件由更新版本的规划台账生成，本程序不能读取。"
            en "The file was made by a newer Planbook and cannot be read by this one.";
        TooLarge
            zh "文件过大或解压后过大，没有读取。"
            en "The file is too large, or too large once unpacked; it was not read.";
        CheckOrigin
            zh "收发文件不会有这么大，请核对来源。"
            en "No exchange file is that large; check where it comes from.";
        WrongContent { detail: Box<Message> }
            zh "文件内容不合规范（{detail}），没有采用。"
            en "What the file holds is not as it should be ({detail}); it was not taken.";
        ExportWithUpdate
            zh "请对方升级程序后重新导出。"
            en "Ask for it to be made again with an updated program.";
    }
}
