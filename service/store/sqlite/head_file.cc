#include "service/store/sqlite/head_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "absl/strings/string_view.h"
#include "absl/strings/strip.h"
#include "service/domain/error_detail.h"
#include "service/domain/text_hash.h"
#include "service/store/sqlite/rows.h"

namespace kirikae::store {
namespace {

using domain::Sentence;

// Less than a sector of a disk, so that it is never written in part.
constexpr size_t kBytes = 256;
constexpr char kHashOf[] = "SELECT hash FROM change_sets WHERE id = ?1";

std::string Content(const Head& head) {
  return absl::StrCat("id ", head.id, "\nhash ", head.hash, "\ntime ",
                      absl::FormatTime(absl::RFC3339_full, head.time, absl::UTCTimeZone()), "\n");
}

std::string SumOf(const std::string& content) {
  domain::TextHash hash;
  hash.Add(content);
  return hash.Finish();
}

std::optional<Head> Parse(const std::string& text) {
  const std::vector<std::string> lines = absl::StrSplit(text, '\n');
  if (lines.size() < 4) return std::nullopt;
  std::array<absl::string_view, 4> values;
  constexpr std::array<absl::string_view, 4> kKeys = {"id ", "hash ", "time ", "sum "};
  for (size_t i = 0; i < values.size(); ++i) {
    values[i] = lines[i];
    if (!absl::ConsumePrefix(&values[i], kKeys[i])) return std::nullopt;
  }
  Head head;
  head.hash = std::string(values[1]);
  if (!absl::SimpleAtoi(values[0], &head.id) ||
      !absl::ParseTime(absl::RFC3339_full, values[2], &head.time, nullptr) ||
      SumOf(Content(head)) != values[3]) {
    return std::nullopt;
  }
  return head;
}

std::string Shown(absl::Time time) {
  return absl::FormatTime("%Y-%m-%dT%H:%M:%SZ", time, absl::UTCTimeZone());
}

}  // namespace

HeadFile::~HeadFile() {
  if (file_ >= 0) close(file_);
}

std::optional<Head> HeadFile::Read() const {
  const int file = open(path_.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0) return std::nullopt;
  std::array<char, kBytes> bytes{};
  const ssize_t size = pread(file, bytes.data(), bytes.size(), 0);
  close(file);
  return size <= 0 ? std::nullopt : Parse(std::string(bytes.data(), static_cast<size_t>(size)));
}

bool HeadFile::IsDamaged() const {
  struct stat info {};
  return stat(path_.c_str(), &info) == 0 && info.st_size > 0 && !Read().has_value();
}

void HeadFile::Write(const Head& head) {
  if (file_ < 0) file_ = open(path_.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
  if (file_ < 0) return;
  std::string text = Content(head);
  absl::StrAppend(&text, "sum ", SumOf(text), "\n");
  text.resize(kBytes, '\n');
  [[maybe_unused]] const ssize_t written = pwrite(file_, text.data(), text.size(), 0);
}

absl::Status Behind(int64_t stored, const Head& head) {
  return domain::MakeError(
      absl::StatusCode::kFailedPrecondition, "DATABASE_BEHIND",
      Sentence("The database ends at change set $0, and change set $1 was written at $2: $3 change "
               "sets are missing. Put back the files that belong to it, or restore a backup; to go "
               "on without them, start once with --accept-loss.",
               {std::to_string(stored), std::to_string(head.id), Shown(head.time),
                std::to_string(head.id - stored)}),
      {{"stored", std::to_string(stored)}, {"head", std::to_string(head.id)}});
}

absl::Status CompareWithHead(Connection& connection, const Head& head) {
  const Head stored = ReadHead(connection);
  if (stored.id < head.id) return Behind(stored.id, head);
  Query query = connection.Use(kHashOf);
  query.Bind(head.id);
  if (head.id == 0 || (query.Next() && query.Text(0) == head.hash)) return absl::OkStatus();
  return domain::MakeError(
      absl::StatusCode::kFailedPrecondition, "DATABASE_FORKED",
      Sentence("The database has another change set $0 than the one that was written at $1: it is "
               "not the database that was here. Put back the right one, or start once with "
               "--accept-loss to go on with this one.",
               {std::to_string(head.id), Shown(head.time)}),
      {{"head", std::to_string(head.id)}});
}

}  // namespace kirikae::store
