//! What stands around a number: the hard reasons why it is no target, and the features that are weighed.

use super::brackets::Depth;
use super::dates::Sense;
use super::lexicon::{self, Classes, Word};
use super::marker;
use super::numbers::{self, Numeral};
use super::outline::Zone;
use super::prose::Prose;
use super::quantity::{self, Measure, Modifier, Quantity};
use super::role::Role;
use super::scene::Scene;
use super::weights::{Sink, Sum, Verdict};
use super::wording;
use super::words::words;
use crate::reason::Reason;
use std::ops::Range;

/// A numeral and what it is taken for.
#[derive(Debug, Clone)]
pub(crate) struct Candidate {
    pub(crate) numeral: Numeral,
    /// With its unit, where it has one.
    pub(crate) quantity: Option<Quantity>,
    /// Why it is surely none.
    pub(crate) hard: Option<Reason>,
    pub(crate) score: f64,
    pub(crate) verdict: Verdict,
}

impl Candidate {
    /// From the numeral's first digit to the end of its unit.
    pub(crate) fn range(&self) -> Range<usize> {
        let end = self.quantity.as_ref().map_or(self.numeral.range.end, |quantity| quantity.range.end);
        self.numeral.range.start..end.max(self.numeral.range.end)
    }
}

/// A paragraph's numbers with their surroundings, found once.
pub(crate) struct Ground<'a> {
    text: &'a str,
    depth: &'a Depth,
    scene: &'a Scene,
    words: Vec<Word>,
    /// The classes of all of them.
    whole: Classes,
    numerals: Vec<Numeral>,
    quantities: Vec<Quantity>,
    dates: Vec<super::dates::Dated>,
    marker: usize,
}

impl<'a> Ground<'a> {
    /// `specials` are the numbers in words that the targets' grammar knows.
    pub(crate) fn new(prose: &'a Prose<'a>, scene: &'a Scene) -> Self {
        let text = prose.text;
        let words = lexicon::words(text);
        let quantities = quantity::find(text);
        let mut numerals = numbers::find(text);
        // the upper end of a range is no number of its own
        numerals.retain(|numeral| {
            let index = quantities.partition_point(|quantity| quantity.range.end <= numeral.range.start);
            quantities.get(index).is_none_or(|quantity| quantity.range.start >= numeral.range.start || quantity.upper.is_none())
        });
        let whole = words.iter().fold(Classes::default(), |all, word| all.with(word.classes));
        Self {
            text,
            depth: &prose.depth,
            scene,
            words,
            whole,
            numerals,
            quantities,
            dates: prose.dates(|_| true),
            marker: marker::marker(text).map_or(0, |marker| marker.length),
        }
    }

    pub(crate) fn candidates(&self) -> Vec<Candidate> {
        (0..self.numerals.len()).map(|at| self.candidate(at)).collect()
    }

    fn candidate(&self, at: usize) -> Candidate {
        let numeral = self.numerals[at].clone();
        let quantity = self.quantity_of(&numeral).cloned();
        let hard = self.hard(&numeral, quantity.as_ref());
        let (score, verdict) = match hard {
            Some(reason) => (f64::NEG_INFINITY, Verdict::Aside(reason)),
            None => {
                let mut sum = Sum::default();
                self.features(at, quantity.as_ref(), &mut sum);
                let verdict = sum.verdict(self.fallback(&numeral, quantity.as_ref()));
                // what the grammar knows for a measure of a thing is at most asked about
                let measured = verdict == Verdict::Drawn && sum.is_measured();
                (sum.score(), if measured { Verdict::Doubtful(Reason::Norm) } else { verdict })
            }
        };
        Candidate { numeral, quantity, hard, score, verdict }
    }

    fn quantity_of(&self, numeral: &Numeral) -> Option<&Quantity> {
        let index = self.quantities.partition_point(|quantity| quantity.range.end <= numeral.range.start);
        self.quantities.get(index).filter(|quantity| quantity.range.start <= numeral.range.start)
    }

    /// What a number is that nothing in particular speaks against.
    fn fallback(&self, numeral: &Numeral, quantity: Option<&Quantity>) -> Reason {
        if self.scene.past {
            return Reason::Past;
        }
        match quantity.map(|quantity| quantity.measure) {
            Some(Measure::Money) => Reason::Payment,
            Some(Measure::Time) => Reason::Procedure,
            Some(Measure::Ratio) => Reason::Condition,
            Some(Measure::Size) => Reason::Norm,
            _ if numeral.han => Reason::Name,
            None | Some(Measure::None) => Reason::Number,
            Some(Measure::Count) => Reason::Name,
        }
    }

