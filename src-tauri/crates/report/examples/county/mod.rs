//! An invented county with two plans and a quarter's progress, for the example and the tests.

use chrono::NaiveDate;
use plan::{
    Cadence, ChecklistItemId, DepartmentId, DepartmentKind, Due, IndicatorId, IndicatorKind, Judgement, Lamp, MilestoneId, Op,
    PlanId, Quarter, Role, Status, TargetId, TaskId,
};
use report::{
    DepartmentLine, IndicatorLine, ItemLine, MilestoneLine, PlanLine, ProgressText, Return, SlipLevel, SlipLine, TargetLine,
    TaskLine, View, YearLine,
};

const DEPARTMENTS: &[(&str, DepartmentKind)] = &[
    ("县发展改革局", DepartmentKind::County),
    ("县工业和信息化局", DepartmentKind::County),
    ("县科技局", DepartmentKind::County),
    ("县农业农村局", DepartmentKind::County),
    ("县交通运输局", DepartmentKind::County),
    ("县水利局", DepartmentKind::County),
    ("县自然资源和规划局", DepartmentKind::County),
    ("县住房城乡建设局", DepartmentKind::County),
    ("县教育局", DepartmentKind::County),
    ("县卫生健康局", DepartmentKind::County),
    ("县民政局", DepartmentKind::County),
    ("县文化和旅游局", DepartmentKind::County),
    ("县财政局", DepartmentKind::County),
    ("县人力资源社会保障局", DepartmentKind::County),
    ("市生态环境局云溪分局", DepartmentKind::Vertical),
    ("县税务局", DepartmentKind::Vertical),
    ("城关镇", DepartmentKind::Town),
    ("石桥镇", DepartmentKind::Town),
    ("柳塘乡", DepartmentKind::Town),
    ("云溪城投集团", DepartmentKind::Company),
];

const SECTIONS: &[&str] = &["一、提升产业能级", "二、完善基础设施", "三、推进城乡融合", "四、改善公共服务", "五、守护绿水青山"];

/// Title, section, lead, supports.
const TASKS: &[(&str, usize, usize, &[usize])] = &[
    ("建成云溪县智能制造产业园一期,新增标准厂房12万平方米", 0, 1, &[0, 6, 19]),
    ("培育规模以上工业企业20家、专精特新企业8家", 0, 1, &[2, 12]),
    ("实施企业技术改造“百项工程”,完成技改投资6.5亿元", 0, 1, &[0, 15]),
    ("全社会研发经费投入强度提高到2.4%", 0, 2, &[1, 12]),
    ("打造茶叶全产业链,建设标准化生态茶园1.2万亩", 0, 3, &[11, 17, 18]),
    ("建设县域冷链物流中心和乡镇配送站点", 0, 0, &[3, 4, 16, 17, 18]),
    ("S217省道石桥至柳塘段改建工程", 1, 4, &[6, 17, 18]),
    ("农村公路提质改造120公里", 1, 4, &[16, 17, 18]),
    ("云溪水库除险加固工程", 1, 5, &[0, 12]),
    ("城区老旧供水管网更新改造35公里", 1, 7, &[5, 19]),
    ("新建充电桩400个,实现乡镇全覆盖", 1, 0, &[4, 16, 17, 18]),
    ("5G基站建设与行政村光纤到户", 1, 1, &[16]),
    ("编制完成16个行政村村庄规划", 2, 6, &[16, 17, 18]),
    ("高标准农田建设2.8万亩", 2, 3, &[5, 17]),
    (
        "农村人居环境整治:完成卫生厕所改造1500户,生活垃圾收运体系覆盖所有自然村,建立长效管护机制并落实管护经费",
        2,
        3,
        &[7, 16, 17, 18],
    ),
    ("老旧小区改造26个", 2, 7, &[12, 16, 19]),
    ("城关镇旧城更新试点片区启动建设", 2, 16, &[6, 7]),
    ("发展壮大村级集体经济", 2, 3, &[12, 16, 17, 18]),
    ("新建、改扩建公办幼儿园4所", 3, 8, &[0, 7]),
    ("县第二高级中学迁建", 3, 8, &[0, 6, 12]),
    ("县人民医院感染楼建成投用", 3, 9, &[0, 19]),
    ("每千人口医疗卫生机构床位数达到7.2张", 3, 9, &[]),
    ("建设街道(乡镇)示范型居家养老服务中心3家", 3, 10, &[9, 16, 17, 18]),
    ("城镇新增就业3200人", 3, 13, &[8]),
    ("县文化馆、图书馆新馆开放", 3, 11, &[7]),
    ("公共体育场地面积人均达到2.9平方米", 3, 8, &[11]),
    ("空气质量优良天数比例达到94%以上", 4, 14, &[1, 7]),
    ("云溪河流域水环境综合治理,国控断面水质稳定达到Ⅲ类", 4, 14, &[5, 16, 17]),
    ("完成营造林1.6万亩", 4, 6, &[3, 18]),
    ("单位地区生产总值能耗累计下降9%", 4, 0, &[1, 14]),
];

