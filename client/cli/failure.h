// Reports why a command ends before it is done, to people or to programs.
#pragma once

#include <grpcpp/grpcpp.h>

#include <map>
#include <string>
#include <vector>

#include "client/cli/printer.h"
#include "google/rpc/status.pb.h"

namespace kirikae::cli {

/// Exit codes of every command.
enum ExitCode {
  kDone = 0,
  kDifferences = 1,
  kUsage = 2,
  kNotFound = 3,
  kConflict = 4,
  kNotPermitted = 5,
  kUnavailable = 6,
  kRefused = 7,
};

/// The exit code for what the service answered.
ExitCode ExitCodeOf(grpc::StatusCode code);

/// Ends a command with this code; everything has been printed already.
struct Exit {
  int code;
};

/// One fault of the input.
struct FieldFault {
  std::string field;     ///< path, `items[3].phase`
  std::string sentence;  ///< in the chosen language
};

/// Ends a command with this code and message. A command throws it; main prints it.
struct Failure {
  ExitCode code = kUsage;
  std::string reason;    ///< UPPER_SNAKE; does not change with the wording
  std::string sentence;  ///< in the chosen language
  std::vector<FieldFault> faults = {};
  std::map<std::string, std::string> metadata = {};
};

/// Prints the failure on standard error: the sentence, then a line for each fault. With json and
/// jsonl it is one line, `{"error": …}`, with a google.rpc.Status as proto3 JSON; its details are
/// like the service's.
void Say(Form form, const Failure& failure);

/// Prints the service's error as `{"error": …}` on one line. Details of types that this program
/// does not know are left out.
void SayJson(google::rpc::Status error);

/// Arguments that the command can't be run with: USAGE.
Failure Usage(std::string sentence);
/// FILE_UNREADABLE and FILE_UNWRITABLE, with the path in the metadata.
Failure FileUnreadable(const std::string& path);
Failure FileUnwritable(const std::string& path);

}  // namespace kirikae::cli
