// Records compared with checkpoints that were kept elsewhere.
#include "service/proof/checkpoint_check.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "absl/strings/str_format.h"

namespace kirikae::proof {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::vector<std::string> Hashes(int count) {
  std::vector<std::string> hashes;
  hashes.reserve(count);
  for (int i = 0; i < count; ++i) hashes.push_back(absl::StrFormat("%064x", i + 7));
  return hashes;
}

const SigningKey& Key() {
  static const auto* const key = new SigningKey(SigningKey::Make("kirikae/test"));
  return *key;
}

std::string NoteOf(const std::vector<std::string>& hashes) {
  MerkleTree tree;
  for (const std::string& hash : hashes) tree.Append(LeafOf(hash));
  return Key().Sign(
      Checkpoint{.origin = "kirikae/test", .size = tree.size(), .root = tree.Root()}.Text());
}

std::vector<FaultKind> Found(const std::vector<std::string>& record,
                             const std::vector<std::string>& notes) {
  CheckpointCheck check(notes, {Key().public_key()});
  for (const std::string& hash : record) check.Append(hash);
  std::vector<FaultKind> kinds;
  for (const Finding& finding : check.Finish()) kinds.push_back(finding.kind);
  return kinds;
}

TEST(CheckpointCheck, TheSameRecordAgreesAtEverySize) {
  std::vector<std::string> notes = {NoteOf({})};
  for (int size = 1; size <= 40; ++size) notes.push_back(NoteOf(Hashes(size)));
  EXPECT_THAT(Found(Hashes(40), notes), IsEmpty());
  EXPECT_THAT(Found(Hashes(60), notes), IsEmpty());
}

TEST(CheckpointCheck, ACutOffTailIsFound) {
  EXPECT_THAT(Found(Hashes(39), {NoteOf(Hashes(40))}), ElementsAre(FaultKind::kCutOff));
  EXPECT_THAT(Found({}, {NoteOf(Hashes(1))}), ElementsAre(FaultKind::kCutOff));
}

TEST(CheckpointCheck, AnotherRecordIsFoundBehindTheLastCheckpointThatAgrees) {
  std::vector<std::string> other = Hashes(50);
  other[29] = std::string(64, 'a');
  CheckpointCheck check({NoteOf(Hashes(20)), NoteOf(Hashes(40))}, {Key().public_key()});
  for (const std::string& hash : other) check.Append(hash);
  const std::vector<Finding> findings = check.Finish();
  ASSERT_EQ(findings.size(), 1U);
  EXPECT_EQ(findings[0].kind, FaultKind::kForked);
  EXPECT_EQ(findings[0].change_set, 21);
}

TEST(CheckpointCheck, EveryRemovedReorderedOrAlteredOneIsFound) {
  const std::string note = NoteOf(Hashes(30));
  for (size_t i = 0; i < 30; ++i) {
    std::vector<std::string> removed = Hashes(30);
    removed.erase(removed.begin() + static_cast<int64_t>(i));
    removed.push_back(std::string(64, 'b'));
    EXPECT_THAT(Found(removed, {note}), ElementsAre(FaultKind::kForked)) << i;
    std::vector<std::string> altered = Hashes(30);
    altered[i][63] = altered[i][63] == '0' ? '1' : '0';
    EXPECT_THAT(Found(altered, {note}), ElementsAre(FaultKind::kForked)) << i;
    std::vector<std::string> reordered = Hashes(30);
    std::swap(reordered[i], reordered[(i + 1) % 30]);
    EXPECT_THAT(Found(reordered, {note}), ElementsAre(FaultKind::kForked)) << i;
  }
}

TEST(CheckpointCheck, AnAlteredOrUnreadableCheckpointIsNamed) {
  std::string altered = NoteOf(Hashes(5));
  altered[altered.find("\n5\n") + 1] = '4';
  EXPECT_THAT(Found(Hashes(9), {altered}), ElementsAre(FaultKind::kWrongSignature));
  EXPECT_THAT(Found(Hashes(9), {"no checkpoint"}), ElementsAre(FaultKind::kUnreadable));
  EXPECT_THAT(Found(Hashes(9), {""}), ElementsAre(FaultKind::kUnreadable));
}

TEST(CheckpointCheck, ACheckpointOfAnUnknownKeyIsComparedAndNamed) {
  MerkleTree tree;
  for (const std::string& hash : Hashes(3)) tree.Append(LeafOf(hash));
  const Checkpoint checkpoint{.origin = "o", .size = 3, .root = tree.Root()};
  const std::string note = SigningKey::Make("other").Sign(checkpoint.Text());
  EXPECT_THAT(Found(Hashes(5), {note}), ElementsAre(FaultKind::kUnknownKey));
  EXPECT_THAT(Found(Hashes(2), {note}), ElementsAre(FaultKind::kUnknownKey, FaultKind::kCutOff));
}

TEST(CheckpointCheck, AFileMayHoldSeveral) {
  const std::string file = NoteOf(Hashes(2)) + NoteOf(Hashes(4)) + "\n" + NoteOf(Hashes(6));
  CheckpointCheck check({file}, {Key().public_key()});
  for (const std::string& hash : Hashes(8)) check.Append(hash);
  EXPECT_EQ(check.compared(), 3);
  EXPECT_THAT(check.Finish(), IsEmpty());
}

TEST(Checkpoint, IsReadAsItWasWritten) {
  const absl::StatusOr<Checkpoint> read = ReadCheckpoint(NoteOf(Hashes(5)), {Key().public_key()});
  ASSERT_TRUE(read.ok()) << read.status();
  EXPECT_EQ(read->origin, "kirikae/test");
  EXPECT_EQ(read->size, 5);
  EXPECT_EQ(read->signature, Signature::kGood);
}

}  // namespace
}  // namespace kirikae::proof
