// Answers of kirikae and the service in the form that programs read: codes, fields and messages, no
// wording.
#pragma once

#include <gmock/gmock.h>
#include <google/protobuf/message.h>
#include <grpcpp/grpcpp.h>

#include <map>
#include <ostream>
#include <string>
#include <string_view>
#include <vector>

#include "tests/support/daemon.h"

namespace kirikae::testing {

/// How a command or a call ended.
struct Outcome {
  int exit_code = -1;  ///< of a command; -1 for a call
  grpc::StatusCode code = grpc::StatusCode::OK;
  std::string reason;                           ///< ErrorInfo.reason; "" where nothing failed
  std::map<std::string, std::string> metadata;  ///< ErrorInfo.metadata
  std::vector<std::string> fields;              ///< of the violations, in order
  std::vector<std::string> descriptions;        ///< of the violations, in order, in English
  std::vector<std::string> in_japanese;         ///< the same in Japanese
  std::string resource;                         ///< ResourceInfo.resource_name
  std::string said;                             ///< all that was printed, for people
};

std::ostream& operator<<(std::ostream& out, const Outcome& outcome);

/// Runs `kirikae ARGS… -o json` and reads the error that it ends with.
Outcome Try(const Daemon& daemon, const std::vector<std::string>& args,
            const std::string& input = "");
/// The same with another token.
Outcome TryAs(const Daemon& daemon, const std::string& token, const std::vector<std::string>& args);
/// The outcome of a run with `-o json` or `jsonl`. Of several errors it is the last.
Outcome OutcomeOf(const ProgramResult& result);
/// The outcome of a call.
Outcome OutcomeOf(const grpc::Status& status);

/// Reads proto3 JSON; fails the test when the text is not a message of that type.
void ReadJson(const std::string& json, google::protobuf::Message& message);

/// What `kirikae ARGS… -o json` prints. Fails the test unless it ends with `exit_code`.
template <typename Message>
Message Answer(const Daemon& daemon, std::vector<std::string> args, int exit_code = 0) {
  args.insert(args.end(), {"-o", "json"});
  const ProgramResult result = daemon.Run(args);
  EXPECT_EQ(result.exit_code, exit_code) << args[0] << ": " << result.out << result.err;
  Message message;
  ReadJson(result.out, message);
  return message;
}

/// The newest change set's number.
std::string NewestChange(const Daemon& daemon);

/// A command that ended with this exit code and reason.
MATCHER_P2(Fails, exit_code, reason, "") {
  return arg.exit_code == exit_code && arg.reason == std::string_view(reason);
}

/// A call that ended with this code and reason.
MATCHER_P2(CallFails, code, reason, "") {
  return arg.code == code && arg.reason == std::string_view(reason);
}

/// A refused input with faults in exactly these fields, in any order. A field with several faults
/// occurs several times.
MATCHER_P(IsInvalidAt, fields, "") {
  return arg.code == grpc::StatusCode::INVALID_ARGUMENT &&
         (arg.exit_code == 7 || arg.exit_code == -1) && arg.reason == "INVALID_REQUEST" &&
         ::testing::Matches(::testing::UnorderedElementsAreArray(fields))(arg.fields);
}

inline auto InvalidAt(std::vector<std::string> fields) { return IsInvalidAt(std::move(fields)); }

}  // namespace kirikae::testing
