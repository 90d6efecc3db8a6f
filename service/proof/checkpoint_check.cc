#include "service/proof/checkpoint_check.h"

#include <algorithm>
#include <utility>

#include "absl/strings/escaping.h"

namespace kirikae::proof {
namespace {

using domain::Sentence;

std::string Number(int64_t number) { return std::to_string(number); }

}  // namespace

CheckpointCheck::CheckpointCheck(const std::vector<std::string>& notes,
                                 const std::vector<PublicKey>& known) {
  for (const std::string& file : notes) {
    for (const std::string& note : SplitNotes(file)) {
      absl::StatusOr<Checkpoint> read = ReadCheckpoint(note, known);
      if (!read.ok()) {
        findings_.push_back(
            {FaultKind::kUnreadable, 0,
             Sentence("A given checkpoint can't be read: $0. Give the files as they were kept.",
                      {std::string(read.status().message())})});
        continue;
      }
      const std::string size = Number(read->size);
      if (read->signature == Signature::kWrong) {
        findings_.push_back(
            {FaultKind::kWrongSignature, read->size,
             Sentence("The signature of the checkpoint of $0 change sets does not fit its text: "
                      "the checkpoint was altered.",
                      {size})});
        continue;
      }
      if (read->signature == Signature::kUnknownKey) {
        findings_.push_back({FaultKind::kUnknownKey, read->size,
                             Sentence("The checkpoint of $0 change sets is signed by a key that is "
                                      "not known here. Its root was compared, its signature not.",
                                      {size})});
      }
      checkpoints_.push_back(*std::move(read));
    }
  }
  std::stable_sort(checkpoints_.begin(), checkpoints_.end(),
                   [](const auto& a, const auto& b) { return a.size < b.size; });
  CompareHere();
}

void CheckpointCheck::CompareHere() {
  for (; next_ < checkpoints_.size() && checkpoints_[next_].size == tree_.size(); ++next_) {
    if (checkpoints_[next_].root == tree_.Root()) {
      agreed_ = tree_.size();
      continue;
    }
    findings_.push_back(
        {FaultKind::kForked, agreed_ + 1,
         Sentence("The record is not the one that the checkpoint of $0 change sets was made of: "
                  "something between change set $1 and change set $0 was altered, removed or "
                  "reordered, and the hashes were made anew.",
                  {Number(tree_.size()), Number(agreed_ + 1)})});
  }
}

void CheckpointCheck::Append(std::string_view hash_hex) {
  tree_.Append(LeafOf(hash_hex));
  CompareHere();
}

std::vector<Finding> CheckpointCheck::Finish() {
  for (; next_ < checkpoints_.size(); ++next_) {
    findings_.push_back({FaultKind::kCutOff, tree_.size() + 1,
                         Sentence("The record has $0 change sets, and a checkpoint was made of $1: "
                                  "the newest ones are missing.",
                                  {Number(tree_.size()), Number(checkpoints_[next_].size)})});
  }
  return std::move(findings_);
}

}  // namespace kirikae::proof
