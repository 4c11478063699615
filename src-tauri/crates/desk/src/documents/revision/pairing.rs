//! Which of two lists belong together, so that the whole fits best: no row is taken by the first that resembles it while a
//! better one follows. The same input gives the same pairs.

use super::likeness::Pairs;
use std::collections::HashMap;

/// So many rows of the old list are weighed against each row of the new one.
const WEIGHED: usize = 24;
/// A pair of characters that stands in more rows than this is looked up near the row's own place only.
const COMMON: usize = 64;
/// A knot of rows up to this size is solved exactly, a larger one from its best pair on.
const EXACT: usize = 300;

/// A pair that may belong together, and how well, above 0.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Fit {
    pub old: usize,
    pub new: usize,
    pub score: f64,
}

/// For each new row the old ones that share most with it; pairs that share nothing are not weighed at all.
pub(crate) fn near(olds: &[Pairs], news: &[Pairs]) -> Vec<(usize, usize)> {
    let mut holding: HashMap<u64, Vec<usize>> = HashMap::new();
    for (old, pairs) in olds.iter().enumerate() {
        for pair in pairs.distinct() {
            holding.entry(pair).or_default().push(old);
        }
    }
    let mut shared = vec![0_u32; olds.len()];
    let mut found = Vec::new();
    for (new, pairs) in news.iter().enumerate() {
        let mut touched: Vec<usize> = Vec::new();
        let place = new * olds.len() / news.len();
        for pair in pairs.distinct() {
            let Some(rows) = holding.get(&pair) else { continue };
            let from = if rows.len() <= COMMON {
                0
            } else {
                rows.partition_point(|row| *row < place).saturating_sub(COMMON / 2).min(rows.len() - COMMON)
            };
            for &old in rows.iter().skip(from).take(COMMON) {
                if shared[old] == 0 {
                    touched.push(old);
                }
                shared[old] += 1;
            }
        }
        touched.sort_by_key(|&old| (std::cmp::Reverse(shared[old]), old.abs_diff(place), old));
        found.extend(touched.iter().take(WEIGHED).map(|&old| (old, new)));
        for old in touched {
            shared[old] = 0;
        }
    }
    found
}

/// The pairs with the greatest sum of squared scores, each row in one pair at most. Squares keep one perfect pair from being
/// given up for two poor ones.
pub(crate) fn best(fits: &[Fit]) -> Vec<(usize, usize)> {
    let olds = fits.iter().map(|fit| fit.old + 1).max().unwrap_or(0);
    let news = fits.iter().map(|fit| fit.new + 1).max().unwrap_or(0);
    let mut knots = Knots((0..olds + news).collect());
    for fit in fits {
        knots.tie(fit.old, olds + fit.new);
    }
    let mut by_knot: HashMap<usize, usize> = HashMap::new();
    let mut groups: Vec<Vec<Fit>> = Vec::new();
    for fit in fits {
        let root = knots.root(fit.old);
        let at = *by_knot.entry(root).or_insert_with(|| {
            groups.push(Vec::new());
            groups.len() - 1
        });
        groups[at].push(*fit);
    }
    let mut pairs: Vec<(usize, usize)> = groups.iter().flat_map(|group| of_knot(group)).collect();
    pairs.sort_unstable();
    pairs
}

fn of_knot(fits: &[Fit]) -> Vec<(usize, usize)> {
    let index = |mut rows: Vec<usize>| {
        rows.sort_unstable();
        rows.dedup();
        rows
    };
    let olds = index(fits.iter().map(|fit| fit.old).collect());
    let news = index(fits.iter().map(|fit| fit.new).collect());
    if olds.len().max(news.len()) > EXACT {
        return from_the_best_on(fits);
    }
    let turned = olds.len() > news.len();
    let (rows, columns) = if turned { (&news, &olds) } else { (&olds, &news) };
    let mut gains = vec![vec![0.0; columns.len()]; rows.len()];
    for fit in fits {
        let (row, column) = if turned { (fit.new, fit.old) } else { (fit.old, fit.new) };
        if let (Ok(row), Ok(column)) = (rows.binary_search(&row), columns.binary_search(&column)) {
            gains[row][column] = f64::max(gains[row][column], fit.score * fit.score);
        }
    }
    let chosen = assignment(&gains);
    let pair = |(row, column): (usize, usize)| if turned { (columns[column], rows[row]) } else { (rows[row], columns[column]) };
    // rows that fit nowhere were given a column that is worth nothing
    chosen.into_iter().enumerate().filter(|&(row, column)| gains[row][column] > 0.0).map(pair).collect()
}

