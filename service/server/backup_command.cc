#include "service/server/backup_command.h"

#include <sodium.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <iostream>
#include <memory>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

#include "service/app/audit/verify_record.h"
#include "service/domain/error_detail.h"
#include "service/domain/record_fields.h"
#include "service/server/clock_command.h"
#include "service/server/failure.h"
#include "service/server/own_write.h"
#include "service/server/said.h"
#include "service/server/state_files.h"
#include "service/server/text_files.h"
#include "service/status_macros.h"
#include "service/store/sqlite/backup.h"
#include "service/store/sqlite/check.h"
#include "service/store/sqlite/sqlite_store.h"

namespace kirikae::server {
namespace {

namespace fs = std::filesystem;
using domain::Sentence;

constexpr std::string_view kBefore = "kirikae-";
constexpr std::string_view kAfter = ".backup";

std::string Shown(absl::Time time) {
  return absl::FormatTime("%Y-%m-%dT%H:%M:%SZ", time, absl::UTCTimeZone());
}

// The oldest backups of a folder go, so that `kept` stay. Their names are in the order of time.
absl::Status RemoveOld(const std::string& folder, size_t kept) {
  std::vector<std::string> names;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(folder, error)) {
    const std::string name = entry.path().filename();
    if (name.starts_with(kBefore) && name.ends_with(kAfter)) names.push_back(entry.path());
  }
  std::sort(names.begin(), names.end());
  for (size_t i = 0; i + kept < names.size() && !error; ++i) fs::remove(names[i], error);
  return error ? absl::UnavailableError(folder + ": " + error.message()) : absl::OkStatus();
}

absl::Status BackUp(const Config& config) {
  ASSIGN_OR_RETURN(const std::function<absl::Time()> clock, ClockOf(config));
  std::error_code ignored;
  const bool in_folder = fs::is_directory(config.backup_to, ignored);
  const std::string name = absl::FormatTime("%Y%m%dT%H%M%E3SZ", clock(), absl::UTCTimeZone());
  const std::string to =
      in_folder ? config.backup_to + "/" + std::string(kBefore) + name + std::string(kAfter)
                : config.backup_to;
  ASSIGN_OR_RETURN(const store::BackupSeal seal, store::WriteBackup(config.state_dir, to));
  if (in_folder && config.backups_kept > 0) {
    RETURN_IF_ERROR(RemoveOld(config.backup_to, static_cast<size_t>(config.backups_kept)));
  }
  Say(std::cout, Sentence("$0 holds $1 change sets, up to $2, and was checked.",
                          {to, std::to_string(seal.change_set), Shown(seal.time)}));
  return absl::OkStatus();
}

absl::Status TooOld() {
  return domain::MakeError(
      absl::StatusCode::kFailedPrecondition, "BACKUP_BEHIND",
      Sentence(
          "The backup is older than a checkpoint. Take a newer backup; to go on with this one, "
          "add --accept-loss."));
}

absl::Status Other() {
  return domain::MakeError(
      absl::StatusCode::kFailedPrecondition, "BACKUP_DIFFERS",
      Sentence(
          "The backup is not of the record that the checkpoints are of. Take another backup."));
}

// What a backup lacks that the checkpoints have. FAILED_PRECONDITION: BACKUP_BEHIND, unless that is
// accepted; BACKUP_DIFFERS for another record.
absl::Status CompareWith(store::Store& store, const Config& config) {
  ASSIGN_OR_RETURN(const std::vector<std::string> notes, ReadTextFiles(config.against));
  ASSIGN_OR_RETURN(const std::unique_ptr<store::ReadView> view, store.Read());
  ASSIGN_OR_RETURN(const app::RecordReport report, app::VerifyRecord(*view, notes));
  for (const proof::Finding& finding : report.findings) {
    const bool behind = finding.kind == proof::FaultKind::kCutOff;
    Say(std::cout, finding.sentence);
    const bool allowed =
        finding.kind == proof::FaultKind::kUnknownKey || (behind && config.accept_loss);
    if (!allowed) return behind ? TooOld() : Other();
  }
  return absl::OkStatus();
}

// The record says that it comes from a backup.
absl::Status RecordRestore(store::Store& store, const Config& config, const store::BackupSeal& seal,
                           absl::Time now) {
  store::WriteRequest write;
  write.now = now;
  write.make = [&](store::ReadView&, int64_t) -> absl::StatusOr<store::Draft> {
    store::Draft draft = OwnDraft(domain::Act::kRestoreBackup, now);
    draft.reason = config.accept_loss ? "--accept-loss" : "";
    draft.edits.emplace_back(store::PastChange{
        .subject = "database",
        .change = {.record = "database",
                   .field = std::string(domain::kPastPrefix) + "backup",
                   .old_value = "",
                   .new_value = std::to_string(seal.change_set) + " " + seal.hash}});
    return draft;
  };
  return WriteNow(store, std::move(write));
}

// Puts the database into the directory, which holds nothing else yet.
absl::Status PutBack(const Config& config, const store::BackupSeal& seal, absl::Time now) {
  RETURN_IF_ERROR(store::UnpackBackup(config.restore_from, seal, config.state_dir + "/kirikae.db"));
  {
    ASSIGN_OR_RETURN(const std::unique_ptr<store::Store> store,
                     store::OpenSqliteStore({.directory = config.state_dir}));
    RETURN_IF_ERROR(CompareWith(*store, config));
    RETURN_IF_ERROR(RecordRestore(*store, config, seal, now));
  }
  ASSIGN_OR_RETURN(const store::CheckReport report, store::CheckDatabase(config.state_dir));
  if (report.findings.empty()) return absl::OkStatus();
  for (const store::Finding& finding : report.findings) Say(std::cout, finding.sentence);
  return domain::MakeError(absl::StatusCode::kFailedPrecondition, "BACKUP_UNSOUND",
                           Sentence("The backup is not sound. Take another backup."));
}

absl::Status RestoreInto(const Config& config) {
  ASSIGN_OR_RETURN(const std::function<absl::Time()> clock, ClockOf(config));
  ASSIGN_OR_RETURN(const store::BackupSeal seal, store::ReadBackup(config.restore_from));
  RETURN_IF_ERROR(MakeDirectory(config.state_dir));
  RETURN_IF_ERROR(CloseToOthers(config.state_dir));
  std::error_code error;
  if (!fs::is_empty(config.state_dir, error) || error) {
    return domain::MakeError(
        absl::StatusCode::kFailedPrecondition, "DIRECTORY_NOT_EMPTY",
        Sentence("A backup is put into an empty directory, and $0 is not. Name a new one, or move "
                 "what is in it away.",
                 {config.state_dir}),
        {{"directory", config.state_dir}});
  }
  if (const absl::Status put = PutBack(config, seal, clock()); !put.ok()) {
    // The directory was empty, and is again: nobody takes what was refused for the inventory.
    for (const char* name : {"kirikae.db", "kirikae.db-wal", "kirikae.db-shm", "head", "lock"}) {
      fs::remove(fs::path(config.state_dir) / name, error);
    }
    return put;
  }
  Say(std::cout,
      Sentence("$0 holds the backup of $1 change sets, up to $2, checked. The tokens of that time "
               "are valid; for a new administrator's: kirikaed token reset",
               {config.state_dir, std::to_string(seal.change_set), Shown(seal.time)}));
  return absl::OkStatus();
}

int Ended(const absl::Status& status) { return status.ok() ? 0 : Fail(status); }

}  // namespace

int Backup(const Config& config) {
  if (sodium_init() < 0) return Fail(absl::InternalError("libsodium can't start"));
  umask(S_IRWXG | S_IRWXO);
  return Ended(BackUp(config));
}

int Restore(const Config& config) {
  if (sodium_init() < 0) return Fail(absl::InternalError("libsodium can't start"));
  umask(S_IRWXG | S_IRWXO);
  return Ended(RestoreInto(config));
}

}  // namespace kirikae::server
