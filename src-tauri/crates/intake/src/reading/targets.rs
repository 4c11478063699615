//! Numbers that a document promises for its own future, and why a number is none.

mod names;
mod shared;
mod weighed;

use self::names::{change_word, is_frequency, is_incomplete, is_part, is_span, leading, without_change};
use super::brackets::Depth;
use super::cores;
use super::dates::{Dated, Sense, Years};
use super::evidence::Candidate;
use super::numeral;
use super::prose::Prose;
use super::quantity::{self, Measure, Modifier, Quantity};
use super::sentence;
use super::wording;
use super::words::words;
use crate::reason::Reason;
use plan::{Cadence, Due, Op};
use std::collections::HashMap;
use std::ops::Range;

/// A target as found in a paragraph.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Found {
    pub(crate) quote: Range<usize>,
    pub(crate) indicator: String,
    pub(crate) op: Op,
    pub(crate) value: f64,
    pub(crate) unit: String,
    pub(crate) due: Option<Due>,
    pub(crate) cadence: Cadence,
    /// Year and value it starts from.
    pub(crate) baseline: Option<(i32, f64)>,
    /// The number with its unit.
    pub(crate) number: Range<usize>,
    /// Drawn by what its evidence weighs, not by a phrase of the grammar.
    pub(crate) weighed: bool,
}

/// A number that was left out though it may be a target, or taken though something is unclear.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Doubt {
    pub(crate) range: Range<usize>,
    pub(crate) why: Why,
}

/// Why a number is in doubt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Why {
    /// No unit.
    NoUnit,
    /// 分别 with another count of names than of numbers.
    Uneven,
    /// A date that no calendar has.
    ImpossibleDate,
}

/// What the reader of a paragraph knows of the document.
#[derive(Debug, Clone, Default)]
pub(crate) struct Context {
    pub(crate) years: Years,
    /// In a section of goals a date governs to the paragraph's end.
    pub(crate) goals: bool,
    /// A date that heads the list this paragraph belongs to.
    pub(crate) head: Option<Due>,
    /// The plan covers one year, so that plain growth is yearly growth.
    pub(crate) one_year: bool,
    /// What the words in brackets belong to.
    pub(crate) owner: Option<String>,
    /// Phrases such as “26个加快发展县” that come again and again are names.
    pub(crate) names: std::sync::Arc<HashMap<String, usize>>,
    /// Only what the evidence weighs as a target is read: no phrase of the grammar is trusted here.
    pub(crate) weighed_only: bool,
}

/// A number with the characters behind it, by which names that hold a number are known again.
pub(crate) fn name_key(text: &str, quantity: &Quantity) -> String {
    let behind: String = text[quantity.unit_end..].chars().take(4).collect();
    format!("{}{behind}", &text[quantity.range.start..quantity.unit_end])
}

/// Counts phrases of a number and a noun over the whole document.
pub(crate) fn count_names(texts: &[&str]) -> HashMap<String, usize> {
    let keys = cores::each(texts.len(), texts.iter().map(|text| text.len()).sum(), |at| {
        let text = texts[at];
        let counted = quantity::find(text).into_iter().filter(|quantity| {
            let behind = text[quantity.unit_end..].chars().take(4).filter(|c| ('\u{4e00}'..='\u{9fff}').contains(c)).count();
            quantity.measure == Measure::Count && quantity.modifier.is_none() && behind == 4
        });
        counted.map(|quantity| name_key(text, &quantity)).collect::<Vec<_>>()
    });
    let mut names = HashMap::new();
    for key in keys.into_iter().flatten() {
        *names.entry(key).or_insert(0) += 1;
    }
    names
}

/// What a paragraph holds.
#[derive(Debug, Default)]
pub(crate) struct Read {
    pub(crate) found: Vec<Found>,
    /// Candidates that the clerk is asked about, and what else they may be.
    pub(crate) doubtful: Vec<(Found, Reason)>,
    pub(crate) doubts: Vec<Doubt>,
    /// The numbers that a phrase of the grammar draws, outweighed or not.
    pub(crate) phrased: Vec<Range<usize>>,
    /// The date that heads the paragraph, for a list under it.
    pub(crate) head: Option<Due>,
}

