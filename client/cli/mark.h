// Marks of devices: what the commands share.
#pragma once

#include <string>
#include <vector>

#include "client/cli/session.h"
#include "kirikae/v1/migration_service.grpc.pb.h"

namespace kirikae::cli {

/// The flags of `kirikae mark`.
struct MarkFlags {
  std::vector<std::string> tags;
  std::string file;
  std::string cause;
  std::string when;
  std::string rollout;
  std::string until;
  bool override_blockers = false;
  bool partial = false;
  bool scan = false;
  bool lift = false;
};

/// What a run of marks came to.
struct Tally {
  int changed = 0;
  int unchanged = 0;
  int refused = 0;
  std::vector<std::string> change_sets;  ///< numbers

  void Add(const v1::MarkDevicesResponse& answer);
  void Print(const Session& session) const;
};

/// A request without tags, with a request id of its own. Throws Failure for an unknown cause.
v1::MarkDevicesRequest NewMark(Session& session, v1::MarkOutcome outcome, const MarkFlags& flags);

/// Prints each refusal of the answer, in JSON none: there they are part of the results. Returns the
/// exit code of the last.
int ReportRefusals(const Session& session, const v1::MarkDevicesResponse& answer);

/// The users of the device, with commas between.
std::string UsersOf(const v1::MarkResult& result);

/// What is untimely about the mark, as a sentence: the phase has not begun, or the device is
/// planned for a day that is weeks away.
std::string WhyUntimely(const v1::MarkResult& result);

/// The results of a request that would be untimely; the request is checked and nothing is written.
/// Nothing for outcomes that switch nothing, with --yes and with --dry-run.
std::vector<v1::MarkResult> FindUntimely(Session& session, const v1::MarkDevicesRequest& request);

/// Reads tags line by line from a barcode reader and answers each at once; a refused tag does not
/// stop it. A tag that the service did not answer is named, kept, and sent again with the same
/// request id until it is answered. With json and jsonl, each answer is a MarkResult on one line.
/// Returns the exit code.
int ScanMarks(Session& session, v1::MarkOutcome outcome, const MarkFlags& flags);

}  // namespace kirikae::cli
