//! The small language that page contents and character maps of a PDF are written in: operands, then an operator.

/// A piece of the language.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Token<'a> {
    Number(f32),
    Name(Vec<u8>),
    Text(Vec<u8>),
    /// `[` or `<<`
    Open,
    /// `]` or `>>`
    Close,
    /// An operator.
    Word(&'a [u8]),
}

/// Reads tokens one after the other; what makes no sense is passed over.
pub(super) struct Tokens<'a> {
    bytes: &'a [u8],
    at: usize,
}

fn is_space(byte: u8) -> bool {
    matches!(byte, 0 | b'\t' | b'\n' | 0x0c | b'\r' | b' ')
}

fn is_delimiter(byte: u8) -> bool {
    matches!(byte, b'(' | b')' | b'<' | b'>' | b'[' | b']' | b'{' | b'}' | b'/' | b'%')
}

fn hex(byte: u8) -> Option<u8> {
    char::from(byte).to_digit(16).and_then(|digit| u8::try_from(digit).ok())
}

impl<'a> Tokens<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, at: 0 }
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    /// Passes over the bytes of a picture inside the page, up to the end mark `EI`.
    pub(super) fn skip_picture(&mut self) {
        let rest = &self.bytes[self.at.min(self.bytes.len())..];
        let ends = |window: &[u8]| is_space(window[0]) && &window[1..3] == b"EI" && is_space(window[3]);
        self.at += rest.windows(4).position(ends).map_or(rest.len(), |at| at + 3);
    }

    /// A string in round brackets, its escapes resolved.
    fn literal(&mut self) -> Vec<u8> {
        let mut text = Vec::new();
        let mut depth = 1;
        while let Some(byte) = self.peek() {
            self.at += 1;
            match byte {
                b'(' => depth += 1,
                b')' => {
                    depth -= 1;
                    if depth == 0 {
                        break;
                    }
                }
                b'\\' => {
                    let Some(next) = self.peek() else { break };
                    self.at += 1;
                    match next {
                        b'n' => text.push(b'\n'),
                        b'r' => text.push(b'\r'),
                        b't' => text.push(b'\t'),
                        b'b' => text.push(8),
                        b'f' => text.push(12),
                        b'\r' => {
                            if self.peek() == Some(b'\n') {
                                self.at += 1;
                            }
                        }
                        b'\n' => {}
                        b'0'..=b'7' => {
                            let mut code = u32::from(next - b'0');
                            for _ in 0..2 {
                                let Some(digit @ b'0'..=b'7') = self.peek() else { break };
                                code = code * 8 + u32::from(digit - b'0');
                                self.at += 1;
                            }
                            text.push((code & 0xff) as u8);
                        }
                        other => text.push(other),
                    }
                    continue;
                }
                _ => {}
            }
            text.push(byte);
        }
        text
    }

    /// A string in hexadecimal digits.
    fn hexadecimal(&mut self) -> Vec<u8> {
        let mut text = Vec::new();
        let mut half = None;
        while let Some(byte) = self.peek() {
            self.at += 1;
            if byte == b'>' {
                break;
            }
            if let Some(digit) = hex(byte) {
                half = match half {
                    Some(high) => {
                        text.push(high << 4 | digit);
                        None
                    }
                    None => Some(digit),
                };
            }
        }
        text.extend(half.map(|high| high << 4));
        text
    }

    fn name(&mut self) -> Vec<u8> {
        let mut name = Vec::new();
        while let Some(byte) = self.peek().filter(|byte| !is_space(*byte) && !is_delimiter(*byte)) {
            self.at += 1;
            let digits = (self.bytes.get(self.at).copied().and_then(hex), self.bytes.get(self.at + 1).copied().and_then(hex));
            if let (b'#', (Some(high), Some(low))) = (byte, digits) {
                name.push(high << 4 | low);
                self.at += 2;
            } else {
                name.push(byte);
            }
        }
        name
    }
}

impl<'a> Iterator for Tokens<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        loop {
            let byte = self.peek()?;
            let start = self.at;
            self.at += 1;
            match byte {
                _ if is_space(byte) => {}
                b'%' => {
                    while self.peek().is_some_and(|byte| byte != b'\n' && byte != b'\r') {
                        self.at += 1;
                    }
                }
                b'(' => return Some(Token::Text(self.literal())),
                b'<' if self.peek() == Some(b'<') => {
                    self.at += 1;
                    return Some(Token::Open);
                }
                b'<' => return Some(Token::Text(self.hexadecimal())),
                b'>' => {
                    if self.peek() == Some(b'>') {
                        self.at += 1;
                    }
                    return Some(Token::Close);
                }
                b'[' => return Some(Token::Open),
                b']' => return Some(Token::Close),
                b'/' => return Some(Token::Name(self.name())),
                b')' | b'{' | b'}' => {}
                _ => {
                    while self.peek().is_some_and(|byte| !is_space(byte) && !is_delimiter(byte)) {
                        self.at += 1;
                    }
                    let word = &self.bytes[start..self.at];
                    return Some(number(word).map_or(Token::Word(word), Token::Number));
                }
            }
        }
    }
}

fn number(word: &[u8]) -> Option<f32> {
    if !matches!(word.first(), Some(b'0'..=b'9' | b'+' | b'-' | b'.')) {
        return None;
    }
    let text = std::str::from_utf8(word).ok()?;
    // some writers put two signs
    let text = text.strip_prefix("--").unwrap_or(text);
    text.parse().ok().filter(|number: &f32| number.is_finite())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn operands_and_operators_are_told_apart() {
        let found: Vec<Token<'_>> = Tokens::new(b"/F#31 12 Tf [(a\\)\\101) -250.5 <4e00 3>] TJ % end\n<</A true>>").collect();
        let text = |bytes: &[u8]| Token::Text(bytes.to_vec());
        let expected = [
            Token::Name(b"F1".to_vec()),
            Token::Number(12.0),
            Token::Word(b"Tf"),
            Token::Open,
            text(b"a)A"),
            Token::Number(-250.5),
            text(b"\x4e\x00\x30"),
            Token::Close,
            Token::Word(b"TJ"),
            Token::Open,
            Token::Name(b"A".to_vec()),
            Token::Word(b"true"),
            Token::Close,
        ];
        assert_eq!(found, expected);
    }

    #[test]
    fn a_picture_in_the_page_is_passed_over() {
        let mut tokens = Tokens::new(b"BI /W 1 ID \x01(\x02 EI\nET");
        assert_eq!(tokens.next(), Some(Token::Word(b"BI")));
        tokens.skip_picture();
        assert_eq!(tokens.next(), Some(Token::Word(b"ET")));
        assert_eq!(tokens.next(), None);
    }
}
