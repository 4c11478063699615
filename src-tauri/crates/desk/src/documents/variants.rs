//! Names in a draft that seem to be one department: 县科技局, 科技局, 县科学技术局 as abbreviated.

use crate::wire::Draft;

/// Groups of names that differ only in the level of government before them or in a plain longer form behind them, the one named
/// most often first. Proposed, never done by itself.
pub(crate) fn of(draft: &Draft) -> Vec<Vec<String>> {
    let mut groups: Vec<(String, Vec<String>)> = Vec::new();
    for name in &draft.departments {
        let bare = bare(name);
        if bare.chars().count() < 3 {
            continue;
        }
        match groups.iter_mut().find(|(known, _)| *known == bare) {
            Some((_, names)) => names.push(name.clone()),
            None => groups.push((bare, vec![name.clone()])),
        }
    }
    let times = |name: &String| draft.tasks.iter().filter(|task| task.departments.contains(name)).count();
    groups
        .into_iter()
        .map(|(_, mut names)| {
            names.sort_by_key(|name| std::cmp::Reverse((times(name), name.chars().count())));
            names
        })
        .filter(|names| names.len() > 1)
        .collect()
}

/// A name without the level of government before it and in its plain form.
fn bare(name: &str) -> String {
    const LEVELS: [char; 6] = ['县', '市', '区', '省', '旗', '州'];
    let mut chars = name.chars();
    let without_level = match chars.next() {
        Some(first) if LEVELS.contains(&first) && chars.clone().count() >= 3 => chars.as_str(),
        _ => name,
    };
    without_level
        .replace("科学技术局", "科技局")
        .replace("工业和信息化局", "工信局")
        .replace("工业与信息化局", "工信局")
        .replace("发展和改革局", "发改局")
        .replace("发展和改革委员会", "发改委")
        .replace("发展改革委员会", "发改委")
        .replace("发展改革委", "发改委")
        .replace("发展改革局", "发改局")
        .replace("人力资源和社会保障局", "人社局")
        .replace("人力资源社会保障局", "人社局")
        .replace("农业和农村局", "农业农村局")
        .replace("自然资源和规划局", "自然资源局")
        .replace("市场监督管理局", "市场监管局")
        .replace("卫生和健康局", "卫生健康局")
        .replace("卫健局", "卫生健康局")
        .replace("人民政府", "政府")
        .replace("管理委员会", "管委会")
        .replace('（', "(")
        .replace('）', ")")
        .replace([' ', '\u{3000}'], "")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn level_and_long_form_make_no_new_department() {
        let mut draft = Draft::default();
        for name in ["县科技局", "科技局", "县科学技术局", "县财政局", "团县委", "县委办", "县委组织部"]
        {
            draft.departments.push(name.to_owned());
        }
        assert_eq!(of(&draft), [["县科学技术局", "县科技局", "科技局"]]);
    }
}
