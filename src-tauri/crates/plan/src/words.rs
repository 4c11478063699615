//! The field's closed vocabularies. Each has one code for files and wires, and the Chinese word that offices print.

use std::fmt;
use std::str::FromStr;

/// A word that is not in the vocabulary it was read for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownWord {
    /// The vocabulary, in Chinese.
    pub of: &'static str,
    /// The word as it was given.
    pub word: String,
}

impl fmt::Display for UnknownWord {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "“{}”不是{}", self.word, self.of)
    }
}

impl std::error::Error for UnknownWord {}

/// A name in quotation marks; marks that it has itself become single ones, as the standard for punctuation (GB/T 15834) asks.
pub fn quoted(name: &str) -> String {
    format!("“{}”", name.replace('“', "‘").replace('”', "’"))
}

macro_rules! vocabulary {
    ($(#[$doc:meta])* $name:ident, $of:literal { $($(#[$vdoc:meta])* $variant:ident = $code:literal, $chinese:literal;)+ }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($(#[$vdoc])* $variant,)+ }

        impl $name {
            /// All words, in their order.
            pub const ALL: &[Self] = &[$(Self::$variant,)+];

            /// The code that files and wires hold.
            #[must_use]
            pub fn code(self) -> &'static str {
                match self { $(Self::$variant => $code,)+ }
            }

            /// The word that offices print.
            #[must_use]
            pub fn chinese(self) -> &'static str {
                match self { $(Self::$variant => $chinese,)+ }
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { f.write_str(self.code()) }
        }

        impl FromStr for $name {
            type Err = UnknownWord;
            /// Reads a code or the Chinese word.
            fn from_str(word: &str) -> Result<Self, UnknownWord> {
                Self::ALL.iter().copied().find(|w| w.code() == word || w.chinese() == word)
                    .ok_or_else(|| UnknownWord { of: $of, word: word.to_owned() })
            }
        }
    };
}

vocabulary! {
    /// Whether a document is in force or sent round for comment.
    PlanStage, "文件阶段" {
        /// 征求意见稿
        Draft = "draft", "征求意见稿";
        /// issued
        Issued = "issued", "已印发";
    }
}

vocabulary! {
    /// Where the tasks of a plan come from: an issued document, or a register that the office keeps.
    Register, "来源类别" {
        /// 规划: a plan, an action plan or another issued document
        Plan = "plan", "规划";
        /// 政府工作报告: what a year's report promises
        WorkReport = "work_report", "政府工作报告";
        /// 会议议定事项: what meetings decide
        Meeting = "meeting", "会议议定事项";
        /// 领导批示: what leaders write on papers
        Instruction = "instruction", "领导批示";
        /// 民生实事: a year's list of things to do for people
        Livelihood = "livelihood", "民生实事";
        /// 其他
        Other = "other", "其他";
    }
}

vocabulary! {
    /// What a task is for.
    TaskKind, "任务类别" {
        /// 重点任务
        Task = "task", "重点任务";
        /// 保障措施
        Safeguard = "safeguard", "保障措施";
    }
}

vocabulary! {
    /// What kind of unit a department is; ranks are kept apart by it.
    DepartmentKind, "单位类别" {
        /// county department
        County = "county", "县直";
        /// town or subdistrict
        Town = "town", "镇街";
        /// department under direct higher leadership
        Vertical = "vertical", "垂管";
        /// company
        Company = "company", "企业";
        /// anything else
        Other = "other", "其他";
    }
}

vocabulary! {
    /// How a department takes part in a task.
    Role, "责任类别" {
        /// 牵头
        Lead = "lead", "牵头";
        /// 配合
        Support = "support", "配合";
    }
}

vocabulary! {
    /// What a person does for a task or a department.
    PersonRole, "人员分工" {
        /// 责任领导: the leader who answers for it
        Leader = "leader", "责任领导";
        /// 分管领导: the leader in whose charge it is
        Deputy = "deputy", "分管领导";
        /// 牵头单位负责人: the head of the leading department
        Head = "head", "牵头单位负责人";
        /// 联系人: who is called
        Contact = "contact", "联系人";
    }
}

