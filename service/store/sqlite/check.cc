#include "service/store/sqlite/check.h"

#include <sys/stat.h>

#include <algorithm>
#include <iterator>
#include <limits>
#include <map>
#include <memory>
#include <optional>
#include <utility>

#include "service/domain/device_history.h"
#include "service/domain/error_detail.h"
#include "service/domain/record_fields.h"
#include "service/domain/record_name.h"
#include "service/domain/text_hash.h"
#include "service/proof/checkpoint_check.h"
#include "service/proof/record_keys.h"
#include "service/status_macros.h"
#include "service/store/history/packed_changes.h"
#include "service/store/sqlite/chain.h"
#include "service/store/sqlite/guard.h"
#include "service/store/sqlite/head_file.h"
#include "service/store/sqlite/migrations.h"
#include "service/store/sqlite/requests.h"
#include "service/store/sqlite/rows.h"
#include "service/store/sqlite/search_keys.h"
#include "service/store/sqlite/sessions.h"
#include "service/store/sqlite/stored_record.h"
#include "service/store/sqlite/view.h"

namespace kirikae::store {
namespace {

// Histories of what is no record: what was accepted of the clock and of the database, and the keys
// that sign checkpoints.
constexpr std::string_view kNoRecords[] = {"clock", "database", proof::kKeysSubject};

using domain::Sentence;

constexpr int kBatch = 1000;
constexpr int kWholeHistory = 1'000'000'000;

// Later than anything is recorded or undone.
constexpr absl::Time kLatest = absl::FromUnixMicros(std::numeric_limits<int64_t>::max());

constexpr char kCounts[] =
    "SELECT (SELECT count(*) FROM devices), (SELECT "
    "coalesce(sum(change_count), 0) FROM "
    "change_sets)";
constexpr char kNameless[] = "SELECT id FROM change_sets WHERE trim(actor) = '' ORDER BY id";
constexpr char kOrphans[] = R"sql(
SELECT DISTINCT change_set FROM changes
WHERE change_set NOT IN (SELECT id FROM change_sets) ORDER BY change_set
)sql";
constexpr char kSchema[] =
    "SELECT type || ' ' || name || ' ' || tbl_name || ' ' || coalesce(sql, '') FROM sqlite_schema "
    "ORDER BY type, name";
constexpr char kHashes[] = "SELECT hash FROM change_sets ORDER BY id";
constexpr char kAnswers[] =
    "SELECT id, fingerprint, response, recorded_time, hash FROM requests WHERE hash <> ''";
constexpr char kImports[] =
    "SELECT id, parts_hash FROM imports WHERE parts_hash <> '' AND expired = 0";
constexpr char kParts[] = "SELECT payload FROM import_parts WHERE import = ?1 ORDER BY number";
constexpr char kByRecord[] = R"sql(
SELECT record, change_set, fields FROM changes ORDER BY record, change_set, position
)sql";
// Placement states 2 and 3 are PLANNED and DUE. Wave state 1 is PLANNED, 3 DONE, 4 CANCELLED.
constexpr char kStrayPlacements[] = R"sql(
SELECT p.rollout, p.asset_tag, p.wave FROM placements p JOIN rollouts r ON r.id = p.rollout
LEFT JOIN waves w ON w.rollout = p.rollout AND w.number = p.wave
WHERE p.state IN (2, 3)
  AND (w.number IS NULL OR w.state IN (3, 4) OR (w.state = 1 AND w.plan <> r.approved_plan))
ORDER BY p.rollout, p.asset_tag
)sql";
constexpr char kDevicesKeys[] = "SELECT asset_tag, keys FROM device_keys ORDER BY asset_tag";
constexpr char kHasKey[] = R"sql(
SELECT 1 FROM search_keys WHERE tier = ?1 AND key = ?2 AND asset_tag = ?3 AND field = ?4
)sql";
constexpr char kCountKeys[] = "SELECT count(*) FROM search_keys";
constexpr char kStrayKeys[] = R"sql(
SELECT asset_tag FROM device_keys WHERE asset_tag NOT IN (SELECT asset_tag FROM devices)
ORDER BY asset_tag
)sql";
constexpr char kWrongCounts[] = R"sql(
SELECT rollout, wave, phase FROM (
  SELECT rollout, wave, phase, state, count FROM placement_counts WHERE count <> 0
  UNION ALL SELECT rollout, wave, phase, state, -count(*) FROM placements GROUP BY 1, 2, 3, 4
  UNION ALL SELECT rollout, -1, phase, state, -count(*) FROM placements GROUP BY 1, 3, 4)
