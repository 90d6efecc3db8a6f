#include "client/cli/problem_file.h"

#include <google/protobuf/util/json_util.h>

#include <charconv>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <system_error>
#include <utility>

#include "client/cli/catalogue.h"
#include "client/cli/json_check.h"
#include "client/cli/session.h"
#include "client/cli/text_file.h"

namespace kirikae::cli {
namespace {

// The service's limit for the whole problem; and for one message, less some bytes for the rest of
// the message.
constexpr size_t kMostBytes = size_t{64} << 20U;
constexpr size_t kMostInAPart = (size_t{4} << 20U) - 1024;
// A part is sent once it has this many bytes.
constexpr size_t kUsualPart = size_t{1} << 20U;

}  // namespace

v1::PlanProblem ReadProblem(const std::string& path) {
  std::error_code error;
  if (std::filesystem::is_directory(path, error)) throw FileUnreadable(path);
  std::ifstream file(path, std::ios::binary);
  if (!file) throw FileUnreadable(path);
  std::string json(std::istreambuf_iterator<char>(file), {});
  if (file.bad()) throw FileUnreadable(path);
  json = DecodedText(json, path);
  const auto refuse = [&path](const JsonFault& fault) {
    throw Failure{.code = kRefused,
                  .reason = "NOT_A_PROBLEM_FILE",
                  .sentence = Tr("$0 is not a problem file: $1", {path, fault.sentence}),
                  .metadata = {{"fault", fault.code}, {"field", fault.path}}};
  };
  v1::PlanProblem problem;
  if (const auto fault = FaultIn(json, *v1::PlanProblem::descriptor())) refuse(*fault);
  const auto parsed = google::protobuf::util::JsonStringToMessage(json, &problem);
  if (!parsed.ok()) refuse({"NOT_JSON", "", parsed.message().ToString()});
  const auto limit = [&](const std::string& what, size_t bytes, size_t most) {
    if (bytes <= most) return;
    throw Failure{.code = kRefused,
                  .reason = "PROBLEM_TOO_LARGE",
                  .sentence = Tr("$0 in $1 takes $2 bytes; the service takes at most $3.",
                                 {what, path, std::to_string(bytes), std::to_string(most)})};
  };
  size_t of_items = 0;
  for (int i = 0; i < problem.items_size(); ++i) {
    const size_t bytes = problem.items(i).ByteSizeLong();
    limit("items[" + std::to_string(i) + "]", bytes, kMostInAPart);
    of_items += bytes;
  }
  const size_t bytes = problem.ByteSizeLong();
  limit(Tr("Everything except the items"), bytes - of_items, kMostInAPart);
  limit(Tr("The problem"), bytes, kMostBytes);
  return problem;
}

std::vector<v1::SolvePlanRequest> InParts(v1::SolvePlanRequest request) {
  google::protobuf::RepeatedPtrField<v1::PlanItem> items;
  items.Swap(request.mutable_problem()->mutable_items());
  std::vector<v1::SolvePlanRequest> parts;
  parts.push_back(std::move(request));
  size_t bytes = kUsualPart;  // items begin a part of their own
  for (v1::PlanItem& item : items) {
    const size_t more = item.ByteSizeLong() + 8;  // tag and length
    if (bytes + more > kUsualPart) {
      parts.emplace_back();
      bytes = 0;
    }
    bytes += more;
    parts.back().mutable_problem()->add_items()->Swap(&item);
  }
  return parts;
}

int ReadMillis(const std::string& option, const std::string& text) {
  constexpr double kMost = 60'000;
  if (text.empty()) return 0;
  double number = 0;
  const char* const end = text.data() + text.size();
  const auto [rest, error] = std::from_chars(text.data(), end, number);
  const std::string unit(rest, end);
  double millis = -1;
  if (error == std::errc()) {
    if (unit == "ms") millis = number;
    if (unit == "s" || unit.empty()) millis = number * 1'000;
    if (unit == "m") millis = number * 60'000;
  }
  if (!(millis >= 1 && millis <= kMost)) {
    throw Usage(Tr("$0 $1 is no time from 1ms to 1m; write it like 500ms or 2s.", {option, text}));
  }
  return static_cast<int>(millis);
}

}  // namespace kirikae::cli
