//! The program itself: its commands, faults, settings, rule sets and the plans that ship with it.

use crate::catalogue::catalogue;

catalogue! {
    /// What concerns the program itself.
    Program {
        NothingWritten
            zh "程序没能写出这次的结果。"
            en "The program could not write this result.";
        ReopenAndTry
            zh "请重新打开工作簿再试。"
            en "Open the workbook again and try once more.";
        NoSuchCommand { name: String }
            zh "没有名为“{name}”的操作。"
            en "There is no operation called \"{name}\".";
        Update
            zh "请更新程序后再试。"
            en "Update the program and try again.";
        WrongCommand { name: String }
            zh "操作“{name}”的内容不完整或不正确。"
            en "What the operation \"{name}\" was given is incomplete or wrong.";
        CheckInput
            zh "请检查输入后再试。"
            en "Check what was entered and try again.";
        Fault
            zh "程序遇到意外，刚才的操作没有完成；此前保存的内容都在。"
            en "The program met a fault; the last operation was not completed. Everything saved before is there.";
        TryAgainOrSendLog
            zh "请再试一次；如果再次出现，请把日志交给技术人员。"
            en "Try again; if it happens once more, hand the log to your technician.";
        Reopen
            zh "请重新打开工作簿。"
            en "Open the workbook again.";
        NoSuchSeed { name: String }
            zh "没有名为“{name}”的示例规划。"
            en "There is no sample plan called \"{name}\".";
        ThereAre { names: Vec<String> }
            zh "可用的有：{names}。"
            en "There are: {names}.";
        SeedIncomplete { name: String }
            zh "示例规划“{name}”的内容不完整。"
            en "The sample plan \"{name}\" is incomplete.";
        Reinstall
            zh "请重新安装程序。"
            en "Install the program again.";
        NoSuchRules { name: String }
            zh "没有名为“{name}”的亮灯规则，或其内容不完整。"
            en "There is no rule set called \"{name}\", or it is incomplete.";
        ChooseOtherRules
            zh "请在设置中另选一套规则。"
            en "Choose another rule set in the settings.";
        HolidaysAreWrong
            zh "设置“节假日”的值不对。"
            en "The setting of holidays is wrong.";
        HolidaysAreYears
            zh "请按年写成一组year、rest、work，rest中每段写name、from、to，日期如2027-01-01。"
            en "Write a list with year, rest and work by year, each part of rest with name, from and to, dates such as 2027-01-01.";
        NoSuchSetting { key: String }
            zh "没有名为“{key}”的设置。"
            en "There is no setting called \"{key}\".";
    }
}