    /// The closed list of what is surely no target.
    fn hard(&self, numeral: &Numeral, quantity: Option<&Quantity>) -> Option<Reason> {
        let Range { start, end } = numeral.range;
        let digits = &self.text[start..end];
        let before = &self.text[..start];
        let behind = &self.text[end..];
        let next = behind.trim_start().chars().next();
        let last = before.trim_end().chars().next_back();
        if start < self.marker || self.scene.zone == Some(Zone::Contents) {
            return Some(Reason::Number);
        }
        if self.dates_in(start..end).iter().any(|dated| dated.range.start < end && start < dated.range.end)
            || is_date_part(before, digits, behind)
        {
            return Some(Reason::Date);
        }
        if !numeral.han && is_number_of_something(before, digits, behind, self.text, self.depth.group(start)) {
            return Some(Reason::Number);
        }
        if !numeral.han
            && (last.is_some_and(|c| (c.is_ascii_alphabetic() || matches!(c, '+' | '×' | '#' | '_')) && before.ends_with(c))
                || (quantity.is_none_or(|quantity| quantity.measure == Measure::None)
                    && next.is_some_and(|c| c.is_ascii_alphabetic() || matches!(c, '+' | '×' | 'N'))))
        {
            return Some(Reason::Name);
        }
        if self.in_book(start) {
            return Some(Reason::Name);
        }
        if self.scene.past {
            return Some(Reason::Past);
        }
        if self.over(start) {
            return Some(Reason::Past);
        }
        if last == Some('每') {
            return Some(Reason::Frequency);
        }
        if is_base(before, self.text, quantity.map_or(end, |quantity| quantity.range.end)) {
            return Some(Reason::Base);
        }
        None
    }

    /// 2023年全县共发生12起,同比下降14.3%: the last date of the sentence before the number is over.
    fn over(&self, start: usize) -> bool {
        let Some(now) = self.scene.years.now else { return false };
        let sentence = self.stretch(start, start, |c| matches!(c, ';' | '。' | '!' | '?' | '\t' | '|'));
        let governing = |dated: &&super::dates::Dated| {
            dated.range.start >= sentence.start && dated.range.end <= start && matches!(dated.sense, Sense::By | Sense::Until)
        };
        let Some(dated) = self.dates_in(sentence.start..start).iter().rfind(governing) else { return false };
        let future = Classes::of("future");
        (dated.due.year() < now && dated.first.is_none() || dated.sense == Sense::Until)
            && !self.classes(dated.range.end..start).holds(future)
    }

    /// The dates that begin in a range or end in it.
    fn dates_in(&self, range: Range<usize>) -> &[super::dates::Dated] {
        let from = self.dates.partition_point(|dated| dated.range.end <= range.start);
        let to = self.dates.partition_point(|dated| dated.range.start < range.end).max(from);
        &self.dates[from..to]
    }

    fn in_book(&self, at: usize) -> bool {
        let from = super::sentence::floor(self.text, at.saturating_sub(240));
        let before = &self.text[from..at];
        before.rfind('《').is_some_and(|open| before.rfind('》').is_none_or(|close| close < open))
            && self.text[at..].chars().take(80).any(|c| c == '》')
    }