fn from_the_best_on(fits: &[Fit]) -> Vec<(usize, usize)> {
    let mut order: Vec<&Fit> = fits.iter().collect();
    order.sort_by(|a, b| b.score.total_cmp(&a.score).then((a.old, a.new).cmp(&(b.old, b.new))));
    let mut taken = (std::collections::HashSet::new(), std::collections::HashSet::new());
    let free = |fit: &&Fit| {
        let is_free = !taken.0.contains(&fit.old) && !taken.1.contains(&fit.new);
        if is_free {
            taken.0.insert(fit.old);
            taken.1.insert(fit.new);
        }
        is_free
    };
    order.into_iter().filter(free).map(|fit| (fit.old, fit.new)).collect()
}

/// A column for each row so that the gains add up to the most (Kuhn and Munkres, by shortest paths); no more rows than columns.
fn assignment(gains: &[Vec<f64>]) -> Vec<usize> {
    let (rows, columns) = (gains.len(), gains.first().map_or(0, Vec::len));
    // place 0 of each list stands for no row and no column
    let mut row_price = vec![0.0; rows + 1];
    let mut column_price = vec![0.0; columns + 1];
    let mut row_of = vec![0; columns + 1];
    for row in 1..=rows {
        row_of[0] = row;
        let mut column = 0;
        let mut least = vec![f64::INFINITY; columns + 1];
        let mut came_from = vec![0; columns + 1];
        let mut seen = vec![false; columns + 1];
        loop {
            seen[column] = true;
            let here = row_of[column];
            let (mut step, mut next) = (f64::INFINITY, 0);
            for to in (1..=columns).filter(|&to| !seen[to]) {
                let cost = -gains[here - 1][to - 1] - row_price[here] - column_price[to];
                if cost < least[to] {
                    least[to] = cost;
                    came_from[to] = column;
                }
                if least[to] < step {
                    step = least[to];
                    next = to;
                }
            }
            for to in 0..=columns {
                if seen[to] {
                    row_price[row_of[to]] += step;
                    column_price[to] -= step;
                } else {
                    least[to] -= step;
                }
            }
            column = next;
            if row_of[column] == 0 {
                break;
            }
        }
        while column != 0 {
            let before = came_from[column];
            row_of[column] = row_of[before];
            column = before;
        }
    }
    let mut chosen = vec![0; rows];
    for (column, &row) in row_of.iter().enumerate().skip(1) {
        if row > 0 {
            chosen[row - 1] = column - 1;
        }
    }
    chosen
}

/// Which rows hang together by any pair.
struct Knots(Vec<usize>);

impl Knots {
    fn root(&mut self, mut at: usize) -> usize {
        while self.0[at] != at {
            self.0[at] = self.0[self.0[at]];
            at = self.0[at];
        }
        at
    }

    fn tie(&mut self, a: usize, b: usize) {
        let (a, b) = (self.root(a), self.root(b));
        self.0[a.max(b)] = a.min(b);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fits(of: &[(usize, usize, f64)]) -> Vec<Fit> {
        of.iter().map(|&(old, new, score)| Fit { old, new, score }).collect()
    }

    #[test]
    fn the_whole_fits_best_not_the_first_pair() {
        // taken one by one, 0-0 would leave row 1 with nothing
        assert_eq!(best(&fits(&[(0, 0, 0.90), (0, 1, 0.85), (1, 0, 0.80)])), [(0, 1), (1, 0)]);
        // one perfect pair is not given up for two poor ones
        assert_eq!(best(&fits(&[(0, 0, 1.0), (0, 1, 0.5), (1, 0, 0.5)])), [(0, 0)]);
        assert_eq!(best(&fits(&[(0, 0, 0.6), (1, 0, 0.7), (2, 0, 0.65)])), [(1, 0)]);
        assert_eq!(best(&[]), []);
    }

    #[test]
    fn exact_solution_is_never_worse_than_every_other() {
        // all ways to give three rows a column of three, weighed by hand
        let gains = [[0.3, 0.7, 0.2], [0.6, 0.65, 0.1], [0.9, 0.1, 0.4]];
        let of = |way: [usize; 3]| -> f64 { way.iter().enumerate().map(|(row, &column)| gains[row][column]).sum() };
        let ways = [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]];
        let most = ways.iter().map(|&way| of(way)).fold(f64::MIN, f64::max);
        let chosen = assignment(&gains.map(|row| row.to_vec()));
        assert!((of([chosen[0], chosen[1], chosen[2]]) - most).abs() < 1e-9);
    }

    #[test]
    fn a_thousand_rows_that_all_look_alike_are_paired_in_their_order() {
        let rows: Vec<Pairs> = (0..1_000).map(|_| Pairs::of("加强组织领导")).collect();
        let near = near(&rows, &rows);
        assert!(near.len() <= 1_000 * WEIGHED);
        let fits: Vec<Fit> = near.iter().map(|&(old, new)| Fit { old, new, score: if old == new { 1.0 } else { 0.9 } }).collect();
        assert!(best(&fits).into_iter().eq((0..1_000).map(|at| (at, at))));
    }
}
