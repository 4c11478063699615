//! Characters that look like others: fonts and conversions write 工 as the Kangxi radical U+2F2F and 车 as the radical U+2ECB.
//! They are read as the characters they stand for.

use std::sync::LazyLock;

/// The ideographs of the Kangxi radicals, from U+2F00 on; 户 as simplified writing has it.
const KANGXI: &str = "一丨丶丿乙亅二亠人儿入八冂冖冫几凵刀力勹匕匚匸十卜卩厂厶又口囗土士夂夊夕大女子宀寸小尢尸屮山巛工己巾干幺广廴廾弋弓彐彡彳心戈户手支攴文斗斤方无日曰月木欠止歹殳毋比毛氏气水火爪父爻爿片牙牛犬玄玉瓜瓦甘生用田疋疒癶白皮皿目矛矢石示禸禾穴立竹米糸缶网羊羽老而耒耳聿肉臣自至臼舌舛舟艮色艸虍虫血行衣襾見角言谷豆豕豸貝赤走足身車辛辰辵邑酉釆里金長門阜隶隹雨靑非面革韋韭音頁風飛食首香馬骨高髟鬥鬯鬲鬼魚鳥鹵鹿麥麻黃黍黑黹黽鼎鼓鼠鼻齊齒龍龜龠";

/// The ideographs of the supplement of radicals, from U+2E80 on, in the forms of simplified writing.
const SUPPLEMENT: &str = "\u{2e80}厂\u{2e82}\u{2e83}乙亻冂几刀刂卜㔾\u{2e8c}\u{2e8d}兀尣尢尢巳幺彑彐忄心扌攵\u{2e9a}旡日月歹母民氵氺灬爫爫丬牛犭王疋罒示礻竹糹纟罓罒网罓网羊羊羊耂肀聿肉臼艹艹艹虎衤覀西见角角讠贝足车辶辶辶阝钅長镸长门阜阝雨青韦页风飞食食飠饣首马骨鬼鱼鸟卤麦黄黾齐齐齿齿龙龙龟龟龟";

/// The ideographs of the compatibility ideographs, from U+F900 on.
const COMPATIBILITY: &str = "豈更車賈滑串句龜龜契金喇奈懶癩羅蘿螺裸邏樂洛烙珞落酪駱亂卵欄爛蘭鸞嵐濫藍襤拉臘蠟廊朗浪狼郎來冷勞擄櫓爐盧老蘆虜路露魯鷺碌祿綠菉錄鹿論壟弄籠聾牢磊賂雷壘屢樓淚漏累縷陋勒肋凜凌稜綾菱陵讀拏樂諾丹寧怒率異北磻便復不泌數索參塞省葉說殺辰沈拾若掠略亮兩凉梁糧良諒量勵呂女廬旅濾礪閭驪麗黎力曆歷轢年憐戀撚漣煉璉秊練聯輦蓮連鍊列劣咽烈裂說廉念捻殮簾獵令囹寧嶺怜玲瑩羚聆鈴零靈領例禮醴隸惡了僚寮尿料樂燎療蓼遼龍暈阮劉杻柳流溜琉留硫紐類六戮陸倫崙淪輪律慄栗率隆利吏履易李梨泥理痢罹裏裡里離匿溺吝燐璘藺隣鱗麟林淋臨立笠粒狀炙識什茶刺切度拓糖宅洞暴輻行降見廓兀嗀\u{fa0e}\u{fa0f}塚\u{fa11}晴\u{fa13}\u{fa14}凞猪益礼神祥福靖精羽\u{fa1f}蘒\u{fa21}諸\u{fa23}\u{fa24}逸都\u{fa27}\u{fa28}\u{fa29}飯飼館鶴郞隷侮僧免勉勤卑喝嘆器塀墨層屮悔慨憎懲敏既暑梅海渚漢煮爫琢碑社祉祈祐祖祝禍禎穀突節練縉繁署者臭艹艹著褐視謁謹賓贈辶逸難響頻恵𤋮舘\u{fa6e}\u{fa6f}並况全侀充冀勇勺喝啕喙嗢塚墳奄奔婢嬨廒廙彩徭惘慎愈憎慠懲戴揄搜摒敖晴朗望杖歹殺流滛滋漢瀞煮瞧爵犯猪瑱甆画瘝瘟益盛直睊着磌窱節类絛練缾者荒華蝹襁覆視調諸請謁諾諭謹變贈輸遲醙鉶陼難靖韛響頋頻鬒龜𢡊𢡄𣏕㮝䀘䀹𥉉𥳐𧻓齃龎";

/// The tables as characters, each from its first code.
static TABLES: LazyLock<[(u32, Vec<char>); 3]> = LazyLock::new(|| {
    [(0x2e80, SUPPLEMENT.chars().collect()), (0x2f00, KANGXI.chars().collect()), (0xf900, COMPATIBILITY.chars().collect())]
});

/// The unified ideograph that a radical or compatibility ideograph stands for; any other character is itself.
pub(crate) fn unified(c: char) -> char {
    if !matches!(c, '\u{2e80}'..='\u{2fdf}' | '\u{f900}'..='\u{faff}') {
        return c;
    }
    let code = u32::from(c);
    let found = TABLES.iter().find_map(|(first, table)| table.get(usize::try_from(code.checked_sub(*first)?).ok()?));
    found.copied().unwrap_or(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn radicals_are_read_as_what_they_are() {
        let text: String = "县\u{2f2f}信局\u{2f64}\u{2f3e}\u{2ecb}\u{2ed3}\u{2ea0}\u{f90a}".chars().map(unified).collect();
        assert_eq!(text, "县工信局用户车长民金");
        assert_eq!(unified('工'), '工');
        assert_eq!(KANGXI.chars().count(), 214);
        assert_eq!(SUPPLEMENT.chars().count(), 0x2ef4 - 0x2e80);
    }
}