    /// The features of a number that no hard reason decides.
    pub(crate) fn features(&self, at: usize, quantity: Option<&Quantity>, sink: &mut impl Sink) {
        let numeral = &self.numerals[at];
        let start = numeral.range.start;
        let end = quantity.map_or(numeral.range.end, |quantity| quantity.range.end).max(numeral.range.end);
        let item = self.stretch(start, end, |c| matches!(c, ',' | ';' | '。' | ':' | '、' | '(' | ')' | '\t' | '|'));
        let clause = self.stretch(start, end, |c| matches!(c, ',' | ';' | '。' | ':' | '\t' | '|'));
        let sentence = self.stretch(start, end, |c| matches!(c, ';' | '。' | '!' | '?' | '\t' | '|'));
        self.places(sink);
        let kind = self.unit(numeral, quantity, sink);
        self.neighbours(start, end, &item, quantity, kind, sink);
        let left = self.classes(item.start..start);
        let near = self.classes(clause.start..start);
        let earlier = self.classes(sentence.start..clause.start);
        let right = self.classes(end..clause.end);
        let later = self.classes(clause.end..sentence.end);
        let mut each = |slot: &str, classes: Classes| classes.names().for_each(|name| sink.add(slot, name));
        each("item", left);
        each("clause", near);
        each("earlier", earlier);
        each("right", right);
        each("later", later);
        let head = super::sentence::floor(self.text, (sentence.start + 30).min(start.max(sentence.start)));
        each("opening", self.classes(sentence.start..head));
        for name in ["past", "pay", "condition", "applicant", "score", "norm", "future", "yearly"] {
            if self.whole.holds(Classes::of(name)) {
                sink.add("paragraph", name);
            }
        }
        let pay = Classes::of("pay");
        if kind == "money" || kind == "ratio" {
            let paid = near.with(right).holds(pay);
            sink.add(if paid { "paid" } else { "unpaid" }, kind);
        }
        self.phrases(start, end, &item, &clause, &sentence, quantity, sink);
        self.dated(&clause, &sentence, sink);
        if self.text[sentence.start..].trim_start().starts_with('对') || self.text[clause.start..].trim_start().starts_with('对')
        {
            sink.add("opens", "condition");
        }
        if let Some(quantity) = quantity {
            let next = self.numerals.get(at + 1).filter(|next| next.range.end <= clause.end);
            let counted = next.and_then(|next| self.quantity_of(next)).is_some_and(|next| next.measure == Measure::Count);
            let bounded = matches!(quantity.modifier, Some(Modifier::AtLeast | Modifier::AtMost));
            if counted
                && next.is_some_and(|next| {
                    self.text
                        .get(quantity.range.end..next.range.start)
                        .is_some_and(|between| between.chars().count() >= 2 && !between.contains(['、', '和', '及']))
                })
            {
                sink.add("qualifies", if bounded { "above" } else { kind });
            }
            if self.scene.names.get(&super::targets::name_key(self.text, quantity)).is_some_and(|count| *count >= 2) {
                sink.add("named", "again");
            }
        }
        if at > 0 {
            let before = &self.numerals[at - 1];
            if before.range.start >= sentence.start {
                sink.add("list", if before.range.start >= clause.start { "same_clause" } else { "same_sentence" });
            }
        }
    }

    /// Genre, zone, headings.
    fn places(&self, sink: &mut impl Sink) {
        let scene = self.scene;
        sink.add("genre", scene.genre.name());
        let zone = match scene.zone {
            Some(Zone::Front) => "front",
            Some(Zone::Contents) => "contents",
            Some(Zone::Body) | None => "body",
            Some(Zone::Annex) => "annex",
            Some(Zone::Tail) => "tail",
        };
        sink.add("zone", zone);
        if scene.tabled {
            sink.add("zone", "table");
        }
        if scene.listed {
            sink.add("zone", "listed");
        }
        let role = match scene.role {
            Some(Role::General) => "general",
            Some(Role::Principle) => "principle",
            Some(Role::History) => "history",
            Some(Role::Goals) => "goals",
            Some(Role::Work) => "work",
            Some(Role::Safeguard) => "safeguard",
            Some(Role::Phases) => "phases",
            Some(Role::Duties) => "duties",
            Some(Role::Aside) => "aside",
            None => "none",
        };
        sink.add("role", role);
        for (slot, classes) in [("heading", scene.heads[0]), ("chapter", scene.heads[1])] {
            classes.names().for_each(|name| sink.add(slot, name));
        }
        if self.text.chars().count() < 12 {
            sink.add("length", "cell");
        }
    }

