//! What a field takes, and what it was given.

use crate::catalogue::catalogue;
use crate::{Message, Noun};

catalogue! {
    /// What concerns a value that was entered.
    Input {
        Gone { what: Noun, id: String }
            zh "找不到要改的{what}“{id}”，它可能已被删除或属于另一个工作簿。"
            en "The {what} \"{id}\" is not there to be changed; it may have been removed or belong to another workbook.";
        ChooseAgain
            zh "请核对后重新选择。"
            en "Check and choose again.";
        Correct
            zh "请改正后再试。"
            en "Correct it and try again.";
        ChooseListed
            zh "请从列出的选项中选择。"
            en "Choose one of those listed.";
        NoQuarter { text: String }
            zh "“{text}”不是有效的季度。"
            en "\"{text}\" is no quarter.";
        WriteQuarter
            zh "季度写作2025Q2。"
            en "A quarter is written 2025Q2.";
        NoDate { text: String }
            zh "“{text}”不是有效的日期。"
            en "\"{text}\" is no date.";
        WriteDate
            zh "日期写作2025、2025-06或2025-06-30；季度末写作它的最后一个月，如二季度末为2025-06。"
            en "A date is written 2025, 2025-06 or 2025-06-30; the end of a quarter is its last month, so that of the second is 2025-06.";
        EmptyValue { field: Box<Message>, allowed: Box<Message> }
            zh "{field}是空的，应为{allowed}。"
            en "{field} is empty; it should be {allowed}.";
        UnfitValue { field: Box<Message>, given: String, allowed: Box<Message> }
            zh "{field}“{given}”不能保存，应为{allowed}。"
            en "{field}: \"{given}\" cannot be kept; it should be {allowed}.";
        Empty { what: Box<Message> }
            zh "{what}是空的。"
            en "{what} is empty.";
        FillIn
            zh "请填写后再试。"
            en "Fill it in and try again.";
        NoWholeDate { field: Box<Message>, text: String }
            zh "{field}“{text}”不是完整的日期。"
            en "{field}: \"{text}\" is no whole date.";
        WriteWholeDate
            zh "请写到日，如2025-06-20。"
            en "Write it to the day, as in 2025-06-20.";
        NoNumber { text: String }
            zh "“{text}”不是数。"
            en "\"{text}\" is no number.";
        EnterNumber
            zh "请填写数字，如60。"
            en "Enter a number, as in 60.";
        NoSuchDepartment { name: String }
            zh "工作簿里没有名为“{name}”的单位。"
            en "The workbook has no department called \"{name}\".";
        NoDepartments
            zh "这个工作簿还没有单位。"
            en "This workbook has no departments yet.";
        DepartmentsAre { names: Vec<String> }
            zh "工作簿里有：{names}。"
            en "The workbook has: {names}.";
        ChangeNumber { number: usize }
            zh "第{number}处改动："
            en "Change {number}:";
        NoWord { word: String, of: String }
            zh "“{word}”不是{of}。"
            en "\"{word}\" is no {of}.";
    }
}
