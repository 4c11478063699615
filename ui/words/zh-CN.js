// All Chinese words of the page, one file for each view.
import departments from './zh-CN/departments.js';
import detail from './zh-CN/detail.js';
import exchange from './zh-CN/exchange.js';
import frame from './zh-CN/frame.js';
import help from './zh-CN/help.js';
import history from './zh-CN/history.js';
import indicators from './zh-CN/indicators.js';
import ledger from './zh-CN/ledger.js';
import overview from './zh-CN/overview.js';
import parts from './zh-CN/parts.js';
import people from './zh-CN/people.js';
import reports from './zh-CN/reports.js';
import review from './zh-CN/review.js';
import settings from './zh-CN/settings.js';
import start from './zh-CN/start.js';
import structure from './zh-CN/structure.js';
import timeline from './zh-CN/timeline.js';

export default { ...parts, ...frame, ...start, ...overview, ...ledger, ...review, ...departments, ...indicators, ...timeline, ...reports, ...history, ...settings, ...detail, ...exchange, ...help, ...structure, ...people };
