// One bit of the database or of its log is flipped. Either that is found (the store or the check
// refuses the file, the check has a finding, or the newest change set is not the one that was
// written last, which a kept head shows), or it is harmless: every row is as it was.
#include <SQLiteCpp/SQLiteCpp.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdio>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "service/store/sqlite/check.h"
#include "service/store/sqlite/sqlite_store.h"
#include "tests/faults/support/work.h"
#include "tests/planner/dice.h"

namespace kirikae::testing {
namespace {

constexpr char kFile[] = "kirikae.db";
constexpr char kLog[] = "kirikae.db-wal";

// All rows, by table, and the schema. The newest change set is under "head".
using Content = std::map<std::string, std::string>;

// Throws SQLite::Exception where it can't be read.
Content ReadContent(const std::string& folder) {
  SQLite::Database database(folder + "/" + kFile, SQLite::OPEN_READONLY);
  std::vector<std::string> tables;
  Content content;
  SQLite::Statement schema(database,
                           "SELECT type, name, coalesce(sql, '') FROM sqlite_schema "
                           "ORDER BY name");
  while (schema.executeStep()) {
    content["sqlite_schema"] += schema.getColumn(2).getString() + "\n";
    if (schema.getColumn(0).getString() == "table") tables.push_back(schema.getColumn(1));
  }
  for (const std::string& table : tables) {
    std::vector<std::string> rows;
    SQLite::Statement select(database, "SELECT * FROM \"" + table + "\"");
    while (select.executeStep()) {
      std::string row;
      for (int i = 0; i < select.getColumnCount(); ++i) {
        row += std::to_string(select.getColumn(i).getType()) + ":" +
               select.getColumn(i).getString() + "|";
      }
      rows.push_back(std::move(row));
    }
    std::sort(rows.begin(), rows.end());
    for (const std::string& row : rows) content[table] += row + "\n";
  }
  content["head"] = database
                        .execAndGet(
                            "SELECT coalesce((SELECT id || hash FROM change_sets "
                            "ORDER BY id DESC LIMIT 1), '')")
                        .getString();
  return content;
}

// The table of each page of a database without a log.
std::map<int64_t, std::string> TablesOfPages(const std::string& folder) {
  SQLite::Database database(folder + "/" + kFile, SQLite::OPEN_READONLY);
  SQLite::Statement pages(database,
                          "SELECT p.pageno, coalesce(s.tbl_name, p.name) FROM dbstat p "
                          "LEFT JOIN sqlite_schema s ON s.name = p.name");
  std::map<int64_t, std::string> tables;
  while (pages.executeStep()) {
    tables[pages.getColumn(0).getInt64()] = pages.getColumn(1).getString();
  }
  return tables;
}

// A folder with rows in many tables; the log holds the last writes (hot) or nothing (folded).
Files Ward(bool hot) {
  const Act act = ActOf("ImportApply");
  Work work(act, act.before());
  EXPECT_TRUE(work.Open().ok());
  EXPECT_TRUE(work.Write().empty());
  if (!hot) work.Close();
  return work.disk().Now();
}

enum class Outcome { kFound, kHarmless, kNeither };

class FlippedBits : public ::testing::Test {
 protected:
  explicit FlippedBits(bool hot = false) : files_(Ward(hot)) {
    WriteFolder(files_, whole_folder_.path());
    whole_ = ReadContent(whole_folder_.path());
  }

  void Flip(const std::string& name, size_t byte, int bit) {
    Files flipped = files_;
    flipped[name][byte] = static_cast<char>(flipped[name][byte] ^ (1 << bit));
    const TemporaryFolder folder;
    WriteFolder(flipped, folder.path());
    std::set<std::string> differing;
    const Outcome outcome = Judged(folder.path(), differing);
    ++outcomes_[outcome];
    if (outcome != Outcome::kNeither) return;
    for (const std::string& table : differing) {
      ++offenders_[table];
      ADD_FAILURE() << name << ", byte " << byte << ", bit " << bit << ": a row of " << table
                    << " differs and nothing finds it";
    }
  }

  void Report(const std::string& what) {
    std::printf("%s: %d found, %d harmless, %d neither", what.c_str(), outcomes_[Outcome::kFound],
                outcomes_[Outcome::kHarmless], outcomes_[Outcome::kNeither]);
    for (const auto& [table, times] : offenders_) std::printf(", %s %d", table.c_str(), times);
    std::printf("\n");
  }

