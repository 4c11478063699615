// Generated from the vocabularies of plan by `cargo xtask wire`. Do not edit.

/** 进度判定, computed, from best to worst. @type {readonly import('./wire').Judgement[]} */
export const JUDGEMENTS = ['未到期', '已完成', '完成年度目标', '超序时', '达序时', '未报数据', '未报送', '滞后', '严重滞后', '未完成年度目标', '超期未完成'];

/** 办理状态, entered by people. @type {readonly import('./wire').Status[]} */
export const STATUSES = ['未启动', '推进中', '已完成(待核)', '已销号', '暂缓', '取消'];

/** 亮灯. @type {readonly import('./wire').Lamp[]} */
export const LAMPS = ['○', '绿', '黄', '红'];

/** How a department takes part in a task. @type {readonly import('./wire').Role[]} */
export const ROLES = ['lead', 'support'];

/** What a task is for. @type {readonly import('./wire').TaskKind[]} */
export const TASK_KINDS = ['task', 'safeguard'];

/** What kind of unit a department is. @type {readonly import('./wire').DepartmentKind[]} */
export const DEPARTMENT_KINDS = ['county', 'town', 'vertical', 'company', 'other'];

/** How an indicator counts. @type {readonly import('./wire').IndicatorKind[]} */
export const INDICATOR_KINDS = ['cumulative', 'level', 'annual', 'growth', 'inverse', 'yes_no'];

/** How often a target counts. @type {readonly import('./wire').Cadence[]} */
export const CADENCES = ['level', 'annual', 'growth'];

/** How a target's value binds. @type {readonly import('./wire').Op[]} */
export const OPS = ['>=', '<=', '=', '~'];

/** Whether a plan is in force. @type {readonly import('./wire').PlanStage[]} */
export const STAGES = ['draft', 'issued'];
