//! A changeset written anew without some of its rows or words. SQLite offers no way to take a row out of one, and its form is
//! documented and stable: sqlite3session.c, “Changeset format”.

const INSERT: u8 = 18;
const UPDATE: u8 = 23;
const DELETE: u8 = 9;

/// What stands in the place of a text, by its table, the place of its column and the text itself; none where it stays.
pub(crate) type Replace<'a> = dyn Fn(&str, usize, &str) -> Option<String> + 'a;

/// The changeset without the rows that `is_gone` names by table and key, each text through `replace`; none where it is none.
pub(crate) fn rewritten(changeset: &[u8], is_gone: &dyn Fn(&str, &str) -> bool, replace: &Replace<'_>) -> Option<Vec<u8>> {
    let mut reader = Reader { bytes: changeset };
    let mut new = Vec::with_capacity(changeset.len());
    let mut table = Table::default();
    while let Some(mark) = reader.byte() {
        if mark == b'T' {
            table = reader.table()?;
            continue;
        }
        let indirect = reader.byte()?;
        let width = table.keys.len();
        let old = if mark == INSERT { None } else { Some(reader.values(width)?) };
        let fresh = if mark == DELETE { None } else { Some(reader.values(width)?) };
        if !matches!(mark, INSERT | UPDATE | DELETE) {
            return None;
        }
        let identity = if mark == INSERT { fresh.as_ref()? } else { old.as_ref()? };
        let key: Vec<String> =
            table.keys.iter().zip(identity).filter(|(key, _)| **key != 0).map(|(_, value)| value.text()).collect();
        if is_gone(&table.name, &key.join("/")) {
            continue;
        }
        if !table.is_written {
            new.push(b'T');
            write_varint(&mut new, width as u64);
            new.extend(&table.keys);
            new.extend(table.name.as_bytes());
            new.push(0);
            table.is_written = true;
        }
        new.extend([mark, indirect]);
        for values in old.iter().chain(&fresh) {
            for (column, value) in values.iter().enumerate() {
                value.write(&mut new, &|text| replace(&table.name, column, text));
            }
        }
    }
    Some(new)
}

#[derive(Default)]
struct Table {
    name: String,
    keys: Vec<u8>,
    is_written: bool,
}

enum Value<'a> {
    /// Undefined or NULL.
    None(u8),
    /// An integer or a real.
    Eight(u8, &'a [u8]),
    Text(&'a str),
    Blob(&'a [u8]),
}

impl Value<'_> {
    /// The value as a part of a key, as elsewhere.
    fn text(&self) -> String {
        match self {
            Self::None(_) => String::new(),
            Self::Eight(1, bytes) => {
                <[u8; 8]>::try_from(*bytes).map_or_else(|_| String::new(), |n| i64::from_be_bytes(n).to_string())
            }
            Self::Eight(_, bytes) => {
                <[u8; 8]>::try_from(*bytes).map_or_else(|_| String::new(), |n| f64::from_be_bytes(n).to_string())
            }
            Self::Text(text) => (*text).to_owned(),
            Self::Blob(bytes) => format!("{}字节", bytes.len()),
        }
    }

    fn write(&self, into: &mut Vec<u8>, replace: &dyn Fn(&str) -> Option<String>) {
        match self {
            Self::None(kind) => into.push(*kind),
            Self::Eight(kind, bytes) => {
                into.push(*kind);
                into.extend(*bytes);
            }
            Self::Text(text) => {
                let new = replace(text);
                let text = new.as_deref().unwrap_or(text);
                into.push(3);
                write_varint(into, text.len() as u64);
                into.extend(text.as_bytes());
            }
            Self::Blob(bytes) => {
                into.push(4);
                write_varint(into, bytes.len() as u64);
                into.extend(*bytes);
            }
        }
    }
}

struct Reader<'a> {
    bytes: &'a [u8],
}

impl<'a> Reader<'a> {
    fn byte(&mut self) -> Option<u8> {
        let (first, rest) = self.bytes.split_first()?;
        self.bytes = rest;
        Some(*first)
    }

    fn take(&mut self, count: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.bytes.split_at_checked(count)?;
        self.bytes = rest;
        Some(taken)
    }

    /// SQLite's own: seven bits a byte, the highest first.
    fn varint(&mut self) -> Option<usize> {
        let mut number: u64 = 0;
        for _ in 0..8 {
            let byte = self.byte()?;
            number = number << 7 | u64::from(byte & 0x7f);
            if byte < 0x80 {
                return usize::try_from(number).ok();
            }
        }
        None
    }

    fn table(&mut self) -> Option<Table> {
        let width = self.varint()?;
        let keys = self.take(width)?.to_vec();
        let end = self.bytes.iter().position(|byte| *byte == 0)?;
        let name = std::str::from_utf8(self.take(end)?).ok()?.to_owned();
        self.byte()?;
        Some(Table { name, keys, is_written: false })
    }

    fn values(&mut self, width: usize) -> Option<Vec<Value<'a>>> {
        (0..width).map(|_| self.value()).collect()
    }

    fn value(&mut self) -> Option<Value<'a>> {
        match self.byte()? {
            kind @ (0 | 5) => Some(Value::None(kind)),
            kind @ (1 | 2) => Some(Value::Eight(kind, self.take(8)?)),
            3 => {
                let length = self.varint()?;
                Some(Value::Text(std::str::from_utf8(self.take(length)?).ok()?))
            }
            4 => {
                let length = self.varint()?;
                Some(Value::Blob(self.take(length)?))
            }
            _ => None,
        }
    }
}

fn write_varint(into: &mut Vec<u8>, number: u64) {
    let groups = (1..9).find(|groups| number >> (7 * groups) == 0).unwrap_or(9);
    for group in (0..groups).rev() {
        let bits = u8::try_from(number >> (7 * group) & 0x7f).unwrap_or(0);
        into.push(if group == 0 { bits } else { bits | 0x80 });
    }
}