    /// What is measured, how large it is, how it is written.
    fn unit(&self, numeral: &Numeral, quantity: Option<&Quantity>, sink: &mut impl Sink) -> &'static str {
        let kind = match quantity.map(|quantity| quantity.measure) {
            Some(Measure::Count) => "count",
            Some(Measure::Size) => "size",
            Some(Measure::Money) => "money",
            Some(Measure::Ratio) => "ratio",
            Some(Measure::Time) => "time",
            Some(Measure::None) | None => "none",
        };
        sink.add("measure", kind);
        if let Some(quantity) = quantity {
            let unit = quantity.unit.trim_start_matches(['万', '亿', '千', '百']);
            sink.add("unit", unit);
            if unit.len() < quantity.unit.len() {
                sink.add("written", "scaled");
            }
            match quantity.modifier {
                Some(Modifier::AtLeast) => sink.add("bound", "above"),
                Some(Modifier::AtMost) => sink.add("bound", "below"),
                Some(Modifier::About) => sink.add("bound", "about"),
                None => {}
            }
            if quantity.upper.is_some() {
                sink.add("written", "range");
            }
            let size = match quantity.value {
                value if value <= 3.0 => "small",
                value if value < 10.0 => "digit",
                value if value < 100.0 => "tens",
                value if value < 1000.0 => "hundreds",
                _ => "thousands",
            };
            if kind == "count" {
                sink.add("size", size);
            }
        }
        if numeral.han {
            sink.add("written", "han");
        }
        kind
    }

    /// The words and marks that touch the number.
    fn neighbours(
        &self,
        start: usize,
        end: usize,
        item: &Range<usize>,
        quantity: Option<&Quantity>,
        kind: &str,
        sink: &mut impl Sink,
    ) {
        let before = self.text[..start].trim_end();
        let touching = self.words[..self.words.partition_point(|word| word.range.end <= before.len())].last();
        if let Some(word) = touching.filter(|word| word.range.end == before.len()) {
            word.classes.names().for_each(|name| sink.add("touch", name));
        }
        match before.chars().next_back() {
            None => sink.add("touch", "start"),
            Some('≥' | '≤' | '>' | '<') => sink.add("touch", "sign"),
            Some(',' | ';' | '。' | ':') => sink.add("touch", "mark"),
            Some('、') => sink.add("touch", "listed"),
            Some('(') => sink.add("touch", "bracket"),
            Some('“') => sink.add("touch", "quote"),
            Some('的') => sink.add("touch", "of"),
            Some('等') => sink.add("touch", "etc"),
            Some('-' | '—') => sink.add("touch", "dash"),
            Some(_) => {}
        }
        // the verb or comparator that governs: the last that stands before the number
        let words = &self.words[self.words.partition_point(|word| word.range.start < item.start)..];
        let governing =
            words.iter().take_while(|word| word.range.end <= start).filter(|word| word.classes.holds(governors())).last();
        if let Some(word) = governing {
            word.classes.names().for_each(|name| sink.add("governs", name));
        }
        let primary = governing.map_or("none", |word| {
            ["pay", "describe", "past", "deliver", "reach", "cap", "raise", "lower", "keep", "push", "forbid"]
                .into_iter()
                .find(|name| word.classes.holds(Classes::of(name)))
                .unwrap_or("none")
        });
        let rest = &self.text[end..];
        let behind = rest.trim_start();
        let after = match behind.chars().next() {
            None => "end",
            Some(',' | ';' | '。' | '!') => "stop",
            Some('、') => "listed",
            Some('(') => "open",
            Some(')') => "close",
            Some('的') => "of",
            Some('和' | '及' | '与') => "and",
            Some('/' | '-' | '—' | '~') => "dash",
            Some('”' | '’') => "quote",
            Some('“') => "quoted_noun",
            Some(c) if c.is_ascii_alphanumeric() => "latin",
            Some('\t' | '|') => "cell",
            Some(_) => "noun",
        };
        sink.add("after", after);
        sink.add(&format!("after_{after}"), kind);
        sink.add(&format!("pattern_{after}"), primary);
        if let Some(word) = governing {
            let near = self.text[word.range.end..start].trim().chars().count();
            sink.add(
                "distance",
                if near == 0 {
                    "touching"
                } else if near <= 6 {
                    "near"
                } else {
                    "far"
                },
            );
        }
        if let Some(quantity) = quantity
            && quantity.modifier == Some(Modifier::AtLeast)
            && matches!(after, "noun" | "of")
        {
            sink.add("threshold", "above");
        }
        let word = self.words[self.words.partition_point(|word| word.range.start < end)..].first();
        if let Some(word) = word.filter(|word| word.range.start <= end + (rest.len() - behind.len())) {
            word.classes.names().for_each(|name| sink.add("next", name));
        }
        if let Some(group) = self.depth.group(start).filter(|group| group.start < start) {
            let kind = match self.text[group.start..].chars().next() {
                Some('(') => "round",
                Some('“' | '‘' | '「') => "quote",
                _ => "book",
            };
            sink.add("inside", kind);
        }
        let named = self.text[item.start..start].trim().chars().count();
        sink.add(
            "name",
            match named {
                0 => "none",
                1..=3 => "short",
                4..=14 => "middle",
                _ => "long",
            },
        );
    }

    /// What the turns of phrase of the grammar say against it.
    #[expect(clippy::too_many_arguments, reason = "the stretches around one number")]
    fn phrases(
        &self,
        start: usize,
        end: usize,
        item: &Range<usize>,
        clause: &Range<usize>,
        sentence: &Range<usize>,
        quantity: Option<&Quantity>,
        sink: &mut impl Sink,
    ) {
        let words = &self.text[item.start..start];
        let unit = quantity.map_or("", |quantity| quantity.unit.as_str());
        let said = [
            ("describes", wording::describes(wording::name(&words[..wording::before(words).name_end]))),
            ("norm", wording::is_norm(words, unit)),
            ("pay", wording::is_policy(&self.text[clause.start..start])),
            ("past", wording::is_past(&self.text[clause.start..start])),
            ("past_sentence", wording::opens_in_the_past(&self.text[sentence.clone()])),
            ("itself", wording::counts_itself(self.text[end..clause.end].trim())),
        ];
        for (name, _) in said.into_iter().filter(|(_, said)| *said) {
            sink.add("phrase", name);
        }
    }

    /// Dates that may govern the number.
    fn dated(&self, clause: &Range<usize>, sentence: &Range<usize>, sink: &mut impl Sink) {
        let now = self.scene.years.now;
        let mut seen = [false; 4];
        for dated in self.dates_in(sentence.clone()) {
            let past = now.is_some_and(|now| dated.due.year() < now) || dated.sense == Sense::Until;
            let by = dated.sense == Sense::By;
            if clause.contains(&dated.range.start) {
                seen[usize::from(past)] |= by || past;
            } else if sentence.contains(&dated.range.start) && dated.range.start < clause.start {
                seen[2 + usize::from(past)] |= by || past;
            }
        }
        for (seen, name) in seen.into_iter().zip(["clause", "clause_past", "sentence", "sentence_past"]) {
            if seen {
                sink.add("date", name);
            }
        }
    }

    /// The stretch around a number between marks that `cut` accepts; inside a bracket no further than the bracket.
    fn stretch(&self, start: usize, end: usize, cut: impl Fn(char) -> bool) -> Range<usize> {
        let bounds = match self.depth.group(start).filter(|group| group.start < start) {
            Some(group) => group.start..group.end,
            None => 0..self.text.len(),
        };
        let outside = |at: usize| bounds.start > 0 || bounds.end < self.text.len() || self.depth.outside(at);
        let from = super::sentence::floor(self.text, start.saturating_sub(600)).max(bounds.start);
        let left = self.text[from..start]
            .char_indices()
            .rev()
            .find(|(at, c)| cut(*c) && outside(from + at))
            .map_or(from, |(at, c)| from + at + c.len_utf8());
        let to = super::sentence::floor(self.text, end + 600).min(bounds.end).max(end);
        let right = self.text[end..to].char_indices().find(|(at, c)| cut(*c) && outside(end + at)).map_or(to, |(at, _)| end + at);
        left..right
    }

    fn classes(&self, range: Range<usize>) -> Classes {
        let words = &self.words[self.words.partition_point(|word| word.range.start < range.start)..];
        words.iter().take_while(|word| word.range.end <= range.end).fold(Classes::default(), |all, word| all.with(word.classes))
    }
}

