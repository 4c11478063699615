//! Which cells of a spreadsheet show a per cent sign: the reader of cells gives the bare number, and 38% would be 0.38.

use std::collections::BTreeSet;

/// The cells, by row and column, whose number format is a per cent.
pub(super) type Percents = BTreeSet<(u32, u32)>;

/// The places of the cell formats that are per cents, from the text of `xl/styles.xml`.
pub(super) fn percent_formats(styles: &str) -> BTreeSet<usize> {
    let custom: BTreeSet<&str> = elements(styles, "numFmt")
        .filter(|element| attribute(element, "formatCode").is_some_and(|code| code.contains('%')))
        .filter_map(|element| attribute(element, "numFmtId"))
        .collect();
    let formats = styles.split_once("<cellXfs").and_then(|(_, rest)| rest.split_once("</cellXfs>")).map(|(inside, _)| inside);
    let is_percent =
        |element: &&str| attribute(element, "numFmtId").is_some_and(|id| matches!(id, "9" | "10") || custom.contains(id));
    elements(formats.unwrap_or_default(), "xf").enumerate().filter(|(_, element)| is_percent(element)).map(|(at, _)| at).collect()
}

/// The cells of a sheet with one of these formats, from the sheet's text.
pub(super) fn percent_cells(sheet: &str, formats: &BTreeSet<usize>) -> Percents {
    if formats.is_empty() {
        return Percents::new();
    }
    let is_percent = |element: &&str| {
        let format = attribute(element, "s").and_then(|format| format.parse().ok());
        format.is_some_and(|format: usize| formats.contains(&format))
    };
    elements(sheet, "c").filter(is_percent).filter_map(|element| place(attribute(element, "r")?)).collect()
}

/// The opening tags of a name, without their brackets.
fn elements<'a>(text: &'a str, name: &'a str) -> impl Iterator<Item = &'a str> {
    text.split('<').filter_map(move |piece| {
        let rest = piece.strip_prefix(name)?;
        rest.starts_with([' ', '\t', '\n', '\r']).then(|| rest.split('>').next().unwrap_or_default())
    })
}

fn attribute<'a>(element: &'a str, name: &str) -> Option<&'a str> {
    element.split_whitespace().find_map(|part| part.strip_prefix(name)?.strip_prefix("=\"")?.split('"').next())
}

/// Row and column, from 0, of a cell's name such as `F5`.
fn place(name: &str) -> Option<(u32, u32)> {
    let letters = name.find(|c: char| c.is_ascii_digit())?;
    let (column, row) = name.split_at(letters);
    let number = |sum: u32, letter: u8| {
        letter.is_ascii_uppercase().then(|| sum.checked_mul(26)?.checked_add(u32::from(letter - b'A') + 1)).flatten()
    };
    let column = column.bytes().try_fold(0, number)?.checked_sub(1)?;
    Some((row.parse::<u32>().ok()?.checked_sub(1)?, column))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn built_in_and_own_per_cent_formats_are_found() {
        let styles = r#"<styleSheet><numFmts count="2"><numFmt numFmtId="164" formatCode="0.0%"/><numFmt numFmtId="165" formatCode="0.00"/></numFmts>
            <cellStyleXfs><xf numFmtId="9"/></cellStyleXfs><cellXfs count="4"><xf numFmtId="0" fontId="0"/><xf numFmtId="9"/><xf numFmtId="165"/><xf
            numFmtId="164"><alignment/></xf></cellXfs></styleSheet>"#;
        let formats = percent_formats(styles);
        assert_eq!(formats, BTreeSet::from([1, 3]));
        let sheet = r#"<row r="2"><c r="F2" s="1"><v>0.38</v></c><c r="AB12" s="3"/><c r="G2" s="0"/><cols s="1"/></row>"#;
        assert_eq!(percent_cells(sheet, &formats), Percents::from([(1, 5), (11, 27)]));
        assert_eq!(
            percent_cells("<c r=\"1\" s=\"1\"/><c r=\"f2\" s=\"1\"/><c r=\"ZZZZZZZZ1\" s=\"1\"/>", &formats),
            Percents::new()
        );
    }
}