  Files files_;
  TemporaryFolder whole_folder_;
  Content whole_;
  std::map<Outcome, int> outcomes_;
  std::map<std::string, int> offenders_;

 private:
  Outcome Judged(const std::string& folder, std::set<std::string>& differing) const {
    const auto report = store::CheckDatabase(folder);
    if (!report.ok() || !report->findings.empty()) return Outcome::kFound;
    Content content;
    try {
      content = ReadContent(folder);
    } catch (const SQLite::Exception&) {
      return Outcome::kFound;
    }
    if (content["head"] != whole_.at("head")) return Outcome::kFound;
    if (!store::OpenSqliteStore({.directory = folder}).ok()) return Outcome::kFound;
    for (const auto& [table, rows] : whole_) {
      if (content[table] != rows) differing.insert(table);
    }
    for (const auto& [table, rows] : content) {
      if (!whole_.contains(table)) differing.insert(table);
    }
    return differing.empty() ? Outcome::kHarmless : Outcome::kNeither;
  }
};

class FlippedBitsOfALog : public FlippedBits {
 protected:
  FlippedBitsOfALog() : FlippedBits(true) {}
};

int Times() { return TriesAll() ? 200 : 40; }

TEST_F(FlippedBits, InAFoldedFileAreFoundOrHarmless) {
  ASSERT_TRUE(files_[kLog].empty());
  planner::TestDice dice(20250501);
  for (int i = 0; i < Times(); ++i) {
    Flip(kFile, static_cast<size_t>(dice.Below(static_cast<int>(files_[kFile].size()))),
         dice.Below(8));
  }
  Report("a folded file");
}

TEST_F(FlippedBitsOfALog, AreFoundOrHarmless) {
  ASSERT_FALSE(files_[kLog].empty());
  planner::TestDice dice(20250502);
  for (int i = 0; i < Times(); ++i) {
    Flip(kLog, static_cast<size_t>(dice.Below(static_cast<int>(files_[kLog].size()))),
         dice.Below(8));
  }
  Report("a hot log");
}

TEST_F(FlippedBitsOfALog, OfTheFileBesideItAreFoundOrHarmless) {
  planner::TestDice dice(20250503);
  for (int i = 0; i < Times(); ++i) {
    Flip(kFile, static_cast<size_t>(dice.Below(static_cast<int>(files_[kFile].size()))),
         dice.Below(8));
  }
  Report("a file beside a hot log");
}

// Random bytes seldom hit a small table, so each table's pages are hit as often.
TEST_F(FlippedBits, OfEachTableAreFoundOrHarmless) {
  std::map<std::string, std::vector<int64_t>> pages;
  for (const auto& [page, table] : TablesOfPages(whole_folder_.path())) {
    // A page of only zeros behind its header holds no row.
    pages[table].push_back(page);
  }
  ASSERT_TRUE(pages.contains("import_parts"));
  planner::TestDice dice(20250504);
  const int times = TriesAll() ? 40 : 1;
  constexpr int64_t kPage = 4096;
  for (const auto& [table, own] : pages) {
    outcomes_.clear();
    offenders_.clear();
    for (int i = 0; i < times; ++i) {
      const int64_t page = own[static_cast<size_t>(dice.Below(static_cast<int>(own.size())))];
      // Unused bytes are zero, and flipping them harms nothing.
      size_t byte = 0;
      do {
        byte = static_cast<size_t>((page - 1) * kPage + dice.Below(static_cast<int>(kPage)));
      } while (files_[kFile][byte] == 0);
      Flip(kFile, byte, dice.Below(8));
    }
    Report("table " + table);
  }
}

// What this test rests on: a row that differs is seen.
TEST_F(FlippedBits, ARowThatDiffersIsSeen) {
  const std::string text = "TSM-77";
  const size_t at = files_[kFile].find(text);
  ASSERT_NE(at, std::string::npos);
  Flip(kFile, at + text.size() - 1, 0);
  EXPECT_EQ(outcomes_[Outcome::kHarmless], 0);
}

}  // namespace
}  // namespace kirikae::testing