/// Reads the targets of one paragraph, whose numbers are `candidates`. Returns also the date that heads it, for a list under it.
pub(crate) fn read(prose: &Prose<'_>, context: &Context, candidates: &[Candidate]) -> Read {
    let (text, depth) = (prose.text, &prose.depth);
    let masked = |range: &Range<usize>| depth.group(range.start).is_some_and(|group| group.start < range.start);
    let dates = prose.dates(|at| context.goals && in_round(text, depth, at));
    let quantities: Vec<Quantity> =
        specials(text).into_iter().chain(quantity::find(text)).filter(|quantity| !masked(&quantity.range)).collect();
    let mut quantities = quantities;
    quantities.sort_by_key(|quantity| quantity.range.start);
    let mut doubts: Vec<Doubt> = dates
        .iter()
        .filter(|dated| dated.impossible)
        .map(|dated| Doubt { range: dated.range.clone(), why: Why::ImpossibleDate })
        .collect();
    // 到2027年,…: the paragraph's first words; among goals also those of a later sentence, which the list below takes up
    let begins = |dated: &&Dated| {
        let before = &text[..dated.range.start];
        let sentence = if context.goals { before.rfind('。').map_or(0, |at| at + '。'.len_utf8()) } else { 0 };
        dated.sense == Sense::By && before[sentence..].chars().count() <= 3
    };
    let head = dates.iter().rfind(begins).map(|dated| dated.due);

    let mut found: Vec<Found> = Vec::new();
    let own_date = dates.iter().any(|dated| dated.sense == Sense::By);
    let mut paragraph_due: Option<Due> = None;
    let mut states: Vec<State> = Vec::new();
    for sentence in sentence::sentences(text, depth, &[]) {
        let start_due = if context.goals { paragraph_due } else { None }.or(context.head.filter(|_| !own_date));
        let mut reader = Sentence {
            text,
            depth,
            context,
            sentence: sentence.clone(),
            dates: &dates,
            due: start_due,
            due_before: None,
            past: false,
            cadence: Cadence::Level,
            found: Vec::new(),
            doubts: Vec::new(),
            years: Vec::new(),
            years_end: 0,
            last_end: 0,
            last_thing: context.owner.clone().map(|owner| (owner, sentence.start)),
            states: Vec::new(),
        };
        reader.read(&quantities);
        if reader.due.is_some() {
            paragraph_due = reader.due;
        }
        found.append(&mut reader.found);
        doubts.append(&mut reader.doubts);
        states.append(&mut reader.states);
    }
    if context.weighed_only {
        found.clear();
        doubts.clear();
    }
    for group in depth.groups() {
        let inner = group.start + 1..group.end.saturating_sub(1);
        if text[group.start..].starts_with('(')
            && words!["其中", "含", "包括", "累计"].starting(&text[inner.clone()]).is_some()
            && group.end - group.start < 300
        {
            let owner = found
                .iter()
                .rev()
                .take(16)
                .find(|target| target.quote.end <= group.start && target.quote.end + 60 > group.start)
                .cloned();
            let Some(owner) = owner else {
                continue;
            };
            let own = Context {
                head: owner.due,
                goals: false,
                owner: Some(wording::thing(&owner.indicator).to_owned()),
                ..context.clone()
            };
            let inside = read(&Prose::read(&text[inner.clone()], own.years), &own, &[]);
            for target in inside.found {
                let quote = inner.start + target.quote.start..inner.start + target.quote.end;
                found.push(Found {
                    quote,
                    number: inner.start + target.number.start..inner.start + target.number.end,
                    cadence: if target.cadence == Cadence::Level { owner.cadence } else { target.cadence },
                    ..target
                });
            }
        }
    }
    let phrased = found.iter().map(|target| target.number.clone()).collect();
    let doubtful = weighed::weigh(prose, context, &dates, &states, candidates, &mut found);
    found.sort_by_key(|target| target.quote.end);
    Read { found, doubtful, doubts, head, phrased }
}

fn in_round(text: &str, depth: &Depth, at: usize) -> bool {
    depth.group(at).is_some_and(|group| text[group.start..].starts_with('(') && group.end - group.start > 60)
}

/// The words before a number without those that say for whom and how often it is meant: 提高到每人每年6200元.
fn without_rate(words: &str) -> &str {
    let words = words.trim_end();
    let rates =
        words!["每人每年", "每人每月", "每人每天", "每户每年", "每户每月", "每亩每年", "每生每年", "每年每人", "每月每人"];
    rates.end_of(words).map_or(words, |rate| &words[..words.len() - rate.len()])
}

/// The measure word of what is brought down to none, by the noun that ends the words before: 隐患 are counted in 处, 水库 in 座.
/// Most of what plans bring down to none are enterprises and households without something, counted in 家.
fn counted_in(words: &str) -> &'static str {
    let words = words.trim_end_matches("动态").trim_end_matches("存量").trim_end_matches("实现");
    for (nouns, unit) in [
        (words!["隐患", "水体", "路段", "点位", "黑点", "违建", "违法建设", "堆存点", "垃圾山", "坑塘"], "处"),
        (words!["水库", "危桥", "桥梁", "尾矿库"], "座"),
        (words!["危房", "贫困户", "零就业家庭"], "户"),
        (words!["案件", "信访件", "积案", "纠纷"], "件"),
        (words!["事故", "火灾"], "起"),
        (words!["问题", "乱象", "短板", "空白村", "薄弱村"], "个"),
    ] {
        if nouns.ending(words).is_some() {
            return unit;
        }
    }
    "家"
}

/// 翻番, 清零 and 全覆盖 are numbers in words.
fn specials(text: &str) -> Vec<Quantity> {
    let mut found: Vec<Quantity> = tenths(text).collect();
    if !words!["番", "倍增", "清零", "全覆盖"].within(text) {
        return found;
    }
    for (word, value, unit) in [
        ("翻一番", 2.0, "倍"),
        ("翻两番", 4.0, "倍"),
        ("翻番", 2.0, "倍"),
        ("实现倍增", 2.0, "倍"),
        ("清零", 0.0, "家"),
        ("全覆盖", 100.0, "%"),
    ] {
        for (at, _) in text.match_indices(word) {
            let rest = &text[at + word.len()..];
            let ends = rest.is_empty() || rest.starts_with([',', '。', ';', '、', ')', '，', '以']);
            if ends {
                let unit = if word == "清零" { counted_in(&text[..at]) } else { unit };
                // 隐患动态清零: how it is kept at nothing is no part of what is counted
                let start = if word == "清零" && text[..at].ends_with("动态") { at - "动态".len() } else { at };
                found.push(Quantity {
                    range: start..at + word.len(),
                    unit_end: at + word.len(),
                    value,
                    upper: None,
                    unit: unit.to_owned(),
                    measure: Measure::Ratio,
                    modifier: None,
                    han: true,
                });
            }
        }
    }
    found
}

