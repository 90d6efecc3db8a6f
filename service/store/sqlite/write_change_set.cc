#include "service/store/sqlite/write_change_set.h"

#include <functional>
#include <utility>
#include <variant>

#include "service/domain/errors.h"
#include "service/domain/invariants.h"
#include "service/status_macros.h"
#include "service/store/history/compare.h"
#include "service/store/history/hasher.h"
#include "service/store/history/packed_changes.h"
#include "service/store/history/record_fields.h"
#include "service/store/sqlite/change_sets.h"
#include "service/store/sqlite/changes.h"
#include "service/store/sqlite/checkpoints.h"
#include "service/store/sqlite/rows.h"
#include "service/store/sqlite/search_keys.h"
#include "service/store/sqlite/sessions.h"
#include "service/store/sqlite/tables.h"
#include "service/store/sqlite/view.h"

namespace kirikae::store {
namespace {

// Writes the edits of a change set one by one, each with its history.
class Recorder {
 public:
  Recorder(Connection& connection, int64_t change_set, ChangeSetHasher& hasher)
      : connection_(connection),
        view_(connection),
        keys_(connection),
        change_set_(change_set),
        hasher_(hasher) {}

  // Writes the collected search keys.
  void Finish() { keys_.Flush(); }

  template <typename Record>
  absl::Status operator()(const Record& record) {
    const Table<Record>& table = TableOf(&record);
    ASSIGN_OR_RETURN(const auto old, table.find(view_, record));
    return Put(table, old, record);
  }
  absl::Status operator()(domain::Token token) { return PutNumbered(token); }
  absl::Status operator()(domain::ImportPreview import) { return PutNumbered(import); }

  absl::Status operator()(const DeviceEdit& edit) {
    if (edit.before.has_value()) return PutDevice(edit.before->device, edit);
    ASSIGN_OR_RETURN(const auto old, view_.FindDevice(edit.device.asset_tag));
    return PutDevice(old, edit);
  }

  absl::Status operator()(const PastChange& past) {
    packed_.clear();
    Pack({past.change.field, past.change.old_value, past.change.new_value}, packed_);
    Keep(past.subject, past.change.record, 1);
    return absl::OkStatus();
  }

  absl::Status operator()(const KeptCheckpoint& checkpoint) {
    PutCheckpoint(connection_, checkpoint);
    return absl::OkStatus();
  }

  absl::Status operator()(const Session& session) {
    PutSession(connection_, session);
    return absl::OkStatus();
  }

  absl::Status operator()(const SessionEnd& end) {
    EndSession(connection_, end.hash);
    return absl::OkStatus();
  }

  absl::Status operator()(const Removal& removal) {
    return std::visit([this](const auto& record) { return Remove(record); }, removal.record);
  }

 private:
  // Writes `packed_`, the changes of one record, as one row of its history.
  template <typename Record>
  void Keep(const Record& record, int64_t count) {
    if (count > 0) Keep(SubjectOf(record), RecordName(record), count);
  }
  void Keep(const std::string& subject, const std::string& name, int64_t count) {
    InsertChanges(connection_, change_set_, hasher_.count(), subject, name, packed_);
    hasher_.Add({subject, name, packed_, count});
  }

  template <typename Record>
  absl::Status PutNumbered(Record& record) {
    const Table<Record>& table = TableOf(&record);
    if (record.id == 0) record.id = Number(connection_.Use(table.next_id));
    ASSIGN_OR_RETURN(const auto old, table.find(view_, record));
    return Put(table, old, record);
  }

  absl::Status PutDevice(const std::optional<domain::Device>& old, const DeviceEdit& edit) {
    RETURN_IF_ERROR(Put(TableOf(&edit.device), old, edit.device));
    if (edit.keys.has_value()) {
      keys_.Replace(edit.device.asset_tag, *edit.keys, !old.has_value());
    }
    return absl::OkStatus();
  }

  // What no write may make, whoever makes it (domain/invariants).
  template <typename Record>
  static absl::Status Check(const std::optional<Record>&, const Record&) {
    return absl::OkStatus();
  }
  static absl::Status Check(const std::optional<domain::Staff>& old, const domain::Staff& staff) {
    return domain::CheckWrite(old.has_value() ? &*old : nullptr, staff);
  }
  absl::Status Check(const std::optional<domain::Device>& old, const domain::Device& device) {
    return domain::CheckWrite(
        old.has_value() ? &*old : nullptr, device,
        [this](const std::string& staff_number) { return view_.FindStaff(staff_number); });
  }

