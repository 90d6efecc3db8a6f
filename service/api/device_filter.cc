#include "service/api/device_filter.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "service/domain/errors.h"
#include "service/status_macros.h"
#include "service/text/fold.h"

namespace kirikae::api {

struct DeviceFilter::Node {
  enum class Kind { kAnd, kOr, kNot, kTest };
  Kind kind = Kind::kTest;
  std::vector<std::shared_ptr<const Node>> parts;
  std::string field;
  std::string comparison;
  std::string value;  ///< as given, or the key for `:`
};

namespace {

using domain::Sentence;
using Node = DeviceFilter::Node;
using NodePtr = std::shared_ptr<const Node>;

constexpr size_t kLengthLimit = 4096;
constexpr int kDepthLimit = 50;
constexpr std::string_view kSpace = " \t\r\n";

template <typename Enum>
std::string Term(const Enum& value) {
  return std::string(domain::Name(value));
}

template <typename Enum>
std::string Term(const std::optional<Enum>& value) {
  return value.has_value() ? Term(*value) : std::string();
}

using Values = std::vector<std::string>;

struct Field {
  std::string_view name;
  Values (*read)(const domain::Device&);
  bool (*knows)(std::string_view);  ///< whether a value is of the field's closed set
};

template <typename Enum>
bool Knows(std::string_view name) {
  return domain::FromName<Enum>(name).has_value();
}

bool AnyText(std::string_view) { return true; }

template <typename Read>
Values OfUsers(const domain::Device& device, Read read) {
  Values values;
  for (const domain::DeviceUser& user : device.users) values.push_back(read(user));
  return values;
}

using domain::Device;
constexpr Field kFields[] = {
    {"asset_tag", [](const Device& d) { return Values{d.asset_tag}; }, AnyText},
    {"host_name", [](const Device& d) { return Values{d.host_name}; }, AnyText},
    {"serial", [](const Device& d) { return Values{d.serial}; }, AnyText},
    {"model", [](const Device& d) { return Values{d.model}; }, AnyText},
    {"os", [](const Device& d) { return Values{d.os}; }, AnyText},
    {"department", [](const Device& d) { return Values{d.department}; }, AnyText},
    {"site", [](const Device& d) { return Values{d.site}; }, AnyText},
    {"floor", [](const Device& d) { return Values{d.floor}; }, AnyText},
    {"note", [](const Device& d) { return Values{d.note}; }, AnyText},
    {"kind", [](const Device& d) { return Values{Term(d.kind)}; }, Knows<domain::DeviceKind>},
    {"network", [](const Device& d) { return Values{Term(d.network)}; }, Knows<domain::Network>},
    {"camera", [](const Device& d) { return Values{Term(d.camera)}; }, Knows<domain::Camera>},
    {"auth_method", [](const Device& d) { return Values{Term(d.auth_method)}; },
     Knows<domain::AuthMethod>},
    {"state", [](const Device& d) { return Values{Term(d.state)}; }, Knows<domain::DeviceState>},
    {"inventoried_on",
     [](const Device& d) {
       return d.inventoried_on.has_value() ? Values{absl::FormatCivilTime(*d.inventoried_on)}
                                           : Values();
     },
     AnyText},
    {"users.name", [](const Device& d) { return OfUsers(d, [](const auto& u) { return u.name; }); },
     AnyText},
    {"users.kana", [](const Device& d) { return OfUsers(d, [](const auto& u) { return u.kana; }); },
     AnyText},
    {"users.role",
     [](const Device& d) { return OfUsers(d, [](const auto& u) { return Term(u.role); }); },
     Knows<domain::StaffRole>},
    {"users.enrolment",
     [](const Device& d) { return OfUsers(d, [](const auto& u) { return Term(u.enrolment); }); },
     Knows<domain::EnrolmentState>},
    {"users.staff_number",
     [](const Device& d) { return OfUsers(d, [](const auto& u) { return u.staff_number; }); },
     AnyText},
};

using domain::Placement;
struct PlacementField {
  std::string_view name;
  std::string (*read)(const Placement&);
  bool (*knows)(std::string_view);
};
constexpr PlacementField kPlacementFields[] = {
    {"placement.state", [](const Placement& p) { return Term(p.state); },
     Knows<domain::PlacementState>},
    {"placement.day",
     [](const Placement& p) {
       return p.day.has_value() ? absl::FormatCivilTime(*p.day) : std::string();
     },
     AnyText},
    {"placement.team", [](const Placement& p) { return p.team; }, AnyText},
    {"placement.phase", [](const Placement& p) { return p.phase; }, AnyText},
    {"placement.rollout", [](const Placement& p) { return p.rollout; }, AnyText},
};

constexpr std::string_view kLabels = "labels.";

const PlacementField* FindPlacementField(std::string_view name) {
  const auto* const found =
      std::find_if(std::begin(kPlacementFields), std::end(kPlacementFields),
                   [&](const PlacementField& field) { return field.name == name; });
  return found == std::end(kPlacementFields) ? nullptr : found;
}

const Field* FindField(std::string_view name) {
  const auto* const found = std::find_if(std::begin(kFields), std::end(kFields),
                                         [&](const Field& field) { return field.name == name; });
  return found == std::end(kFields) ? nullptr : found;
}

// What a filter is asked about.
struct Subject {
  const Device& device;
  std::span<const Placement> placements;
};

Values ValuesOf(const std::string& field, const Subject& subject) {
  const Device& device = subject.device;
  if (const Field* const known = FindField(field)) return known->read(device);
  if (const PlacementField* const known = FindPlacementField(field)) {
    Values values;
    for (const Placement& placement : subject.placements) values.push_back(known->read(placement));
    return values;
  }
  const auto label = device.labels.find(field.substr(kLabels.size()));
  return label == device.labels.end() ? Values() : Values{label->second};
}

bool Compare(const Node& test, const std::string& value) {
  if (test.comparison == "=" || test.comparison == "!=") return value == test.value;
  if (test.comparison == "<") return value < test.value;
  if (test.comparison == "<=") return value <= test.value;
  if (test.comparison == ">") return value > test.value;
  if (test.comparison == ">=") return value >= test.value;
  if (test.field == "department") {
    return value == test.value || value.starts_with(test.value + "/");
  }
  return text::FoldSearch(value).find(text::FoldSearch(test.value)) != std::string::npos;
}

bool Holds(const Node& node, const Subject& subject) {
  const auto holds = [&](const NodePtr& part) { return Holds(*part, subject); };
  switch (node.kind) {
    case Node::Kind::kAnd:
      return std::all_of(node.parts.begin(), node.parts.end(), holds);
    case Node::Kind::kOr:
      return std::any_of(node.parts.begin(), node.parts.end(), holds);
    case Node::Kind::kNot:
      return !holds(node.parts.front());
    case Node::Kind::kTest:
      break;
  }
  const Values values = ValuesOf(node.field, subject);
  const bool any = std::any_of(values.begin(), values.end(),
                               [&](const std::string& value) { return Compare(node, value); });
  return node.comparison == "!=" ? !any : any;
}

bool AsksForPlacements(const Node& node) {
  return FindPlacementField(node.field) != nullptr ||
         std::any_of(node.parts.begin(), node.parts.end(),
                     [](const NodePtr& part) { return AsksForPlacements(*part); });
}

// Recursive descent; OR binds weakest, as AND and NOT follow it in the grammar below.
class Parser {
 public:
  Parser(std::string_view text, bool placements) : text_(text), placements_(placements) {}

