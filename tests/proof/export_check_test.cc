// Exports of the record: each kind of alteration is named.
#include "service/proof/export_check.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "service/store/history/packed_changes.h"

namespace kirikae::proof {
namespace {

using ::testing::Contains;
using ::testing::IsEmpty;
using ::testing::Not;

constexpr int kSets = 12;

const SigningKey& Key() {
  static const auto* const key = new SigningKey(SigningKey::Make("kirikae/test"));
  return *key;
}

// A record of twelve change sets with two records each, its lines, and its last checkpoint.
struct Record {
  std::vector<std::string> lines;
  std::string note;
};

// With `actor` as who acted, and every hash made for it.
Record MakeRecord(const std::string& actor = "山田") {
  Record record;
  std::string all = FirstLine("kirikae/test");
  std::string before;
  MerkleTree tree;
  for (int id = 1; id <= kSets; ++id) {
    domain::ChangeSet set;
    set.id = id;
    set.actor = actor;
    set.role = "OPERATOR";
    set.act = "UPDATE_DEVICE";
    set.effective_time = absl::FromUnixSeconds(1'700'000'000 + id);
    set.recorded_time = set.effective_time;
    store::ChangeSetHasher hasher(before, set);
    std::string lines;
    for (const std::string tag : {"TSM-1", "TSM-2"}) {
      std::string packed;
      store::Pack({"note", "前", "後" + std::to_string(id)}, packed);
      const std::string name = "devices/" + tag;
      hasher.Add({name, name, packed, 1});
      lines += ChangesLine({name, name, packed});
    }
    set.change_count = hasher.count();
    set.hash = hasher.Finish();
    before = set.hash;
    tree.Append(LeafOf(set.hash));
    all += SetLine(set) + lines;
  }
  all += LastLine(kSets);
  record.lines = absl::StrSplit(all, '\n', absl::SkipEmpty());
  record.note =
      Key().Sign(Checkpoint{.origin = "kirikae/test", .size = kSets, .root = tree.Root()}.Text());
  return record;
}

std::vector<Finding> Check(const std::vector<std::string>& lines, const std::string& note = "") {
  ExportCheck check(note.empty() ? std::vector<std::string>() : std::vector<std::string>{note},
                    {Key().public_key()});
  for (const std::string& line : lines) check.Add(line);
  return check.Finish();
}

std::vector<FaultKind> Kinds(const std::vector<Finding>& findings) {
  std::vector<FaultKind> kinds;
  kinds.reserve(findings.size());
  for (const Finding& finding : findings) kinds.push_back(finding.kind);
  return kinds;
}

// The lines of change set `id`, from its own line on.
constexpr size_t LineOf(int id) { return 1 + static_cast<size_t>(id - 1) * 3; }

TEST(ExportCheck, ASoundExportHasNoFindings) {
  const Record record = MakeRecord();
  EXPECT_THAT(Check(record.lines, record.note), IsEmpty());
}

TEST(ExportCheck, EveryAlteredByteIsFoundAtItsChangeSet) {
  const Record record = MakeRecord();
  int tried = 0;
  for (size_t line = LineOf(1); line < record.lines.size(); ++line) {
    for (size_t at = 0; at < record.lines[line].size(); ++at) {
      std::vector<std::string> altered = record.lines;
      altered[line][at] = static_cast<char>(altered[line][at] ^ 1);
      EXPECT_THAT(Check(altered, record.note), Not(IsEmpty())) << line << ":" << at;
      ++tried;
    }
  }
  EXPECT_GT(tried, 1000);
}

TEST(ExportCheck, AnAlteredOneIsNamed) {
  Record record = MakeRecord();
  for (int id = 1; id <= kSets; ++id) {
    std::vector<std::string> altered = record.lines;
    altered[LineOf(id)] = absl::StrReplaceAll(altered[LineOf(id)], {{"山田", "佐藤"}});
    const std::vector<Finding> findings = Check(altered, record.note);
    ASSERT_EQ(findings.size(), 1U) << id;
    EXPECT_EQ(findings[0].kind, FaultKind::kAltered);
    EXPECT_EQ(findings[0].change_set, id);
  }
}

// What a person reads is what the hash covers.
TEST(ExportCheck, FieldsThatSayAnotherThingThanThePackedBytesAreFound) {
  Record record = MakeRecord();
  record.lines[LineOf(4) + 1] = absl::StrReplaceAll(record.lines[LineOf(4) + 1], {{"後4", "後9"}});
  const std::vector<Finding> findings = Check(record.lines);
  ASSERT_EQ(findings.size(), 1U);
  EXPECT_EQ(findings[0].change_set, 4);
}

TEST(ExportCheck, ARemovedOneIsNamed) {
  Record record = MakeRecord();
  const auto begin = record.lines.begin() + static_cast<int64_t>(LineOf(5));
  record.lines.erase(begin, begin + 3);
  const std::vector<Finding> findings = Check(record.lines, record.note);
  ASSERT_THAT(findings, Not(IsEmpty()));
  EXPECT_EQ(findings[0].kind, FaultKind::kRemoved);
  EXPECT_EQ(findings[0].change_set, 5);
}

TEST(ExportCheck, ReorderedOnesAreNamed) {
  Record record = MakeRecord();
  for (size_t i = 0; i < 3; ++i) {
    std::swap(record.lines[LineOf(6) + i], record.lines[LineOf(7) + i]);
  }
  EXPECT_THAT(Kinds(Check(record.lines)), Contains(FaultKind::kReordered));
}

TEST(ExportCheck, ACutOffTailIsFoundWithAndWithoutItsLastLine) {
  Record record = MakeRecord();
  record.lines.resize(LineOf(9));
  EXPECT_THAT(Kinds(Check(record.lines)), Contains(FaultKind::kCutOff));
  std::string last = LastLine(8);
  last.pop_back();
  record.lines.push_back(last);
  EXPECT_THAT(Check(record.lines), IsEmpty()) << "only a checkpoint can know";
  EXPECT_THAT(Kinds(Check(record.lines, record.note)), Contains(FaultKind::kCutOff));
}

TEST(ExportCheck, AForkIsFoundThoughEveryHashWasMadeAnew) {
  const Record record = MakeRecord();
  const Record fork = MakeRecord("佐藤");
  EXPECT_THAT(Check(fork.lines), IsEmpty()) << "it is sound by itself";
  EXPECT_THAT(Kinds(Check(fork.lines, record.note)), Contains(FaultKind::kForked));
}

TEST(ExportCheck, LinesOfNoKindAreNamed) {
  for (const char* line : {"", "{}", "[]", "1", "{\"changeSet\":1}", "{\"record\":1}", "\xFF",
                           "{\"end\":\"x\"}", "{\"kirikaeAudit\":2}"}) {
    EXPECT_THAT(Kinds(Check({line})), Contains(FaultKind::kUnreadable)) << line;
  }
}

}  // namespace
}  // namespace kirikae::proof
