// The bytes in which history keeps the changes of a record.
#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <string_view>

#include "service/store/history/packed_changes.h"
#include "service/store/history/packed_text.h"

namespace kirikae::store {
namespace {

TEST(PackedText, EachLengthIsReadBack) {
  for (const size_t length : {0U, 1U, 127U, 128U, 16'383U, 16'384U}) {
    const std::string text(length, 'x');
    std::string packed;
    PackText(text, packed);
    std::string_view rest = packed;
    EXPECT_EQ(TakeText(rest), text) << length;
    EXPECT_TRUE(rest.empty()) << length;
  }
}

TEST(PackedText, AnotherFormOfALengthIsRefused) {
  // The length 1 in two bytes; in ten bytes, of which the last one has a bit that no length holds.
  for (const std::string& bytes : {std::string("\x81\x00"
                                               "a",
                                               3),
                                   "\x81" + std::string(8, '\x80') + "\x02" + "a"}) {
    std::string_view rest = bytes;
    EXPECT_EQ(TakeText(rest), std::nullopt);
  }
}

TEST(PackedText, ALengthBeyondTheBytesIsRefused) {
  for (const std::string& bytes :
       {std::string("\x02"
                    "a"),
        std::string("\xFF"), std::string(9, '\xFF') + "\x01", std::string()}) {
    std::string_view rest = bytes;
    EXPECT_EQ(TakeText(rest), std::nullopt);
  }
}

TEST(PackedChanges, WhatIsPackedIsUnpackedInItsOrder) {
  const PackedChange known{"host_name", "PC1", "PC2"};
  const PackedChange unknown{"no such field", "", std::string_view("a\0b", 3)};
  std::string packed;
  Pack(known, packed);
  Pack(unknown, packed);
  Unpacker changes(packed);
  for (const PackedChange& expected : {known, unknown}) {
    const std::optional<PackedChange> change = changes.Next();
    ASSERT_TRUE(change.has_value());
    EXPECT_EQ(change->field, expected.field);
    EXPECT_EQ(change->old_value, expected.old_value);
    EXPECT_EQ(change->new_value, expected.new_value);
  }
  EXPECT_FALSE(changes.Next().has_value());
  EXPECT_TRUE(changes.sound());
}

TEST(PackedChanges, BytesThatEndInAChangeAreNotSound) {
  std::string packed;
  Pack({"site", "a", "b"}, packed);
  packed.pop_back();
  Unpacker changes(packed);
  EXPECT_FALSE(changes.Next().has_value());
  EXPECT_FALSE(changes.sound());
}

}  // namespace
}  // namespace kirikae::store
