// All English words of the page, one file for each view.
import departments from './en/departments.js';
import detail from './en/detail.js';
import exchange from './en/exchange.js';
import frame from './en/frame.js';
import help from './en/help.js';
import history from './en/history.js';
import indicators from './en/indicators.js';
import ledger from './en/ledger.js';
import overview from './en/overview.js';
import parts from './en/parts.js';
import people from './en/people.js';
import reports from './en/reports.js';
import review from './en/review.js';
import settings from './en/settings.js';
import start from './en/start.js';
import structure from './en/structure.js';
import timeline from './en/timeline.js';

export default { ...parts, ...frame, ...start, ...overview, ...ledger, ...review, ...departments, ...indicators, ...timeline, ...reports, ...history, ...settings, ...detail, ...exchange, ...help, ...structure, ...people };
