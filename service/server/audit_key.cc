#include "service/server/audit_key.h"

#include <fcntl.h>
#include <sodium.h>
#include <spdlog/spdlog.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <optional>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "service/app/audit/record_notary.h"
#include "service/domain/error_detail.h"
#include "service/server/own_write.h"
#include "service/server/state_files.h"
#include "service/status_macros.h"

namespace kirikae::server {
namespace {

using domain::Sentence;

constexpr size_t kMostBytes = 4096;
constexpr size_t kNameBytes = 8;

absl::Status Unfit(const Sentence& sentence, const std::string& path) {
  return domain::MakeError(absl::StatusCode::kFailedPrecondition, "AUDIT_KEY_UNFIT", sentence,
                           {{"file", path}});
}

absl::StatusOr<std::string> ReadSecret(const std::string& path) {
  const int file = open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0) {
    const std::string text = path + ": " + std::strerror(errno);
    return errno == ENOENT ? absl::NotFoundError(text) : absl::UnavailableError(text);
  }
  struct stat info {};
  std::array<char, kMostBytes> bytes{};
  const bool known = fstat(file, &info) == 0;
  const ssize_t size = read(file, bytes.data(), bytes.size());
  close(file);
  if (!known || size < 0) return absl::UnavailableError(path + " can't be read");
  if ((info.st_mode & (S_IRWXG | S_IRWXO)) != 0) {
    return Unfit(Sentence("Others can read the audit key $0. Make it its owner's alone: chmod 600 "
                          "$0",
                          {path}),
                 path);
  }
  return std::string(bytes.data(), static_cast<size_t>(size));
}

// A name that no other record has: it is the record's origin.
std::string NewName() {
  std::array<unsigned char, kNameBytes> bytes{};
  randombytes_buf(bytes.data(), bytes.size());
  return "kirikae/" +
         absl::BytesToHexString({reinterpret_cast<const char*>(bytes.data()), bytes.size()});
}

absl::StatusOr<proof::SigningKey> LoadOrMake(const std::string& path) {
  const absl::StatusOr<std::string> text = ReadSecret(path);
  if (absl::IsNotFound(text.status())) {
    proof::SigningKey key = proof::SigningKey::Make(NewName());
    const absl::Status kept = WriteNewFile(path, key.Text() + "\n");
    if (kept.ok()) {
      spdlog::warn("a new audit key was made: {}", path);
    } else {
      // Reads are served also where nothing can be written; the next start makes another key.
      spdlog::warn("a new audit key can't be kept: {}", kept.ToString());
    }
    return key;
  }
  RETURN_IF_ERROR(text.status());
  std::optional<proof::SigningKey> key =
      proof::SigningKey::Parse(std::string(absl::StripAsciiWhitespace(*text)));
  if (!key.has_value()) {
    return Unfit(
        Sentence("$0 holds no audit key. Name another file; where there is none, a new key "
                 "is made.",
                 {path}),
        path);
  }
  return *std::move(key);
}

}  // namespace

absl::StatusOr<proof::SigningKey> LoadAuditKey(const Config& config) {
  ASSIGN_OR_RETURN(
      proof::SigningKey key,
      LoadOrMake(config.audit_key.empty() ? config.state_dir + "/audit.key" : config.audit_key));
  const absl::Status written =
      ReplaceFile(config.state_dir + "/audit.pub", key.public_key().Text() + "\n");
  // Reads are served also where nothing can be written.
  if (!written.ok()) spdlog::warn("audit.pub status={}", written.ToString());
  return key;
}

absl::Status TellOfKey(const api::Environment& env) {
  const proof::PublicKey& own = env.notary->public_key();
  {
    ASSIGN_OR_RETURN(const auto view, env.store.Read());
    ASSIGN_OR_RETURN(const std::vector<proof::PublicKey> known, app::KnownKeys(*view));
    if (!known.empty() && known.front().Text() == own.Text()) return absl::OkStatus();
  }
  store::WriteRequest write;
  write.now = env.ward.now();
  write.make = [own, now = write.now](store::ReadView&, int64_t) -> absl::StatusOr<store::Draft> {
    return app::UseKey(OwnDraft(domain::Act::kUseAuditKey, now), own);
  };
  return WriteNow(env.store, std::move(write));
}

}  // namespace kirikae::server
