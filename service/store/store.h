// What the rest of the service may ask of a store, in domain types.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "service/domain/act.h"
#include "service/domain/records.h"

namespace kirikae::store {

/// A string under which look-up finds a device. The caller folds it; the store compares bytes.
struct SearchKey {
  std::string_view field;  ///< asset_tag, host_name, serial, staff_number, name or kana; constant
  int tier = 0;            ///< the caller's form of folding: same tier, same folding
  std::string
      key;  ///< folded; a suffix is searched by storing the reversed key in a tier of its own
};

/// A device found by a search key.
struct SearchHit {
  std::string asset_tag;
  std::string field;
  int tier = 0;
  std::string key;
};

/// Keys from `from` (included) to `until` (not included), in byte order.
struct KeyRange {
  std::string from;
  std::string until;
};

/// A page of a list: at most `limit` rows with a key greater than `after`. A list that is read page
/// by page neither skips nor repeats a row whose key stays, however many rows are added or removed
/// meanwhile.
struct Page {
  std::string after;
  int limit = 100;
};

/// The position of a placement in its rollout's list: by day (absent first), slot, team and asset
/// tag.
struct PlacementKey {
  std::optional<absl::CivilDay> day;
  std::string slot;
  std::string team;
  std::string asset_tag;
};

/// Selects placements of a rollout; empty fields match all.
struct PlacementQuery {
  std::string rollout;  ///< required
  std::string team;
  std::optional<absl::CivilDay> until = std::nullopt;  ///< planned on or before this day
  bool open_only = false;                              ///< only PLANNED, DUE
  int64_t wave = 0;                                    ///< number; 0 = all
  std::optional<PlacementKey> after = std::nullopt;    ///< only placements after this position
  int limit = 0;                                       ///< at most so many; 0 = all
};

/// The position of a change in the log: its change set, and the number of fields that the set
/// changed before. It never changes.
struct ChangePlace {
  int64_t change_set = 0;
  int64_t position = 0;

  auto operator<=>(const ChangePlace&) const = default;
};

/// The number of devices of a phase and wave in a state.
struct PlacementCount {
  int64_t wave = 0;  ///< number; 0 = none
  std::string phase;
  domain::PlacementState state = domain::PlacementState::kUnplanned;
  int64_t count = 0;
};

inline ChangePlace PlaceOf(const domain::HistoryEntry& entry) {
  return {entry.change_set.id, entry.change.position};
}

/// Selects change sets, newest first; empty fields match all.
struct ChangeSetQuery {
  int64_t before = 0;  ///< ids below this one; 0 = from the newest
  int limit = 100;
  std::string actor;
  std::string act;
  std::string subject;  ///< with a change of this record, such as devices/TSM-00123
  absl::Time recorded_from = absl::InfinitePast();
  absl::Time recorded_until = absl::InfiniteFuture();
};

/// What a change set did to one record, as its hash covers it.
struct RecordChanges {
  std::string subject;  ///< the record it is listed under
  std::string record;
  std::string packed;    ///< see history/packed_changes.h
  int64_t position = 0;  ///< number of fields that the set changed before
};

/// A signed checkpoint of the record (proof/checkpoint.h), kept beside it: it is no change of a
/// record, so it has no history.
struct KeptCheckpoint {
  int64_t size = 0;  ///< change sets that it covers; key
  std::string note;
  absl::Time time;  ///< when it was made
};

/// A signed-in session of a token's holder, kept beside the record as a checkpoint is.
struct Session {
  std::string hash;   ///< hex of the BLAKE2b-256 of the session's id; key
  int64_t token = 0;  ///< id of the token that it was begun with
  absl::Time create_time;
  absl::Time expire_time;
};

/// Most sessions of one token.
inline constexpr int kMostSessions = 20;

/// The end of a session, known or not.
struct SessionEnd {
  std::string hash;
};

/// The result of verifying the audit chain.
struct ChainReport {
  int64_t checked = 0;
  int64_t first_bad = 0;  ///< 0 = none
  std::string head_hash;  ///< hex; "" for an empty log
};

/// One snapshot. Not thread-safe. Release it soon: an open snapshot keeps the write-ahead log from
/// being checkpointed. Every method may fail with UNAVAILABLE (an I/O error) or DATA_LOSS (a row
/// that can't be read).
class ReadView {
 public:
  virtual ~ReadView() = default;

