//! Files and folders as the operating system gives or refuses them.

use crate::catalogue::catalogue;

catalogue! {
    /// What concerns files and folders of any kind.
    Files {
        Unreadable { path: String }
            zh "读不了文件“{path}”。"
            en "The file \"{path}\" cannot be read.";
        Unwritable { path: String }
            zh "写不了文件“{path}”。"
            en "The file \"{path}\" cannot be written.";
        NotThere
            zh "文件不存在，请检查路径或重新选择。"
            en "It is not there; check the path or choose again.";
        NoLeaveToRead
            zh "没有读取权限，请换一个位置或请管理员授权。"
            en "You may not read it; choose another place or ask your administrator.";
        ChooseFileWithin
            zh "这是文件夹，请选择其中的文件。"
            en "It is a folder; choose a file in it.";
        ChoosePlainFile
            zh "它不是普通文件（如管道或设备），请选择一个文件。"
            en "It is no plain file (but a pipe or a device); choose a file.";
        CheckMedium
            zh "请检查U盘或磁盘是否完好后再试。"
            en "Check the USB stick or disk and try again.";
        FolderNotThere
            zh "所在文件夹不存在，请重新选择位置。"
            en "Its folder is not there; choose another place.";
        NoLeaveToWrite
            zh "没有写入权限，或文件正被别的程序打开；请关闭它或换一个位置。"
            en "You may not write it, or another program has it open; close that or choose another place.";
        DiskFull
            zh "磁盘已满，请清理空间或换一个位置后再试。"
            en "The disk is full; make room or choose another place and try again.";
        GiveFileName
            zh "这是文件夹，请给出文件名。"
            en "It is a folder; give a file name.";
        CheckDisk
            zh "请检查磁盘后再试，或换一个位置。"
            en "Check the disk and try again, or choose another place.";
        IsFolder { name: String }
            zh "“{name}”是文件夹。"
            en "\"{name}\" is a folder.";
        AddEach
            zh "请逐个添加其中的文件，或先压缩成一个文件。"
            en "Add the files in it one by one, or pack them into one file first.";
        EmptyEvidence { name: String }
            zh "“{name}”是空文件，没有添加。"
            en "\"{name}\" is empty and was not added.";
        CheckChoice
            zh "请确认选对了文件。"
            en "Make sure that it is the right file.";
        LargeEvidence { name: String }
            zh "“{name}”太大，没有添加。"
            en "\"{name}\" is too large and was not added.";
        ShrinkEvidence { megabytes: u64 }
            zh "佐证材料每个不超过{megabytes}MB，请压缩或截取关键页后再添加。"
            en "A piece of evidence has at most {megabytes} MB; shrink it or add only the pages that matter.";
        IsWorkbook { name: String }
            zh "“{name}”是台账本身的文件，没有覆盖它。"
            en "\"{name}\" is the workbook itself and was not overwritten.";
        OtherName
            zh "请换一个文件名。"
            en "Take another file name.";
        AmongCopies { name: String }
            zh "“{name}”在台账的备份文件夹里，没有写入。"
            en "\"{name}\" lies in the folder of the copies and was not written.";
        OtherFolder
            zh "请换一个文件夹。"
            en "Take another folder.";
        FromFile { file: String, message: Box<crate::Message> }
            zh "文件“{file}”：{message}"
            en "File \"{file}\": {message}";
        NoProgram { name: String }
            zh "系统没有打开“{name}”的程序。"
            en "The system has no program that opens \"{name}\".";
        OpenByHand
            zh "请在文件夹中找到该文件，选择打开方式。"
            en "Find the file in its folder and choose how to open it.";
        NoLongerThere { name: String }
            zh "文件“{name}”不在了，没有打开。"
            en "The file \"{name}\" is gone and was not opened.";
        ExportAgain
            zh "请重新导出后再打开。"
            en "Export it again and open that.";
        NoPaper { name: String }
            zh "“{name}”不是文档或图片，没有打开。"
            en "\"{name}\" is no document or picture and was not opened.";
        OpenInFolder
            zh "如确需打开，请在文件夹中打开。"
            en "If it is to be opened all the same, open it in its folder.";
    }
}
