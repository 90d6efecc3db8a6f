// Every alteration of a stored change set is found, in whatever column.
#include <SQLiteCpp/SQLiteCpp.h>
#include <gtest/gtest.h>

#include <string>
#include <utility>

#include "tests/store/store_fixture.h"

namespace kirikae::store {
namespace {

constexpr int kSets = 5;
constexpr int kAltered = 3;

class Alteration : public StoreFixture,
                   public ::testing::WithParamInterface<std::pair<const char*, const char*>> {};

TEST_P(Alteration, IsNamedWithTheFirstBadChangeSet) {
  for (int i = 1; i <= kSets; ++i) {
    ASSERT_TRUE(Write(NewWrite({DeviceEdit{NewDevice("A-" + std::to_string(i)), {}}})).ok());
  }
  ASSERT_EQ(Read()->VerifyChain()->first_bad, 0);
  store_.reset();
  {
    SQLite::Database database(folder_ / "kirikae.db", SQLite::OPEN_READWRITE);
    const auto [statement, name] = GetParam();
    ASSERT_EQ(database.exec(statement), 1) << statement;
  }
  Open();
  const ChainReport report = *Read()->VerifyChain();
  EXPECT_EQ(report.first_bad, kAltered) << GetParam().first;
}

INSTANTIATE_TEST_SUITE_P(
    EveryColumn, Alteration,
    ::testing::Values(
        std::pair{"UPDATE change_sets SET actor = actor || ' ' WHERE id = 3", "actor"},
        std::pair{"UPDATE change_sets SET role = 'ADMIN' WHERE id = 3", "role"},
        std::pair{"UPDATE change_sets SET act = 'TESS' WHERE id = 3", "act"},
        std::pair{"UPDATE change_sets SET reason = 'x' WHERE id = 3", "reason"},
        std::pair{"UPDATE change_sets SET request_id = 'x' WHERE id = 3", "request_id"},
        std::pair{"UPDATE change_sets SET effective_time = effective_time + 1 WHERE id = 3",
                  "effective_time"},
        std::pair{"UPDATE change_sets SET recorded_time = recorded_time - 1 WHERE id = 3",
                  "recorded_time"},
        std::pair{"UPDATE change_sets SET change_count = change_count + 1 WHERE id = 3",
                  "change_count"},
        std::pair{"UPDATE change_sets SET hash = replace(hash, substr(hash, 1, 1), 'x') "
                  "WHERE id = 3",
                  "hash"},
        std::pair{"UPDATE change_sets SET undoes = 1 WHERE id = 3", "undoes"},
        std::pair{"UPDATE change_sets SET partial = 1 WHERE id = 3", "partial"},
        std::pair{"UPDATE changes SET position = 1 WHERE change_set = 3 AND position = 0",
                  "position"},
        std::pair{"UPDATE changes SET record = 'devices/X' WHERE change_set = 3 AND position = 0",
                  "record"},
        std::pair{"UPDATE changes SET subject = 'devices/X' WHERE change_set = 3 AND position = 0",
                  "subject"},
        std::pair{"DELETE FROM changes WHERE change_set = 3 AND position = 0", "deleted_change"}),
    [](const auto& info) { return std::string(info.param.second); });

using AlteredBytes = StoreFixture;

TEST_F(AlteredBytes, OfWhatARecordsFieldsWereAreEachNamed) {
  for (int i = 1; i <= kSets; ++i) {
    domain::Device device = NewDevice("A-1");
    device.note = "note " + std::to_string(i);
    ASSERT_TRUE(Write(NewWrite({DeviceEdit{device, {}}})).ok());
  }
  store_.reset();
  const std::string file = folder_ / "kirikae.db";
  const auto put = [&](const std::string& bytes) {
    SQLite::Database database(file, SQLite::OPEN_READWRITE);
    SQLite::Statement update(database, "UPDATE changes SET fields = ?1 WHERE change_set = 3");
    update.bind(1, bytes.data(), static_cast<int>(bytes.size()));
    ASSERT_EQ(update.exec(), 1);
  };
  std::string whole;
  {
    SQLite::Database database(file, SQLite::OPEN_READONLY);
    whole = database.execAndGet("SELECT fields FROM changes WHERE change_set = 3").getString();
  }
  ASSERT_EQ(whole, std::string("\x11\x06note 2\x06note 3", 15)) << "field, old, new";
  for (size_t at = 0; at < whole.size(); ++at) {
    for (const char flip : {'\x01', '\x80'}) {
      std::string altered = whole;
      altered[at] = static_cast<char>(altered[at] ^ flip);
      put(altered);
      Open();
      EXPECT_EQ(Read()->VerifyChain()->first_bad, kAltered) << "byte " << at;
      store_.reset();
    }
  }
  for (const std::string& altered :
       {whole.substr(1), whole.substr(0, whole.size() - 1), whole + '\0'}) {
    put(altered);
    Open();
    EXPECT_EQ(Read()->VerifyChain()->first_bad, kAltered);
    store_.reset();
  }
  put(whole);
  Open();
  EXPECT_EQ(Read()->VerifyChain()->first_bad, 0);
}

}  // namespace
}  // namespace kirikae::store
