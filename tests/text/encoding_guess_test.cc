// A text without a byte order mark is read by the one encoding that fits it, or refused.
#include "service/text/encoding_guess.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "service/text/encoding.h"

namespace kirikae::text {
namespace {

std::string Cp932(std::string_view text) {
  std::vector<WrittenAs> lost;
  std::string bytes = EncodeCp932(text, &lost);
  EXPECT_TRUE(lost.empty());
  return bytes;
}

// CP932 bytes as EUC-JP, by the positions that both share.
std::string Euc(std::string_view text) {
  const std::string from = Cp932(text);
  std::string out;
  for (size_t i = 0; i < from.size(); ++i) {
    const unsigned lead = static_cast<unsigned char>(from[i]);
    if (lead < 0x80) {
      out.push_back(from[i]);
    } else if (lead >= 0xA1 && lead <= 0xDF) {
      out += {'\x8E', from[i]};
    } else {
      const unsigned trail = static_cast<unsigned char>(from[++i]);
      const unsigned pair = lead < 0xA0 ? lead - 0x81 : lead - 0xC1;
      const bool second = trail >= 0x9F;
      const unsigned cell = second ? trail - 0x9E : trail - (trail > 0x7F ? 0x40 : 0x3F);
      out.push_back(static_cast<char>(0xA1 + pair * 2 + (second ? 1 : 0)));
      out.push_back(static_cast<char>(0xA0 + cell));
    }
  }
  return out;
}

std::string Jis(std::string_view text) {
  std::string out;
  bool kanji = false;
  for (const char c : Euc(text)) {
    const bool high = static_cast<unsigned char>(c) >= 0x80;
    if (high != kanji) out += high ? "\x1B$B" : "\x1B(B";
    kanji = high;
    out.push_back(static_cast<char>(c & 0x7F));
  }
  return kanji ? out + "\x1B(B" : out;
}

std::string Utf16(std::u16string_view text, bool big_endian) {
  std::string out;
  for (const char16_t unit : text) {
    const char high = static_cast<char>(unit >> 8);
    const char low = static_cast<char>(unit & 0xFF);
    out += big_endian ? std::string{high, low} : std::string{low, high};
  }
  return out;
}

constexpr std::string_view kTable =
    "資産管理番号,端末区分,所属,備考\r\nA-004,予備機,総務部/総務課,サーバー室の横～２階\r\n";
constexpr std::u16string_view kTable16 = u"資産管理番号,氏名\r\nA-004,髙橋　恵\r\n";

Encoding Guessed(const std::string& bytes) {
  const auto decoded = Decode(bytes);
  EXPECT_TRUE(decoded.ok()) << decoded.status();
  return decoded.ok() ? decoded->encoding : Encoding::kUtf8;
}

DecodeFault Fault(const std::string& bytes) {
  DecodeFault fault;
  EXPECT_FALSE(Decode(bytes, std::nullopt, &fault).ok()) << bytes;
  return fault;
}

TEST(GuessEncoding, TellsTheEncodingsOfAJapaneseOffice) {
  EXPECT_EQ(Guessed(std::string(kTable)), Encoding::kUtf8);
  EXPECT_EQ(Guessed(Cp932(kTable)), Encoding::kCp932);
  EXPECT_EQ(Guessed(Euc(kTable)), Encoding::kEucJp);
  EXPECT_EQ(Guessed(Jis(kTable)), Encoding::kIso2022Jp);
  EXPECT_EQ(Guessed(Utf16(kTable16, false)), Encoding::kUtf16Le);
  EXPECT_EQ(Guessed(Utf16(kTable16, true)), Encoding::kUtf16Be);
}

TEST(GuessEncoding, AllReadTheSameText) {
  for (const std::string& bytes : {Cp932(kTable), Euc(kTable), Jis(kTable)}) {
    const auto decoded = Decode(bytes);
    ASSERT_TRUE(decoded.ok()) << decoded.status();
    EXPECT_EQ(decoded->text, kTable);
  }
  EXPECT_EQ(Decode(Utf16(kTable16, false))->text, Decode(Utf16(kTable16, true))->text);
}

TEST(GuessEncoding, Utf16WithoutAMarkMayBeOneTag) {
  EXPECT_EQ(Guessed(Utf16(u"TSM-00123", false)), Encoding::kUtf16Le);
  EXPECT_EQ(Guessed(Utf16(u"TSM-00123", true)), Encoding::kUtf16Be);
  EXPECT_EQ(Guessed(Utf16(u"００１\r\n", false)), Encoding::kUtf16Le);
}

TEST(GuessEncoding, HalfWidthKatakanaInCp932IsNotEucJp) {
  EXPECT_EQ(Guessed(Cp932("番号,カナ\n1,ﾀｶﾊｼ\n2,ｷｯﾁﾝ\n3,ﾊﾞﾝﾄﾞｳ\n4,ﾊﾙｶ\n")), Encoding::kCp932);
  EXPECT_EQ(Guessed(Cp932("id,kana\n1,ﾀｶﾊｼ ﾒｸﾞﾐ\n2,ｷﾑﾗ ﾂﾖｼ\n3,ﾊﾞﾝﾄﾞｳ\n4,ﾜﾀﾅﾍﾞ ﾄﾓｺ\n")),
            Encoding::kCp932);
}

TEST(GuessEncoding, AShortTextThatFitsSeveralIsRefused) {
  // "ｲﾝ" in CP932 and 課 in EUC-JP; "ﾐｶ" in CP932 and ж in UTF-8.
  EXPECT_EQ(Fault("\xB2\xDD").kind, DecodeFaultKind::kAmbiguous);
  const DecodeFault fault = Fault("a,b\n1,\xD0\xB6\n");
  EXPECT_EQ(fault.kind, DecodeFaultKind::kAmbiguous);
  EXPECT_EQ(fault.line, 2U);
}

TEST(GuessEncoding, NoShortEucTextBecomesHalfWidthKatakana) {
  for (const std::string_view text : {"総務課", "資産管理番号", "備考", "東京", "情報政策課",
                                      "氏名,所属", "端末", "田中", "課", "山本 恵"}) {
    const auto decoded = Decode(Euc(text));
    EXPECT_EQ(decoded.ok() ? decoded->text : std::string(text), text);
  }
}

TEST(GuessEncoding, TheFirstLineOfAnotherEncodingIsNamed) {
  const std::string utf8 = "資産管理番号,端末区分,備考\r\nQ-12,予備機,日本\r\n";
  const std::string line = "Q-13,予備機,東京\r\n";
  const auto expect = [](const std::string& first, const std::string& second, Encoding encoding) {
    const DecodeFault fault = Fault(first + second);
    EXPECT_EQ(fault.kind, DecodeFaultKind::kMixed);
    EXPECT_EQ(fault.encoding, encoding);
    EXPECT_EQ(fault.line, 3U);
    EXPECT_EQ(fault.byte_offset, first.size() + 5);
  };
  expect(utf8, Cp932(line), Encoding::kUtf8);
  expect(utf8, Euc(line), Encoding::kUtf8);
  expect(Cp932(utf8), Euc(line), Encoding::kCp932);
  expect(Euc(utf8), Cp932(line), Encoding::kEucJp);
  expect(Euc(utf8), line, Encoding::kEucJp);
  EXPECT_EQ(Fault(Cp932(utf8) + line).line, 3U);
  EXPECT_EQ(Fault(Cp932(utf8) + Jis(line)).line, 3U);
  EXPECT_EQ(Fault(Jis(utf8) + Cp932(line)).line, 3U);
  EXPECT_EQ(Fault(Jis(utf8) + line).encoding, Encoding::kIso2022Jp);
}

TEST(Decode, ReadsWhatEucJpHasBeyondTheKanji) {
  EXPECT_EQ(Decode("\x8E\xB1\xAD\xA1", Encoding::kEucJp)->text, "ｱ①");
  EXPECT_EQ(Decode("\x8F\xB0\xA1", Encoding::kEucJp)->text, "丂");
  EXPECT_FALSE(Decode("\xB0", Encoding::kEucJp).ok());
  EXPECT_FALSE(Decode("\x8E\xE0", Encoding::kEucJp).ok());
}

TEST(Decode, ReadsTheSetsOfIso2022Jp) {
  EXPECT_EQ(Decode("\x1B(I1\x1B(B,\x1B(J\\\x1B$@0!\x1B(B\n")->text, "ｱ,\\亜\n");
  EXPECT_EQ(Decode("\x1B$B0!\nA")->text, "亜\nA");
  EXPECT_EQ(Decode("\x1B$(D0!\x1B(B")->text, "丂");
  EXPECT_EQ(Fault("\x1B$B0!\x1B(B\n\x1B$B\x7F!").line, 2U);
  // A terminal's colour is no Japanese.
  EXPECT_EQ(Guessed("\x1B[0m"), Encoding::kUtf8);
}

TEST(Decode, TheMarkDecidesTheByteOrder) {
  EXPECT_EQ(Decode("\xFE\xFF" + Utf16(u"髙", true), Encoding::kUtf16Le)->text, "髙");
  EXPECT_EQ(Decode("\xFF\xFE" + Utf16(u"髙", false), Encoding::kUtf16Be)->text, "髙");
}

}  // namespace
}  // namespace kirikae::text