vocabulary! {
    /// Handling status 办理状态: entered by people, never computed.
    Status, "办理状态" {
        /// 未启动
        NotStarted = "未启动", "未启动";
        /// 推进中
        Underway = "推进中", "推进中";
        /// 已完成(待核): the department says so, the office has not checked
        Done = "已完成(待核)", "已完成(待核)";
        /// 已销号: closed by the office after a check
        Closed = "已销号", "已销号";
        /// 暂缓
        Suspended = "暂缓", "暂缓";
        /// 取消
        Cancelled = "取消", "取消";
    }
}

vocabulary! {
    /// Judgement 进度判定: computed, never typed. Ordered from best to worst for “the worst of”.
    Judgement, "进度判定" {
        /// not yet to start: outside the denominator of shares
        NotDue = "未到期", "未到期";
        /// reached
        Completed = "已完成", "已完成";
        /// the year's target reached, and later ones are still open
        YearMet = "完成年度目标", "完成年度目标";
        /// ahead of schedule
        Ahead = "超序时", "超序时";
        /// on schedule
        OnSchedule = "达序时", "达序时";
        /// the figure that is asked is not there: nobody knows
        NoData = "未报数据", "未报数据";
        /// nothing returned for the quarter
        NotReturned = "未报送", "未报送";
        /// behind schedule
        Behind = "滞后", "滞后";
        /// far behind schedule
        FarBehind = "严重滞后", "严重滞后";
        /// the year is over, and its figure is short of its target
        YearMissed = "未完成年度目标", "未完成年度目标";
        /// past due and not done
        Overdue = "超期未完成", "超期未完成";
    }
}

impl Judgement {
    /// Whether what was to be reached by now is reached.
    #[must_use]
    pub fn is_met(self) -> bool {
        matches!(self, Self::Completed | Self::YearMet)
    }

    /// Whether it falls short of what was due: behind, or past a date or a year.
    #[must_use]
    pub fn is_behind(self) -> bool {
        matches!(self, Self::Behind | Self::FarBehind | Self::YearMissed | Self::Overdue)
    }
}

vocabulary! {
    /// The lamp 亮灯, always printed as its character too.
    Lamp, "亮灯" {
        /// nothing to judge
        None = "○", "○";
        /// green
        Green = "绿", "绿";
        /// yellow
        Yellow = "黄", "黄";
        /// red
        Red = "红", "红";
    }
}

vocabulary! {
    /// How an indicator counts, which decides how its completion is computed.
    IndicatorKind, "指标类型" {
        /// 累计法: sums over the years
        Cumulative = "cumulative", "累计";
        /// 水平法: a level reached in the last year
        Level = "level", "水平";
        /// counted anew each year
        Annual = "annual", "年度";
        /// a growth rate, judged in points
        Growth = "growth", "增速";
        /// 逆指标: lower is better
        Inverse = "inverse", "逆指标";
        /// done or not
        YesNo = "yes_no", "是否";
    }
}

vocabulary! {
    /// How often a target counts.
    Cadence, "计数周期" {
        /// a level or total reached by a date
        Level = "level", "到期";
        /// each year
        Annual = "annual", "每年";
        /// an average or yearly growth rate
        Growth = "growth", "增速";
    }
}

vocabulary! {
    /// How the value binds.
    Op, "比较关系" {
        /// at least
        AtLeast = ">=", "不少于";
        /// at most
        AtMost = "<=", "不超过";
        /// exactly
        Equal = "=", "等于";
        /// about
        About = "~", "左右";
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_reads_back_from_its_code_and_its_chinese() {
        for word in Judgement::ALL {
            assert_eq!(word.code().parse(), Ok(*word));
        }
        for word in DepartmentKind::ALL {
            assert_eq!(word.chinese().parse(), Ok(*word));
        }
        assert_eq!("蓝".parse::<Lamp>(), Err(UnknownWord { of: "亮灯", word: "蓝".to_owned() }));
    }

    #[test]
    fn marks_inside_a_quoted_name_are_single() {
        assert_eq!(quoted("培育“瞪羚”企业"), "“培育‘瞪羚’企业”");
    }

    #[test]
    fn a_missing_return_is_worse_than_on_schedule_and_better_than_behind() {
        assert!(Judgement::OnSchedule < Judgement::NoData && Judgement::NoData < Judgement::NotReturned);
        assert!(Judgement::NotReturned < Judgement::Behind);
    }
}