/// 占比超过七成, 八成以上的行政村: tenths, which are read as a percentage.
fn tenths(text: &str) -> impl Iterator<Item = Quantity> + '_ {
    text.match_indices('成').filter_map(|(at, word)| {
        let digit = text[..at].chars().next_back().filter(|c| "一二三四五六七八九两".contains(*c))?;
        let start = at - digit.len_utf8();
        let end = at + word.len();
        let (modifier, range_end) = match &text[end..] {
            rest if rest.starts_with("以上") => (Some(Modifier::AtLeast), end + "以上".len()),
            rest if rest.starts_with("左右") => (Some(Modifier::About), end + "左右".len()),
            _ => (None, end),
        };
        let before = words!["超过", "超", "达到", "达", "不低于", "近", "突破", "占", "提高到", "保持在", "稳定在"];
        let behind = text[range_end..].chars().next().is_none_or(|c| matches!(c, ',' | '。' | ';' | '、' | ')' | '的'));
        let is_share = behind && (modifier.is_some() || before.ending(text[..start].trim_end()).is_some());
        let value = numeral::han(&digit.to_string())? as f64 * 10.0;
        is_share.then(|| Quantity {
            range: start..range_end,
            unit_end: end,
            value,
            upper: None,
            unit: "%".to_owned(),
            measure: Measure::Ratio,
            modifier,
            han: false,
        })
    })
}

struct Sentence<'a> {
    text: &'a str,
    depth: &'a Depth,
    context: &'a Context,
    sentence: Range<usize>,
    dates: &'a [Dated],
    due: Option<Due>,
    /// What governed before a date that only closes its part of the sentence.
    due_before: Option<Option<Due>>,
    past: bool,
    cadence: Cadence,
    found: Vec<Found>,
    doubts: Vec<Doubt>,
    /// Years named in a row: 2023年、2024年、2025年分别….
    years: Vec<Due>,
    /// Where the last of them ends.
    years_end: usize,
    /// Where the quote of the target before ends.
    last_end: usize,
    /// The name of the target before, and where its quote begins.
    last_thing: Option<(String, usize)>,
    /// What governs at each number.
    states: Vec<State>,
}

/// What governs at a place of the text.
#[derive(Debug, Clone, Copy)]
struct State {
    at: usize,
    due: Option<Due>,
    cadence: Cadence,
}

/// Where a value comes from, before what it is to become.
#[derive(Debug, Clone, Copy)]
struct Base {
    name_end: usize,
    year: Option<i32>,
    value: f64,
    /// The year before the number it is to become.
    goal: Option<Due>,
}

/// A number in its clause.
struct Place<'q> {
    quantity: &'q Quantity,
    clause: Range<usize>,
    /// Where the words that belong to this number begin.
    left: usize,
    /// The accepted number before it in the clause had its object behind it.
    after_object: bool,
    /// “由2024年的58%提高到”: where the name ends, and what the value was.
    base: Option<Base>,
}