GROUP BY rollout, wave, phase, state HAVING sum(count) <> 0
)sql";

// By kind: the number of records whose history has not ended.
using LivingRecords = std::map<domain::RecordKind, int64_t>;

std::vector<std::string> SchemaOf(Connection& connection) {
  Query query = connection.Use(kSchema);
  return All(query, [](const Query& row) { return row.Text(0); });
}

// Of a new database.
std::vector<std::string> OwnSchema() {
  Connection connection(":memory:", Access::kWrite);
  Migrate(connection);
  return SchemaOf(connection);
}

class Checker {
 public:
  Checker(Connection& connection, CheckReport& report)
      : connection_(connection), view_(connection), report_(report) {}

  absl::Status Run() {
    CheckFile();
    CheckChain();
    RETURN_IF_ERROR(CheckCheckpoints());
    CheckUnrecorded();
    RETURN_IF_ERROR(CheckHistories());
    RETURN_IF_ERROR(CheckMethods());
    CheckPlacements();
    CheckCounts();
    CheckSearchKeys();
    return absl::OkStatus();
  }

  // Compares the database with the head that stands beside it.
  void CheckHead(const Head& head) {
    const std::optional<domain::ErrorDetail> fault =
        domain::DetailOf(CompareWithHead(connection_, head));
    if (fault.has_value()) Find("", fault->sentence);
  }
  void FindDamagedHead() {
    Find("", Sentence("The file head beside the database can't be read. The next write makes it "
                      "anew."));
  }

 private:
  void Find(std::string record, Sentence sentence) {
    if (report_.findings.size() == kMostFindings) {
      report_.more_findings = true;
      return;
    }
    report_.findings.push_back({std::move(record), std::move(sentence)});
  }

  void CheckFile() {
    Query sound = connection_.Use("PRAGMA integrity_check(20)");
    while (sound.Next()) {
      if (sound.Text(0) != "ok") Find("", Sentence("The file is damaged: $0", {sound.Text(0)}));
    }
    Query references = connection_.Use("PRAGMA foreign_key_check");
    while (references.Next()) {
      Find("", Sentence("A row of $0 refers to one of $1 that is not there.",
                        {references.Text(0), references.Text(2)}));
    }
    if (SchemaOf(connection_) != OwnSchema()) {
      Find("", Sentence("The tables are not those that this program makes."));
    }
    Query counts = connection_.Use(kCounts);
    if (counts.Next()) {
      report_.devices = counts.Number(0);
      report_.changes = counts.Number(1);
    }
  }

  void CheckChain() {
    const ChainReport chain = VerifyChain(connection_);
    report_.change_sets = chain.checked;
    if (chain.first_bad != 0) {
      Find(domain::ChangeSetName(chain.first_bad),
           Sentence("The change set's hash does not follow from its content "
                    "and its predecessor: "
                    "it or one before it was altered."));
    }
    Query nameless = connection_.Use(kNameless);
    while (nameless.Next()) {
      Find(domain::ChangeSetName(nameless.Number(0)), Sentence("The change set has no actor."));
    }
    Query orphans = connection_.Use(kOrphans);
    while (orphans.Next()) {
      Find(domain::ChangeSetName(orphans.Number(0)), Sentence("Changes belong to no change set."));
    }
  }

  // Compares the record with the checkpoints that the database keeps.
  absl::Status CheckCheckpoints() {
    ASSIGN_OR_RETURN(const auto history,
                     view_.History(proof::kKeysSubject, std::nullopt, kWholeHistory));
    ASSIGN_OR_RETURN(const auto kept, view_.ListCheckpoints(0, kWholeHistory));
    std::vector<std::string> notes;
    notes.reserve(kept.size());
    for (const KeptCheckpoint& checkpoint : kept) notes.push_back(checkpoint.note);
    proof::CheckpointCheck check(notes, proof::KeysIn(history));
    Query hashes = connection_.Use(kHashes);
    while (hashes.Next()) check.Append(hashes.Text(0));
    for (proof::Finding& finding : check.Finish()) {
      Find(finding.change_set == 0 ? "" : domain::ChangeSetName(finding.change_set),
           std::move(finding.sentence));
    }
    return absl::OkStatus();
  }

