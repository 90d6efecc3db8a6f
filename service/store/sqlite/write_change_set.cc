#include "service/store/sqlite/write_change_set.h"

#include <functional>
#include <utility>
#include <variant>

#include "service/domain/errors.h"
#include "service/status_macros.h"
#include "service/store/history/compare.h"
#include "service/store/history/packed_changes.h"
#include "service/store/history/record_fields.h"
#include "service/store/sqlite/chain.h"
#include "service/store/sqlite/key_changes.h"
#include "service/store/sqlite/record_rows.h"
#include "service/store/sqlite/view.h"

namespace kirikae::store {
namespace {

constexpr char kHead[] = "SELECT id, hash FROM change_sets ORDER BY id DESC LIMIT 1";
constexpr char kInsertSet[] = R"sql(
INSERT INTO change_sets (id, actor, role, act, reason, request_id, effective_time, recorded_time,
                         change_count, hash, undoes, partial)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)
)sql";
constexpr char kInsertChange[] = R"sql(
INSERT INTO changes (change_set, position, subject, record, fields) VALUES (?1, ?2, ?3, ?4, ?5)
)sql";

// Writes edits one by one, each with its history.
class Recorder {
 public:
  Recorder(Connection& connection, int64_t change_set, ChangeSetHasher& hasher)
      : connection_(connection),
        view_(connection),
        keys_(connection),
        change_set_(change_set),
        hasher_(hasher) {}

  // Writes what was gathered for the end.
  void Finish() { keys_.Flush(); }

  absl::Status operator()(const DeviceEdit& edit) {
    if (edit.before.has_value()) return PutDevice(edit.before->device, edit);
    ASSIGN_OR_RETURN(const auto old, view_.FindDevice(edit.device.asset_tag));
    return PutDevice(old, edit);
  }
  absl::Status operator()(const domain::Staff& staff) {
    ASSIGN_OR_RETURN(const auto old, view_.FindStaff(staff.staff_number));
    return Put(old, staff);
  }
  absl::Status operator()(const domain::Rollout& rollout) {
    ASSIGN_OR_RETURN(const auto old, view_.FindRollout(rollout.id));
    return Put(old, rollout);
  }
  absl::Status operator()(const domain::Plan& plan) {
    ASSIGN_OR_RETURN(const auto old, view_.FindPlan(plan.rollout, plan.number));
    return Put(old, plan);
  }
  absl::Status operator()(const domain::Wave& wave) {
    ASSIGN_OR_RETURN(const auto old, view_.FindWave(wave.rollout, wave.number));
    return Put(old, wave);
  }
  absl::Status operator()(const domain::Placement& placement) {
    ASSIGN_OR_RETURN(const auto old, view_.FindPlacement(placement.rollout, placement.asset_tag));
    return Put(old, placement);
  }
  absl::Status operator()(const domain::PhaseStatus& phase) {
    ASSIGN_OR_RETURN(const auto old, view_.FindPhase(phase.rollout, phase.id));
    return Put(old, phase);
  }
  absl::Status operator()(const PastChange& past) {
    packed_.clear();
    Pack({past.change.field, past.change.old_value, past.change.new_value}, packed_);
    Keep(past.subject, past.change.record, 1);
    return absl::OkStatus();
  }
  absl::Status operator()(domain::Token token) {
    if (token.id == 0) token.id = NextId(connection_, "tokens");
    ASSIGN_OR_RETURN(const std::vector<domain::Token> all, view_.ListTokens());
    std::optional<domain::Token> old;
    for (const domain::Token& stored : all) {
      if (stored.id == token.id) old = stored;
    }
    return Put(old, token);
  }
  absl::Status operator()(domain::ImportPreview import) {
    if (import.id == 0) import.id = NextId(connection_, "imports");
    ASSIGN_OR_RETURN(const auto old, view_.FindImport(import.id));
    return Put(old, import);
  }

  absl::Status operator()(const domain::ImportProfile& profile) {
    ASSIGN_OR_RETURN(const auto old, view_.FindImportProfile(profile.name));
    return Put(old, profile);
  }

  absl::Status operator()(const domain::CalendarDay& day) {
    ASSIGN_OR_RETURN(const auto old, view_.FindCalendarDay(day.day));
    return Put(old, day);
  }

  absl::Status operator()(const Removal& removal) {
    return std::visit([this](const auto& record) { return Remove(record); }, removal.record);
  }

 private:
  // The changes of one record, gathered for one row of history.
  template <typename Record>
  void Keep(const Record& record, int64_t count) {
    if (count > 0) Keep(SubjectOf(record), RecordName(record), count);
  }
  void Keep(const std::string& subject, const std::string& name, int64_t count) {
    connection_.Use(kInsertChange)
        .Bind(change_set_)
        .Bind(hasher_.count())
        .BindHere(subject)
        .BindHere(name)
        .BindBlobHere(packed_)
        .Run();
    hasher_.Add({subject, name, packed_, count});
  }

  absl::Status PutDevice(const std::optional<domain::Device>& old, const DeviceEdit& edit) {
    ASSIGN_OR_RETURN(const bool changed, Compare(old, edit.device));
    if (changed && !WriteDevice(connection_, old, edit.device)) return Stale(edit.device);
    if (edit.keys.has_value()) {
      keys_.Replace(edit.device.asset_tag, *edit.keys, !old.has_value());
    }
    return absl::OkStatus();
  }

