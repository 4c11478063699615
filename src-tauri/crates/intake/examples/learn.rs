//! Learns what the evidence around a number weighs, from labelled documents: `cargo xtask learn`.
//!
//! `learn FOLDER...`: each holds `NAME.txt` with `NAME.json` beside it. Prints how well the weights decide on each document when they
//! were learned from all the others, and writes `lexicon/weights.tsv`. The same documents give the same file.

#![allow(clippy::print_stdout, clippy::unwrap_used, clippy::expect_used, reason = "a tool of the developers'")]

use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// A number with its features, and whether a clerk wrote it down as a target.
struct Example {
    features: Vec<u32>,
    target: bool,
    by_rule: bool,
    around: String,
    hard: Option<&'static str>,
}

struct Labelled {
    name: String,
    own: bool,
    examples: Vec<Example>,
}

fn places(text: &str, quote: &str) -> Vec<(usize, usize)> {
    text.match_indices(quote).map(|(at, _)| (at, at + quote.len())).collect()
}

fn load(path: &Path, names: &mut BTreeMap<String, u32>, own: bool) -> Labelled {
    let bytes = std::fs::read(path).unwrap();
    let document = intake::read(&bytes, &path.file_name().unwrap().to_string_lossy()).unwrap();
    let label: Value = serde_json::from_slice(&std::fs::read(path.with_extension("json")).unwrap()).unwrap();
    let evidence = intake::evidence(&document);
    let mut is_target = vec![false; evidence.len()];
    let mut open = vec![false; evidence.len()];
    for row in label["targets"].as_array().into_iter().flatten() {
        let quote = row["quote"].as_str().unwrap_or_default();
        let value = row["value"].as_f64().unwrap_or(f64::NAN);
        for (start, end) in places(&document.text, quote) {
            for (at, number) in evidence.iter().enumerate() {
                let inside = start <= number.span.start && number.span.end <= end;
                let printed = document.text[number.span.start..number.span.end].replace([',', '，'], "");
                let same = number.value.or_else(|| printed.parse().ok()).is_some_and(|own| (own - value).abs() < 1e-9);
                if inside && same {
                    if row["optional"] == true { open[at] = true } else { is_target[at] = true }
                }
            }
        }
    }
    let examples = evidence.iter().enumerate().filter(|(at, _)| is_target[*at] || !open[*at]);
    let examples = examples
        .map(|(at, number)| {
            let features = number.features.iter().map(|name| {
                let next = u32::try_from(names.len()).unwrap();
                *names.entry(name.clone()).or_insert(next)
            });
            let from = document.text[..number.span.start].char_indices().rev().nth(24).map_or(0, |(at, _)| at);
            let around: String = document.text[from..].chars().take(48).collect();
            Example {
                features: features.collect(),
                target: is_target[at],
                by_rule: number.by_rule,
                around: around.replace('\n', "/"),
                hard: number.hard.map(intake::Reason::code),
            }
        })
        .collect();
    Labelled { name: path.file_stem().unwrap().to_string_lossy().into_owned(), own, examples }
}

/// Logistic regression with L2, by gradient descent with momentum: deterministic and quick for some thousand numbers.
fn fit(documents: &[&Labelled], count: usize) -> (Vec<f64>, f64) {
    const L2: f64 = 2.0;
    let examples: Vec<(&Example, f64)> = documents
        .iter()
        .flat_map(|document| document.examples.iter().map(|example| (example, if document.own { 0.5 } else { 1.0 })))
        .filter(|(example, _)| example.hard.is_none())
        .collect();
    // a feature that hardly ever occurs teaches nothing
    let mut seen = vec![0usize; count];
    for document in documents {
        let here: BTreeSet<u32> = document.examples.iter().flat_map(|example| example.features.iter().copied()).collect();
        here.into_iter().for_each(|feature| seen[feature as usize] += 1);
    }
    let used: Vec<bool> = seen.iter().map(|seen| *seen >= 2).collect();
    let (mut weights, mut bias) = (vec![0.0; count], 0.0);
    let (mut mean, mut square) = (vec![0.0; count + 1], vec![0.0; count + 1]);
    for step in 1..=250 {
        let mut gradient = vec![0.0; count + 1];
        for (example, weight) in &examples {
            let sum: f64 = bias + example.features.iter().map(|feature| weights[*feature as usize]).sum::<f64>();
            let error = (1.0 / (1.0 + (-sum).exp()) - if example.target { 1.0 } else { 0.0 }) * weight;
            for feature in example.features.iter().filter(|feature| used[**feature as usize]) {
                gradient[*feature as usize] += error;
            }
            gradient[count] += error;
        }
        for feature in 0..count {
            gradient[feature] += L2 * weights[feature];
        }
        // Adam
        for at in 0..=count {
            mean[at] = 0.9 * mean[at] + 0.1 * gradient[at];
            square[at] = 0.999 * square[at] + 0.001 * gradient[at] * gradient[at];
            let (first, second) = (mean[at] / (1.0 - 0.9f64.powi(step)), square[at] / (1.0 - 0.999f64.powi(step)));
            let change = 0.05 * first / (second.sqrt() + 1e-9);
            if at == count { bias -= change } else { weights[at] -= change }
        }
    }
    let round = |value: f64| (value * 100.0).round() / 100.0;
    (weights.into_iter().map(round).collect(), round(bias))
}

