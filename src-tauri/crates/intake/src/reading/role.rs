//! What a section is for, read from its heading: goals, history, work, safeguards.

use super::words::words;

/// What a section is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    /// 总体要求: holds other general sections, and sometimes the goals themselves.
    General,
    /// 指导思想, 基本原则: words to go by, no figures of the plan.
    Principle,
    /// 基础, 现状, 形势: what was.
    History,
    /// 主要目标
    Goals,
    /// work
    Work,
    /// 保障措施, 组织领导
    Safeguard,
    /// 实施步骤
    Phases,
    /// 工作职责: one unit after another
    Duties,
    /// 附则, 名词解释, 编制说明
    Aside,
}

impl Role {
    /// Sections of these roles hold no tasks.
    pub(crate) fn is_general(self) -> bool {
        matches!(self, Self::General | Self::Principle | Self::History | Self::Goals | Self::Aside)
    }
}

/// A heading that begins so says what to do, whatever noun it ends in: 夯实发展基础, 优化发展环境.
const VERBS: &[&str] = &[
    "夯实", "完善", "优化", "改善", "营造", "加强", "强化", "健全", "构建", "打造", "落实", "推进", "推动", "提升", "提高",
    "建设", "建立", "实施", "深化", "加快", "培育", "发展", "壮大", "开展", "突出", "促进", "做好", "做强", "做优", "抓好",
    "增强", "巩固", "拓展", "扩大", "保障", "守牢", "筑牢", "聚焦", "围绕", "创新", "改革", "规范", "严格", "严守", "全面",
    "着力", "大力", "积极", "持续", "统筹", "支持", "引导", "细化", "压实",
];

/// Words that a part of a heading may end in, and what the section then is for.
const ENDINGS: &[(&str, Role)] = &[
    ("指导思想", Role::Principle),
    ("基本原则", Role::Principle),
    ("工作原则", Role::Principle),
    ("总体原则", Role::Principle),
    ("遵循原则", Role::Principle),
    ("主要原则", Role::Principle),
    ("实施原则", Role::Principle),
    ("编制原则", Role::Principle),
    ("指导方针", Role::Principle),
    ("总体思路", Role::Principle),
    ("发展思路", Role::Principle),
    ("工作思路", Role::Principle),
    ("基本思路", Role::Principle),
    ("总体要求", Role::General),
    ("总的要求", Role::General),
    ("基本要求", Role::General),
    ("总体考虑", Role::General),
    ("总体部署", Role::General),
    ("总体安排", Role::General),
    ("总体设计", Role::General),
    ("总则", Role::General),
    ("战略定位", Role::Principle),
    ("发展定位", Role::Principle),
    ("功能定位", Role::Principle),
    ("总体定位", Role::Principle),
    ("目标定位", Role::Goals),
    ("重大意义", Role::History),
    ("重要意义", Role::History),
    ("发展基础", Role::History),
    ("现实基础", Role::History),
    ("工作基础", Role::History),
    ("规划基础", Role::History),
    ("建设基础", Role::History),
    ("现状基础", Role::History),
    ("基础现状", Role::History),
    ("基础条件", Role::History),
    ("基础和环境", Role::History),
    ("发展环境", Role::History),
    ("外部环境", Role::History),
    ("面临环境", Role::History),
    ("发展背景", Role::History),
    ("规划背景", Role::History),
    ("编制背景", Role::History),
    ("工作背景", Role::History),
    ("发展现状", Role::History),
    ("基本现状", Role::History),
    ("现状分析", Role::History),
    ("基本情况", Role::History),
    ("总体情况", Role::History),
    ("发展情况", Role::History),
    ("发展形势", Role::History),
    ("面临形势", Role::History),
    ("面临的形势", Role::History),
    ("形势要求", Role::History),
    ("形势分析", Role::History),
    ("环境形势", Role::History),
    ("安全形势", Role::History),
    ("发展概况", Role::History),
    ("形势任务", Role::History),
    ("机遇挑战", Role::History),
    ("存在问题", Role::History),
    ("存在的问题", Role::History),
    ("主要问题", Role::History),
    ("突出问题", Role::History),
    ("困难问题", Role::History),
    ("发展成就", Role::History),
    ("主要成就", Role::History),
    ("主要成效", Role::History),
    ("工作成效", Role::History),
    ("发展成效", Role::History),
    ("取得成效", Role::History),
    ("取得的成效", Role::History),
    ("取得的成绩", Role::History),
    ("取得的成就", Role::History),
    ("取得的进展", Role::History),
    ("取得的主要成效", Role::History),
    ("工作总结", Role::History),
    ("建设成就", Role::History),
    ("建设成效", Role::History),
    ("现状与评价", Role::History),
    ("现状评价", Role::History),
    ("起草背景", Role::History),
    ("制定背景", Role::History),
    ("出台背景", Role::History),
    ("起草依据", Role::Aside),
    ("制定依据", Role::Aside),
    ("起草过程", Role::Aside),
    ("起草说明", Role::Aside),
    ("解读机关及解读人", Role::Aside),
    ("解读机关", Role::Aside),
    ("解读人", Role::Aside),
    ("巨大成就", Role::History),
    ("显著成效", Role::History),
    ("历史成就", Role::History),
    ("执行情况", Role::History),
    ("实施情况", Role::History),
    ("完成情况", Role::History),
    ("工作回顾", Role::History),
    ("发展回顾", Role::History),
    ("前言", Role::History),
    ("引言", Role::History),
    ("序言", Role::History),
    ("编制依据", Role::Aside),
    ("规划依据", Role::Aside),
    ("适用范围", Role::Aside),
    ("规划范围", Role::Aside),
    ("规划期限", Role::Aside),
    ("实施时间", Role::Aside),
    ("整治时间", Role::Aside),
    ("行动时间", Role::Aside),
    ("名词解释", Role::Aside),
    ("附则", Role::Aside),
    ("有效期", Role::Aside),
];