  virtual absl::StatusOr<std::optional<domain::Device>> FindDevice(std::string_view asset_tag) = 0;
  /// By asset tag; users have their role and enrolment.
  virtual absl::StatusOr<std::vector<domain::Device>> ListDevices(const Page& page) = 0;
  /// Up to `limit` hits whose key in `tier` is in the range, by key, then by tag.
  virtual absl::StatusOr<std::vector<SearchHit>> Search(int tier, const KeyRange& range,
                                                        int limit) = 0;
  /// The asset tags next to `asset_tag` in order, up to `limit` before and `limit` after it, for
  /// "did you mean".
  virtual absl::StatusOr<std::vector<std::string>> TagsAround(std::string_view asset_tag,
                                                              int limit) = 0;
  /// By asset tag: the tags of all devices that ever had a history, including those that an undo
  /// removed.
  virtual absl::StatusOr<std::vector<std::string>> TagsEver(const Page& page) = 0;
  /// By asset tag: devices with an exception, including ended ones.
  virtual absl::StatusOr<std::vector<std::string>> TagsWithException() = 0;

  virtual absl::StatusOr<std::optional<domain::Staff>> FindStaff(std::string_view staff_number) = 0;
  virtual absl::StatusOr<std::vector<domain::Staff>> ListStaff(const Page& page) = 0;
  virtual absl::StatusOr<int64_t> CountStaff() = 0;

  virtual absl::StatusOr<std::optional<domain::Rollout>> FindRollout(std::string_view id) = 0;
  virtual absl::StatusOr<std::vector<domain::Rollout>> ListRollouts(const Page& page) = 0;
  virtual absl::StatusOr<std::optional<domain::Plan>> FindPlan(std::string_view rollout,
                                                               int64_t number) = 0;
  /// Newest first, with empty `solution`.
  virtual absl::StatusOr<std::vector<domain::Plan>> ListPlans(std::string_view rollout) = 0;
  virtual absl::StatusOr<std::optional<domain::Proposal>> FindProposal(std::string_view rollout,
                                                                       int64_t number) = 0;
  /// Of a rollout, newest first, with empty `base` and `source`.
  virtual absl::StatusOr<std::vector<domain::Proposal>> ListProposals(std::string_view rollout) = 0;
  virtual absl::StatusOr<std::optional<domain::Wave>> FindWave(std::string_view rollout,
                                                               int64_t number) = 0;
  /// All waves of a rollout, by day, slot, team, number.
  virtual absl::StatusOr<std::vector<domain::Wave>> ListWaves(std::string_view rollout) = 0;
  virtual absl::StatusOr<std::optional<domain::Placement>> FindPlacement(
      std::string_view rollout, std::string_view asset_tag) = 0;
  /// The placements of one device in all rollouts, by rollout.
  virtual absl::StatusOr<std::vector<domain::Placement>> PlacementsOf(
      std::string_view asset_tag) = 0;
  /// By day, slot, team, asset tag.
  virtual absl::StatusOr<std::vector<domain::Placement>> ListPlacements(
      const PlacementQuery& query) = 0;

  /// Counts by phase and state over the whole rollout (`wave` is 0), without reading placements.
  virtual absl::StatusOr<std::vector<PlacementCount>> CountPlacements(std::string_view rollout) = 0;
  /// Counts by wave, phase and state, of one wave or (0) of all.
  virtual absl::StatusOr<std::vector<PlacementCount>> CountWaves(std::string_view rollout,
                                                                 int64_t wave) = 0;
  virtual absl::StatusOr<std::optional<domain::PhaseStatus>> FindPhase(std::string_view rollout,
                                                                       std::string_view id) = 0;
  /// All phases that have a stored status, by id.
  virtual absl::StatusOr<std::vector<domain::PhaseStatus>> ListPhases(std::string_view rollout) = 0;

  virtual absl::StatusOr<std::optional<domain::Token>> FindToken(int64_t id) = 0;
  /// All, by id.
  virtual absl::StatusOr<std::vector<domain::Token>> ListTokens() = 0;
  /// All, by hash.
  virtual absl::StatusOr<std::vector<Session>> ListSessions() = 0;
  /// Without its parts.
  virtual absl::StatusOr<std::optional<domain::ImportPreview>> FindImport(int64_t id) = 0;
  /// Those that are neither applied nor expired, by id, with empty payloads.
  virtual absl::StatusOr<std::vector<domain::ImportPreview>> ListOpenImports() = 0;
  /// A part of an import, by its number from 0.
  virtual absl::StatusOr<std::optional<std::string>> FindImportPart(int64_t import,
                                                                    int64_t number) = 0;
  virtual absl::StatusOr<std::optional<domain::ImportProfile>> FindImportProfile(
      std::string_view name) = 0;
  /// All, by name.
  virtual absl::StatusOr<std::vector<domain::ImportProfile>> ListImportProfiles() = 0;