const DONE: &[&str] = &[
    "主体结构已封顶,正在进行室内安装和室外配套施工,累计完成投资1.86亿元,占年度计划的62%。",
    "已完成立项、初步设计批复和施工招标,施工单位于5月12日进场,完成土方开挖约3.4万立方米,临时道路和围挡全部到位。",
    "新增入库企业9家,其中规模以上工业企业7家、专精特新企业2家;走访企业46家,协调解决用地、用工问题23个。",
    "已建成并投入使用,通过了县级验收。",
    "印发了实施方案,建立了月调度机制,4个乡镇完成了任务分解。",
    "完成前期勘测和方案比选。",
    "二季度完成28公里路基和19公里路面,累计完成71公里;完成安全生命防护工程16公里,桥梁加固2座。",
];

const PROBLEMS: &[&str] = &[
    "",
    "征地拆迁尚有3户未签约,影响K4+200至K4+860段施工。",
    "",
    "县级配套资金到位率41%,施工单位垫资压力较大。",
    "设计变更审批周期较长。",
    "",
    "汛期降雨较多,有效施工天数比计划少19天;部分材料价格上涨,中标单位要求调差,合同谈判仍在进行。",
];

const NEXT: &[&str] = &[
    "8月底前完成室外配套,9月组织验收。",
    "7月底前完成剩余3户签约,8月全线贯通。",
    "对照名单逐户走访,三季度新增5家。",
    "做好运行管护。",
    "7月15日前完成资金拨付,8月进入主体施工。",
    "7月上旬报县政府常务会议审定。",
    "抢抓晴好天气,增加两个作业面,三季度末完成年度任务的85%。",
];

/// Completion against a schedule of half the year, judgement and what it was the quarter before; repeated down the ledger.
const STANDING: &[(f64, Judgement, Option<Judgement>)] = &[
    (0.62, Judgement::Ahead, Some(Judgement::OnSchedule)),
    (0.48, Judgement::OnSchedule, Some(Judgement::OnSchedule)),
    (0.33, Judgement::Behind, Some(Judgement::OnSchedule)),
    (1.0, Judgement::Completed, Some(Judgement::Ahead)),
    (0.52, Judgement::OnSchedule, Some(Judgement::Behind)),
    (0.12, Judgement::FarBehind, Some(Judgement::Behind)),
    (0.55, Judgement::OnSchedule, Some(Judgement::OnSchedule)),
    (0.50, Judgement::OnSchedule, None),
    (0.0, Judgement::NotReturned, Some(Judgement::OnSchedule)),
    (0.80, Judgement::Overdue, Some(Judgement::Behind)),
    (0.46, Judgement::OnSchedule, Some(Judgement::OnSchedule)),
    (0.0, Judgement::NotDue, None),
    (0.51, Judgement::OnSchedule, Some(Judgement::OnSchedule)),
];