  // Writes the record if it differs from `old`, the stored one.
  template <typename Record>
  absl::Status Put(const Table<Record>& table, const std::optional<Record>& old,
                   const Record& record) {
    if (record.version != 0 && record.version != VersionOf(old)) return Stale(record, old);
    const Fields before = old.has_value() ? FieldsOf(*old) : Fields();
    packed_.clear();
    const int64_t count =
        PackDifferences(old.has_value() ? &before : nullptr, FieldsOf(record), packed_);
    if (count == 0) return absl::OkStatus();
    RETURN_IF_ERROR(Check(old, record));
    Keep(record, count);
    return table.write(connection_, old, record) ? absl::OkStatus() : Outdated(table, record);
  }

  // The edit's maker has read the device, so only its version is compared.
  absl::Status Remove(const domain::Device& device) {
    keys_.Remove(device.asset_tag);
    return End(TableOf(&device), device);
  }

  template <typename Record>
  absl::Status Remove(const Record& record) {
    const Table<Record>& table = TableOf(&record);
    ASSIGN_OR_RETURN(const auto old, table.find(view_, record));
    if (!old.has_value() || old->version != record.version) return Stale(record, old);
    return End(table, *old);
  }

  // Ends the history of a stored record and removes its row.
  template <typename Record>
  absl::Status End(const Table<Record>& table, const Record& old) {
    packed_.clear();
    Keep(old, PackEnd(FieldsOf(old), packed_));
    return table.remove(connection_, old) ? absl::OkStatus() : Outdated(table, old);
  }

  template <typename Record>
  static int64_t VersionOf(const std::optional<Record>& stored) {
    return stored.has_value() ? stored->version : 0;
  }

  template <typename Record>
  static absl::Status Stale(const Record& record, const std::optional<Record>& stored) {
    return domain::EtagMismatch(RecordName(record), std::to_string(VersionOf(stored)));
  }

  // The error for an edit whose maker read another version than the stored one.
  template <typename Record>
  absl::Status Outdated(const Table<Record>& table, const Record& record) {
    ASSIGN_OR_RETURN(const auto stored, table.find(view_, record));
    return Stale(record, stored);
  }

  Connection& connection_;
  SqliteView view_;
  KeyChanges keys_;
  const int64_t change_set_;
  ChangeSetHasher& hasher_;
  std::string packed_;
};

// When an act is recorded that comes after a record of the time `newest`: no earlier than that
// record, unless the clock was set back by a minute or more and accepted so.
absl::Time TimeAfter(absl::Time newest, absl::Time time) {
  const bool is_behind = time <= newest && newest - time < absl::Minutes(1);
  return is_behind ? newest + absl::Microseconds(1) : time;
}

}  // namespace

absl::Status WriteChangeSet(Connection& connection, const Draft& draft,
                            const std::string& request_id, Head& head) {
  domain::ChangeSet set;
  set.id = head.id + 1;
  set.actor = draft.actor;
  set.role = draft.role;
  set.act = std::string(domain::Name(draft.act));
  set.reason = draft.reason;
  set.request_id = request_id;
  set.effective_time = draft.effective_time;
  set.recorded_time = TimeAfter(head.time, draft.recorded_time);
  set.undoes = draft.undoes;
  set.partial = draft.partial;
  ChangeSetHasher hasher(head.hash, set);
  Recorder recorder(connection, set.id, hasher);
  for (const Edit& edit : draft.edits) RETURN_IF_ERROR(std::visit(std::ref(recorder), edit));
  while (draft.more) {
    ASSIGN_OR_RETURN(const std::optional<Edit> edit, draft.more());
    if (!edit.has_value()) break;
    RETURN_IF_ERROR(std::visit(std::ref(recorder), *edit));
  }
  recorder.Finish();
  if (hasher.count() == 0) return absl::OkStatus();
  set.change_count = hasher.count();
  set.hash = hasher.Finish();
  InsertChangeSet(connection, set);
  // As it will be read: a stored time has whole microseconds.
  const absl::Time stored = absl::FromUnixMicros(absl::ToUnixMicros(set.recorded_time));
  head = {.id = set.id, .hash = std::move(set.hash), .time = stored};
  return absl::OkStatus();
}

}  // namespace kirikae::store