  // The record is not what the edit's maker has read.
  absl::Status Stale(const domain::Device& device) {
    ASSIGN_OR_RETURN(const auto stored, view_.FindDevice(device.asset_tag));
    return domain::EtagMismatch(RecordName(device), std::to_string(VersionOf(stored)));
  }

  template <typename Record>
  static int64_t VersionOf(const std::optional<Record>& old) {
    return old.has_value() ? old->version : 0;
  }

  absl::StatusOr<std::optional<domain::ImportProfile>> Find(const domain::ImportProfile& profile) {
    return view_.FindImportProfile(profile.name);
  }
  absl::StatusOr<std::optional<domain::CalendarDay>> Find(const domain::CalendarDay& day) {
    return view_.FindCalendarDay(day.day);
  }
  absl::StatusOr<std::optional<domain::Staff>> Find(const domain::Staff& staff) {
    return view_.FindStaff(staff.staff_number);
  }
  absl::StatusOr<std::optional<domain::Placement>> Find(const domain::Placement& placement) {
    return view_.FindPlacement(placement.rollout, placement.asset_tag);
  }

  // History of the end of a record, each of whose fields is emptied.
  template <typename Record>
  void KeepEnd(const Record& old) {
    packed_.clear();
    Keep(old, PackEnd(FieldsOf(old), packed_));
  }

  absl::Status Remove(const domain::Device& device) {
    KeepEnd(device);
    keys_.Remove(device.asset_tag);
    return RemoveDevice(connection_, device) ? absl::OkStatus() : Stale(device);
  }

  template <typename Record>
  absl::Status Remove(const Record& record) {
    ASSIGN_OR_RETURN(const auto old, Find(record));
    if (!old.has_value() || old->version != record.version) {
      return domain::EtagMismatch(RecordName(record), std::to_string(VersionOf(old)));
    }
    KeepEnd(*old);
    RemoveRow(connection_, record);
    return absl::OkStatus();
  }

  template <typename Record>
  absl::Status Put(const std::optional<Record>& old, const Record& record) {
    ASSIGN_OR_RETURN(const bool changed, Compare(old, record));
    if (changed) WriteRow(connection_, record, VersionOf(old) + 1);
    return absl::OkStatus();
  }

  // Whether the record differs from what is stored; the differences are kept.
  template <typename Record>
  absl::StatusOr<bool> Compare(const std::optional<Record>& old, const Record& record) {
    if (record.version != 0 && record.version != VersionOf(old)) {
      return domain::EtagMismatch(RecordName(record), std::to_string(VersionOf(old)));
    }
    packed_.clear();
    const Fields before = old.has_value() ? FieldsOf(*old) : Fields();
    const int64_t count =
        PackDifferences(old.has_value() ? &before : nullptr, FieldsOf(record), packed_);
    Keep(record, count);
    return count > 0;
  }

  Connection& connection_;
  SqliteView view_;
  KeyChanges keys_;
  const int64_t change_set_;
  ChangeSetHasher& hasher_;
  std::string packed_;
};

}  // namespace

int64_t NextChangeSetId(Connection& connection) {
  Query head = connection.Use(kHead);
  return head.Next() ? head.Number(0) + 1 : 1;
}

absl::Status WriteChangeSet(Connection& connection, const Draft& draft,
                            const std::string& request_id) {
  domain::ChangeSet set;
  std::string predecessor;
  {
    Query head = connection.Use(kHead);
    const bool any = head.Next();
    set.id = any ? head.Number(0) + 1 : 1;
    if (any) predecessor = head.Text(1);
  }
  set.actor = draft.actor;
  set.role = draft.role;
  set.act = std::string(domain::Name(draft.act));
  set.reason = draft.reason;
  set.request_id = request_id;
  set.effective_time = draft.effective_time;
  set.recorded_time = draft.recorded_time;
  set.undoes = draft.undoes;
  set.partial = draft.partial;
  ChangeSetHasher hasher(predecessor, set);
  Recorder recorder(connection, set.id, hasher);
  for (const Edit& edit : draft.edits) RETURN_IF_ERROR(std::visit(std::ref(recorder), edit));
  while (draft.more) {
    ASSIGN_OR_RETURN(const std::optional<Edit> edit, draft.more());
    if (!edit.has_value()) break;
    RETURN_IF_ERROR(std::visit(std::ref(recorder), *edit));
  }
  recorder.Finish();
  if (hasher.count() == 0) return absl::OkStatus();
  Query insert = connection.Use(kInsertSet);
  insert.Bind(set.id)
      .Bind(set.actor)
      .Bind(set.role)
      .Bind(set.act)
      .Bind(set.reason)
      .Bind(set.request_id)
      .Bind(set.effective_time)
      .Bind(set.recorded_time)
      .Bind(hasher.count())
      .Bind(hasher.Finish())
      .Bind(set.undoes)
      .Bind(static_cast<int64_t>(set.partial))
      .Run();
  return absl::OkStatus();
}

}  // namespace kirikae::store
