#include "service/server/check_command.h"

#include <sodium.h>

#include <fstream>
#include <iostream>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/ascii.h"
#include "service/domain/error_detail.h"
#include "service/domain/record_name.h"
#include "service/proof/export_check.h"
#include "service/server/failure.h"
#include "service/server/said.h"
#include "service/server/text_files.h"
#include "service/status_macros.h"
#include "service/store/sqlite/check.h"

namespace kirikae::server {
namespace {

using domain::Sentence;

void SayOf(const std::string& record, const Sentence& sentence) {
  Say(std::cout, sentence, record.empty() ? "" : record + ": ");
}

// The keys that are given as texts or as files.
absl::StatusOr<std::vector<proof::PublicKey>> ReadKeys(const std::vector<std::string>& given) {
  std::vector<proof::PublicKey> keys;
  for (const std::string& text : given) {
    std::optional<proof::PublicKey> key = proof::PublicKey::Parse(text);
    if (!key.has_value()) {
      ASSIGN_OR_RETURN(const std::vector<std::string> file, ReadTextFiles({text}));
      key = proof::PublicKey::Parse(std::string(absl::StripAsciiWhitespace(file.front())));
    }
    if (!key.has_value()) {
      return domain::MakeError(
          absl::StatusCode::kInvalidArgument, "NO_PUBLIC_KEY",
          Sentence("$0 is no public key and no file with one. The daemon writes its own into "
                   "audit.pub.",
                   {text}));
    }
    keys.push_back(*std::move(key));
  }
  return keys;
}

absl::StatusOr<int> CheckExport(const Config& config) {
  ASSIGN_OR_RETURN(const std::vector<proof::PublicKey> keys, ReadKeys(config.audit_keys));
  ASSIGN_OR_RETURN(const std::vector<std::string> notes, ReadTextFiles(config.against));
  std::ifstream file(config.audit_export, std::ios::binary);
  if (!file) return absl::UnavailableError(config.audit_export + " can't be read");
  proof::ExportCheck check(notes, keys);
  for (std::string line; std::getline(file, line);) check.Add(line);
  if (file.bad()) return absl::UnavailableError(config.audit_export + " can't be read");
  bool sound = true;
  for (const proof::Finding& finding : check.Finish()) {
    sound = sound && finding.kind == proof::FaultKind::kUnknownKey;
    SayOf(finding.change_set == 0 ? "" : domain::ChangeSetName(finding.change_set),
          finding.sentence);
  }
  const std::string sets = std::to_string(check.change_sets());
  const std::string checkpoints = std::to_string(check.checkpoints());
  if (sound) {
    SayOf("", Sentence("Checked $0 change sets against $1 checkpoints: nothing is wrong.",
                       {sets, checkpoints}));
  } else {
    SayOf("", Sentence("Checked $0 change sets against $1 checkpoints: the record is not the one "
                       "that was written.",
                       {sets, checkpoints}));
  }
  return sound ? 0 : 1;
}

int CheckDirectory(const Config& config) {
  const absl::StatusOr<store::CheckReport> report = store::CheckDatabase(config.state_dir);
  if (!report.ok()) return Fail(report.status());
  for (const store::Finding& finding : report->findings) SayOf(finding.record, finding.sentence);
  if (report->more_findings) SayOf("", Sentence("There are more findings than are listed."));
  const std::string devices = std::to_string(report->devices);
  const std::string sets = std::to_string(report->change_sets);
  const std::string changes = std::to_string(report->changes);
  if (!report->findings.empty()) {
    SayOf("", Sentence("Checked $0 devices, $1 change sets, $2 changes: the database is not sound. "
                       "Stop the daemon, keep a copy of the state directory, and restore the last "
                       "sound backup.",
                       {devices, sets, changes}));
    return 1;
  }
  SayOf("", Sentence("Checked $0 devices, $1 change sets, $2 changes: nothing is wrong.",
                     {devices, sets, changes}));
  return 0;
}

}  // namespace

int Check(const Config& config) {
  if (sodium_init() < 0) return Fail(absl::InternalError("libsodium can't start"));
  if (config.audit_export.empty()) return CheckDirectory(config);
  const absl::StatusOr<int> exit_code = CheckExport(config);
  return exit_code.ok() ? *exit_code : Fail(exit_code.status());
}

}  // namespace kirikae::server
