#include "client/cli/problem_file.h"

#include <google/protobuf/util/json_util.h>

#include <cctype>
#include <charconv>
#include <fstream>
#include <iostream>
#include <iterator>

#include "client/cli/catalogue.h"
#include "client/cli/session.h"

namespace kirikae::cli {
namespace {

// What the service takes in all, and in one message with room for what goes along.
constexpr size_t kMostBytes = size_t{64} << 20U;
constexpr size_t kMostInAPart = (size_t{4} << 20U) - 1024;
// A part is sent once it has so much.
constexpr size_t kUsualPart = size_t{1} << 20U;

[[noreturn]] void Refuse(const std::string& sentence) {
  std::cerr << sentence << "\n";
  throw Exit{kRefused};
}

// `calendar.first_day` as the file has it, `calendar.firstDay`.
std::string InFileForm(const std::string& path) {
  std::string form;
  for (size_t i = 0; i < path.size(); ++i) {
    if (path[i] == '_' && i + 1 < path.size()) {
      form += static_cast<char>(std::toupper(static_cast<unsigned char>(path[++i])));
    } else {
      form += path[i];
    }
  }
  return form;
}

std::string Cut(const std::string& text) {
  constexpr size_t kMost = 60;
  if (text.size() <= kMost) return text;
  size_t end = kMost;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
  return text.substr(0, end) + "…";
}

std::string Expected(const std::string& type) {
  if (type == "TYPE_INT32" || type == "TYPE_INT64") return Tr("a whole number");
  if (type == "TYPE_DOUBLE") return Tr("a number");
  if (type == "TYPE_STRING") return Tr("a text");
  return Tr("an object or a list");
}

// The parser names a field as `(items[0].minutes): invalid value "x" for type TYPE_INT32`, or as
// `(items[0]) foo: Cannot find field.`; anything else is no JSON.
std::string Explain(const std::string& message) {
  const std::string line = message.substr(0, message.find('\n'));
  const size_t close = line.starts_with("(") ? line.find(')') : std::string::npos;
  std::string path = close == std::string::npos ? "" : line.substr(1, close - 1);
  constexpr char kUnknown[] = ": Cannot find field.";
  if (line.ends_with(kUnknown)) {
    const size_t start = close == std::string::npos ? 0 : close + 2;
    const std::string name = line.substr(start, line.size() - start - sizeof kUnknown + 1);
    path = path.empty() ? name : InFileForm(path) + "." + name;
    return Tr("$0: there is no such field.", {Cut(path)});
  }
  constexpr char kInvalid[] = ": invalid value ";
  const size_t invalid = line.find(kInvalid);
  const size_t type = line.rfind(" for type ");
  if (close != std::string::npos && invalid == close + 1 && type != std::string::npos) {
    const size_t start = invalid + sizeof kInvalid - 1;
    return Tr("$0: $1 is not $2.", {InFileForm(path), Cut(line.substr(start, type - start)),
                                    Expected(line.substr(type + 10))});
  }
  if (line.starts_with("Unexpected end")) return Tr("it ends in the middle of a value.");
  const size_t context = message.find('\n');
  const std::string near =
      context == std::string::npos
          ? ""
          : message.substr(context + 1, message.find('\n', context + 1) - context - 1);
  return near.empty() ? Tr("it is not the JSON of a problem.")
                      : Tr("it is not JSON near $0", {Cut(near)});
}

}  // namespace

v1::PlanProblem ReadProblem(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) {
    std::cerr << Tr("The file $0 can't be read.", {path}) << "\n";
    throw Exit{kUsage};
  }
  const std::string json(std::istreambuf_iterator<char>(file), {});
  v1::PlanProblem problem;
  const auto parsed = google::protobuf::util::JsonStringToMessage(json, &problem);
  if (!parsed.ok()) {
    Refuse(Tr("$0 is not a problem file: $1", {path, Explain(parsed.message().ToString())}));
  }
  const auto limit = [&](const std::string& what, size_t bytes, size_t most) {
    if (bytes <= most) return;
    Refuse(Tr("$0 in $1 takes $2 bytes; the service takes at most $3.",
              {what, path, std::to_string(bytes), std::to_string(most)}));
  };
  size_t of_items = 0;
  for (int i = 0; i < problem.items_size(); ++i) {
    const size_t bytes = problem.items(i).ByteSizeLong();
    limit("items[" + std::to_string(i) + "]", bytes, kMostInAPart);
    of_items += bytes;
  }
  const size_t bytes = problem.ByteSizeLong();
  limit(Tr("What is beside the items"), bytes - of_items, kMostInAPart);
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
    std::cerr << Tr("$0 $1 is no time from 1ms to 1m; write it like 500ms or 2s.", {option, text})
              << "\n";
    throw Exit{kUsage};
  }
  return static_cast<int>(millis);
}

}  // namespace kirikae::cli