fn governors() -> Classes {
    ["deliver", "push", "reach", "cap", "keep", "raise", "lower", "pay", "forbid", "describe", "past"]
        .iter()
        .fold(Classes::default(), |all, name| all.with(Classes::of(name)))
}

/// 2025年, 3月, 5日, 8:30, 2021-2025, 三年: parts of dates and lengths of time in years.
fn is_date_part(before: &str, digits: &str, behind: &str) -> bool {
    let rest = behind.trim_start();
    let year = digits.len() == 4 && digits.parse::<u32>().is_ok_and(|year| (1949..=2099).contains(&year));
    let short = digits.len() <= 2 || !digits.is_ascii();
    if year
        && ((rest.is_empty() && (2010..=2040).contains(&digits.parse::<u32>().unwrap_or_default()))
            || rest.starts_with(['-', '—', '~', '/', '.', ')', '(', '年', '至'])
            || before.trim_end().ends_with(['-', '—', '~', '/', '至', '〔', '[']))
    {
        return true;
    }
    if digits.len() >= 6 && digits.contains('.') && digits[..4].parse::<u32>().is_ok_and(|year| (1949..=2099).contains(&year)) {
        return true;
    }
    if rest.starts_with('年') || (short && rest.starts_with(['月', '日'])) || (short && rest.starts_with("号前")) {
        return true;
    }
    let clock = digits.is_ascii() && digits.len() <= 2;
    clock
        && (rest.starts_with(':') && rest[1..].starts_with(|c: char| c.is_ascii_digit())
            || before.ends_with(':') && before[..before.len() - 1].ends_with(|c: char| c.is_ascii_digit())
            || rest.starts_with('时') && !rest.starts_with("时间")
            || rest.starts_with("点前")
            || (before.ends_with(['-', '—', '~', '至', '.']) && rest.starts_with(['月', '日'])))
        || (clock && rest.starts_with(['-', '—', '~', '至']) && {
            let other = rest.trim_start_matches(['-', '—', '~', '至', ' ']);
            let length = other.bytes().take_while(u8::is_ascii_digit).count();
            (1..=2).contains(&length) && other[length..].trim_start().starts_with(['月', '日'])
        })
}

