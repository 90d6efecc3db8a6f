#include "service/domain/errors.h"

#include <utility>

#include "service/domain/act.h"
#include "service/domain/record_name.h"

namespace kirikae::domain {
namespace {

using absl::StatusCode;

std::string S(std::string_view text) { return std::string(text); }

}  // namespace

absl::Status ChangeSetNotFound(int64_t id) {
  const std::string number = std::to_string(id);
  return MakeMissing("CHANGE_SET_NOT_FOUND", Sentence("There is no change set $0.", {number}),
                     ChangeSetName(id), {{"change_set", number}});
}

absl::Status NotInChangeSet(std::string_view id, std::string_view record) {
  return MakeMissing("RECORD_NOT_IN_CHANGE_SET",
                     Sentence("Change set $0 changed no record $1; name one it changed, such as "
                              "devices/TSM-00123.",
                              {S(id), S(record)}),
                     S(record), {{"change_set", S(id)}, {"record", S(record)}});
}

absl::Status AlreadyUndone(std::string_view id, std::string_view by) {
  return MakeError(StatusCode::kFailedPrecondition, "ALREADY_UNDONE",
                   Sentence("Change set $0 was undone by $1 already.", {S(id), S(by)}),
                   {{"change_set", S(id)}, {"undone_by", S(by)}});
}

absl::Status AllUndone(std::string_view id) {
  return MakeError(StatusCode::kFailedPrecondition, "ALREADY_UNDONE",
                   Sentence("Every record of change set $0 was undone already.", {S(id)}),
                   {{"change_set", S(id)}});
}

absl::Status RecordAlreadyUndone(std::string_view id, std::string_view record) {
  return MakeError(StatusCode::kFailedPrecondition, "ALREADY_UNDONE",
                   Sentence("What change set $0 did to $1 was undone already.", {S(id), S(record)}),
                   {{"change_set", S(id)}, {"record", S(record)}});
}

absl::Status NotUndoable(std::string_view id, std::string_view act) {
  std::vector<std::string> args = KindsOfUndo();
  args.insert(args.begin(), {S(id), S(act)});
  return MakeError(StatusCode::kFailedPrecondition, "NOT_UNDOABLE",
                   Sentence("Change set $0 ($1) can't be undone: only $2, $3, $4, $5 and $6 can.",
                            std::move(args)),
                   {{"change_set", S(id)}, {"act", S(act)}});
}

absl::Status UndoOfAnothers(std::string_view id, std::string_view actor) {
  return MakeError(StatusCode::kPermissionDenied, "UNDO_OF_ANOTHERS",
                   Sentence("Change set $0 is by $1. Ask them or an administrator to undo it.",
                            {S(id), S(actor)}),
                   {{"change_set", S(id)}, {"actor", S(actor)}});
}

absl::Status UndoConflicts(std::string_view id, std::vector<Violation> conflicts) {
  const std::string count = std::to_string(conflicts.size());
  return MakeError(
      StatusCode::kFailedPrecondition,
      {.reason = "UNDO_CONFLICTS",
       .sentence = Sentence("$1 field(s) changed since change set $0, so nothing was undone. Undo "
                            "the later changes first.",
                            {S(id), count}),
       .metadata = {{"change_set", S(id)}, {"count", count}},
       .violations = std::move(conflicts),
       .resource = {}});
}

}  // namespace kirikae::domain
