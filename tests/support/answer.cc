#include "tests/support/answer.h"

#include <google/protobuf/util/json_util.h>
#include <gtest/gtest.h>

#include <utility>

#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"
#include "kirikae/v1/types.pb.h"

namespace kirikae::testing {
namespace {

constexpr std::string_view kBegin = "{\"error\":";

void ReadDetails(const google::rpc::Status& status, Outcome& outcome) {
  for (const auto& detail : status.details()) {
    google::rpc::ErrorInfo info;
    google::rpc::BadRequest bad;
    v1::LocalizedBadRequest localized;
    google::rpc::ResourceInfo resource;
    if (detail.UnpackTo(&info)) {
      outcome.reason = info.reason();
      outcome.metadata = {info.metadata().begin(), info.metadata().end()};
    } else if (detail.UnpackTo(&bad)) {
      for (const auto& row : bad.field_violations()) {
        outcome.fields.push_back(row.field());
        outcome.descriptions.push_back(row.description());
      }
    } else if (detail.UnpackTo(&localized)) {
      EXPECT_EQ(localized.locale(), "ja");
      for (const auto& row : localized.field_violations()) {
        outcome.in_japanese.push_back(row.description());
      }
    } else if (detail.UnpackTo(&resource)) {
      outcome.resource = resource.resource_name();
    }
  }
}

// The last line with an error; "" when there is none.
std::string LastError(const std::string& text) {
  const size_t at = text.rfind(kBegin);
  if (at == std::string::npos) return "";
  const size_t start = at + kBegin.size();
  const size_t end = text.find('\n', start);
  if (end == std::string::npos || text[end - 1] != '}') return "";
  return text.substr(start, end - 1 - start);
}

std::vector<std::string> InJson(std::vector<std::string> args) {
  args.insert(args.end(), {"-o", "json"});
  return args;
}

}  // namespace

std::ostream& operator<<(std::ostream& out, const Outcome& outcome) {
  out << "exit code " << outcome.exit_code << ", " << outcome.reason;
  for (const auto& [key, value] : outcome.metadata) out << " " << key << "=" << value;
  for (const std::string& field : outcome.fields) out << " [" << field << "]";
  return out << "\n" << outcome.said;
}

Outcome Try(const Daemon& daemon, const std::vector<std::string>& args, const std::string& input) {
  return OutcomeOf(daemon.Run(InJson(args), input));
}

Outcome TryAs(const Daemon& daemon, const std::string& token,
              const std::vector<std::string>& args) {
  return OutcomeOf(daemon.RunAs(token, InJson(args)));
}

Outcome OutcomeOf(const ProgramResult& result) {
  Outcome outcome;
  outcome.exit_code = result.exit_code;
  outcome.said = result.out + result.err;
  if (const std::string json = LastError(result.err); !json.empty()) {
    google::rpc::Status status;
    ReadJson(json, status);
    outcome.code = static_cast<grpc::StatusCode>(status.code());
    ReadDetails(status, outcome);
  }
  return outcome;
}

Outcome OutcomeOf(const grpc::Status& status) {
  Outcome outcome;
  outcome.code = status.error_code();
  outcome.said = status.error_message();
  google::rpc::Status rpc;
  EXPECT_TRUE(rpc.ParseFromString(status.error_details()));
  ReadDetails(rpc, outcome);
  return outcome;
}

void ReadJson(const std::string& json, google::protobuf::Message& message) {
  const auto parsed = google::protobuf::util::JsonStringToMessage(json, &message);
  EXPECT_TRUE(parsed.ok()) << parsed.ToString() << ": " << json.substr(0, 500);
}

std::string NewestChange(const Daemon& daemon) {
  const std::string names = daemon.Run({"change", "list", "-o", "name"}).out;
  return names.substr(11, names.find('\n') - 11);
}

}  // namespace kirikae::testing
