//! What only the command line and the second shell say.

use crate::Message;
use crate::catalogue::catalogue;

catalogue! {
    /// What the command line says.
    CommandLine {
        InLine { file: String, line: usize }
            zh "文件“{file}”第{line}行，全部未保存："
            en "File \"{file}\", line {line}, nothing was saved:";
        Findings { count: usize }
            zh "检查发现{count}处问题。"
            en "The check found {count} faults.";
        RestoreOrCheck
            zh "请从备份恢复，或逐条核对。"
            en "Restore a copy, or check them one by one.";
        NoColumn { given: String }
            zh "“{given}”没有写明是哪一列。"
            en "\"{given}\" does not say which column it is.";
        WriteColumn
            zh "请写作“表头=内容”，如“谁来办=牵头单位”。"
            en "Write HEAD=CONTENT, where the content is a kind of column by its Chinese name.";
        NotUtf8 { file: String }
            zh "文件“{file}”不是UTF-8文本。"
            en "The file \"{file}\" is no text in UTF-8.";
        SaveAsUtf8
            zh "请另存为UTF-8编码后再试。"
            en "Save it as UTF-8 and try again.";
        WrongLine { file: String, line: usize, fault: Box<Message> }
            zh "文件“{file}”第{line}行{fault}，全部未保存。"
            en "File \"{file}\", line {line} {fault}; nothing was saved.";
        SeeHelp
            zh "各种改动的写法见planbook apply --help。"
            en "How each edit is written is in planbook apply --help.";
        NoJson
            zh "不是JSON"
            en "is no JSON";
        NoKindOfEdit
            zh "没有写明改动种类edit"
            en "does not say which edit it is";
        FieldMissing { kind: String, field: String }
            zh "（{kind}）缺少“{field}”；要清空须写明null"
            en "({kind}) lacks \"{field}\"; to clear it say null";
        FieldUnknown { kind: String, field: String }
            zh "（{kind}）有不认识的“{field}”"
            en "({kind}) has an unknown \"{field}\"";
        KindUnknown { kind: String }
            zh "的改动种类“{kind}”不认识"
            en "is an unknown edit \"{kind}\"";
        NoValidEdit { kind: String }
            zh "（{kind}）不是有效的改动"
            en "({kind}) is no valid edit";
        NotPrinted
            zh "结果没有写出。"
            en "The result was not written out.";
        CheckOutput
            zh "请检查输出位置。"
            en "Check where the output goes.";
        NoOutput
            zh "没有说明报告写到哪里。"
            en "It is not said where the report goes.";
        GiveOutput
            zh "请用-o给出文件，或用--out给出文件夹。"
            en "Give a file with -o, or a folder with --out.";
        NotServed
            zh "没能在本机打开网页服务。"
            en "The page could not be served on this machine.";
        FreePort
            zh "请关闭占用端口的程序后再试。"
            en "Close the programs that take its ports and try again.";
        NoPage
            zh "没有找到程序的网页文件。"
            en "The files of the program's page were not found.";
        ReinstallOrName
            zh "请重新安装程序，或用--page指明文件夹。"
            en "Install the program again, or name their folder with --page.";
    }
}