impl Sentence<'_> {
    fn read(&mut self, quantities: &[Quantity]) {
        let clauses = sentence::clauses(self.text, self.depth, self.sentence.clone());
        if wording::opens_in_the_past(&self.text[self.sentence.clone()]) {
            self.past = true;
        }
        let mut previous: Option<Range<usize>> = None;
        for clause in clauses {
            // a yearly list ends with its part of the sentence, and so does the date of what stands in it
            if self.text[..clause.start].ends_with(';') {
                self.cadence = Cadence::Level;
                if let Some(before) = self.due_before.take() {
                    self.due = before;
                }
            }
            let mut inside = sentence::within(quantities, |quantity| quantity.range.start, &clause);
            // a clause that was cut for its length may have been cut in a number
            while inside.end > inside.start && quantities[inside.end - 1].range.end > clause.end {
                inside.end -= 1;
            }
            self.clause(clause.clone(), &quantities[inside], previous.as_ref());
            previous = Some(clause);
        }
    }

    fn clause(&mut self, clause: Range<usize>, quantities: &[Quantity], previous: Option<&Range<usize>>) {
        let first = self.dates.partition_point(|dated| dated.range.start < clause.start);
        let dates: Vec<Dated> = self.dates[first..].iter().take_while(|dated| dated.range.start < clause.end).cloned().collect();
        let mut dated = dates.iter().peekable();
        let mut left = clause.start;
        let mut after_object = false;
        let mut base: Option<Base> = None;
        let mut at = 0;
        while at < quantities.len() {
            let quantity = &quantities[at];
            if quantity.range.start < left {
                // inside the object of the number before it: 2台65蒸吨锅炉
                at += 1;
                continue;
            }
            while let Some(date) = dated.next_if(|date| date.range.start < quantity.range.start) {
                self.govern(date);
            }
            self.beat(&self.text[left..quantity.range.start]);
            self.states.push(State { at: quantity.range.start, due: self.due, cadence: self.cadence });
            if let Some(found) = self.base_of(quantity, quantities.get(at + 1), left, &dates) {
                base = Some(found);
                at += 1;
                continue;
            }
            let place = Place { quantity, clause: clause.clone(), left, after_object, base: base.take() };
            // numbers that share one predicate
            let mut group = vec![at];
            while let Some(next) = quantities.get(at + group.len()).filter(|_| group.len() < 10) {
                let between = self.text[quantities[at + group.len() - 1].range.end..next.range.start].trim();
                if matches!(between, "、" | "和" | "与" | "及" | "以及" | "," | "/") {
                    group.push(at + group.len());
                } else {
                    break;
                }
            }
            let later = quantities.get(at + 1);
            if group.len() > 1 && self.shared(&place, &quantities[at..at + group.len()], &dates) {
                left = quantities[at + group.len() - 1].range.end;
                after_object = false;
                at += group.len();
                continue;
            }
            match self.one(&place, later, previous, &dates) {
                Some((end, object)) => {
                    left = end;
                    after_object = object;
                }
                None => {
                    // the words before a qualifier still belong to the number that follows: 1000亩以上林地5个
                    after_object = false;
                    if !self.qualifies(quantity, later) {
                        left = quantity.range.end;
                    }
                }
            }
            at += 1;
        }
        for date in dated {
            let before = self.due;
            self.govern(date);
            self.reach_back(date, before, &clause);
            if quantities.is_empty() && self.is_of_its_subject(date, &clause) {
                self.due = before;
            }
        }
        self.beat(&self.text[left..clause.end]);
    }

    /// 新院区10月底前投入使用: a date between a thing and what becomes of it governs no other number.
    fn is_of_its_subject(&self, date: &Dated, clause: &Range<usize>) -> bool {
        let subject = self.text[clause.start..date.range.start].trim();
        let behind = self.text[date.range.end.min(clause.end)..clause.end].trim_start();
        subject.chars().count() >= 4
            && !subject.ends_with(['到', '至', '在'])
            && words!["全", "各", "我", "本", "力争", "确保", "争取", "计划"].starting(subject).is_none()
            && words![
                "建成", "投入", "投用", "启用", "竣工", "完工", "通车", "开工", "投产", "上线", "挂牌", "开通", "交付", "验收"
            ]
            .starting(behind.trim_start_matches("全面").trim_start_matches("正式"))
            .is_some()
    }

    /// A date takes over.
    fn govern(&mut self, date: &Dated) {
        match date.sense {
            Sense::By => {
                let joined = self
                    .text
                    .get(self.years_end..date.range.start)
                    .is_some_and(|between| matches!(between.trim(), "、" | "和" | "与" | "及"));
                if !joined {
                    self.years.clear();
                }
                self.years.push(date.due);
                self.years_end = date.range.end;
                self.past = self.context.years.now.is_some_and(|now| date.due.year() < now);
                self.due = Some(date.due);
                self.cadence = Cadence::Level;
            }
            Sense::Until => self.past = true,
            Sense::From => self.past |= self.text[date.range.end..].starts_with("以来"),
            Sense::Against => {}
        }
    }

    /// “改造小区31个,10月底前完工”: a date with only a verb behind it is also the date of the numbers before it.
    /// `before` is the date that governed until then.
    fn reach_back(&mut self, date: &Dated, before: Option<Due>, clause: &Range<usize>) {
        let behind = self.text[date.range.end.min(clause.end)..clause.end].trim();
        let bare = behind.chars().count() <= 8
            && words!["完成", "完工", "建成", "竣工", "投入", "投用", "交付", "验收", "实施到位", "到位", "启用", "达标"]
                .within(behind);
        if date.sense != Sense::By || !bare || date.range.start > clause.start + 12 {
            return;
        }
        // 建设转移中心,12月底前投用;培育经理人1000名: the date stays with what it closes
        self.due_before.get_or_insert(before);
        let part =
            self.text[self.sentence.start..clause.start].rfind(';').map_or(self.sentence.start, |at| self.sentence.start + at);
        for target in self.found.iter_mut().rev().take(16).filter(|target| target.quote.start >= part && target.due.is_none()) {
            target.due = Some(date.due);
        }
    }

    /// 每年 starts a yearly list, 累计 ends it.
    fn beat(&mut self, words: &str) {
        // 年均新增, but not 年均浓度
        // nor 年均增速, which is one rate and begins no list
        let yearly = words.match_indices("年均").any(|(at, word)| {
            let rest = &words[at + word.len()..];
            wording::begins_with_verb(rest) && words!["增速", "增幅", "增长率"].starting(rest).is_none()
        });
        // 年开展培训1.5万人次, 年净增企业150家
        let opening = words.trim_start().trim_start_matches(['到', '至']);
        let each_year = opening.strip_prefix('年').is_some_and(|rest| {
            let names = words!["能力", "产量", "产值", "额", "量", "面积", "达到", "达"].ending(rest.trim_end()).is_some();
            !rest.starts_with(['度', '底', '末', '内', '均', '初', '前']) && wording::begins_with_verb(rest) && !names
        });
        // 标准提高到每人每年6200元: a rate, not a rhythm
        if without_rate(words).len() < words.trim_end().len() {
            self.cadence = Cadence::Level;
            return;
        }
        if yearly || each_year || words!["每年", "逐年", "每季度", "每月", "每半年", "每学期", "每学年", "各年度"].within(words)
        {
            self.cadence = Cadence::Annual;
        } else if words!["累计", "总数", "总量", "总计", "总规模"].within(words)
            || self.context.one_year && words!["全年", "年内", "当年"].within(words)
            || words.trim_start().starts_with("规划期")
            || wording::span_of_years(words.trim_start()).is_some()
        {
            self.cadence = Cadence::Level;
        }
        // 第二季度前上线8项,全年办理30万件: the whole year is no part of it
        if words.contains("全年") && self.due.is_some_and(|due| !matches!(due, Due::Year(_))) {
            self.due = None;
        }
    }

    /// True where a number only says which of the things that follow are counted.
    fn qualifies(&self, quantity: &Quantity, later: Option<&Quantity>) -> bool {
        let Some(later) = later else {
            return false;
        };
        let between = &self.text[quantity.range.end..later.range.start];
        let bounded = matches!(quantity.modifier, Some(Modifier::AtLeast | Modifier::AtMost))
            || !matches!(quantity.measure, Measure::Count | Measure::Ratio);
        // 税收千万元楼12栋: one character names what is counted
        let named = match quantity.measure {
            Measure::Money => !matches!(between, "" | "的" | "和" | "至" | "-" | "/"),
            _ => between.chars().count() >= 2,
        };
        bounded && named && !between.contains(['、', ',']) && matches!(later.measure, Measure::Count | Measure::Size)
    }

    /// What follows a number: nothing, or a noun.
    fn behind(&self, quantity: &Quantity, clause: &Range<usize>) -> (bool, Range<usize>) {
        let rest = &self.text[quantity.range.end..clause.end];
        let trimmed = rest.trim_start();
        let start = clause.end - trimmed.len();
        let ends = trimmed.is_empty()
            || trimmed.starts_with(['、', ',', ';', '。', ')', ':', '(', '"'])
            || words!["和", "与", "及", "以及", "并", "或", "的目标", "的要求", "的任务", "目标,", "目标。"]
                .starting(trimmed)
                .is_some();
        if ends {
            return (true, start..start);
        }
        let mut end = clause.end;
        for (offset, c) in trimmed.char_indices() {
            let at = start + offset;
            if !self.depth.outside(at) {
                continue;
            }
            let next = self.text[at + c.len_utf8()..].chars().next().unwrap_or(' ');
            if matches!(c, '、' | '和' | '及' | '与')
                && (next.is_ascii_digit()
                    || quantity::find(&self.text[at + c.len_utf8()..clause.end])
                        .first()
                        .is_some_and(|q| self.text[at + c.len_utf8()..at + c.len_utf8() + q.range.start].chars().count() <= 14))
            {
                end = at;
                break;
            }
        }
        (false, start..end)
    }

    /// Reads one number. Returns where what belongs to it ends, and whether its object stands behind it.
    fn one(
        &mut self,
        place: &Place<'_>,
        later: Option<&Quantity>,
        previous: Option<&Range<usize>>,
        dates: &[Dated],
    ) -> Option<(usize, bool)> {
        let quantity = place.quantity;
        let left = self.name_start(place, dates);
        let words = without_rate(&self.text[left..quantity.range.start]);
        if words.trim_end().ends_with(['第', '前', '每']) {
            return None;
        }
        if self.past || wording::is_past(words) {
            // 已建成充电桩800个,到2027年累计达到2500个: what was counted is named here
            if let Some(thing) = wording::past_thing(words) {
                self.last_end = quantity.range.end;
                self.last_thing = Some((thing.to_owned(), left + leading(words, thing)));
            }
            return None;
        }
        let before = wording::before(words);
        let (ends, object) = self.behind(quantity, &place.clause);
        if self.qualifies(quantity, later) && (!ends || self.text[quantity.range.end..].starts_with('的')) {
            return None;
        }
        if matches!(quantity.measure, Measure::Money | Measure::Ratio)
            && wording::is_policy(&self.text[place.clause.start..quantity.range.start])
        {
            return None;
        }
        if quantity.measure == Measure::None && !self.clear_without_unit(quantity, &before, words, ends) {
            return None;
        }
        // a design value, a rule: 通过能力≥100立方米/小时, 原则上不超过2次
        if wording::is_norm(words, &quantity.unit) {
            return None;
        }
        let name_end = place.base.map_or(left + before.name_end, |base| base.name_end.max(left));
        let name = self.without_comparison(left..name_end, dates);
        if ends {
            self.behind_its_name(place, &before, left, &name, previous)
        } else {
            self.before_its_object(place, &before, left, &name, object)
        }
    }

    /// A number that only says where the next one starts from: 由58%提高到70%.
    fn base_of(&self, quantity: &Quantity, next: Option<&Quantity>, left: usize, dates: &[Dated]) -> Option<Base> {
        let words = self.text[left..quantity.range.start].trim_end();
        let next = next?;
        // 从2023年的58.3%提高到2027年的85%: the year of the goal stands before its number
        let goal = dates
            .iter()
            .find(|date| date.range.start >= quantity.range.end && date.range.end <= next.range.start)
            .filter(|date| self.text[date.range.end..next.range.start].trim_matches(['的', ' ', '底', '末']).is_empty());
        let between = &self.text[quantity.range.end..goal.map_or(next.range.start, |date| date.range.start)];
        let moves = words!["到", "至", "为"].ending(between.trim_end()).is_some() && between.chars().count() <= 10;
        if !moves {
            return None;
        }
        let date = dates.iter().rev().find(|date| date.range.start >= left && date.range.end <= quantity.range.start);
        let head = date.map_or(words, |date| self.text[left..date.range.start].trim_end());
        let behind_date = date
            .is_none_or(|date| self.text[date.range.end..quantity.range.start].trim_matches(['的', ' ', '底', '末']).is_empty());
        let head = head.strip_suffix('由').or_else(|| head.strip_suffix('从'))?;
        behind_date.then(|| Base {
            name_end: left + head.len(),
            year: date.map(|date| date.due.year()),
            value: quantity.value,
            goal: goal.map(|date| date.due),
        })
    }

    /// Where the words of a number begin: behind the date, or before it where nothing stands between date and number.
    fn name_start(&self, place: &Place<'_>, dates: &[Dated]) -> usize {
        let end = place.quantity.range.start;
        let Some(date) = dates.iter().rev().find(|date| date.range.start >= place.left && date.range.end <= end) else {
            return place.left;
        };
        let between = &self.text[date.range.end..end];
        let before = wording::before(between);
        let named = !wording::name(&between[..before.name_end]).is_empty();
        let opens = self.text[place.left..date.range.start].trim_matches(['、', '和', ' ', '到', '至', '在']).is_empty();
        if date.sense != Sense::Against && (named || opens) { date.range.end } else { place.left }
    }

    /// A number without a unit counts only where a comparator and the clause's end leave no doubt that it is a bound.
    fn clear_without_unit(&mut self, quantity: &Quantity, before: &wording::Before, words: &str, ends: bool) -> bool {
        let closed = self.text[quantity.range.end..].trim_start();
        let clear = before.strong
            && ends
            && (closed.is_empty() || closed.starts_with([',', '。', ';', '、']))
            && words[..before.name_end].chars().count() >= 3;
        if clear {
            self.doubts.push(Doubt { range: quantity.range.clone(), why: Why::NoUnit });
        }
        clear
    }

    /// The name without the year it is compared with: “死亡人数较2023年” is 死亡人数, “较2020年森林面积” is 森林面积.
    fn without_comparison(&self, range: Range<usize>, dates: &[Dated]) -> String {
        let words = &self.text[range.clone()];
        if let Some(date) = dates
            .iter()
            .find(|date| date.sense == Sense::Against && date.range.start >= range.start && date.range.start < range.end)
        {
            let before = self.text[range.start..date.range.start].trim_end_matches(['比', '较', '与', '和', '以']);
            let before = wording::name(before);
            if before.chars().count() >= 2 {
                return before.to_owned();
            }
            let after = self.text[date.range.end.min(range.end)..range.end]
                .trim_start_matches(['年', '底', '末', '相', '比', '的', '同', '期']);
            return wording::name(after).to_owned();
        }
        // “新能源公交车占比到2027年达95%”: the date stands between
        if let Some(date) = dates.iter().find(|date| {
            date.sense == Sense::By
                && date.range.start > range.start
                && date.range.end <= range.end
                && self.text[date.range.end..range.end].trim().is_empty()
        }) {
            return wording::name(self.text[range.start..date.range.start].trim_end_matches(['到', '至', '在', '于'])).to_owned();
        }
        let compared = words!["上年", "去年", "同比", "前三年"].within(words);
        for mark in ["比上年", "较上年", "比去年", "较去年", "同比", "比前三年", "较前三年"] {
            if let Some(at) = words.find(mark).filter(|_| compared)
                && at > 0
            {
                return wording::name(words[..at].trim_end_matches(',')).to_owned();
            }
        }
        wording::name(words).to_owned()
    }

    /// “新增篮球场100个”: the name, then the number.
    fn behind_its_name(
        &mut self,
        place: &Place<'_>,
        before: &wording::Before,
        left: usize,
        name: &str,
        previous: Option<&Range<usize>>,
    ) -> Option<(usize, bool)> {
        let quantity = place.quantity;
        let words = &self.text[left..quantity.range.start];
        // 2025年1万亩、2026年1万亩: the date alone says which part of what was named is meant
        let dated = name.is_empty()
            && self.last_thing.is_some()
            && self.text[..quantity.range.start].trim_end().ends_with(['年', '月', '底', '前']);
        // 改造小区22个、1860户: the same thing in another measure
        let again = name.is_empty()
            && self.last_thing.is_some()
            && matches!(quantity.measure, Measure::Count | Measure::Size)
            && self.text.get(self.last_end..quantity.range.start).is_some_and(|between| between.trim() == "、");
        if !dated && !again && !self.counts(quantity, before, name) {
            return None;
        }
        let mut start = left + leading(words, name);
        let mut name = name.to_owned();
        if let Some((whole, part)) = wording::share_of(&name) {
            name = format!("{whole}占{part}的比重");
        }
        if is_frequency(&name) || name == "其中" || is_span(&name) {
            name.clear();
        }
        if before.change || before.adds {
            name.push_str(change_word(&words[before.name_end..]));
        }
        if quantity.han && quantity.measure == Measure::Ratio && quantity.unit == "%" && quantity.value == 100.0 {
            name = wording::thing(&name).to_owned();
            if !name.ends_with('率') {
                name = format!("{}覆盖率", name.replacen("实现", "", 1));
            }
        }
        // 完成年度投资的55%: a share of what is named
        if let Some(whole) = name.strip_suffix('的') {
            name.truncate(whole.len());
        }
        // 建设食堂12家(其中乡镇不少于8家)
        let part = self.context.owner.is_some() && is_part(&name);
        if is_incomplete(&name) || part {
            match self.completed(&name, previous) {
                Some(whole) => (name, start) = whole,
                None if name.chars().count() < 2 || is_frequency(&name) => return None,
                None => {}
            }
        }
        self.accept(quantity, before, &name, start..quantity.range.end, words);
        if let Some(last) = self.found.last_mut()
            && let Some(base) = place.base
        {
            last.baseline = base.year.map(|year| (year, base.value));
            if base.goal.is_some() {
                last.due = base.goal;
                self.due = base.goal;
            }
        }
        Some((quantity.range.end, false))
    }

    /// “新增50处消费场景”: the number, then its object, with the verb before both.
    fn before_its_object(
        &mut self,
        place: &Place<'_>,
        before: &wording::Before,
        left: usize,
        name: &str,
        object: Range<usize>,
    ) -> Option<(usize, bool)> {
        let quantity = place.quantity;
        let words = &self.text[left..quantity.range.start];
        if let Some((scale, start)) = self.scale_before_its_thing(quantity, &words[..before.name_end], &object) {
            self.accept(quantity, before, &scale, left + start..object.end, words);
            return Some((object.end, true));
        }
        let verb = wording::delivers(&words[..before.name_end])
            .or_else(|| before.verb.then(|| wording::delivers(words.trim_end())).flatten())
            .or(if place.after_object && name.is_empty() { Some("") } else { None })
            .or_else(|| wording::delivers_list(words))
            .or_else(|| (quantity.measure == Measure::Count).then(|| wording::delivers_in_place(words)).flatten())
            .or_else(|| words.trim_end().ends_with(['将', '把']).then_some(""))
            .or_else(|| {
                (name.is_empty() && words!["力争", "争取", "至少", "确保"].ending(words.trim_end()).is_some()).then_some("")
            })
            .or_else(|| self.share_first(quantity, name, &object).then_some(""))?;
        let behind = self.text[object.clone()].trim();
        let with_of = behind.strip_prefix('的');
        let thing = with_of.unwrap_or(behind).trim();
        if thing.chars().count() < 2 || quantity.measure == Measure::Time || quantity.unit == "级" {
            return None;
        }
        let threshold = quantity.modifier == Some(Modifier::AtLeast) || with_of.is_some();
        let purpose = thing.strip_prefix("用于");
        let share = self.share_first(quantity, name, &object);
        if matches!(quantity.measure, Measure::Money | Measure::Ratio | Measure::None) && threshold && purpose.is_none() && !share
        {
            return None;
        }
        if quantity.measure == Measure::Money && self.text[quantity.unit_end..].starts_with('级') {
            return None;
        }
        if self.context.names.get(&name_key(self.text, quantity)).is_some_and(|count| *count >= 3) {
            return None;
        }
        if wording::counts_itself(thing) {
            return None;
        }
        if quantity.han && quantity.value < 10.0 {
            return None;
        }
        let keeps = verb.starts_with('新')
            || verb.starts_with('净')
            || matches!(verb, "修复" | "改造" | "开展" | "举办" | "培训" | "整治" | "淘汰" | "引进" | "培育");
        let kept = match purpose {
            Some(purpose) => format!("{purpose}资金"),
            None if keeps => format!("{verb}{thing}"),
            None => thing.to_owned(),
        };
        let start = if verb.is_empty() {
            quantity.range.start
        } else {
            left + words[..before.name_end].rfind(verb).or_else(|| words.rfind(verb)).unwrap_or(0)
        };
        self.accept(quantity, before, &kept, start..object.end, words);
        Some((object.end, true))
    }

    /// “设立规模5亿元的产业基金”: how large what is set up will be. Its name, and where its verb begins.
    fn scale_before_its_thing(&self, quantity: &Quantity, head: &str, object: &Range<usize>) -> Option<(String, usize)> {
        let thing = self.text[object.clone()].trim().strip_prefix('的')?.trim();
        let head = head.trim_end().strip_suffix("规模")?.trim_end_matches(['总', '资', '金']);
        let verb = wording::delivers(head).or_else(|| head.ends_with("组建").then_some("组建"))?;
        let measured = matches!(quantity.measure, Measure::Money | Measure::Size);
        let named = (2..=20).contains(&thing.chars().count()) && !wording::begins_with_verb(thing);
        (measured && named).then(|| (format!("{thing}规模"), head.len() - verb.len()))
    }

    /// “80%以上的行政村达到标准”: a share at the clause's head, then those who reach something.
    fn share_first(&self, quantity: &Quantity, name: &str, object: &Range<usize>) -> bool {
        let object = &self.text[object.clone()];
        quantity.unit == "%"
            && (name.is_empty() || (name.chars().count() <= 3 && name.starts_with(['全', '各'])))
            && words!["达到", "建成", "实现", "完成", "建立", "配备", "开展", "通过", "纳入", "具备", "设立", "成为"]
                .within(object)
            && !wording::is_policy(object)
    }

    /// Whether a number at the end of its clause is a promise.
    fn counts(&self, quantity: &Quantity, before: &wording::Before, name: &str) -> bool {
        let worded = quantity.han && quantity.measure == Measure::Ratio;
        if worded && (quantity.unit != "%" || quantity.value == 100.0) {
            return name.chars().count() >= if quantity.unit == "倍" { 2 } else { 4 };
        }
        match quantity.measure {
            Measure::Time => before.strong || before.change,
            Measure::None => before.strong,
            // 举办培训班6期, but not 二期
            _ if matches!(quantity.unit.as_str(), "期" | "批" | "轮" | "部") => {
                before.strong || (!quantity.han && wording::begins_with_verb(name) && name.chars().count() >= 4)
            }
            _ if matches!(quantity.unit.as_str(), "级" | "位" | "度") => before.strong,
            _ if quantity.han && quantity.value < 10.0 => false,
            // what a project is like, not what is promised
            _ if wording::describes(name) => false,
            _ => before.op.is_some() || before.about || name.chars().count() >= 2,
        }
    }

    fn accept(&mut self, quantity: &Quantity, before: &wording::Before, name: &str, quote: Range<usize>, words: &str) {
        let growth = quantity.measure == Measure::Ratio && is_growth(words, name, before, self.cadence, self.context.one_year);
        if quantity.measure == Measure::Ratio && !growth && !words.contains("每年") {
            self.cadence = Cadence::Level;
        }
        let cadence = if growth { Cadence::Growth } else { self.cadence };
        if growth {
            // “年均增长20%、达到15亿元”: the rate is yearly, the level is not
            self.cadence = Cadence::Level;
        }
        let upper = quantity.upper.filter(|_| before.op == Some(Op::AtMost) || quantity.modifier == Some(Modifier::AtMost));
        if self.context.owner.is_none() {
            self.last_thing = Some((without_change(wording::thing(name)).to_owned(), quote.start));
        }
        self.last_end = quote.end;
        self.found.push(Found {
            quote,
            indicator: name.trim().to_owned(),
            op: op(quantity, before),
            value: upper.unwrap_or(quantity.value),
            unit: quantity.unit.clone(),
            due: self.due.or_else(|| whole_year(self.text, quantity.range.start, self.context.years)),
            cadence,
            baseline: None,
            number: quantity.range.clone(),
            weighed: false,
        });
    }
}

