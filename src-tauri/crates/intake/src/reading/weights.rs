//! What the evidence around a number weighs: `lexicon/weights.tsv`, learned from labelled documents, one row a feature.

use crate::reason::Reason;
use std::collections::HashMap;
use std::sync::LazyLock;

/// Takes the features of a number one by one.
pub(crate) trait Sink {
    fn add(&mut self, slot: &str, value: &str);
}

/// The names of the features, for learning and for showing.
impl Sink for Vec<String> {
    fn add(&mut self, slot: &str, value: &str) {
        self.push(format!("{slot}:{value}"));
    }
}

struct Weights {
    bias: f64,
    /// At or above it a number is drawn.
    drawn: f64,
    /// At or above it a number is a doubtful candidate.
    doubtful: f64,
    /// Below it a number is no target though a phrase of the grammar would draw it.
    outweighed: f64,
    of: HashMap<u64, f64>,
}

static WEIGHTS: LazyLock<Weights> = LazyLock::new(|| {
    let mut weights = Weights { bias: 0.0, drawn: 1e9, doubtful: 1e9, outweighed: -1e9, of: HashMap::new() };
    for line in include_str!("../../lexicon/weights.tsv").lines().filter(|line| !line.starts_with('#')) {
        let Some((name, value)) = line.split_once('\t') else { continue };
        let Ok(value) = value.parse::<f64>() else { continue };
        match name {
            "bias" => weights.bias = value,
            "drawn" => weights.drawn = value,
            "doubtful" => weights.doubtful = value,
            "outweighed" => weights.outweighed = value,
            _ => drop(weights.of.insert(key(name.bytes()), value)),
        }
    }
    weights
});

/// FNV-1a: the same on every machine, and needs no copy of the name.
fn key(bytes: impl Iterator<Item = u8>) -> u64 {
    bytes.fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

/// What a feature weighs.
pub(crate) fn of(feature: &str) -> f64 {
    WEIGHTS.of.get(&key(feature.bytes())).copied().unwrap_or_default()
}

/// True where the evidence outweighs a phrase of the grammar.
pub(crate) fn outweighs(score: f64) -> bool {
    score < WEIGHTS.outweighed
}

/// The sum of the weights of a number's features.
#[derive(Debug, Default)]
pub(crate) struct Sum {
    total: f64,
    /// What speaks against, by the reason that it is.
    against: [f64; Reason::ALL.len()],
    measured: bool,
}

impl Sink for Sum {
    fn add(&mut self, slot: &str, value: &str) {
        self.measured |=
            slot == "phrase" && matches!(value, "describes" | "norm" | "itself") || slot == "governs" && value == "describe";
        let key = key(slot.bytes().chain([b':']).chain(value.bytes()));
        let Some(weight) = WEIGHTS.of.get(&key) else { return };
        self.total += weight;
        if *weight < 0.0
            && let Some(reason) = Reason::of_evidence(slot, value)
        {
            self.against[reason as usize] -= weight;
        }
    }
}

/// What the weights say of a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Verdict {
    Drawn,
    /// With what it may be instead.
    Doubtful(Reason),
    Aside(Reason),
}

impl Sum {
    pub(crate) fn score(&self) -> f64 {
        WEIGHTS.bias + self.total
    }

    /// A phrase of the grammar says that the number is a measure of a thing or counts the document's own parts.
    pub(crate) fn is_measured(&self) -> bool {
        self.measured
    }

    pub(crate) fn verdict(&self, fallback: Reason) -> Verdict {
        if self.score() >= WEIGHTS.drawn {
            return Verdict::Drawn;
        }
        let heaviest = Reason::ALL.iter().copied().max_by(|a, b| self.against[*a as usize].total_cmp(&self.against[*b as usize]));
        let reason = heaviest.filter(|reason| self.against[*reason as usize] > 0.2).unwrap_or(fallback);
        if self.score() >= WEIGHTS.doubtful { Verdict::Doubtful(reason) } else { Verdict::Aside(reason) }
    }
}
