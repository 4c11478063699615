//! Brackets, quotes and book marks: what stands inside them belongs together and is never cut.

use std::ops::Range;

/// The mark that closes `open`.
pub(crate) fn closing(open: char) -> Option<char> {
    Some(match open {
        '(' => ')',
        '“' => '”',
        '‘' => '’',
        '《' => '》',
        '〈' => '〉',
        '【' => '】',
        '[' => ']',
        '〔' => '〕',
        '「' => '」',
        _ => return None,
    })
}

fn is_closing(c: char) -> bool {
    matches!(c, ')' | '”' | '’' | '》' | '〉' | '】' | ']' | '〕' | '」')
}

/// Walks over a text and says for each character whether it stands outside all brackets. A closing mark without its
/// opening one counts for nothing; an opening one that is not closed within `REACH` bytes or before the end neither.
#[derive(Debug)]
pub(crate) struct Depth {
    /// The stretches inside brackets, outermost only, marks included.
    groups: Vec<Range<usize>>,
}

/// A bracket that is open for longer than this was left open by mistake.
const REACH: usize = 1500;

impl Depth {
    pub(crate) fn of(text: &str) -> Self {
        let mut stack: Vec<(char, usize)> = Vec::new();
        let mut groups: Vec<Range<usize>> = Vec::new();
        for (at, lead) in text.bytes().enumerate() {
            // all marks begin with one of these bytes, and hardly another character does
            if !matches!(lead, b'(' | b')' | b'[' | b']' | 0xe2 | 0xe3) {
                continue;
            }
            let Some(c) = text[at..].chars().next() else {
                break;
            };
            if let Some(close) = closing(c) {
                if stack.len() < 64 {
                    stack.push((close, at));
                }
            } else if is_closing(c)
                && let Some(index) = stack.iter().rposition(|(close, _)| *close == c)
            {
                let (_, start) = stack[index];
                stack.truncate(index);
                if at - start <= REACH {
                    let end = at + c.len_utf8();
                    while groups.last().is_some_and(|last| last.start >= start) {
                        groups.pop();
                    }
                    groups.push(start..end);
                }
            }
        }
        Self { groups }
    }

    /// The group that holds a byte.
    pub(crate) fn group(&self, at: usize) -> Option<&Range<usize>> {
        let index = self.groups.partition_point(|group| group.end <= at);
        self.groups.get(index).filter(|group| group.start <= at)
    }

    /// True outside all groups.
    pub(crate) fn outside(&self, at: usize) -> bool {
        self.group(at).is_none()
    }

    /// All outermost groups, in order.
    pub(crate) fn groups(&self) -> &[Range<usize>] {
        &self.groups
    }

    /// The pieces between characters that `cut` accepts outside brackets; the marks themselves are left out.
    pub(crate) fn split(&self, text: &str, within: Range<usize>, cut: impl Fn(char) -> bool) -> Vec<Range<usize>> {
        let mut pieces = Vec::new();
        let mut start = within.start;
        let mut groups = self.groups[self.groups.partition_point(|group| group.end <= within.start)..].iter().peekable();
        for (offset, c) in text[within.clone()].char_indices() {
            if !cut(c) {
                continue;
            }
            let at = within.start + offset;
            while groups.peek().is_some_and(|group| group.end <= at) {
                groups.next();
            }
            if groups.peek().is_none_or(|group| at < group.start) {
                pieces.push(start..at);
                start = at + c.len_utf8();
            }
        }
        pieces.push(start..within.end);
        pieces
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pieces<'a>(text: &'a str, marks: &[char]) -> Vec<&'a str> {
        Depth::of(text).split(text, 0..text.len(), |c| marks.contains(&c)).into_iter().map(|r| &text[r]).collect()
    }

    #[test]
    fn marks_inside_brackets_do_not_cut() {
        assert_eq!(pieces("县科技局、各县(市、区)政府、开发区", &['、']), ["县科技局", "各县(市、区)政府", "开发区"]);
        assert_eq!(pieces("推进“一镇、一园”,建成《甲、乙》", &['、', ',']), ["推进“一镇、一园”", "建成《甲、乙》"]);
    }

    #[test]
    fn brackets_left_open_or_closed_twice_hold_nothing() {
        assert_eq!(pieces("(甲、乙", &['、']), ["(甲", "乙"]);
        assert_eq!(pieces("甲)、乙", &['、']), ["甲)", "乙"]);
        assert_eq!(pieces("“甲“、乙", &['、']), ["“甲“", "乙"]);
    }

    #[test]
    fn every_mark_is_seen() {
        for open in "([“‘《〈【〔「".chars() {
            let text = format!("甲{open}乙、丙{}、丁", closing(open).unwrap());
            assert_eq!(pieces(&text, &['、']).len(), 2, "{open}");
        }
    }

    #[test]
    fn nested_brackets_are_one_group() {
        let text = "(责任单位:各县(市、区)政府)";
        assert_eq!(Depth::of(text).groups(), std::slice::from_ref(&(0..text.len())));
    }
}
