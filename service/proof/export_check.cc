#include "service/proof/export_check.h"

#include <nlohmann/json.hpp>
#include <utility>

#include "absl/strings/escaping.h"
#include "absl/time/time.h"
#include "service/store/history/packed_changes.h"

namespace kirikae::proof {
namespace {

using domain::Sentence;
using Json = nlohmann::json;

std::string Number(int64_t number) { return std::to_string(number); }

// Throws Json::exception for another form.
domain::ChangeSet ReadSet(const Json& json) {
  domain::ChangeSet set;
  set.id = json.at("changeSet").get<int64_t>();
  set.actor = json.at("actor").get<std::string>();
  set.role = json.at("role").get<std::string>();
  set.act = json.at("act").get<std::string>();
  set.reason = json.at("reason").get<std::string>();
  set.request_id = json.at("requestId").get<std::string>();
  set.effective_time = absl::FromUnixMicros(json.at("effectiveTime").get<int64_t>());
  set.recorded_time = absl::FromUnixMicros(json.at("recordedTime").get<int64_t>());
  set.undoes = json.at("undoes").get<int64_t>();
  set.partial = json.at("partial").get<bool>();
  set.change_count = json.at("changeCount").get<int64_t>();
  set.hash = json.at("hash").get<std::string>();
  return set;
}

ExportedChanges ReadChanges(const Json& json) {
  ExportedChanges changes;
  changes.record = json.at("record").get<std::string>();
  changes.subject = json.at("subject").get<std::string>();
  absl::Base64Unescape(json.at("packed").get<std::string>(), &changes.packed);
  return changes;
}

}  // namespace

ExportCheck::ExportCheck(const std::vector<std::string>& notes, const std::vector<PublicKey>& known)
    : checkpoints_(notes, known) {}

void ExportCheck::Find(FaultKind kind, int64_t change_set, Sentence sentence) {
  if (findings_.size() < kMostFindings)
    findings_.push_back({kind, change_set, std::move(sentence)});
}

void ExportCheck::Add(std::string_view line) {
  ++line_;
  try {
    const Json json = Json::parse(line);
    if (json.contains("changeSet")) {
      EndSet();
      BeginSet(ReadSet(json));
    } else if (json.contains("record")) {
      const ExportedChanges changes = ReadChanges(json);
      // What people read is what the hash covers.
      AddChanges(changes, Json::parse(ChangesLine(changes)) == json);
    } else if (json.contains("end")) {
      EndSet();
      end_ = json.at("end").get<int64_t>();
    } else if (line_ != 1 || json.at("kirikaeAudit").get<int>() != 1) {
      Find(FaultKind::kUnreadable, 0,
           Sentence("Line $0 of the export is none of its kinds.", {Number(line_)}));
    }
  } catch (const Json::exception&) {
    if (open_.has_value()) open_->sound = false;
    Find(FaultKind::kUnreadable, 0,
         Sentence("Line $0 of the export can't be read.", {Number(line_)}));
  }
}

void ExportCheck::BeginSet(domain::ChangeSet set) {
  if (set.id > last_id_ + 1) {
    Find(FaultKind::kRemoved, last_id_ + 1,
         Sentence("The change sets from $0 to $1 are missing.",
                  {Number(last_id_ + 1), Number(set.id - 1)}));
  } else if (set.id <= last_id_) {
    Find(
        FaultKind::kReordered, set.id,
        Sentence("Change set $0 stands behind change set $1.", {Number(set.id), Number(last_id_)}));
  }
  store::ChangeSetHasher hasher(last_hash_, set);
  open_.emplace(Open{hasher, std::move(set)});
}

void ExportCheck::AddChanges(const ExportedChanges& changes, bool same_fields) {
  if (!open_.has_value()) {
    Find(FaultKind::kAltered, 0,
         Sentence("Line $0 of the export belongs to no change set.", {Number(line_)}));
    return;
  }
  store::Unpacker unpacker(changes.packed);
  store::StoredChanges stored{changes.subject, changes.record, changes.packed, 0};
  while (unpacker.Next().has_value()) ++stored.count;
  open_->sound = open_->sound && unpacker.sound() && same_fields;
  open_->hasher.Add(stored);
}

void ExportCheck::EndSet() {
  if (!open_.has_value()) return;
  const domain::ChangeSet& set = open_->set;
  const bool right = open_->sound && set.change_count == open_->hasher.count() &&
                     open_->hasher.Finish() == set.hash;
  // Behind a missing or moved one, only the link to it is wrong; that was said.
  if (!right && (set.id == last_id_ + 1 || !open_->sound)) {
    Find(FaultKind::kAltered, set.id,
         Sentence("Change set $0 was altered: its content and the hash before it do not give its "
                  "hash.",
                  {Number(set.id)}));
  }
  last_id_ = set.id;
  last_hash_ = set.hash;
  checkpoints_.Append(set.hash);
  open_.reset();
}

std::vector<Finding> ExportCheck::Finish() {
  EndSet();
  if (end_ != change_sets()) {
    Find(FaultKind::kCutOff, change_sets() + 1,
         end_.has_value()
             ? Sentence("The export says that it has $0 change sets, and it has $1.",
                        {Number(*end_), Number(change_sets())})
             : Sentence("The export has no last line: it was cut off behind change set $0.",
                        {Number(last_id_)}));
  }
  for (Finding& finding : checkpoints_.Finish()) {
    Find(finding.kind, finding.change_set, std::move(finding.sentence));
  }
  return std::move(findings_);
}

}  // namespace kirikae::proof