  virtual absl::StatusOr<std::optional<domain::CalendarDay>> FindCalendarDay(
      absl::CivilDay day) = 0;
  /// What is stored about the days from `from` to `to`, both included, by day.
  virtual absl::StatusOr<std::vector<domain::CalendarDay>> ListCalendarDays(absl::CivilDay from,
                                                                            absl::CivilDay to) = 0;

  virtual absl::StatusOr<std::vector<domain::ChangeSet>> ListChangeSets(
      const ChangeSetQuery& query) = 0;
  virtual absl::StatusOr<std::optional<domain::ChangeSet>> FindChangeSet(int64_t id) = 0;
  /// The changes of a change set in the order of positions, from the place `from` on.
  virtual absl::StatusOr<std::vector<domain::Change>> ChangesOf(const ChangePlace& from,
                                                                int limit) = 0;
  /// The records of a change set that were undone, by a whole or partial undo, by name. A placement
  /// is listed as its device.
  virtual absl::StatusOr<std::vector<std::string>> UndoneSubjects(int64_t change_set) = 0;
  /// The changes listed under a record, newest first; with `before`, only those older than this
  /// place in the log.
  virtual absl::StatusOr<std::vector<domain::HistoryEntry>> History(
      std::string_view record, const std::optional<ChangePlace>& before, int limit) = 0;
  /// The hashes of the change sets from `first` on, by id, up to `limit`.
  virtual absl::StatusOr<std::vector<std::string>> HashesFrom(int64_t first, int limit) = 0;
  /// What a change set did, record by record, from the position `from` on, up to `limit` records.
  virtual absl::StatusOr<std::vector<RecordChanges>> StoredChangesOf(const ChangePlace& from,
                                                                     int limit) = 0;
  /// Kept checkpoints of fewer than `below` change sets (0 = all), the newest first, up to `limit`.
  virtual absl::StatusOr<std::vector<KeptCheckpoint>> ListCheckpoints(int64_t below, int limit) = 0;
  /// Recomputes the whole chain.
  virtual absl::StatusOr<ChainReport> VerifyChain() = 0;
};

/// The stored device that an edit's maker has read within the same write; absent: it found none.
struct DeviceBefore {
  std::optional<domain::Device> device;
};

/// A device to be written, with its search keys. Without keys, the stored keys stay.
struct DeviceEdit {
  domain::Device device;
  std::optional<std::vector<SearchKey>> keys;
  /// With this, the store does not read the device again: it trusts these fields and compares only
  /// the version with the stored one (ABORTED when they differ).
  std::optional<DeviceBefore> before = std::nullopt;
};

/// A record to be removed, as its maker has read it. ABORTED when its version is not the stored
/// one.
struct Removal {
  std::variant<domain::Device, domain::Staff, domain::Placement, domain::ImportProfile,
               domain::CalendarDay>
      record;
};

/// A past value, entered when later values are already known. It goes into the record's history and
/// does not change the record. The name of the change's field begins with domain::kPastPrefix.
struct PastChange {
  std::string subject;  ///< the record under which it is listed, `devices/TSM-00123`
  domain::Change change;
};

/// A whole record to be written. The store compares it field by field with the stored one and
/// writes the row, its history and the audit link; an edit that changes nothing is dropped. The
/// history of a new record begins with the field `exists` becoming `true`; the history of a removed
/// one ends with `exists` becoming empty. When `version` is not 0 and differs from the stored one,
/// the write fails with ABORTED. A token or an import with the id 0 gets its own id, greater than
/// all others of its kind; such ids may have gaps.
/// A new session takes the place of the oldest one where its token has kMostSessions already, and
/// of those that have expired.
/// Every kind of record is here; this is the list of kinds for every store.
using Edit =
    std::variant<DeviceEdit, domain::Staff, domain::Rollout, domain::Plan, domain::Wave,
                 domain::Placement, domain::Token, domain::ImportPreview, domain::ImportProfile,
                 domain::PhaseStatus, domain::CalendarDay, domain::Proposal, PastChange, Removal,
                 KeptCheckpoint, Session, SessionEnd>;

/// One act: who, why, and the edits of records.
struct Draft {
  std::string actor;  ///< required
  std::string role;   ///< required
  domain::Act act{};  ///< required
  std::string reason;
  absl::Time effective_time;
  absl::Time recorded_time;
  int64_t undoes = 0;    ///< the change set this one undoes; 0 = none
  bool partial = false;  ///< it undoes only the records that it changes
  std::vector<Edit> edits;
  /// Further edits of a large act: each call returns one, or absent after the last. The calls run
  /// on the writer's thread, each after the previous edits were written, and see them. An error
  /// rolls back the whole write. Search keys are written only at the end, so don't search here.
  std::function<absl::StatusOr<std::optional<Edit>>()> more = nullptr;
  std::string response;  ///< what the caller is answered, kept for a replay of its request id
};

/// Makes the draft of a write: `make(ReadView& view, int64_t change_set)` -> StatusOr<Draft>. The
/// view shows everything written before. `change_set` is the id that the act will have if it
/// changes anything.
/// A store may run a maker more than once for one write: when another process commits first, the
/// transaction is rolled back and run again. The last run counts. So a maker builds a new draft on
/// every run from what the view shows, moves nothing out of its captures, and has no effect other
/// than the draft. Only closures that can be called while const are accepted.
class Maker {
 public:
  template <typename Make>
  requires std::is_invocable_r_v < absl::StatusOr<Draft>,
  const Make&, ReadView&, int64_t > Maker& operator=(Make make) {
    make_ = std::move(make);
    return *this;
  }