/// One-word parts, as in 基础与形势.
const WORDS: &[(&str, Role)] = &[
    ("基础", Role::History),
    ("形势", Role::History),
    ("背景", Role::History),
    ("现状", Role::History),
    ("评价", Role::History),
    ("成绩", Role::History),
    ("经验", Role::History),
    ("差距", Role::History),
    ("环境", Role::History),
    ("意义", Role::History),
    ("原则", Role::Principle),
    ("依据", Role::Aside),
    ("附件", Role::Aside),
    ("说明", Role::Aside),
    ("机遇", Role::History),
    ("挑战", Role::History),
    ("问题", Role::History),
    ("短板", Role::History),
    ("不足", Role::History),
    ("回顾", Role::History),
    ("概况", Role::History),
    ("发展机遇", Role::History),
    ("面临挑战", Role::History),
    ("面临的挑战", Role::History),
    ("面临机遇", Role::History),
    ("面临的机遇", Role::History),
    ("主要短板", Role::History),
    ("短板不足", Role::History),
    ("问题短板", Role::History),
    ("短板弱项", Role::History),
    ("问题挑战", Role::History),
    ("风险挑战", Role::History),
    ("成就", Role::History),
    ("成效", Role::History),
    ("要求", Role::Safeguard),
    ("思路", Role::Principle),
];

const SAFEGUARDS: &[&str] = &[
    "保障措施",
    "组织保障",
    "实施保障",
    "工作保障",
    "规划保障",
    "政策保障",
    "制度保障",
    "要素保障",
    "支撑保障",
    "保障体系",
    "保障机制",
    "强化保障",
    "组织领导",
    "组织实施",
    "规划实施",
    "工作要求",
    "有关要求",
    "相关要求",
    "实施要求",
    "组织机构",
    "组织机制",
    "工作机制",
    "推进机制",
    "实施机制",
    "监督考核",
    "考核评价",
    "督导考核",
    "督查考核",
    "检查考核",
    "监督检查",
    "督促检查",
    "监测评估",
    "评估考核",
    "责任落实",
    "组织推进",
    "组织管理",
    "政策支持",
    "支持政策",
    "支持措施",
    "保障",
    "宣传引导",
    "工作保证",
    "组织协调",
    "保障政策",
];