  // What no history covers has hashes of its own.
  void CheckUnrecorded() {
    Query answers = connection_.Use(kAnswers);
    while (answers.Next()) {
      const std::string id = answers.Text(0);
      const std::string hash = HashOf({id, answers.Text(1), answers.Text(2), answers.Time(3)});
      if (hash == answers.Text(4)) continue;
      Find("", Sentence("The kept answer to the request $0 was altered.", {id}));
    }
    for (size_t left = AlteredSessions(connection_).size(); left > 0; --left) {
      Find("", Sentence("A session of the page was altered."));
    }
    Query imports = connection_.Use(kImports);
    while (imports.Next()) {
      domain::TextHash hash;
      Query parts = connection_.Use(kParts);
      parts.Bind(imports.Number(0));
      while (parts.Next()) hash.Add(parts.Text(0));
      if (hash.Finish() == imports.Text(1)) continue;
      Find(domain::ImportName(imports.Number(0)), Sentence("The import's rows were altered."));
    }
  }

  // Reads the changes of all records, one record after another.
  absl::Status CheckHistories() {
    LivingRecords living;
    std::string record;
    std::map<std::string, std::string> fields;
    const auto end_record = [&]() -> absl::Status {
      if (record.empty()) return absl::OkStatus();
      return CheckEnd(record, fields, living);
    };
    Query changes = connection_.Use(kByRecord);
    while (changes.Next()) {
      if (changes.Text(0) != record) {
        RETURN_IF_ERROR(end_record());
        record = changes.Text(0);
        fields.clear();
      }
      TakeChanges(record, changes.Text(1), changes.Text(2), fields);
    }
    RETURN_IF_ERROR(end_record());
    for (const KindCount& stored : CountRecords(connection_)) {
      const int64_t known = living[stored.kind];
      if (stored.count == known) continue;
      Find("", Sentence("The table $0 holds $1 records, but the history knows $2.",
                        {stored.table, std::to_string(stored.count), std::to_string(known)}));
    }
    return absl::OkStatus();
  }

  // Applies what one change set did to a record to `fields`.
  void TakeChanges(const std::string& record, const std::string& change_set,
                   const std::string& packed, std::map<std::string, std::string>& fields) {
    Unpacker unpacker(packed);
    while (const std::optional<PackedChange> change = unpacker.Next()) {
      const std::string field(change->field);
      // A late entry does not continue the known values.
      if (field.starts_with(domain::kPastPrefix)) continue;
      std::string& value = fields[field];
      if (value != change->old_value) {
        Find(record, Sentence("Change set $0 changes the field $1 from what it was not.",
                              {change_set, field}));
      }
      value = std::string(change->new_value);
    }
    if (!unpacker.sound()) {
      Find(record, Sentence("What change set $0 did to the record can't be read.", {change_set}));
    }
  }

  // Compares the end of a record's history with the stored record.
  absl::Status CheckEnd(const std::string& record, std::map<std::string, std::string>& fields,
                        LivingRecords& living) {
    if (std::find(std::begin(kNoRecords), std::end(kNoRecords), record) != std::end(kNoRecords)) {
      return absl::OkStatus();
    }
    const std::optional<domain::RecordName> name = domain::ReadRecordName(record);
    if (!name.has_value() || !IsStoredKind(name->kind)) {
      Find(record, Sentence("The history names a record of no known kind."));
      return absl::OkStatus();
    }
    ASSIGN_OR_RETURN(const std::optional<Fields> stored, FindFields(view_, *name));
    const bool exists = fields["exists"] == "true";
    if (exists) ++living[name->kind];
    if (exists != stored.has_value()) {
      Find(record, exists ? Sentence("The record is not stored, but its history has not ended.")
                          : Sentence("The record is stored, but its history has ended."));
      return absl::OkStatus();
    }
    if (!exists) return absl::OkStatus();
    for (const auto& [name, text] : *stored) {
      const std::string field(name);
      if (fields[field] != text) {
        Find(record, Sentence("The field $0 is stored as '$1', but its history ends in '$2'.",
                              {field, text, fields[field]}));
      }
    }
    return absl::OkStatus();
  }

  // Derives the method of every device from its change sets.
  absl::Status CheckMethods() {
    std::string after;
    while (true) {
      ASSIGN_OR_RETURN(const std::vector<domain::Device> devices,
                       view_.ListDevices({.after = after, .limit = kBatch}));
      for (const domain::Device& device : devices) RETURN_IF_ERROR(CheckMethod(device));
      if (devices.size() < static_cast<size_t>(kBatch)) return absl::OkStatus();
      after = devices.back().asset_tag;
    }
  }

