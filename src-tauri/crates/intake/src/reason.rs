//! Why a number is no target: a closed list.

/// Why a number was set aside.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reason {
    /// 日期
    Date,
    /// 文号、标题号、条款号、页码、电话
    Number,
    /// 名称的一部分
    Name,
    /// 过去的情况
    Past,
    /// 基期值
    Base,
    /// 条件、门槛
    Condition,
    /// 补贴、价格、罚款、计分
    Payment,
    /// 技术标准
    Norm,
    /// 频次
    Frequency,
    /// 办理时限
    Procedure,
    /// 重复
    Repetition,
    /// 已列入总数
    Part,
}

impl Reason {
    /// All reasons.
    pub const ALL: [Self; 12] = [
        Self::Date,
        Self::Number,
        Self::Name,
        Self::Past,
        Self::Base,
        Self::Condition,
        Self::Payment,
        Self::Norm,
        Self::Frequency,
        Self::Procedure,
        Self::Repetition,
        Self::Part,
    ];

    /// As the command line prints it.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Date => "date",
            Self::Number => "number",
            Self::Name => "name",
            Self::Past => "past",
            Self::Base => "base",
            Self::Condition => "condition",
            Self::Payment => "payment",
            Self::Norm => "norm",
            Self::Frequency => "frequency",
            Self::Procedure => "procedure",
            Self::Repetition => "repetition",
            Self::Part => "part",
        }
    }

    /// As the window says it.
    #[must_use]
    pub fn chinese(self) -> &'static str {
        match self {
            Self::Date => "日期",
            Self::Number => "编号",
            Self::Name => "名称的一部分",
            Self::Past => "过去的情况",
            Self::Base => "基期值",
            Self::Condition => "条件或门槛",
            Self::Payment => "补贴、价格、罚款或计分",
            Self::Norm => "技术标准",
            Self::Frequency => "频次",
            Self::Procedure => "办理时限",
            Self::Repetition => "重复",
            Self::Part => "已列入总数",
        }
    }

    /// The reason that a feature speaks for where it weighs against a target.
    pub(crate) fn of_evidence(slot: &str, value: &str) -> Option<Self> {
        Some(match (slot, value) {
            ("paid", _) | (_, "pay" | "score" | "head_pay" | "money") => Self::Payment,
            (_, "condition" | "applicant" | "forbid" | "head_rule" | "above") => Self::Condition,
            (_, "past" | "past_sentence" | "head_past") => Self::Past,
            (_, "norm" | "describe" | "describes") => Self::Norm,
            (_, "procedure" | "time") => Self::Procedure,
            (_, "rhythm") => Self::Frequency,
            (_, "quote" | "book" | "small" | "scheme" | "itself" | "again") => Self::Name,
            (_, "refer" | "contact") => Self::Number,
            _ => return None,
        })
    }
}
