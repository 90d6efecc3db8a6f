#include "service/text/encoding.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "absl/status/status.h"
#include "service/text/utf8.h"

namespace kirikae::text {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

std::string Text(std::string_view bytes) {
  const absl::StatusOr<DecodedText> decoded = Decode(bytes);
  EXPECT_TRUE(decoded.ok()) << decoded.status();
  return decoded.ok() ? decoded->text : "";
}

TEST(Decode, NamesOffsetAndLineOfBytesThatFitNoEncoding) {
  DecodeFault fault;
  const auto decoded = Decode("a,b\r\nc\rd\n\x8D\x82\xFF!", std::nullopt, &fault);
  EXPECT_EQ(decoded.status().code(), absl::StatusCode::kInvalidArgument);
  EXPECT_EQ(fault.kind, DecodeFaultKind::kNotInEncoding);
  EXPECT_EQ(fault.byte_offset, 11u);
  EXPECT_EQ(fault.line, 4u);
  EXPECT_EQ(fault.encoding, Encoding::kCp932);
  EXPECT_THAT(std::string(decoded.status().message()), HasSubstr("byte 11 (line 4)"));
}

TEST(Decode, RefusesTruncatedCharacters) {
  EXPECT_FALSE(Decode("abc\x8D", Encoding::kCp932).ok());
  EXPECT_FALSE(Decode("abc\xE9\xAB", Encoding::kUtf8).ok());
  EXPECT_FALSE(Decode("\xFF\xFE\x41").ok());
}

TEST(Decode, RefusesWhatStrictUtf8Lacks) {
  EXPECT_FALSE(Decode("\xC0\x80", Encoding::kUtf8).ok());
  EXPECT_FALSE(Decode("\xED\xA0\x80", Encoding::kUtf8).ok());
  EXPECT_FALSE(Decode("\xF4\x90\x80\x80", Encoding::kUtf8).ok());
}

TEST(Decode, RefusesLoneSurrogates) {
  DecodeFault fault;
  const std::string low(
      "\xFF\xFE"
      "a\0"
      "\x00\xDC",
      6);
  EXPECT_FALSE(Decode(low, std::nullopt, &fault).ok());
  EXPECT_EQ(fault.byte_offset, 4u);
  const std::string high(
      "\xFF\xFE"
      "\x00\xD8"
      "a\0",
      6);
  EXPECT_FALSE(Decode(high).ok());
}

TEST(Decode, RefusesNulInEachEncoding) {
  DecodeFault fault;
  EXPECT_FALSE(Decode(std::string("ab\n\0", 4), std::nullopt, &fault).ok());
  EXPECT_EQ(fault.kind, DecodeFaultKind::kNul);
  EXPECT_EQ(fault.byte_offset, 3u);
  EXPECT_EQ(fault.line, 2u);
  EXPECT_FALSE(Decode(std::string("\xFF\xFE"
                                  "a\0\0\0",
                                  6),
                      std::nullopt, &fault)
                   .ok());
  EXPECT_EQ(fault.byte_offset, 4u);
  EXPECT_FALSE(Decode(std::string("\x8D\x82\xB1\0\xFF", 5), std::nullopt, &fault).ok());
  EXPECT_EQ(fault.kind, DecodeFaultKind::kNul);
  EXPECT_EQ(fault.byte_offset, 3u);
}

TEST(Decode, FindsTheEncoding) {
  EXPECT_EQ(Decode("")->encoding, Encoding::kUtf8);
  EXPECT_EQ(Decode("abc")->encoding, Encoding::kUtf8);
  EXPECT_EQ(Decode("高橋")->encoding, Encoding::kUtf8);
  EXPECT_EQ(Decode("\x8D\x82\x8B\xB4")->encoding, Encoding::kCp932);
  const auto marked = Decode(
      "\xEF\xBB\xBF"
      "a");
  EXPECT_EQ(marked->text, "a");
  EXPECT_TRUE(marked->byte_order_mark);
  EXPECT_EQ(Text(std::string("\xFF\xFE\xD9\x9A", 4)), "髙");
  EXPECT_EQ(Text(std::string("\xFE\xFF\x9A\xD9", 4)), "髙");
  EXPECT_EQ(Text(std::string("\xFF\xFE\x42\xD8\xB7\xDF", 6)), "𠮷");
}

TEST(Decode, ReadsCp932AsWindowsDoes) {
  EXPECT_EQ(Text("\xFB\xFC\xEE\xE0"), "髙髙");
  EXPECT_EQ(Text("\xED\x95\xFA\xB1"), "﨑﨑");
  EXPECT_EQ(Text("\x81\x60\x81\x7C\x81\x61\x81\x5C"), "\uFF5E\uFF0D\u2225\u2015");
  EXPECT_EQ(Text("\x87\x40\x87\x8A\xB1\xDE\x5C\x7E"), "①㈱ｱﾞ\\~");
  EXPECT_EQ(Text("\xFB\xFC\x1A\x1C\x7F"), "髙\x1A\x1C\x7F");
  EXPECT_EQ(Text("\xF0\x40\xF9\xFC"), "\uE000\uE757");
}

TEST(Decode, TakesTheEncodingItIsTold) {
  // These two characters are well-formed in both encodings.
  EXPECT_EQ(Decode("\xC2\xB1", Encoding::kUtf8)->text, "±");
  EXPECT_EQ(Decode("\xC2\xB1", Encoding::kCp932)->text, "ﾂｱ");
}

TEST(EncodingByName, KnowsTheUsualNames) {
  EXPECT_EQ(*EncodingByName("Shift_JIS"), Encoding::kCp932);
  EXPECT_EQ(*EncodingByName("Windows-31J"), Encoding::kCp932);
  EXPECT_EQ(*EncodingByName("utf8"), Encoding::kUtf8);
  EXPECT_EQ(*EncodingByName("UTF-16BE"), Encoding::kUtf16Be);
  EXPECT_EQ(*EncodingByName("euc-jp"), Encoding::kEucJp);
  EXPECT_EQ(*EncodingByName("CP51932"), Encoding::kEucJp);
  EXPECT_EQ(*EncodingByName("JIS"), Encoding::kIso2022Jp);
  EXPECT_EQ(EncodingByName("big5").status().code(), absl::StatusCode::kInvalidArgument);
  for (Encoding e : {Encoding::kUtf8, Encoding::kUtf16Le, Encoding::kUtf16Be, Encoding::kCp932,
                     Encoding::kEucJp, Encoding::kIso2022Jp}) {
    EXPECT_EQ(*EncodingByName(EncodingName(e)), e);
  }
}

TEST(UserDefinedCharacters, AreListedWithTheirPlace) {
  EXPECT_THAT(UserDefinedCharacters("髙橋"), IsEmpty());
  EXPECT_THAT(UserDefinedCharacters("高\uE000x\U000F0001"),
              ElementsAre(CharacterAt{3, 0xE000}, CharacterAt{7, 0xF0001}));
}

TEST(EncodeCp932, ListsWhatItCannotExpress) {
  std::vector<WrittenAs> lost;
  EXPECT_EQ(EncodeCp932("𠮷野㋿葛\U000E0100", &lost), "?\x96\xEC?\x8A\x8B?");
  EXPECT_THAT(lost, ElementsAre(WrittenAs{0, 0x20BB7, U'?'}, WrittenAs{7, 0x32FF, U'?'},
                                WrittenAs{13, 0xE0100, U'?'}));
}

TEST(EncodeCp932, WritesTheWindowsFormOfDoublyMappedCharacters) {
  std::vector<WrittenAs> lost;
  EXPECT_EQ(EncodeCp932("\u301C\u2212\uFF5E\uFF0D\u2014", &lost),
            "\x81\x60\x81\x7C\x81\x60\x81\x7C\x81\x5C");
  EXPECT_THAT(lost, ElementsAre(WrittenAs{0, 0x301C, 0xFF5E}, WrittenAs{3, 0x2212, 0xFF0D},
                                WrittenAs{12, 0x2014, 0x2015}));
}

TEST(EncodeCp932, EveryCharacterComesBackAsItself) {
  size_t characters = 0;
  for (int lead = 0x81; lead <= 0xFC; ++lead) {
    for (int trail = 0x40; trail <= 0xFC; ++trail) {
      const std::string bytes{static_cast<char>(lead), static_cast<char>(trail)};
      const auto decoded = Decode(bytes, Encoding::kCp932);
      if (!decoded.ok() || CodePoints(decoded->text).size() != 1) continue;
      ++characters;
      std::vector<WrittenAs> lost;
      EXPECT_EQ(Decode(EncodeCp932(decoded->text, &lost), Encoding::kCp932)->text, decoded->text);
      EXPECT_THAT(lost, IsEmpty()) << decoded->text;
    }
  }
  EXPECT_GT(characters, 9000u);
}

TEST(EncodeUtf8WithMark, ComesBack) { EXPECT_EQ(Text(EncodeUtf8WithMark("髙")), "髙"); }

}  // namespace
}  // namespace kirikae::text