fn score(example: &Example, weights: &[f64], bias: f64) -> f64 {
    match example.hard {
        Some(_) => f64::NEG_INFINITY,
        None => bias + example.features.iter().map(|feature| weights[*feature as usize]).sum::<f64>(),
    }
}

/// Hits, misses and extras of a way to decide.
#[derive(Default, Clone, Copy)]
struct Tally(usize, usize, usize);

impl Tally {
    fn add(&mut self, target: bool, drawn: bool) {
        match (target, drawn) {
            (true, true) => self.0 += 1,
            (true, false) => self.1 += 1,
            (false, true) => self.2 += 1,
            (false, false) => {}
        }
    }

    fn line(self) -> String {
        let of = |part: usize, other: usize| if part + other == 0 { 1.0 } else { part as f64 / (part + other) as f64 };
        let (precision, recall) = (of(self.0, self.2), of(self.0, self.1));
        format!(
            "{precision:.3} {recall:.3} {:.3}",
            if self.0 == 0 { 0.0 } else { 2.0 * precision * recall / (precision + recall) }
        )
    }
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let detail = arguments.iter().any(|argument| argument == "--detail");
    let mut paths: Vec<PathBuf> = Vec::new();
    for folder in arguments.iter().filter(|argument| !argument.starts_with("--")) {
        let mut inside: Vec<PathBuf> =
            std::fs::read_dir(folder).expect("a folder of labels").map(|entry| entry.unwrap().path()).collect();
        inside.retain(|path| path.extension().is_some_and(|ending| ending == "txt") && path.with_extension("json").exists());
        let without: Vec<&str> = arguments.iter().filter_map(|argument| argument.strip_prefix("--without=")).collect();
        inside.retain(|path| !without.iter().any(|name| path.file_stem().is_some_and(|stem| stem.to_string_lossy() == *name)));
        inside.sort();
        paths.extend(inside);
    }
    let mut names = BTreeMap::new();
    let documents: Vec<Labelled> =
        paths.iter().map(|path| load(path, &mut names, path.to_string_lossy().contains("tests/documents"))).collect();
    let count = names.len();
    if let Some(file) = arguments.iter().find_map(|argument| argument.strip_prefix("--dump=")) {
        let called: BTreeMap<u32, &String> = names.iter().map(|(name, at)| (*at, name)).collect();
        let mut lines = String::new();
        for document in &documents {
            for example in &document.examples {
                let features: Vec<&String> = example.features.iter().map(|at| called[at]).collect();
                let row = serde_json::json!({"document": document.name, "own": document.own, "target": example.target, "rule": example.by_rule,
                    "hard": example.hard, "around": example.around, "features": features});
                lines.push_str(&format!("{row}\n"));
            }
        }
        std::fs::write(file, lines).expect("the dump is written");
        return;
    }
    let mut scored: Vec<(usize, &Example, f64)> = Vec::new();
    for (at, document) in documents.iter().enumerate() {
        let others: Vec<&Labelled> =
            documents.iter().enumerate().filter(|(other, _)| *other != at).map(|(_, other)| other).collect();
        let (weights, bias) = fit(&others, count);
        scored.extend(document.examples.iter().map(|example| (at, example, score(example, &weights, bias))));
    }
    let real = |at: usize| !documents[at].own;
    for cut in [-2.5, -2.0, -1.5, -1.0, -0.5, 0.0, 0.5, 1.0, 1.5, 2.0] {
        let (mut alone, mut both, mut veto) = (Tally::default(), Tally::default(), Tally::default());
        for (_, example, score) in scored.iter().filter(|(at, _, _)| real(*at)) {
            alone.add(example.target, *score >= cut);
            both.add(example.target, *score >= cut || example.by_rule);
            veto.add(example.target, *score >= cut || example.by_rule && *score > -2.0);
        }
        println!("cut {cut:>5}: weights {}   with rules {}   rules may be outweighed {}", alone.line(), both.line(), veto.line());
    }
    let mut rules = Tally::default();
    scored.iter().filter(|(at, _, _)| real(*at)).for_each(|(_, example, _)| rules.add(example.target, example.by_rule));
    println!("rules alone {}", rules.line());
    for (at, document) in documents.iter().enumerate() {
        let (mut rules, mut weights, mut both) = (Tally::default(), Tally::default(), Tally::default());
        for (_, example, score) in scored.iter().filter(|(of, _, _)| *of == at) {
            rules.add(example.target, example.by_rule);
            weights.add(example.target, *score >= 0.0);
            both.add(example.target, *score >= 0.0 || example.by_rule);
        }
        println!(
            "{:<36} rules {}  weights {}  both {}  ({} targets)",
            document.name,
            rules.line(),
            weights.line(),
            both.line(),
            both.0 + both.1
        );
        if detail && !document.own {
            for (_, example, score) in scored.iter().filter(|(of, _, _)| *of == at) {
                if example.target && *score < 0.0 || !example.target && (*score >= 0.0 || example.by_rule) {
                    let said = if example.target { "missed" } else { "extra " };
                    let rule = if example.by_rule { "rule" } else { "    " };
                    println!("    {said} {rule} {score:>6.2} {} {}", example.hard.unwrap_or(""), example.around);
                }
            }
        }
    }
    let all: Vec<&Labelled> = documents.iter().collect();
    let (weights, bias) = fit(&all, count);
    let mut rows: Vec<(&String, f64)> =
        names.iter().map(|(name, at)| (name, weights[*at as usize])).filter(|(_, weight)| weight.abs() >= 0.02).collect();
    rows.sort_by(|a, b| a.0.cmp(b.0));
    let Cuts { drawn, doubtful, outweighed } = cuts(&scored, &documents);
    let mut file = format!(
        "# what speaks for (above 0) and against a number's being a target; written by `cargo xtask learn`\nbias\t{bias}\ndrawn\t{drawn}\ndoubtful\t{doubtful}\noutweighed\t{outweighed}\n"
    );
    rows.iter().for_each(|(name, weight)| file.push_str(&format!("{name}\t{weight}\n")));
    let to = Path::new(env!("CARGO_MANIFEST_DIR")).join("lexicon/weights.tsv");
    if arguments.iter().any(|argument| argument == "--write") {
        std::fs::write(to, file).expect("the weights are written");
    }
    println!("{} features; drawn from {drawn}, doubtful from {doubtful}, a phrase is outweighed below {outweighed}", rows.len());
}

