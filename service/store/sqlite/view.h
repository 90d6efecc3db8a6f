// Implements store.h's ReadView over one connection.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "service/store/sqlite/connection.h"
#include "service/store/sqlite/reader_pool.h"
#include "service/store/store.h"

namespace kirikae::store {

/// A view over a connection whose transaction the caller begins and ends. Each method is defined in
/// the file of the table that it reads.
class SqliteView : public ReadView {
 public:
  explicit SqliteView(Connection& connection) : connection_(connection) {}

  absl::StatusOr<std::optional<domain::Device>> FindDevice(std::string_view asset_tag) override;
  absl::StatusOr<std::vector<domain::Device>> ListDevices(const Page& page) override;
  absl::StatusOr<std::vector<SearchHit>> Search(int tier, const KeyRange& range,
                                                int limit) override;
  absl::StatusOr<std::vector<std::string>> TagsAround(std::string_view asset_tag,
                                                      int limit) override;
  absl::StatusOr<std::vector<std::string>> TagsEver(const Page& page) override;
  absl::StatusOr<std::vector<std::string>> TagsWithException() override;
  absl::StatusOr<std::optional<domain::Staff>> FindStaff(std::string_view staff_number) override;
  absl::StatusOr<std::vector<domain::Staff>> ListStaff(const Page& page) override;
  absl::StatusOr<int64_t> CountStaff() override;
  absl::StatusOr<std::optional<domain::Rollout>> FindRollout(std::string_view id) override;
  absl::StatusOr<std::vector<domain::Rollout>> ListRollouts(const Page& page) override;
  absl::StatusOr<std::optional<domain::Plan>> FindPlan(std::string_view rollout,
                                                       int64_t number) override;
  absl::StatusOr<std::vector<domain::Plan>> ListPlans(std::string_view rollout) override;
  absl::StatusOr<std::optional<domain::Proposal>> FindProposal(std::string_view rollout,
                                                               int64_t number) override;
  absl::StatusOr<std::vector<domain::Proposal>> ListProposals(std::string_view rollout) override;
  absl::StatusOr<std::optional<domain::Wave>> FindWave(std::string_view rollout,
                                                       int64_t number) override;
  absl::StatusOr<std::vector<domain::Wave>> ListWaves(std::string_view rollout) override;
  absl::StatusOr<std::optional<domain::Placement>> FindPlacement(
      std::string_view rollout, std::string_view asset_tag) override;
  absl::StatusOr<std::vector<domain::Placement>> PlacementsOf(std::string_view asset_tag) override;
  absl::StatusOr<std::vector<domain::Placement>> ListPlacements(
      const PlacementQuery& query) override;
  absl::StatusOr<std::vector<PlacementCount>> CountPlacements(std::string_view rollout) override;
  absl::StatusOr<std::vector<PlacementCount>> CountWaves(std::string_view rollout,
                                                         int64_t wave) override;
  absl::StatusOr<std::optional<domain::PhaseStatus>> FindPhase(std::string_view rollout,
                                                               std::string_view id) override;
  absl::StatusOr<std::vector<domain::PhaseStatus>> ListPhases(std::string_view rollout) override;
  absl::StatusOr<std::optional<domain::Token>> FindToken(int64_t id) override;
  absl::StatusOr<std::vector<domain::Token>> ListTokens() override;
  absl::StatusOr<std::optional<domain::ImportPreview>> FindImport(int64_t id) override;
  absl::StatusOr<std::vector<domain::ImportPreview>> ListOpenImports() override;
  absl::StatusOr<std::optional<std::string>> FindImportPart(int64_t import,
                                                            int64_t number) override;
  absl::StatusOr<std::optional<domain::ImportProfile>> FindImportProfile(
      std::string_view name) override;
  absl::StatusOr<std::vector<domain::ImportProfile>> ListImportProfiles() override;
  absl::StatusOr<std::optional<domain::CalendarDay>> FindCalendarDay(absl::CivilDay day) override;
  absl::StatusOr<std::vector<domain::CalendarDay>> ListCalendarDays(absl::CivilDay from,
                                                                    absl::CivilDay to) override;
  absl::StatusOr<std::vector<domain::ChangeSet>> ListChangeSets(
      const ChangeSetQuery& query) override;
  absl::StatusOr<std::optional<domain::ChangeSet>> FindChangeSet(int64_t id) override;
  absl::StatusOr<std::vector<domain::Change>> ChangesOf(const ChangePlace& from,
                                                        int limit) override;
  absl::StatusOr<std::vector<std::string>> UndoneSubjects(int64_t change_set) override;
  absl::StatusOr<std::vector<domain::HistoryEntry>> History(
      std::string_view record, const std::optional<ChangePlace>& before, int limit) override;
  absl::StatusOr<std::vector<std::string>> HashesFrom(int64_t first, int limit) override;
  absl::StatusOr<std::vector<RecordChanges>> StoredChangesOf(const ChangePlace& from,
                                                             int limit) override;
  absl::StatusOr<std::vector<Session>> ListSessions() override;
  absl::StatusOr<std::vector<KeptCheckpoint>> ListCheckpoints(int64_t below, int limit) override;
  absl::StatusOr<ChainReport> VerifyChain() override;

 protected:
  Connection& connection_;
};

/// A snapshot on a borrowed connection. Its destructor returns the connection to the pool.
class SqliteSnapshot final : public SqliteView {
 public:
  SqliteSnapshot(Reader reader, ReaderPool& pool)
      : SqliteView(*reader.connection), reader_(std::move(reader)), pool_(pool) {}
  ~SqliteSnapshot() override { pool_.TakeBack(std::move(reader_)); }

 private:
  Reader reader_;
  ReaderPool& pool_;
};

}  // namespace kirikae::store
