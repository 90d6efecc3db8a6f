#include "service/store/sqlite/migrations.h"

#include <iterator>
#include <string>

namespace kirikae::store {
namespace {

// A row of `changes` is what a change set did to one record. packed_changes.h describes `fields`;
// `position` is the number of fields changed before it. A device's search keys are kept twice: in
// `search_keys` to find the device, and packed in `device_keys` to remove them.
constexpr const char* kFirst = R"sql(
CREATE TABLE devices (
  asset_tag TEXT PRIMARY KEY, host_name TEXT NOT NULL, serial TEXT NOT NULL, model TEXT NOT NULL,
  os TEXT NOT NULL, kind INTEGER NOT NULL, network INTEGER NOT NULL, department TEXT NOT NULL,
  site TEXT NOT NULL, floor TEXT NOT NULL, camera INTEGER NOT NULL, auth_method INTEGER NOT NULL,
  auth_method_since INTEGER NOT NULL, state INTEGER NOT NULL, labels TEXT NOT NULL,
  note TEXT NOT NULL, inventoried_on TEXT, version INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE device_users (
  asset_tag TEXT NOT NULL REFERENCES devices, position INTEGER NOT NULL,
  staff_number TEXT NOT NULL, name TEXT NOT NULL, kana TEXT NOT NULL,
  PRIMARY KEY (asset_tag, position)
) STRICT, WITHOUT ROWID;
CREATE TABLE search_keys (
  tier INTEGER NOT NULL, key TEXT NOT NULL, asset_tag TEXT NOT NULL, field INTEGER NOT NULL,
  PRIMARY KEY (tier, key, asset_tag, field)
) STRICT, WITHOUT ROWID;
CREATE TABLE device_keys (asset_tag TEXT PRIMARY KEY, keys BLOB NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE staff (
  staff_number TEXT PRIMARY KEY, name TEXT NOT NULL, kana TEXT NOT NULL, department TEXT NOT NULL,
  title TEXT NOT NULL, role INTEGER NOT NULL, enrolment INTEGER NOT NULL, enrolled_on TEXT,
  version INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE rollouts (
  id TEXT PRIMARY KEY, title TEXT NOT NULL, source TEXT NOT NULL, from_method INTEGER NOT NULL,
  to_method INTEGER NOT NULL, state INTEGER NOT NULL, approved_plan INTEGER NOT NULL,
  version INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE plans (
  rollout TEXT NOT NULL REFERENCES rollouts, number INTEGER NOT NULL, state INTEGER NOT NULL,
  solution BLOB NOT NULL, creator TEXT NOT NULL, create_time INTEGER NOT NULL,
  submitter TEXT NOT NULL, approver TEXT NOT NULL, remark TEXT NOT NULL, approve_time INTEGER,
  planned_count INTEGER NOT NULL, left_count INTEGER NOT NULL, blocked_count INTEGER NOT NULL,
  version INTEGER NOT NULL, PRIMARY KEY (rollout, number)
) STRICT, WITHOUT ROWID;
CREATE TABLE waves (
  rollout TEXT NOT NULL REFERENCES rollouts, number INTEGER NOT NULL, plan INTEGER NOT NULL,
  phase TEXT NOT NULL, day TEXT NOT NULL, slot TEXT NOT NULL, team TEXT NOT NULL,
  state INTEGER NOT NULL, version INTEGER NOT NULL, PRIMARY KEY (rollout, number)
) STRICT, WITHOUT ROWID;
CREATE TABLE placements (
  rollout TEXT NOT NULL REFERENCES rollouts, asset_tag TEXT NOT NULL REFERENCES devices,
  wave INTEGER NOT NULL, phase TEXT NOT NULL, day TEXT, slot TEXT NOT NULL, team TEXT NOT NULL,
  state INTEGER NOT NULL, cause INTEGER NOT NULL, method_before INTEGER NOT NULL,
  off_schedule INTEGER NOT NULL, version INTEGER NOT NULL, PRIMARY KEY (rollout, asset_tag)
) STRICT, WITHOUT ROWID;
CREATE INDEX placements_by_device ON placements (asset_tag);
CREATE INDEX placements_by_day ON placements (rollout, day, slot, team);
CREATE TABLE tokens (
  id INTEGER PRIMARY KEY, display_name TEXT NOT NULL, role INTEGER NOT NULL,
  hash TEXT NOT NULL UNIQUE, expire_time INTEGER NOT NULL, revoked INTEGER NOT NULL,
  version INTEGER NOT NULL
) STRICT;
CREATE TABLE imports (
  id INTEGER PRIMARY KEY, kind INTEGER NOT NULL, payload BLOB NOT NULL,
  change_set INTEGER NOT NULL, version INTEGER NOT NULL
) STRICT;
CREATE TABLE import_parts (
  import INTEGER NOT NULL REFERENCES imports, number INTEGER NOT NULL, payload BLOB NOT NULL,
  PRIMARY KEY (import, number)
) STRICT, WITHOUT ROWID;
CREATE TABLE change_sets (
  id INTEGER PRIMARY KEY, actor TEXT NOT NULL, role TEXT NOT NULL, act TEXT NOT NULL,
  reason TEXT NOT NULL, request_id TEXT NOT NULL, effective_time INTEGER NOT NULL,
  recorded_time INTEGER NOT NULL, change_count INTEGER NOT NULL, hash TEXT NOT NULL
) STRICT;
CREATE TABLE changes (
  change_set INTEGER NOT NULL REFERENCES change_sets DEFERRABLE INITIALLY DEFERRED,
  position INTEGER NOT NULL, subject TEXT NOT NULL, record TEXT NOT NULL, fields BLOB NOT NULL,
  PRIMARY KEY (change_set, position)
) STRICT, WITHOUT ROWID;
CREATE INDEX changes_by_subject ON changes (subject, change_set, position);
CREATE TABLE requests (
  id TEXT PRIMARY KEY, fingerprint TEXT NOT NULL, response BLOB NOT NULL,
  recorded_time INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX requests_by_time ON requests (recorded_time);
)sql";

constexpr char kUndoAndExceptions[] = R"sql(
ALTER TABLE change_sets ADD COLUMN undoes INTEGER NOT NULL DEFAULT 0;
CREATE INDEX change_sets_by_undone ON change_sets (undoes) WHERE undoes <> 0;
ALTER TABLE devices ADD COLUMN exception TEXT NOT NULL DEFAULT '';
CREATE INDEX devices_by_exception ON devices (asset_tag) WHERE exception <> '';
)sql";

// Undoing a part of a change set; people who withhold their consent to a registered face.
constexpr char kPartialUndoAndConsent[] = R"sql(
ALTER TABLE change_sets ADD COLUMN partial INTEGER NOT NULL DEFAULT 0;
ALTER TABLE staff ADD COLUMN consent_withheld TEXT NOT NULL DEFAULT '';
)sql";

constexpr char kImportProfiles[] = R"sql(
CREATE TABLE import_profiles (
  name TEXT PRIMARY KEY, kind INTEGER NOT NULL, source TEXT NOT NULL, version INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
)sql";

// The day until which a device is deferred; waves that go on in a paused rollout.
constexpr char kDeferralAndPause[] = R"sql(
ALTER TABLE placements ADD COLUMN until TEXT;
ALTER TABLE rollouts ADD COLUMN waves_go_on_until TEXT;
)sql";

// Phases with a state of their own; the time of a placement's last mark; counts of placements, so
// that a mark need not count them.
constexpr char kPhasesAndCounts[] = R"sql(
ALTER TABLE placements ADD COLUMN marked_time INTEGER NOT NULL DEFAULT 0;
CREATE TABLE phases (
  rollout TEXT NOT NULL REFERENCES rollouts, id TEXT NOT NULL, state INTEGER NOT NULL,
  returns_to INTEGER NOT NULL, hold_rule INTEGER NOT NULL, hold_reason TEXT NOT NULL,
  held_by TEXT NOT NULL, hold_time INTEGER NOT NULL, held_succeeded INTEGER NOT NULL,
  held_attempted INTEGER NOT NULL, held_incidents INTEGER NOT NULL,
  forgiven_failures INTEGER NOT NULL, forgiven_incidents INTEGER NOT NULL, done_on TEXT,
  released_by TEXT NOT NULL, remark TEXT NOT NULL, release_time INTEGER NOT NULL,
  approved INTEGER NOT NULL, overridden INTEGER NOT NULL, opened_on TEXT, passed_on TEXT,
  version INTEGER NOT NULL, PRIMARY KEY (rollout, id)
) STRICT, WITHOUT ROWID;
CREATE TABLE placement_counts (
  rollout TEXT NOT NULL, wave INTEGER NOT NULL, phase TEXT NOT NULL, state INTEGER NOT NULL,
  count INTEGER NOT NULL, PRIMARY KEY (rollout, wave, phase, state)
) STRICT, WITHOUT ROWID;
INSERT INTO placement_counts (rollout, wave, phase, state, count)
SELECT rollout, wave, phase, state, count(*) FROM placements GROUP BY 1, 2, 3, 4
UNION ALL SELECT rollout, -1, phase, state, count(*) FROM placements GROUP BY 1, 3, 4;
CREATE TRIGGER placement_added AFTER INSERT ON placements BEGIN
  INSERT INTO placement_counts (rollout, wave, phase, state, count)
  VALUES (new.rollout, new.wave, new.phase, new.state, 1),
         (new.rollout, -1, new.phase, new.state, 1)
  ON CONFLICT DO UPDATE SET count = count + 1;
END;
CREATE TRIGGER placement_removed AFTER DELETE ON placements BEGIN
  UPDATE placement_counts SET count = count - 1
  WHERE rollout = old.rollout AND wave IN (old.wave, -1) AND phase = old.phase
    AND state = old.state;
END;
CREATE TRIGGER placement_changed AFTER UPDATE OF wave, phase, state ON placements BEGIN
  UPDATE placement_counts SET count = count - 1
  WHERE rollout = old.rollout AND wave IN (old.wave, -1) AND phase = old.phase
    AND state = old.state;
  INSERT INTO placement_counts (rollout, wave, phase, state, count)
  VALUES (new.rollout, new.wave, new.phase, new.state, 1),
         (new.rollout, -1, new.phase, new.state, 1)
  ON CONFLICT DO UPDATE SET count = count + 1;
END;
)sql";

// Calendar days; failed attempts, which a new plan keeps; the minimum OS of a rollout.
constexpr char kCalendarAndAttempts[] = R"sql(
CREATE TABLE calendar_days (
  day TEXT PRIMARY KEY, holiday TEXT NOT NULL, office INTEGER NOT NULL, reason TEXT NOT NULL,
  version INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
ALTER TABLE waves ADD COLUMN make_up INTEGER NOT NULL DEFAULT 0;
ALTER TABLE placements ADD COLUMN failures INTEGER NOT NULL DEFAULT 0;
ALTER TABLE placements ADD COLUMN absences INTEGER NOT NULL DEFAULT 0;
ALTER TABLE rollouts ADD COLUMN minimum_os TEXT NOT NULL DEFAULT '';
)sql";

// The program updates the counts of placements in the transaction that changes the placements.
constexpr char kCountsByTheProgram[] = R"sql(
DROP TRIGGER placement_added;
DROP TRIGGER placement_removed;
DROP TRIGGER placement_changed;
)sql";

// The end of a device's lease.
constexpr char kLease[] = "ALTER TABLE devices ADD COLUMN lease_ends_on TEXT";

// Proposed changes of a rollout's rules, the long files last, so that a list need not read them;
// the file that a plan was made from; previews that expire.
constexpr char kProposals[] = R"sql(
CREATE TABLE proposals (
  rollout TEXT NOT NULL REFERENCES rollouts, number INTEGER NOT NULL, state INTEGER NOT NULL,
  author TEXT NOT NULL, create_time INTEGER NOT NULL, reason TEXT NOT NULL, decider TEXT NOT NULL,
  remark TEXT NOT NULL, decide_time INTEGER, version INTEGER NOT NULL, base TEXT NOT NULL,
  source TEXT NOT NULL, PRIMARY KEY (rollout, number)
) STRICT, WITHOUT ROWID;
ALTER TABLE plans ADD COLUMN file_hash TEXT NOT NULL DEFAULT '';
ALTER TABLE imports ADD COLUMN author TEXT NOT NULL DEFAULT '';
ALTER TABLE imports ADD COLUMN create_time INTEGER;
ALTER TABLE imports ADD COLUMN size INTEGER NOT NULL DEFAULT 0;
ALTER TABLE imports ADD COLUMN expired INTEGER NOT NULL DEFAULT 0;
CREATE INDEX imports_open ON imports (id) WHERE change_set = 0 AND expired = 0;
)sql";