/// Where a number is drawn, a candidate, and no target though a phrase of the grammar would draw it.
struct Cuts {
    drawn: f64,
    doubtful: f64,
    outweighed: f64,
}

/// The cuts that serve best where a document was left out: the most right numbers drawn, and no more than 15 candidates for 100 drawn.
fn cuts(scored: &[(usize, &Example, f64)], documents: &[Labelled]) -> Cuts {
    let real: Vec<(&Example, f64)> = scored
        .iter()
        .filter(|(at, example, _)| !documents[*at].own && example.hard.is_none())
        .map(|(_, example, score)| (*example, *score))
        .collect();
    let drawn_by =
        |example: &Example, score: f64, drawn: f64, outweighed: f64| score >= drawn || example.by_rule && score >= outweighed;
    let mut best = (Cuts { drawn: 0.0, doubtful: 0.0, outweighed: 0.0 }, 0.0);
    for outweighed in (-8..=-3).map(|step| f64::from(step) / 2.0) {
        for drawn in (-20..=40).map(|step| f64::from(step) / 20.0) {
            let mut tally = Tally::default();
            real.iter().for_each(|(example, score)| tally.add(example.target, drawn_by(example, *score, drawn, outweighed)));
            let f1 = 2.0 * tally.0 as f64 / (2 * tally.0 + tally.1 + tally.2) as f64;
            if f1 > best.1 {
                best = (Cuts { drawn, doubtful: drawn, outweighed }, f1);
            }
        }
    }
    let mut cuts = best.0;
    let count = real.iter().filter(|(example, score)| drawn_by(example, *score, cuts.drawn, cuts.outweighed)).count();
    let asked = |doubtful: f64| {
        real.iter()
            .filter(|(example, score)| *score >= doubtful && !drawn_by(example, *score, cuts.drawn, cuts.outweighed))
            .count()
    };
    let steps = (-60..=40).map(|step| f64::from(step) / 20.0);
    cuts.doubtful = steps.into_iter().find(|cut| asked(*cut) * 100 <= 15 * count).unwrap_or(cuts.drawn);
    cuts
}
