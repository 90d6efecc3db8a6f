#include "service/app/inventory/record_filter.h"

#include <algorithm>
#include <utility>

#include "service/domain/errors.h"
#include "service/status_macros.h"
#include "service/text/fold.h"

namespace kirikae::app {
namespace {

using domain::Sentence;
using Node = FilterNode;
using NodePtr = FilterPtr;

constexpr size_t kLengthLimit = 4096;
constexpr int kDepthLimit = 50;
constexpr int kTermLimit = 50;
constexpr std::string_view kSpace = " \t\r\n";

bool Compare(const Node& test, const std::string& value) {
  if (test.comparison == "=" || test.comparison == "!=") return value == test.value;
  if (test.comparison == "<") return value < test.value;
  if (test.comparison == "<=") return value <= test.value;
  if (test.comparison == ">") return value > test.value;
  if (test.comparison == ">=") return value >= test.value;
  if (test.field == "department") {
    return value == test.value || value.starts_with(test.value + "/");
  }
  return text::FoldSearch(value).find(test.folded_value) != std::string::npos;
}

bool Knows(FilterTerms terms, std::string_view value) {
  return terms.empty() || std::any_of(terms.begin(), terms.end(),
                                      [&](const domain::Term& term) { return term.name == value; });
}

// Recursive descent; OR binds weakest, as AND and NOT follow it in the grammar below.
class Parser {
 public:
  Parser(std::string_view text, FilterFields fields) : text_(text), fields_(fields) {}

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
    if (++terms_ > kTermLimit) {
      return Fault(Sentence("The filter has more than $0 comparisons. Use fewer.",
                            {std::to_string(kTermLimit)}));
    }
    const size_t start = at_;
    test->field = Word();
    const std::optional<FilterTerms> terms = fields_(test->field);
    if (!terms.has_value()) {
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
    if (!Knows(*terms, test->value)) {
      at_ = value_at;
      return Fault(Sentence("The field has no value such as the one at character $0 of the filter.",
                            {Position()}));
    }
    test->folded_value = text::FoldSearch(test->value);
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

  // The parser's position, in characters from 1 (a kanji has three bytes).
  std::string Position() const {
    const std::string_view before = text_.substr(0, at_);
    const auto begins = [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; };
    return std::to_string(1 + std::count_if(before.begin(), before.end(), begins));
  }
  // A fault at the parser's position.
  absl::Status Fault(Sentence sentence) const {
    return domain::InvalidField("filter", std::move(sentence), {{"position", Position()}});
  }

  const std::string_view text_;
  const FilterFields fields_;
  size_t at_ = 0;
  int terms_ = 0;
};

}  // namespace

absl::StatusOr<FilterPtr> ParseFilter(std::string_view text, FilterFields fields) {
  if (text.find_first_not_of(kSpace) == std::string_view::npos) return FilterPtr();
  if (text.size() > kLengthLimit) {
    return domain::InvalidField(
        "filter", Sentence("The filter is longer than $0 bytes.", {std::to_string(kLengthLimit)}));
  }
  return Parser(text, fields).Parse();
}

bool Holds(const FilterNode& node,
           const std::function<std::vector<std::string>(const std::string& field)>& values) {
  const auto holds = [&](const NodePtr& part) { return Holds(*part, values); };
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
  const std::vector<std::string> all = values(node.field);
  const bool any = std::any_of(all.begin(), all.end(),
                               [&](const std::string& value) { return Compare(node, value); });
  return node.comparison == "!=" ? !any : any;
}

bool AsksFor(const FilterNode& node, const std::function<bool(const std::string& field)>& asks) {
  if (node.kind == Node::Kind::kTest) return asks(node.field);
  return std::any_of(node.parts.begin(), node.parts.end(),
                     [&](const NodePtr& part) { return AsksFor(*part, asks); });
}

}  // namespace kirikae::app