// Hashes of what no history covers; checkpoints of the record.
constexpr char kProof[] = R"sql(
ALTER TABLE imports ADD COLUMN parts_hash TEXT NOT NULL DEFAULT '';
ALTER TABLE requests ADD COLUMN hash TEXT NOT NULL DEFAULT '';
CREATE TABLE checkpoints (
  size INTEGER PRIMARY KEY, note TEXT NOT NULL, recorded_time INTEGER NOT NULL
) STRICT;
)sql";

// Client certificates in place of tokens; sessions of the page.
constexpr char kSessions[] = R"sql(
ALTER TABLE tokens ADD COLUMN certificate TEXT NOT NULL DEFAULT '';
CREATE TABLE sessions (
  hash TEXT PRIMARY KEY, token INTEGER NOT NULL, create_time INTEGER NOT NULL,
  expire_time INTEGER NOT NULL, row_hash TEXT NOT NULL
) STRICT, WITHOUT ROWID;
)sql";

// The day on which a device's camera is delivered.
constexpr char kCameraDue[] = "ALTER TABLE devices ADD COLUMN camera_due_on TEXT";

constexpr int kDiskFull = 13;  // SQLITE_FULL

// Step i takes a file from version i to i + 1. A released step never changes.
constexpr const char* kSteps[] = {kFirst,
                                  kUndoAndExceptions,
                                  kPartialUndoAndConsent,
                                  kImportProfiles,
                                  kDeferralAndPause,
                                  kPhasesAndCounts,
                                  kCalendarAndAttempts,
                                  kCountsByTheProgram,
                                  kLease,
                                  kProposals,
                                  kProof,
                                  kSessions,
                                  kCameraDue};

}  // namespace

int SchemaVersion() { return static_cast<int>(std::size(kSteps)); }

int FileVersion(Connection& connection) {
  return connection.database().execAndGet("PRAGMA user_version").getInt();
}

void Migrate(Connection& connection) {
  for (int version = FileVersion(connection); version < SchemaVersion(); ++version) {
    SQLite::Transaction transaction(connection.database(), SQLite::TransactionBehavior::IMMEDIATE);
    connection.Exec(kSteps[version]);
    connection.Exec(("PRAGMA user_version = " + std::to_string(version + 1)).c_str());
    transaction.commit();
  }
}

void LetShrink(Connection& connection) {
  constexpr int kIncremental = 2;
  if (connection.database().execAndGet("PRAGMA auto_vacuum").getInt() == kIncremental) return;
  try {
    connection.Exec("VACUUM");
  } catch (const SQLite::Exception& exception) {
    if (exception.getErrorCode() != kDiskFull) throw;
  }
}

}  // namespace kirikae::store