const PHASES: &[&str] = &[
    "实施步骤",
    "工作步骤",
    "基本步骤",
    "推进步骤",
    "方法步骤",
    "时间步骤",
    "步骤安排",
    "时间安排",
    "进度安排",
    "阶段安排",
    "实施阶段",
    "工作安排",
    "实施进度",
    "工作进度",
];

const DUTIES: &[&str] = &["工作职责", "职责分工", "部门职责", "责任分工", "任务分工", "职责任务", "单位职责", "成员单位职责"];

/// 重点任务, 主要举措: a heading that only says that the work follows.
pub(crate) fn is_container(title: &str) -> bool {
    let bare: String = title.chars().filter(|c| !c.is_whitespace()).collect();
    let rest =
        ["重点", "主要", "具体", "工作", "目标", "各项"].iter().fold(bare.as_str(), |rest, word| rest.trim_start_matches(word));
    matches!(
        rest,
        "任务"
            | "工作"
            | "举措"
            | "措施"
            | "内容"
            | "事项"
            | ""
            | "任务分工"
            | "任务清单"
            | "工作任务"
            | "工作举措"
            | "工作措施"
    )
}

/// “…主要任务和措施”, “2026年重点工作”: a heading under which the tasks follow, whatever else it says.
pub(crate) fn holds_tasks(title: &str) -> bool {
    is_container(title)
        || words![
            "重点任务",
            "主要任务",
            "工作任务",
            "任务和措施",
            "任务及措施",
            "重点工作",
            "主要工作",
            "主要措施",
            "重点举措",
            "主要举措",
            "工作举措"
        ]
        .ending(title.trim())
        .is_some()
}

/// “集中整治阶段”, “第一步”: a step of a timetable. 阶段性减免 is none.
pub(crate) fn names_phase(heading: &str) -> bool {
    heading.match_indices("阶段").any(|(at, word)| !heading[at + word.len()..].starts_with('性')) || heading.contains("步骤")
}

/// Reads a heading without its number.
pub(crate) fn of(title: &str) -> Role {
    let bare: String = title.chars().filter(|c| !c.is_whitespace() && !matches!(c, '“' | '”')).collect();
    let bare = bare.trim_end_matches(['。', ':', '.', ';']);
    if let Some(role) = general(bare) {
        return role;
    }
    if tells_why(bare) {
        return Role::History;
    }
    let does = VERBS.iter().any(|verb| bare.starts_with(verb));
    if !does || bare.chars().count() <= 8 {
        if DUTIES.iter().any(|word| bare.ends_with(word)) {
            return Role::Duties;
        }
        if PHASES.iter().any(|word| bare.contains(word)) {
            return Role::Phases;
        }
    }
    let head = bare.split([',', '、']).next().unwrap_or(bare);
    if SAFEGUARDS.iter().any(|word| bare == *word || head == *word || (bare.chars().count() <= 12 && bare.ends_with(word)))
        || bare.contains("组织领导")
        || bare.contains("保障措施")
        || bare.contains("组织保障")
    {
        return Role::Safeguard;
    }
    Role::Work
}

/// 充分认识…的重要意义: why something is done, before what is done.
fn tells_why(title: &str) -> bool {
    let known = words!["充分认识", "深刻认识", "准确把握", "深刻领会", "深刻把握"].starting(title).is_some();
    let why = words!["重要意义", "重大意义", "重要性", "必要性", "紧迫性", "形势"].ending(title).is_some();
    why && (known || title.contains('的'))
}

