#include "service/text/variants.h"

#include <string_view>
#include <vector>

namespace kirikae::text {
namespace {

// Each group: the common form, then its variants. Compatibility ideographs are written as escapes
// because editors normalise them.
constexpr std::u32string_view kGroups[] = {
    U"高髙",       U"崎﨑嵜碕埼", U"浜濱濵",   U"辺邉邊",     U"徳德",         U"斉齋齊斎",
    U"沢澤",       U"島嶋嶌",     U"広廣",     U"桜櫻",       U"国國",         U"竜龍",
    U"滝瀧",       U"真眞",       U"恵惠",     U"条條",       U"寿壽",         U"栄榮",
    U"塩鹽",       U"亀龜",       U"鉄鐵鐡",   U"関關",       U"証證",         U"県縣",
    U"区區",       U"台臺",       U"伝傳",     U"蔵藏",       U"静靜",         U"曽曾",
    U"桑桒",       U"吉𠮷",       U"柳栁",     U"富冨",       U"礼禮\uFA18",   U"穂穗",
    U"黒黑",       U"緑綠",       U"瀬瀨",     U"頼賴",       U"巻卷",         U"奥奧",
    U"与與",       U"予豫",       U"万萬",     U"弥彌",       U"来來",         U"参參",
    U"双雙",       U"駅驛",       U"沖冲",     U"剣劍劔剱",   U"渓溪",         U"顕顯",
    U"桧檜",       U"尭堯",       U"遥遙",     U"薫薰",       U"晃晄",         U"凛凜",
    U"実實",       U"宝寶",       U"将將",     U"荘莊",       U"糸絲",         U"学學",
    U"会會",       U"応應",       U"円圓",     U"稲稻",       U"野埜",         U"峰峯",
    U"岳嶽",       U"杉椙",       U"船舩",     U"館舘\uFA2C", U"橋𣘺槗",       U"土圡",
    U"角⻆",       U"鴎鷗",       U"桝枡",     U"篭籠",       U"兎兔",         U"秋穐龝",
    U"梅楳\uFA44", U"松枩",       U"増增",     U"清淸",       U"横橫",         U"青靑",
    U"尚尙",       U"郎郞",       U"麹麴",     U"蛍螢",       U"豊豐",         U"郷鄕",
    U"鉱鑛",       U"麦麥",       U"黄黃",     U"徴徵",       U"懐懷",         U"戸戶",
    U"暁曉",       U"歩步",       U"毎每",     U"涙淚",       U"温溫",         U"焔焰",
    U"瑶瑤",       U"画畫",       U"巣巢",     U"禄祿",       U"称稱",         U"絵繪",
    U"総總",       U"聡聰",       U"芦蘆",     U"萌萠",       U"園薗",         U"芸藝",
    U"虎乕",       U"覚覺",       U"鎮鎭",     U"顔顏",       U"為爲",         U"槙槇",
    U"蝋蠟",       U"鯵鰺",       U"痩瘦",     U"渕淵渊",     U"鶴靏靍\uFA2D", U"祢禰",
    U"弁辨瓣辯",   U"巌巖",       U"灯燈",     U"勲勳",       U"壮壯",         U"団團",
    U"売賣",       U"拡擴",       U"児兒",     U"満滿",       U"宮宫",         U"神\uFA19",
    U"塚\uFA10",   U"晴\uFA12",   U"隆\uF9DC", U"福\uFA1B",   U"祥\uFA1A",     U"靖\uFA1C",
    U"精\uFA1D",   U"羽\uFA1E",   U"諸\uFA22", U"都\uFA26",   U"益\uFA17",     U"逸\uFA25",
    U"飯\uFA2A",   U"猪\uFA16",   U"欄\uF91D", U"朗\uF929",   U"廊\uF928",     U"凞\uFA15",
    U"海\uFA45",   U"祐\uFA4F",   U"祖\uFA50", U"禎\uFA53",   U"穀\uFA54",     U"節\uFA56",
    U"琢\uFA4A",   U"渚\uFA46",   U"敏\uFA41", U"勉\uFA33",   U"類\uF9D0",
};

using Pages = std::vector<std::vector<char32_t>>;

// Code points by pages of 256: a look-up needs two loads, and most pages stay empty.
Pages BuildPages() {
  Pages pages(0x30000 / 256);
  const auto put = [&pages](char32_t from, char32_t to) {
    std::vector<char32_t>& page = pages[from / 256];
    if (page.empty()) page.resize(256, 0);
    page[from % 256] = to;
  };
  for (std::u32string_view group : kGroups) {
    for (char32_t form : group.substr(1)) put(form, group.front());
  }
  return pages;
}

}  // namespace

char32_t CommonForm(char32_t code_point) {
  static const Pages& pages = *new Pages(BuildPages());
  if (code_point / 256 >= pages.size()) return code_point;
  const std::vector<char32_t>& page = pages[code_point / 256];
  if (page.empty() || page[code_point % 256] == 0) return code_point;
  return page[code_point % 256];
}

}  // namespace kirikae::text