pub fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).expect("a date of the calendar")
}

fn lamp_of(judgement: Judgement) -> Lamp {
    match judgement {
        Judgement::Completed | Judgement::YearMet | Judgement::Ahead | Judgement::OnSchedule => Lamp::Green,
        Judgement::Behind => Lamp::Yellow,
        Judgement::FarBehind | Judgement::YearMissed | Judgement::Overdue => Lamp::Red,
        Judgement::NoData | Judgement::NotReturned | Judgement::NotDue => Lamp::None,
    }
}

fn why(completion: f64, judgement: Judgement) -> String {
    let gap = 50.0 - completion * 100.0;
    match judgement {
        Judgement::Completed => "已于2025-05-28完成→绿".to_owned(),
        Judgement::Overdue => "应于2025-05-31完成,已超期30天→红".to_owned(),
        Judgement::NotReturned => "2025Q2未报送→○".to_owned(),
        Judgement::NotDue => "2025-07-01启动,未到期".to_owned(),
        _ if gap > 0.0 => format!("序时50%,完成{:.0}%,差{gap:.0}点→{}", completion * 100.0, lamp_of(judgement)),
        _ => format!("序时50%,完成{:.0}%,超{:.0}点→{}", completion * 100.0, -gap, lamp_of(judgement)),
    }
}

pub fn department(place: usize) -> DepartmentId {
    DepartmentId::new(format!("d{place}"))
}

/// The county's view of the second quarter of 2025, with so many tasks.
pub fn county(tasks: usize) -> View {
    let mut view = View::empty(Quarter::new(2025, 2).expect("a quarter"), day(2025, 6, 30));
    view.office = "云溪县人民政府督查室".to_owned();
    view.place = "云溪县".to_owned();
    view.compared_with = Some(view.quarter.previous());
    view.rule_note =
        "序时减完成,相差10个百分点以内为达序时;滞后10至30个百分点(含)亮黄灯;超过30个百分点亮红灯;逾期未完成一律亮红灯".to_owned();
    for (place, title) in ["云溪县高质量发展三年行动计划(2024—2026年)", "云溪县2025年民生实事实施方案"].iter().enumerate()
    {
        view.plans.push(PlanLine {
            id: PlanId::new(format!("p{place}")),
            title: (*title).to_owned(),
            doc_number: Some(format!("云政发〔2024〕{}号", place + 7)),
        });
    }
    for (place, (name, kind)) in DEPARTMENTS.iter().enumerate() {
        view.departments.push(DepartmentLine {
            id: department(place),
            name: (*name).to_owned(),
            kind: *kind,
            returned: match place {
                8 => Return::Missing,
                17 => Return::Late,
                _ => Return::OnTime,
            },
            praise: 0.0,
        });
    }
    for place in 0..tasks {
        view.tasks.push(task(place, tasks));
    }
    targets(&mut view);
    view.slips.push(SlipLine {
        number: "云督黄〔2025〕4号".to_owned(),
        level: SlipLevel::Yellow,
        date: day(2025, 7, 3),
        task: view.tasks.first().map(|task| task.id.clone()),
        source: "《云溪县高质量发展三年行动计划(2024—2026年)》第二部分第9项".to_owned(),
        matter: "云溪水库除险加固工程".to_owned(),
        departments: vec![(department(5), Role::Lead), (department(0), Role::Support), (department(12), Role::Support)],
        reason: "截至2025年6月30日,完成度12%,低于序时进度38个百分点,连续两个季度滞后。".to_owned(),
        demand: "查明滞后原因,重新排定施工计划,逐月报送形象进度和资金支付情况。".to_owned(),
        limit: Some(day(2025, 9, 30)),
        reply_by: Some(day(2025, 7, 18)),
        contact: "王某某 0571-00000000".to_owned(),
        signer: String::new(),
    });
    view
}

