#include "service/server/check_command.h"

#include <sodium.h>

#include <iostream>
#include <string>

#include "absl/status/statusor.h"
#include "service/catalogue/catalogue.h"
#include "service/server/failure.h"
#include "service/store/sqlite/check.h"

namespace kirikae::server {
namespace {

using domain::Sentence;

void Say(const std::string& record, const Sentence& sentence) {
  const std::string place = record.empty() ? "" : record + ": ";
  std::cout << place << sentence.English() << "\n"
            << place << catalogue::Japanese(sentence) << "\n";
}

}  // namespace

int Check(const Config& config) {
  if (sodium_init() < 0) return Fail(absl::InternalError("libsodium can't start"));
  const absl::StatusOr<store::CheckReport> report = store::CheckDatabase(config.state_dir);
  if (!report.ok()) return Fail(report.status());
  for (const store::Finding& finding : report->findings) Say(finding.record, finding.sentence);
  if (report->more_findings) Say("", Sentence("There are more findings than are listed."));
  const std::string devices = std::to_string(report->devices);
  const std::string sets = std::to_string(report->change_sets);
  const std::string changes = std::to_string(report->changes);
  if (!report->findings.empty()) {
    Say("", Sentence("Checked $0 devices, $1 change sets, $2 changes: the database is not sound. "
                     "Stop the daemon, keep a copy of the state directory, and restore the last "
                     "sound backup.",
                     {devices, sets, changes}));
    return 1;
  }
  Say("", Sentence("Checked $0 devices, $1 change sets, $2 changes: nothing is wrong.",
                   {devices, sets, changes}));
  return 0;
}

}  // namespace kirikae::server