/// All parts of the heading must be general: “基础与形势”, “指导思想、基本原则和主要目标”.
fn general(title: &str) -> Option<Role> {
    if let Some(role) = part(title) {
        return Some(role);
    }
    let parts: Vec<&str> = title.split(['、', '和', '与', '及', ',', '以']).filter(|part| !part.is_empty()).collect();
    if parts.len() < 2 || parts.len() > 5 {
        return None;
    }
    let roles: Vec<Role> = parts.iter().map(|word| part(word)).collect::<Option<_>>()?;
    if roles.contains(&Role::Safeguard) && roles.iter().any(|role| *role != Role::Safeguard) {
        return Some(Role::General);
    }
    // a section that holds the goals beside other things is read for its goals
    Some(if roles.contains(&Role::Goals) { Role::Goals } else { *roles.first()? })
}

fn part(word: &str) -> Option<Role> {
    let length = word.chars().count();
    // 2022年…计划执行情况, 十五五时期…指导方针: a year before it makes a general heading longer
    let dated = word.starts_with("20") || word.starts_with('十') && word.contains("时期");
    if length == 0 || length > if dated { 26 } else { 14 } {
        return None;
    }
    if let Some((_, role)) = WORDS.iter().find(|(name, _)| *name == word) {
        return Some(*role);
    }
    // “发展基础” is itself a general heading though 发展 is also a verb: longest words first
    if let Some((_, role)) = ENDINGS.iter().find(|(name, _)| *name == word) {
        return Some(*role);
    }
    if length <= 4
        && word.ends_with("目标")
        && words!["锚定", "对标", "明确", "分解", "实现", "确保", "坚持", "双碳", "聚焦", "细化", "压实", "落实"]
            .starting(word)
            .is_none()
    {
        return Some(Role::Goals);
    }
    if VERBS.iter().any(|verb| word.starts_with(verb) && !word.starts_with("发展") && !word.starts_with("创新发展")) {
        return None;
    }
    if let Some((_, role)) = ENDINGS.iter().find(|(name, _)| word.ends_with(name)) {
        return Some(*role);
    }
    let goals = [
        "目标",
        "目标任务",
        "目标要求",
        "目标指标",
        "主要指标",
        "发展指标",
        "预期指标",
        "愿景",
        "预期成效",
        "目标愿景",
        "远景目标",
    ];
    (goals.iter().any(|name| word.ends_with(name))
        && (dated || length <= 12)
        && words!["锚定", "对标", "明确", "分解", "实现", "确保", "坚持", "双碳"].starting(word).is_none())
    .then_some(Role::Goals)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_say_what_a_section_is_for() {
        for (title, role) in [
            ("总体要求", Role::General),
            ("指导思想、基本原则和发展目标", Role::Goals),
            ("基础与形势", Role::History),
            ("主要目标", Role::Goals),
            ("建设目标", Role::Goals),
            ("发展基础和面临形势", Role::History),
            ("保障措施", Role::Safeguard),
            ("强化组织领导", Role::Safeguard),
            ("实施步骤", Role::Phases),
            ("工作职责", Role::Duties),
            ("重点任务", Role::Work),
            ("强化要素保障,盘活存量空间资源", Role::Work),
            ("夯实产业发展基础", Role::Work),
            ("优化营商环境", Role::Work),
            ("补齐管网短板", Role::Work),
            ("机遇和挑战", Role::History),
            ("充分认识做好湿地保护工作的重要意义", Role::History),
            ("环境形势", Role::History),
            ("2025年国民经济和社会发展计划执行情况", Role::History),
            ("2026年经济社会发展的总体要求和主要预期目标", Role::Goals),
            ("“十五五”时期经济社会发展指导方针和主要目标", Role::Goals),
            ("完善创新考核评价机制", Role::Work),
            ("发展现代农业技术", Role::Work),
            ("健全目标考核体系", Role::Work),
        ] {
            assert_eq!(of(title), role, "{title}");
        }
    }
}