/// 全年开行3000列: the year that the document speaks in, for the numbers of its own clause.
fn whole_year(text: &str, at: usize, years: Years) -> Option<Due> {
    let from = sentence::floor(text, at.saturating_sub(300));
    let words = &text[from..at];
    let words = words.rfind([',', ';', '。', ':']).map_or(words, |mark| &words[mark..]);
    words!["全年", "本年度"].within(words).then_some(years.now).flatten().map(Due::Year)
}

fn op(quantity: &Quantity, before: &wording::Before) -> Op {
    if quantity.han && quantity.measure == Measure::Ratio && (quantity.value == 0.0 || quantity.value == 100.0) {
        return Op::Equal;
    }
    match quantity.modifier {
        Some(Modifier::About) => Op::About,
        Some(Modifier::AtMost) => Op::AtMost,
        Some(Modifier::AtLeast) => Op::AtLeast,
        None => match before.op {
            Some(op) => op,
            None if before.about => Op::About,
            None => Op::AtLeast,
        },
    }
}

fn is_growth(words: &str, name: &str, before: &wording::Before, cadence: Cadence, one_year: bool) -> bool {
    let all = format!("{name}{words}");
    let yearly = words!["年均", "同比", "增速", "增长率"].within(&all)
        // 年增长, but not 2023年增长
        || ["年增长", "年递增", "年增幅"]
            .iter()
            .any(|word| all.find(word).is_some_and(|at| !all[..at].ends_with(|c: char| c.is_ascii_digit() || c == '上' || c == '去')));
    let change = before.change || words!["增长", "增幅", "递增", "增速"].within(&all);
    // 压减60%, 提高2个百分点: how far something is to be moved, not how fast it grows
    let moved = words!["压减", "压缩", "缩短", "精简"].within(&all);
    if moved && !yearly {
        return false;
    }
    let against = words.contains("比20") || words.contains("较20") || words.contains("年相比");
    if against && !yearly {
        return false;
    }
    (yearly && (change || all.contains("提高") || all.contains("下降") || all.contains("降低")))
        || (change && (cadence == Cadence::Annual || one_year))
}
