//! House styles: the measures of the printed form. GB/T 9704-2012 is the first; the others are in use in counties and cities.

/// Millimetres of one typographic point.
pub const MM_PER_PT: f64 = 25.4 / 72.0;

/// The measures of an office's form on A4 (210 x 297 mm).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct HouseStyle {
    /// Code, for settings.
    pub code: &'static str,
    /// What the settings call it.
    pub label: &'static str,
    /// 天头: white above the type area, in millimetres.
    pub top: f64,
    /// 订口: white left of the type area, in millimetres.
    pub left: f64,
    /// Width of the type area 版心, in millimetres.
    pub width: f64,
    /// Height of the type area, in millimetres.
    pub height: f64,
    /// From baseline to baseline, in points.
    pub pitch: f64,
    /// Lines of a full page.
    pub lines: usize,
    /// Characters of a full line.
    pub columns: usize,
    /// Size of the body's type, in points (3号 is 16).
    pub size: f64,
}

impl HouseStyle {
    /// All styles, the standard first.
    pub const ALL: &[Self] = &[
        Self {
            code: "gbt9704",
            label: "GB/T 9704—2012(37/28毫米,每页22行)",
            top: 37.0,
            left: 28.0,
            width: 156.0,
            height: 225.0,
            pitch: 29.6,
            lines: 22,
            columns: 28,
            size: 16.0,
        },
        Self {
            code: "35-33-27",
            label: "35/33/27毫米,行距29磅",
            top: 35.0,
            left: 27.0,
            width: 156.0,
            height: 229.0,
            pitch: 29.0,
            lines: 22,
            columns: 28,
            size: 16.0,
        },
        Self {
            code: "37-35-28-26",
            label: "37/35/28/26毫米,行距28磅",
            top: 37.0,
            left: 28.0,
            width: 156.0,
            height: 225.0,
            pitch: 28.0,
            lines: 22,
            columns: 28,
            size: 16.0,
        },
        Self {
            code: "34.58-32.58",
            label: "34.58/32.58毫米,行距29.45磅",
            top: 34.58,
            left: 28.0,
            width: 156.0,
            height: 229.84,
            pitch: 29.45,
            lines: 22,
            columns: 28,
            size: 16.0,
        },
    ];

    /// The standard's own form.
    pub const STANDARD: Self = Self::ALL[0];

    /// The style with this code, or the standard where there is none.
    #[must_use]
    pub fn named(code: &str) -> Self {
        Self::ALL.iter().copied().find(|style| style.code == code).unwrap_or(Self::STANDARD)
    }

    /// Advance of one body character, in millimetres: the width of the type area over its columns.
    #[must_use]
    pub fn advance(&self) -> f64 {
        self.width / self.columns as f64
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lines_of_every_style_fit_its_type_area() {
        for style in HouseStyle::ALL {
            let text = ((style.lines - 1) as f64 * style.pitch + style.size) * MM_PER_PT;
            assert!(text <= style.height && style.left + style.width <= 210.0, "{}: {text}", style.code);
        }
        let standard = HouseStyle::STANDARD;
        let text = ((standard.lines - 1) as f64 * standard.pitch + standard.size) * MM_PER_PT;
        assert!((text - 225.0).abs() < 0.2, "22 lines fill the type area: {text}");
    }
}