fn task(place: usize, all: usize) -> TaskLine {
    let (title, section, lead, supports) = TASKS[place % TASKS.len()];
    let (completion, judgement, before) = STANDING[place % STANDING.len()];
    let id = TaskId::new(format!("t{place}"));
    let mut departments = vec![(department(lead), Role::Lead)];
    departments.extend(supports.iter().map(|place| (department(*place), Role::Support)));
    let known = !matches!(judgement, Judgement::NotReturned | Judgement::NotDue);
    // the ledger is cut into runs of sections, half of it for each plan
    let second = place * 2 >= all;
    TaskLine {
        plan: PlanId::new(if second { "p1" } else { "p0" }),
        number: (if second { place - all.div_ceil(2) + 1 } else { place + 1 }).to_string(),
        title: title.to_owned(),
        section: vec![SECTIONS[section].to_owned()],
        departments,
        leaders: String::new(),
        lead_by_default: place % 17 == 5,
        weight: 1.0,
        due: Some(match judgement {
            Judgement::Overdue => Due::Month(2025, 5),
            _ if place.is_multiple_of(4) => Due::Month(2025, 9),
            _ if place.is_multiple_of(7) => Due::Day(day(2025, 10, 15)),
            _ => Due::Year(2025),
        }),
        status: match judgement {
            Judgement::Completed => Status::Done,
            Judgement::NotDue => Status::NotStarted,
            _ if place == 38 => Status::Cancelled,
            _ => Status::Underway,
        },
        closed_on: None,
        judgement,
        override_reason: (place == 15).then(|| "省级批复推迟,经县政府同意按新时限判定".to_owned()),
        lamp: lamp_of(judgement),
        why: why(completion, judgement),
        completion: known.then_some(completion),
        schedule: Some(0.5),
        gap: known.then_some(50.0 - completion * 100.0),
        before,
        progress: if known {
            let mut progress = vec![ProgressText {
                department: department(lead),
                status: Status::Underway,
                done: DONE[place % DONE.len()].to_owned(),
                problems: PROBLEMS[place % PROBLEMS.len()].to_owned(),
                next: NEXT[place % NEXT.len()].to_owned(),
            }];
            if place % 9 == 4 && !supports.is_empty() {
                progress.push(ProgressText {
                    department: department(supports[0]),
                    status: Status::Underway,
                    done: "配合完成选址论证和要素保障。".to_owned(),
                    problems: String::new(),
                    next: "继续做好要素保障。".to_owned(),
                });
            }
            progress
        } else {
            Vec::new()
        },
        items: ["制定实施方案", "分解年度任务并落实到责任人", "开展中期评估"]
            .iter()
            .enumerate()
            .map(|(number, text)| ItemLine {
                id: ChecklistItemId::new(format!("i{place}-{number}")),
                text: (*text).to_owned(),
                due: Some(Due::Month(2025, 3 + number as u32 * 3)),
                done_on: (number < 2 && known).then(|| day(2025, 3 + number as u32 * 3, 20)),
                departments: Vec::new(),
                lamp: if number < 2 && known { Lamp::Green } else { Lamp::None },
            })
            .collect(),
        id,
    }
}

