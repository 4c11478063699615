//! Workbooks: opening, saving, undoing, copies.

use crate::catalogue::catalogue;
use crate::{Message, RowKind};

catalogue! {
    /// What concerns a workbook as a whole.
    Opening {
        NoWorkbook
            zh "还没有打开工作簿。"
            en "No workbook is open.";
        OpenFirst
            zh "请先打开或新建一个工作簿。"
            en "Open or make a workbook first.";
        LedgerNotRead
            zh "台账没有读出来。"
            en "The ledger could not be read.";
        CopyGone
            zh "这份自动副本已不在了，台账没有变动。"
            en "This automatic copy is gone; the ledger was not changed.";
        OtherCopy
            zh "请另选一份副本。"
            en "Choose another copy.";
        Missing { name: String }
            zh "找不到台账文件“{name}”。"
            en "The workbook \"{name}\" is not there.";
        CheckMoved
            zh "请检查文件是否被移动或改名，或者U盘、共享文件夹是否已连接。"
            en "Check whether it was moved or renamed, and whether the USB stick or shared folder is connected.";
        FolderMissing { folder: String, name: String }
            zh "文件夹“{folder}”不存在，无法打开或保存“{name}”。"
            en "The folder \"{folder}\" is not there; \"{name}\" can be neither opened nor saved.";
        MakeFolder
            zh "请先建好文件夹，或换一个位置。"
            en "Make the folder first, or choose another place.";
        Folder { name: String }
            zh "“{name}”是文件夹，不是台账文件。"
            en "\"{name}\" is a folder, not a workbook.";
        ChooseWorkbook
            zh "请选择扩展名为 .planbook 的文件。"
            en "Choose a file that ends in .planbook.";
        Exists { name: String }
            zh "“{name}”已经存在，没有覆盖它。"
            en "\"{name}\" is already there and was not overwritten.";
        OtherNameOrOpen
            zh "请换一个文件名，或直接打开它。"
            en "Take another file name, or open that one.";
        NotWorkbook { name: String }
            zh "“{name}”不是规划台账文件，或只传来了一部分。"
            en "\"{name}\" is no workbook, or only part of one.";
        CopyItAgain
            zh "请确认选对了文件；如是从U盘或网络拷来的，请重新拷贝一次。"
            en "Make sure that it is the right file; if it was copied from a stick or the network, copy it again.";
        OtherProgram { name: String }
            zh "“{name}”是其他软件的数据文件，不是规划台账，没有改动它。"
            en "\"{name}\" is the data of another program, not a workbook; it was not touched.";
        Corrupt { name: String, detail: Box<Message> }
            zh "“{name}”已损坏（{detail}），没有继续改动它。"
            en "\"{name}\" is damaged ({detail}); nothing more was changed in it.";
        CopiesKept { count: usize, at: String, step: i64 }
            zh "它有{count}份自动备份，最近的是{at}（第{step}步）：在开始页打开它就能选一份恢复，命令行用planbook restore。"
            en "It has {count} automatic copies, the newest of {at} (step {step}): open it from the start page to choose one, or use planbook restore.";
        OtherWorkbook { copy: String, name: String }
            zh "“{copy}”不是台账“{name}”的备份，台账没有变动。"
            en "\"{copy}\" is no copy of the workbook \"{name}\", which was not changed.";
        NoWholeCopy { name: String }
            zh "台账“{name}”旁边没有完整的备份，没有恢复。"
            en "There is no whole copy beside the workbook \"{name}\"; nothing was restored.";
        FindEarlierCopy
            zh "请找出以前的拷贝（如U盘、邮件中的），用planbook restore写明它的路径。"
            en "Look for an earlier one, on a stick or in the mail, and name its path with planbook restore.";
        NotDamaged { name: String }
            zh "台账“{name}”没有损坏，没有恢复。"
            en "The workbook \"{name}\" is not damaged; nothing was restored.";
        NameCopy
            zh "要回到以前的某一份备份，请写明是哪一份。"
            en "To go back to an earlier copy, say which.";
        NoCopies
            zh "旁边没有自动备份：请找出以前的拷贝（如U盘、邮件中的），并把这个文件留给技术人员。"
            en "There are no automatic copies beside it: look for an earlier one, on a stick or in the mail, and keep this file for your technician.";
        Newer { name: String }
            zh "“{name}”由更新版本的规划台账保存，本程序不能打开它，文件没有改动。"
            en "\"{name}\" was saved by a newer Planbook and cannot be opened by this one; it was not touched.";
        UpdateFirst
            zh "请先升级本程序。"
            en "Update this program first.";
        Locked { name: String }
            zh "“{name}”正被另一个程序使用。"
            en "\"{name}\" is in use by another program.";
        CloseOther
            zh "请关闭那个程序后再打开。"
            en "Close that program and open it again.";
        ReadOnly { why: Box<Message> }
            zh "这次改动没有保存。{why}"
            en "This change was not saved. {why}";
        Denied { name: String }
            zh "没有权限读写“{name}”。"
            en "You may not read or write \"{name}\".";
        CheckReadOnly
            zh "请检查文件或文件夹是否设为只读，或换一个位置。"
            en "Check whether the file or folder is read only, or choose another place.";
        Full { name: String }
            zh "磁盘已满，“{name}”的这次改动没有保存，以前保存的内容没有受影响。"
            en "The disk is full: this change to \"{name}\" was not saved; what was saved before is untouched.";
        MakeRoom
            zh "请清理磁盘或换一个位置后再试。"
            en "Make room or choose another place and try again.";
        Unsettled { name: String, log: String, why: Box<Message> }
            zh "“{name}”的改动都已保存，但有一部分还在旁边的“{log}”里（{why}）：请保留这两个文件，检查磁盘后再打开一次。"
            en "All changes to \"{name}\" are saved, but part of them still lies in \"{log}\" beside it ({why}). Keep both files, check the disk and open the workbook once more.";
        DetachedGone { name: String }
            zh "台账“{name}”已不在原来的位置（被删除、移动，或U盘、共享文件夹已断开），这次改动没有保存。"
            en "The workbook \"{name}\" is no longer at its place (deleted, moved, or its medium is gone); this change was not saved.";
        DetachedReplaced { name: String }
            zh "台账“{name}”已被换成另一份文件（多半是同步软件，或有人拷贝覆盖了它），这次改动没有保存。"
            en "Another file is at the place of the workbook \"{name}\" (put there by a synchronising program, or copied over it); this change was not saved.";
        DetachedTaken { name: String }
            zh "台账“{name}”已被另一个程序打开修改，这次改动没有保存。"
            en "Another program took the workbook \"{name}\" for writing; this change was not saved.";
        SaveElsewhere
            zh "此前保存的内容本程序里都还有：请另存到别处，再核对原来的位置上是哪一份。"
            en "What was saved before is still here: save the workbook elsewhere, then see which file is at its old place.";
        NotUpgraded { name: String, why: Box<Message> }
            zh "“{name}”由旧版本程序保存，升级前的备份没有做成（{why}），所以没有升级，文件没有改动。"
            en "\"{name}\" was saved by an older program; the copy before its upgrade could not be made ({why}), so it was not upgraded and not changed.";
        Medium { name: String, detail: Box<Message> }
            zh "读写“{name}”时出错（{detail}），没有完成，以前保存的内容没有受影响。"
            en "Reading or writing \"{name}\" failed ({detail}); what was saved before is untouched.";
        CheckMedium
            zh "请检查磁盘空间、U盘或网络连接后再试。"
            en "Check the disk, the USB stick or the network and try again.";
        RowGone { what: RowKind }
            zh "要操作的{what}已不存在，可能已被删除或撤销。"
            en "The {what} is gone; it may have been removed or undone.";
        Taken { what: RowKind }
            zh "{what}已经有了，不能重复添加。"
            en "The {what} is there already and cannot be added twice.";
        ChangePresent
            zh "请直接修改已有的那一条。"
            en "Change the one that is there.";
        Dangling { what: RowKind }
            zh "{what}所关联的内容已不存在，或仍被其他内容引用，没有保存。"
            en "What the {what} refers to is gone, or something still refers to it; nothing was saved.";
        Unfit { what: RowKind }
            zh "{what}中有不能保存的值，没有保存。"
            en "The {what} holds a value that cannot be saved; nothing was saved.";
        CheckFields
            zh "请检查数字和必填项。"
            en "Check the numbers and what has to be filled in.";
        NothingToUndo
            zh "没有可以撤销的改动。"
            en "There is nothing to undo.";
        NothingToRedo
            zh "没有可以重做的改动。"
            en "There is nothing to redo.";
        EditGone
            zh "历史中没有这次改动，或它已经撤销。"
            en "This change is not in the history, or it was undone.";
        ChooseInHistory
            zh "请在历史中重新选择。"
            en "Choose again in the history.";
        UndoConflict { label: Box<Message> }
            zh "不能撤销或重做“{label}”：它涉及的内容后来被别的程序改过。"
            en "\"{label}\" can be neither undone nor redone: another program changed what it touched.";
        CorrectByHand
            zh "台账没有变动，请在历史中核对后手工修改。"
            en "The ledger was not changed; check the history and correct it by hand.";
        Erased { label: Box<Message> }
            zh "不能撤销“{label}”：内容已按要求彻底清除，找不回来，撤销到此为止。"
            en "\"{label}\" cannot be undone: the content was erased for good, as was asked; undoing ends here.";
        OfRecord { label: Box<Message> }
            zh "不能撤销“{label}”：封账和重新打开都是存档的记录，撤销到此为止。"
            en "\"{label}\" cannot be undone: closing and opening again are acts of record; undoing ends here.";
        ReopenInstead
            zh "要改已封账的季度，请写明理由重新打开它（在“收发”页，或用planbook reopen）；重新打开的季度可以再次封账。"
            en "To change a closed quarter, open it again and say why (on the exchange page, or with planbook reopen); it can be closed once more.";
        BackupGone { name: String }
            zh "备份“{name}”不存在或不能读取，台账没有变动。"
            en "The copy \"{name}\" is gone or cannot be read; the ledger was not changed.";
        OtherBackup
            zh "请另选一份备份。"
            en "Choose another copy.";
        Failed { name: String, detail: Box<Message> }
            zh "台账“{name}”的操作没有完成（{detail}），已保存的内容没有受影响。"
            en "Work on the ledger \"{name}\" was not completed ({detail}); what was saved is untouched.";
        OpenAgain
            zh "请重新打开后再试。"
            en "Open it again and try once more.";
        FromCopy
            zh "请从备份恢复。"
            en "Restore it from a copy.";
        DatabaseCode { code: i32 }
            zh "代码{code}"
            en "code {code}";
        DatabaseSaid { words: String, code: i32 }
            zh "{words}，代码{code}"
            en "{words}, code {code}";
        SystemCode { code: i32 }
            zh "系统代码{code}"
            en "system code {code}";
        UnknownCause
            zh "原因不明"
            en "cause unknown";
        CellUnreadable
            zh "有的单元格不能读取"
            en "a cell cannot be read";
    }
}
