//! Work on the parts of a long document, shared out to all cores.

use std::num::NonZero;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

/// A text shorter than this, in bytes, is read before another thread has begun.
const WORTH: usize = 30_000;
/// How many parts are taken at once.
const BLOCK: usize = 8;

/// What `work` makes of each of `count` parts, in their order; on all cores where the parts are `bytes` of text in all, and
/// that is worth it. The answer does not depend on how many cores there are.
pub(crate) fn each<T: Send>(count: usize, bytes: usize, work: impl Fn(usize) -> T + Sync) -> Vec<T> {
    let cores = thread::available_parallelism().map_or(1, NonZero::get).min(8).min(count.div_ceil(BLOCK));
    if cores < 2 || bytes < WORTH {
        return (0..count).map(work).collect();
    }
    let next = AtomicUsize::new(0);
    let take = || {
        let mut done = Vec::new();
        loop {
            let from = next.fetch_add(BLOCK, Ordering::Relaxed);
            if from >= count {
                return done;
            }
            done.extend((from..count.min(from + BLOCK)).map(|part| (part, work(part))));
        }
    };
    let mut parts: Vec<(usize, T)> = thread::scope(|scope| {
        let others: Vec<_> = (1..cores).map(|_| scope.spawn(take)).collect();
        let mut parts = take();
        for other in others {
            match other.join() {
                Ok(done) => parts.extend(done),
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
        parts
    });
    parts.sort_unstable_by_key(|(part, _)| *part);
    parts.into_iter().map(|(_, made)| made).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_come_back_in_their_order() {
        for count in [0, 1, 7, 8, 9, 1000] {
            let expected: Vec<usize> = (0..count).map(|part| part * part).collect();
            assert_eq!(each(count, WORTH, |part| part * part), expected);
            assert_eq!(each(count, 0, |part| part * part), expected);
        }
    }
}
