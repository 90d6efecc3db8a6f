#include "service/store/sqlite/backup.h"

#include <SQLiteCpp/Backup.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <functional>
#include <utility>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/string_view.h"
#include "absl/strings/strip.h"
#include "service/domain/error_detail.h"
#include "service/proof/sha256.h"
#include "service/status_macros.h"
#include "service/store/sqlite/change_sets.h"
#include "service/store/sqlite/check.h"
#include "service/store/sqlite/connection.h"
#include "service/store/sqlite/guard.h"
#include "service/store/sqlite/migrations.h"

namespace kirikae::store {
namespace {

namespace fs = std::filesystem;
using domain::Sentence;

constexpr std::string_view kMark = "\nkirikae-backup 1\n";
constexpr size_t kMostSealBytes = 512;
constexpr int kDone = 101;  // SQLITE_DONE
constexpr size_t kPart = 1U << 20U;
constexpr std::array<absl::string_view, 5> kKeys = {"change_set ", "hash ", "time ", "bytes ",
                                                    "sha256 "};

absl::Status DiskFault(const std::string& path, int error) {
  const std::string text = path + ": " + std::strerror(error);
  return error == ENOSPC || error == EDQUOT ? absl::ResourceExhaustedError(text)
                                            : absl::UnavailableError(text);
}

absl::Status NotABackup(const std::string& path) {
  return domain::MakeError(
      absl::StatusCode::kInvalidArgument, "NOT_A_BACKUP",
      Sentence(
          "$0 is no whole backup: its end or its content is not what was written. Take another "
          "backup.",
          {path}),
      {{"file", path}});
}

// Calls `take` with the file's first `bytes` bytes, in parts.
absl::Status ReadFirst(const std::string& path, int64_t bytes,
                       const std::function<absl::Status(std::string_view)>& take) {
  std::ifstream file(path, std::ios::binary);
  std::vector<char> part(kPart);
  while (bytes > 0) {
    const auto wanted =
        static_cast<std::streamsize>(std::min<int64_t>(bytes, static_cast<int64_t>(part.size())));
    if (!file.read(part.data(), wanted)) return absl::UnavailableError(path + " can't be read");
    RETURN_IF_ERROR(take({part.data(), static_cast<size_t>(wanted)}));
    bytes -= wanted;
  }
  return absl::OkStatus();
}

absl::StatusOr<std::string> Sha256Of(const std::string& path, int64_t bytes) {
  proof::Sha256 hash;
  RETURN_IF_ERROR(ReadFirst(path, bytes, [&](std::string_view part) {
    hash.Add(part);
    return absl::OkStatus();
  }));
  return hash.FinishHex();
}

// A new file that is removed again unless it is kept.
class NewFile {
 public:
  explicit NewFile(std::string path) : path_(std::move(path)) {
    file_ = open(path_.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  }
  ~NewFile() {
    if (file_ >= 0) close(file_);
    if (!kept_) unlink(path_.c_str());
  }
  NewFile(const NewFile&) = delete;
  NewFile& operator=(const NewFile&) = delete;

  absl::Status Add(std::string_view bytes) const {
    while (!bytes.empty()) {
      const ssize_t written = write(file_, bytes.data(), bytes.size());
      if (written < 0 && errno == EINTR) continue;
      if (written < 0) return DiskFault(path_, errno);
      bytes.remove_prefix(static_cast<size_t>(written));
    }
    return absl::OkStatus();
  }
  // Syncs it and gives it its name.
  absl::Status Keep(const std::string& name) {
    if (fsync(file_) != 0) return DiskFault(path_, errno);
    if (rename(path_.c_str(), name.c_str()) != 0) return DiskFault(name, errno);
    kept_ = true;
    const fs::path parent = fs::absolute(name).parent_path();
    const int folder = open(parent.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (folder < 0) return DiskFault(parent, errno);
    const int synced = fsync(folder);
    const int error = errno;
    close(folder);
    return synced == 0 ? absl::OkStatus() : DiskFault(parent, error);
  }
  absl::Status status() const { return file_ < 0 ? DiskFault(path_, errno) : absl::OkStatus(); }

 private:
  const std::string path_;
  int file_ = -1;
  bool kept_ = false;
};

// Copies one snapshot of the database; the copy needs no other file beside it.
absl::StatusOr<BackupSeal> CopyDatabase(const std::string& from, const std::string& to) {
  return Guarded([&] {
    Connection source(from, Access::kRead);
    SQLite::Database copy(to, SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
    const int copied = SQLite::Backup(copy, source.database()).executeStep(-1);
    if (copied != kDone) throw SQLite::Exception("the database could not be copied", copied);
    copy.exec("PRAGMA journal_mode = DELETE");
    BackupSeal seal;
    SQLite::Statement head(copy,
                           "SELECT id, hash, recorded_time FROM change_sets ORDER BY id DESC "
                           "LIMIT 1");
    if (head.executeStep()) {
      seal.change_set = head.getColumn(0).getInt64();
      seal.hash = head.getColumn(1).getString();
      seal.time = absl::FromUnixMicros(head.getColumn(2).getInt64());
    }
    return seal;
  });
}

absl::Status Unsound(const std::string& finding) {
  return domain::MakeError(
      absl::StatusCode::kFailedPrecondition, "BACKUP_UNSOUND",
      Sentence("The copy is not sound, so no backup was written. What is wrong: kirikaed check"),
      {{"finding", finding}});
}

// A database of an older schema is copied before a program that knows only a newer one changes it.
absl::Status CheckCopy(const std::string& file) {
  const absl::StatusOr<CheckReport> report = CheckStillFile(file);
  if (report.ok()) {
    return report->findings.empty() ? absl::OkStatus()
                                    : Unsound(report->findings.front().sentence.English());
  }
  const auto detail = domain::DetailOf(report.status());
  if (!detail.has_value() || detail->reason != "OTHER_SCHEMA") return report.status();
  const absl::StatusOr<std::string> sound = Guarded([&] {
    SQLite::Database copy(file, SQLite::OPEN_READONLY);
    return copy.execAndGet("PRAGMA integrity_check(1)").getString();
  });
  RETURN_IF_ERROR(sound.status());
  return *sound == "ok" ? absl::OkStatus() : Unsound(*sound);
}

std::string SealText(const BackupSeal& seal) {
  return absl::StrCat(std::string(kMark), kKeys[0], seal.change_set, "\n", kKeys[1], seal.hash,
                      "\n", kKeys[2],
                      absl::FormatTime(absl::RFC3339_full, seal.time, absl::UTCTimeZone()), "\n",
                      kKeys[3], seal.bytes, "\n", kKeys[4], seal.sha256, "\n");
}

}  // namespace

absl::StatusOr<BackupSeal> WriteBackup(const std::string& directory, const std::string& to) {
  const std::string from = directory + "/kirikae.db";
  struct stat info {};
  if (stat(from.c_str(), &info) != 0) {
    return domain::MakeError(
        absl::StatusCode::kNotFound, "NO_DATABASE",
        Sentence("There is no database $0. Name the daemon's state directory.", {from}),
        {{"file", from}});
  }
  const std::string part = to + ".part";
  unlink(part.c_str());
  NewFile file(part);
  RETURN_IF_ERROR(file.status());
  ASSIGN_OR_RETURN(BackupSeal seal, CopyDatabase(from, part));
  RETURN_IF_ERROR(CheckCopy(part));
  if (stat(part.c_str(), &info) != 0) return DiskFault(part, errno);
  seal.bytes = info.st_size;
  ASSIGN_OR_RETURN(seal.sha256, Sha256Of(part, seal.bytes));
  RETURN_IF_ERROR(file.Add(SealText(seal)));
  RETURN_IF_ERROR(file.Keep(to));
  return seal;
}

absl::StatusOr<BackupSeal> ReadBackup(const std::string& from) {
  std::ifstream file(from, std::ios::binary | std::ios::ate);
  if (!file) return DiskFault(from, errno);
  const auto size = static_cast<int64_t>(file.tellg());
  std::string end(static_cast<size_t>(std::min<int64_t>(size, kMostSealBytes)), '\0');
  file.seekg(size - static_cast<int64_t>(end.size()));
  if (!file.read(end.data(), static_cast<std::streamsize>(end.size()))) return NotABackup(from);
  const size_t mark = end.rfind(kMark);
  if (mark == std::string::npos) return NotABackup(from);
  const std::vector<std::string> lines = absl::StrSplit(end.substr(mark + kMark.size()), '\n');
  std::array<absl::string_view, kKeys.size()> values;
  if (lines.size() != kKeys.size() + 1 || !lines.back().empty()) return NotABackup(from);
  for (size_t i = 0; i < values.size(); ++i) {
    values[i] = lines[i];
    if (!absl::ConsumePrefix(&values[i], kKeys[i])) return NotABackup(from);
  }
  BackupSeal seal;
  seal.hash = std::string(values[1]);
  seal.sha256 = std::string(values[4]);
  if (!absl::SimpleAtoi(values[0], &seal.change_set) ||
      !absl::ParseTime(absl::RFC3339_full, values[2], &seal.time, nullptr) ||
      !absl::SimpleAtoi(values[3], &seal.bytes) ||
      seal.bytes != size - static_cast<int64_t>(end.size() - mark)) {
    return NotABackup(from);
  }
  ASSIGN_OR_RETURN(const std::string sha256, Sha256Of(from, seal.bytes));
  return sha256 == seal.sha256 ? absl::StatusOr<BackupSeal>(seal) : NotABackup(from);
}

absl::Status UnpackBackup(const std::string& from, const BackupSeal& seal, const std::string& to) {
  NewFile file(to + ".part");
  RETURN_IF_ERROR(file.status());
  RETURN_IF_ERROR(
      ReadFirst(from, seal.bytes, [&](std::string_view part) { return file.Add(part); }));
  return file.Keep(to);
}

}  // namespace kirikae::store
