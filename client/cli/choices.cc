#include "client/cli/choices.h"

#include <google/protobuf/generated_enum_reflection.h>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "client/cli/catalogue.h"
#include "client/cli/failure.h"
#include "kirikae/v1/access_service.pb.h"
#include "kirikae/v1/types.pb.h"
#include "service/text/similar.h"

namespace kirikae::cli {
namespace {

constexpr char kValidator[] = "one of";
constexpr char kSeparator = '|';

template <typename Enum>
std::vector<std::string> NamesOf(const std::string& beginning) {
  std::vector<std::string> names;
  const auto* const set = google::protobuf::GetEnumDescriptor<Enum>();
  for (int i = 0; i < set->value_count(); ++i) {
    if (set->value(i)->number() != 0)
      names.push_back(set->value(i)->name().substr(beginning.size()));
  }
  return names;
}

}  // namespace

std::string DidYouMean(const std::string& given, const std::vector<std::string>& values) {
  constexpr size_t kSlips = 3;
  const auto near = text::Nearest(given, values, kSlips);
  return near.has_value() ? " " + Tr("Did you mean $0?", {*near}) : "";
}

CLI::Validator OneOf(const std::vector<std::string>& values) {
  const std::string all = absl::StrJoin(values, std::string(1, kSeparator));
  return CLI::Validator(
      [values](const std::string& text) {
        for (const std::string& value : values) {
          if (value == text) return std::string();
        }
        throw Failure(Usage(Tr("There is no $0 here.", {text}) + DidYouMean(text, values) + " " +
                            Tr("It may be: $0", {absl::StrJoin(values, ", ")})));
      },
      all, kValidator);
}

CLI::Validator WholeNumber(int64_t least, int64_t most) {
  return CLI::Validator(
      [least, most](const std::string& text) {
        int64_t number = 0;
        if (absl::SimpleAtoi(text, &number) && number >= least && number <= most) {
          return std::string();
        }
        throw Failure(Usage(Tr("$0 is not a whole number from $1 to $2.",
                               {text, std::to_string(least), std::to_string(most)})));
      },
      "");
}

std::vector<std::string> ValuesOf(CLI::Option& option) {
  const std::string name = option.get_name();
  if (name == "--cause") return NamesOf<v1::FailureCause>("FAILURE_CAUSE_");
  if (name == "--method") return NamesOf<v1::AuthMethod>("AUTH_METHOD_");
  if (name == "--role") {
    std::vector<std::string> roles = NamesOf<v1::Role>("ROLE_");
    for (std::string& role : roles) absl::AsciiStrToLower(&role);
    return roles;
  }
  try {
    const std::string all = option.get_validator(kValidator)->get_description();
    return absl::StrSplit(all, kSeparator);
  } catch (const CLI::OptionNotFound&) {
    return {};
  }
}

}  // namespace kirikae::cli