  absl::Status CheckMethod(const domain::Device& device) {
    const std::string record = RecordName(device);
    if (domain::Name(device.auth_method).empty()) {
      Find(record, Sentence("The stored authentication method is none of the known ones."));
    }
    ASSIGN_OR_RETURN(const auto history, view_.History(record, std::nullopt, kWholeHistory));
    ASSIGN_OR_RETURN(const std::optional<domain::Device> replayed,
                     domain::DeviceAsOf(device.asset_tag, history, kLatest, kLatest));
    if (!replayed.has_value() || replayed->auth_method != device.auth_method) {
      const std::string_view was = replayed.has_value() ? domain::Name(replayed->auth_method) : "";
      Find(record, Sentence("The method is stored as $0, but its change sets give '$1'.",
                            {std::string(domain::Name(device.auth_method)), std::string(was)}));
    }
    if (replayed.has_value() && replayed->auth_method_since != device.auth_method_since) {
      Find(record, Sentence("The method's date is not the one its change sets give."));
    }
    return absl::OkStatus();
  }

  void CheckPlacements() {
    Query stray = connection_.Use(kStrayPlacements);
    while (stray.Next()) {
      Find(domain::PlacementName(stray.Text(0), stray.Text(1)),
           Sentence("The device is planned in wave $0, which is no live wave "
                    "of the approved plan.",
                    {stray.Text(2)}));
    }
  }

  void CheckCounts() {
    Query wrong = connection_.Use(kWrongCounts);
    while (wrong.Next()) {
      Find(domain::RolloutName(wrong.Text(0)),
           Sentence("The kept count of devices in phase $0, wave $1 is not "
                    "that of its placements.",
                    {wrong.Text(2), wrong.Text(1)}));
    }
  }

  // Compares the keys of `search_keys` with the packed keys of each device.
  void CheckSearchKeys() {
    int64_t kept = 0;
    Query devices = connection_.Use(kDevicesKeys);
    while (devices.Next()) {
      const std::string tag = devices.Text(0);
      for (const StoredKey& key : UnpackKeys(devices.Text(1))) {
        ++kept;
        Query find = connection_.Use(kHasKey);
        if (find.Bind(key.tier).Bind(key.key).Bind(tag).Bind(key.field).Next()) continue;
        Find(domain::DeviceName(tag),
             Sentence("Look-up does not find the device by '$0'.", {key.key}));
      }
    }
    Query count = connection_.Use(kCountKeys);
    if (count.Next() && count.Number(0) != kept) {
      Find("", Sentence("$0 search keys are stored, but the devices have $1.",
                        {count.Text(0), std::to_string(kept)}));
    }
    Query stray = connection_.Use(kStrayKeys);
    while (stray.Next()) {
      Find(domain::DeviceName(stray.Text(0)), Sentence("Search keys belong to no device."));
    }
  }

  Connection& connection_;
  SqliteView view_;
  CheckReport& report_;
};

absl::Status NoDatabase(const std::string& file) {
  return domain::MakeError(
      absl::StatusCode::kNotFound, "NO_DATABASE",
      Sentence("There is no database $0. Name the daemon's state directory.", {file}),
      {{"file", file}});
}

absl::Status OtherSchema(int version) {
  const std::string found = std::to_string(version);
  const std::string known = std::to_string(SchemaVersion());
  return domain::MakeError(
      absl::StatusCode::kFailedPrecondition, "OTHER_SCHEMA",
      Sentence("The database has schema $0; this program checks schema $1. Check it with the "
               "program that wrote it, or start this program's daemon on it once if it is older.",
               {found, known}),
      {{"schema", found}, {"known_schema", known}});
}

absl::StatusOr<CheckReport> CheckFile(const std::string& file, Access access,
                                      const HeadFile* head_file) {
  struct stat info {};
  if (stat(file.c_str(), &info) != 0) return NoDatabase(file);
  CheckReport report;
  const auto checked = Guarded([&]() -> absl::Status {
    // Before the snapshot, which is then not older.
    const std::optional<Head> head = head_file == nullptr ? std::nullopt : head_file->Read();
    Connection connection(file, access);
    const int version = FileVersion(connection);
    if (version != SchemaVersion()) return OtherSchema(version);
    // All checks read one snapshot.
    connection.Exec("BEGIN");
    Checker checker(connection, report);
    if (head.has_value()) checker.CheckHead(*head);
    if (head_file != nullptr && head_file->IsDamaged()) checker.FindDamagedHead();
    return checker.Run();
  });
  RETURN_IF_ERROR(checked.status());
  RETURN_IF_ERROR(*checked);
  return report;
}

}  // namespace

absl::StatusOr<CheckReport> CheckDatabase(const std::string& directory) {
  const HeadFile head(directory);
  return CheckFile(directory + "/kirikae.db", Access::kRead, &head);
}

absl::StatusOr<CheckReport> CheckStillFile(const std::string& file) {
  return CheckFile(file, Access::kReadStill, nullptr);
}

}  // namespace kirikae::store