  absl::StatusOr<NodePtr> Parse() {
    ASSIGN_OR_RETURN(NodePtr root, Or(0));
    Skip();
    if (at_ < text_.size())
      return Fault(
          Sentence("At character $0 of the filter, AND, OR or the end is expected.", {Position()}));
    return root;
  }

 private:
  absl::StatusOr<NodePtr> Or(int depth) {
    return Chain(Node::Kind::kOr, "OR", depth, [this](int d) { return And(d); });
  }

  absl::StatusOr<NodePtr> And(int depth) {
    return Chain(Node::Kind::kAnd, "AND", depth, [this](int d) { return Not(d); });
  }

  template <typename Part>
  absl::StatusOr<NodePtr> Chain(Node::Kind kind, std::string_view word, int depth, Part part) {
    auto chain = std::make_shared<Node>();
    chain->kind = kind;
    do {
      ASSIGN_OR_RETURN(NodePtr next, part(depth));
      chain->parts.push_back(std::move(next));
    } while (TakeWord(word));
    if (chain->parts.size() == 1) return chain->parts.front();
    return chain;
  }

  absl::StatusOr<NodePtr> Not(int depth) {
    if (depth > kDepthLimit)
      return Fault(Sentence("At character $0 the filter is nested too deeply.", {Position()}));
    if (TakeWord("NOT")) {
      auto negation = std::make_shared<Node>();
      negation->kind = Node::Kind::kNot;
      ASSIGN_OR_RETURN(NodePtr part, Not(depth + 1));
      negation->parts.push_back(std::move(part));
      return negation;
    }
    if (Take("(")) {
      ASSIGN_OR_RETURN(NodePtr inner, Or(depth + 1));
      if (!Take(")"))
        return Fault(Sentence("At character $0 of the filter, a closing parenthesis is missing.",
                              {Position()}));
      return inner;
    }
    return Test();
  }