  absl::StatusOr<Draft> operator()(ReadView& view, int64_t change_set) const {
    return make_(view, change_set);
  }

 private:
  std::function<absl::StatusOr<Draft>(ReadView& view, int64_t change_set)> make_;
};

/// A write, run on the writer's thread.
struct WriteRequest {
  std::string request_id;   ///< UUID; "" = no replay wanted
  std::string fingerprint;  ///< hash of caller and content; the same id with another is refused
  bool validate_only = false;
  bool large = false;  ///< may change very many records: it is committed alone
  /// Must not block. The view lives until the draft's `more` has returned its last edit. An error
  /// rolls back this request.
  Maker make;
  absl::Time now;  ///< for the age of kept answers
};

/// The answer, sent after the sync: the draft's response, or the response of the first request with
/// this id. Errors: the error of `make`; ABORTED (a version differs); ALREADY_EXISTS (the request
/// id was used with another content); UNAVAILABLE or RESOURCE_EXHAUSTED (the disk).
using WriteDone = std::function<void(absl::StatusOr<std::string> response)>;

/// Asked by a view from time to time, on the view's thread, whether its work is to be given up.
/// Quick.
using StopWhen = std::function<bool()>;

/// What a store tells of itself, for monitoring.
struct StoreFigures {
  int64_t waiting_writes = 0;  ///< queued and not yet begun
  int64_t commits = 0;         ///< groups committed since the store was opened
  int64_t writes = 0;          ///< writes in those groups
  int64_t failed_commits = 0;  ///< groups that the disk did not take
  int64_t open_views = 0;      ///< snapshots in use
  int64_t bytes = 0;           ///< of the database's file
  int64_t log_bytes = 0;       ///< of the write-ahead log
};

/// A store. Thread-safe.
/// Writes have one order over all processes that write to the same store. Change sets have the ids
/// 1, 2, 3 and so on without gaps; each holds the previous set's hash.
class Store {
 public:
  virtual ~Store() = default;
  /// A snapshot of what has been committed. Never waits for a writer. Once `stop` has said so,
  /// methods of the view fail with CANCELLED; null = never.
  virtual absl::StatusOr<std::unique_ptr<ReadView>> Read(StopWhen stop) = 0;
  absl::StatusOr<std::unique_ptr<ReadView>> Read() { return Read(nullptr); }
  /// Queues a write; `done` runs on the writer's thread after commit and sync, once, always.
  virtual void Write(WriteRequest request, WriteDone done) = 0;
  /// Calls `listener` after commits. For a commit of this process, the call is on the writer's
  /// thread, before the writes are answered, so the listener must be quick. A commit of another
  /// process on the same store is reported within 200 ms on a thread of the store; one call may
  /// stand for several commits. The listener learns only that there may be something new and must
  /// read it. Set it once, before the first write.
  virtual void OnCommit(std::function<void()> listener) = 0;
  /// Waits until all queued writes are answered, then refuses further ones with UNAVAILABLE.
  virtual void Drain() = 0;
  /// Never waits for a writer.
  virtual StoreFigures Figures() = 0;
};

}  // namespace kirikae::store