fn targets(view: &mut View) {
    type Line = (&'static str, &'static str, f64, Option<f64>, f64, usize, IndicatorKind);
    let lines: [Line; 8] = [
        ("新增标准厂房", "万平方米", 12.0, Some(7.4), 0.617, 0, IndicatorKind::Annual),
        ("规模以上工业企业新增数", "家", 20.0, Some(7.0), 0.35, 1, IndicatorKind::Annual),
        ("技改投资", "亿元", 6.5, Some(2.15), 0.331, 2, IndicatorKind::Annual),
        ("研发经费投入强度", "%", 2.4, Some(2.31), 0.963, 3, IndicatorKind::Level),
        ("农村公路提质改造里程", "公里", 120.0, Some(71.0), 0.592, 7, IndicatorKind::Annual),
        ("高标准农田建设面积", "万亩", 2.8, Some(0.9), 0.321, 13, IndicatorKind::Annual),
        ("城镇新增就业", "人", 3200.0, Some(2050.0), 0.641, 23, IndicatorKind::Annual),
        ("空气质量优良天数比例", "%", 94.0, None, 0.0, 26, IndicatorKind::Level),
    ];
    for (place, (name, unit, value, actual, completion, task, kind)) in lines.into_iter().enumerate() {
        let Some(task) = view.tasks.get(task) else { continue };
        let gap = 50.0 - completion * 100.0;
        let judgement = match (actual, gap) {
            (None, _) => Judgement::NotReturned,
            (_, gap) if gap > 30.0 => Judgement::FarBehind,
            (_, gap) if gap >= 10.0 => Judgement::Behind,
            (_, gap) if gap > -10.0 => Judgement::OnSchedule,
            _ => Judgement::Ahead,
        };
        view.targets.push(TargetLine {
            id: TargetId::new(format!("g{place}")),
            indicator: IndicatorId::new(format!("n{place}")),
            plan: task.plan.clone(),
            task: Some(task.id.clone()),
            name: name.to_owned(),
            unit: unit.to_owned(),
            kind,
            cadence: Cadence::Annual,
            binding: place % 3 == 0,
            op: Op::AtLeast,
            value,
            due: Some(Due::Year(2025)),
            actual,
            actual_before: actual.map(|actual| actual / 2.0),
            note: String::new(),
            completion: actual.map(|_| completion),
            schedule: Some(0.5),
            gap: actual.map(|_| gap),
            judgement,
            lamp: lamp_of(judgement),
            why: why(completion, judgement),
        });
    }
    indicators(view);
    for place in [0, 6, 8, 20] {
        let Some(task) = view.tasks.get(place) else { continue };
        view.milestones.push(MilestoneLine {
            id: MilestoneId::new(format!("m{place}")),
            plan: task.plan.clone(),
            task: Some(task.id.clone()),
            what: "主体工程完工".to_owned(),
            due: Due::Month(2025, 9),
            done_on: None,
            departments: Vec::new(),
            lamp: Lamp::None,
            why: "距2025-09-30还有92天".to_owned(),
        });
    }
}

/// The targets' indicators over four years; the year under way is that of the targets.
fn indicators(view: &mut View) {
    let lines = view.targets.iter().map(|target| {
        let years = (2023..=2027).map(|year| {
            let part = 1.0 + f64::from(year - 2025) * 0.12;
            let now = year == 2025;
            let actual = if now { target.actual } else { (year < 2025).then_some(target.value * part * 1.02) };
            YearLine {
                year,
                target: now.then(|| target.id.clone()),
                op: target.op,
                value: Some((target.value * part * 100.0).round() / 100.0),
                actual,
                completion: if now { target.completion } else { actual.map(|_| 1.02) },
                schedule: actual.map(|_| if now { 0.5 } else { 1.0 }),
                judgement: if now { target.judgement } else { Judgement::Completed },
                lamp: if now { target.lamp } else { Lamp::Green },
                begun: year <= 2025,
            }
        });
        IndicatorLine {
            id: target.indicator.clone(),
            plan: target.plan.clone(),
            name: target.name.clone(),
            unit: target.unit.clone(),
            kind: target.kind,
            binding: target.binding,
            baseline: Some((2022, (target.value * 60.0).round() / 100.0)),
            departments: view
                .tasks
                .iter()
                .find(|task| Some(&task.id) == target.task.as_ref())
                .map(|task| task.departments.iter().map(|(id, _)| id.clone()).take(1).collect())
                .unwrap_or_default(),
            years: years.collect(),
            quarters: [target.actual.map(|value| value / 2.0), target.actual, None, None],
        }
    });
    view.indicators = lines.collect();
}