/// The number of a document, an article, a list, a telephone.
fn is_number_of_something(before: &str, digits: &str, behind: &str, text: &str, group: Option<&Range<usize>>) -> bool {
    let rest = behind.trim_start();
    let head = before.trim_end();
    if head.ends_with('第') || (rest.starts_with('号') && !rest.starts_with("号线")) || rest.starts_with("号线") {
        return true;
    }
    if head.ends_with(['〔', '[']) && rest.starts_with(['〕', ']']) {
        return true;
    }
    let listed = digits.len() <= 2 && digits.bytes().all(|byte| byte.is_ascii_digit());
    let opens = head.is_empty() || head.ends_with(['。', ';', ':', '!']);
    if listed && opens && rest.starts_with(['.', '、']) {
        return true;
    }
    if listed && head.ends_with('(') && rest.starts_with(')') || listed && opens && rest.starts_with(')') {
        return true;
    }
    if words![
        "附件",
        "附表",
        "附图",
        "专栏",
        "图",
        "表",
        "序号",
        "方案",
        "行动",
        "任务",
        "工程",
        "编号",
        "代码",
        "邮编",
        "电话",
        "传真",
        "热线",
        "浏览",
        "访问量",
        "页",
        "案例",
        "举措",
        "条款"
    ]
    .ending(head)
    .is_some()
        && (rest.is_empty() || rest.starts_with([':', '、', '.', ')', '(', ' ', '。', ',', '—', '-']) || head.ends_with("附件"))
    {
        return true;
    }
    let long = digits.len() >= 5 && digits.bytes().all(|byte| byte.is_ascii_digit());
    if long
        && (words!["热线", "平台", "电话", "便民"].starting(rest.trim_start_matches(['”', '"'])).is_some()
            || head.ends_with("热线"))
    {
        return true;
    }
    if digits.len() >= 7 && digits.bytes().all(|byte| byte.is_ascii_digit()) && quantity::measure(rest).is_none() {
        return true;
    }
    // telephones: 0571-1234567
    if head.ends_with('-') && digits.len() >= 6 || rest.starts_with('-') && digits.starts_with('0') {
        return true;
    }
    if words!["页"].starting(rest).is_some() && head.ends_with(['第', '共', '/']) {
        return true;
    }
    // the whole paragraph is the number: a page's or a footnote's
    group.is_none() && text.trim().len() == digits.len()
}

/// 由58%提高到70%: where the value starts from.
fn is_base(before: &str, text: &str, end: usize) -> bool {
    let from = before.char_indices().rev().nth(16).map_or(0, |(at, _)| at);
    let head = &before[from..];
    let opened = head.rfind(['由', '从']).is_some_and(|at| !head[at..].contains([',', ';', '。', '、']));
    let behind: String = text[end..].chars().take(12).collect();
    let moved = ["到", "至", "增至", "降至", "提高", "提升", "增加", "压缩", "下降", "缩短", "扩大", "调整为"]
        .iter()
        .filter_map(|word| behind.find(word))
        .min()
        .is_some_and(|at| !behind[..at].contains(['。', ';', '、']) && behind[..at].chars().count() <= 6);
    opened && moved
}
