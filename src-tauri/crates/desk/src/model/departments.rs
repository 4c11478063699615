//! Departments by their names.

use plan::{Department, DepartmentKind};

/// A department by its name or one of its other names.
pub(crate) fn find_department<'a>(departments: &'a [Department], name: &str) -> Option<&'a Department> {
    departments
        .iter()
        .find(|d| d.name == name)
        .or_else(|| departments.iter().find(|d| d.short_name == name || d.aliases.iter().any(|alias| alias == name)))
}

/// What kind of unit a name says it is; the office can change it.
pub(crate) fn department_kind(name: &str) -> DepartmentKind {
    const VERTICAL: [&str; 8] = ["税务局", "气象局", "海关", "人民银行", "金融监管总局", "烟草", "供电", "消防救援"];
    let ends = |endings: &[&str]| endings.iter().any(|ending| name.ends_with(ending));
    if VERTICAL.iter().any(|word| name.contains(word)) {
        DepartmentKind::Vertical
    } else if ends(&["公司", "集团"]) {
        DepartmentKind::Company
    } else if ends(&[
        "镇",
        "乡",
        "街道",
        "镇街",
        "镇(街道)",
        "乡镇",
        "街道办事处",
        "镇人民政府",
        "镇政府",
        "乡政府",
        "乡镇人民政府",
        "镇街道",
    ]) || name.contains("各镇")
        || name.contains("各乡")
        || name.contains("乡镇(街道)")
        || name.contains("乡镇（街道）")
    {
        DepartmentKind::Town
    } else if ends(&["局", "委", "办", "部", "院", "会", "中心", "厅", "署", "办公室", "委员会", "管委会", "政府"])
    {
        DepartmentKind::County
    } else {
        DepartmentKind::Other
    }
}