  absl::StatusOr<NodePtr> Test() {
    auto test = std::make_shared<Node>();
    Skip();
    const size_t start = at_;
    test->field = Word();
    const Field* const field = FindField(test->field);
    const bool label = test->field.starts_with(kLabels) && test->field.size() > kLabels.size();
    const PlacementField* const placed = placements_ ? FindPlacementField(test->field) : nullptr;
    if (field == nullptr && placed == nullptr && !label) {
      at_ = start;
      return Fault(Sentence("There is no field such as the one at character $0 of the filter.",
                            {Position()}));
    }
    for (const std::string_view sign : {"!=", "<=", ">=", "=", "<", ">", ":"}) {
      if (!Take(sign)) continue;
      test->comparison = sign;
      break;
    }
    if (test->comparison.empty())
      return Fault(Sentence(
          "At character $0 of the filter, a comparison such as = or : is expected.", {Position()}));
    Skip();
    const size_t value_at = at_;
    ASSIGN_OR_RETURN(test->value, Value());
    const auto knows = field != nullptr    ? field->knows
                       : placed != nullptr ? placed->knows
                                           : AnyText;
    if (!knows(test->value)) {
      at_ = value_at;
      return Fault(Sentence("The field has no value such as the one at character $0 of the filter.",
                            {Position()}));
    }
    return test;
  }

  absl::StatusOr<std::string> Value() {
    if (!Take("\"")) {
      std::string word = Word();
      if (word.empty())
        return Fault(Sentence("At character $0 of the filter, a value is expected.", {Position()}));
      return word;
    }
    std::string value;
    while (at_ < text_.size() && text_[at_] != '"') {
      if (text_[at_] == '\\' && at_ + 1 < text_.size()) ++at_;
      value += text_[at_++];
    }
    if (at_ == text_.size())
      return Fault(
          Sentence("At character $0 of the filter, a closing quote is missing.", {Position()}));
    ++at_;
    return value;
  }

  void Skip() {
    while (at_ < text_.size() && kSpace.find(text_[at_]) != std::string_view::npos) ++at_;
  }
  bool Take(std::string_view sign) {
    Skip();
    if (!text_.substr(at_).starts_with(sign)) return false;
    at_ += sign.size();
    return true;
  }
  bool TakeWord(std::string_view word) {
    Skip();
    const size_t start = at_;
    if (Word() == word) return true;
    at_ = start;
    return false;
  }
  std::string Word() {
    Skip();
    const size_t start = at_;
    while (at_ < text_.size() &&
           std::string_view(" \t\r\n()=!<>:\"").find(text_[at_]) == std::string_view::npos) {
      ++at_;
    }
    return std::string(text_.substr(start, at_ - start));
  }

  // Where the parser stands, in characters from 1: a department's name has three bytes each.
  std::string Position() const {
    const std::string_view before = text_.substr(0, at_);
    const auto begins = [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; };
    return std::to_string(1 + std::count_if(before.begin(), before.end(), begins));
  }
  static absl::Status Fault(Sentence sentence) {
    return domain::InvalidField("filter", std::move(sentence));
  }

  const std::string_view text_;
  const bool placements_;
  size_t at_ = 0;
};

absl::StatusOr<DeviceFilter> ParseFilter(std::string_view text, bool placements) {
  if (text.find_first_not_of(kSpace) == std::string_view::npos) return DeviceFilter(nullptr);
  if (text.size() > kLengthLimit) {
    return domain::InvalidField(
        "filter", Sentence("The filter is longer than $0 bytes.", {std::to_string(kLengthLimit)}));
  }
  ASSIGN_OR_RETURN(NodePtr root, Parser(text, placements).Parse());
  return DeviceFilter(std::move(root));
}

}  // namespace

bool DeviceFilter::Matches(const domain::Device& device,
                           std::span<const domain::Placement> placements) const {
  return root_ == nullptr || Holds(*root_, {device, placements});
}

bool DeviceFilter::NeedsPlacements() const { return root_ != nullptr && AsksForPlacements(*root_); }

absl::StatusOr<DeviceFilter> ParseDeviceFilter(std::string_view text) {
  return ParseFilter(text, true);
}

absl::StatusOr<DeviceFilter> ParseDeviceSelector(std::string_view text) {
  return ParseFilter(text, false);
}

absl::StatusOr<bool> Matches(store::ReadView& view, const DeviceFilter& filter,
                             const domain::Device& device) {
  if (!filter.NeedsPlacements()) return filter.Matches(device);
  ASSIGN_OR_RETURN(const std::vector<domain::Placement> placements,
                   view.PlacementsOf(device.asset_tag));
  return filter.Matches(device, placements);
}

}  // namespace kirikae::api
