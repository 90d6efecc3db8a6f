#include "client/cli/json_check.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <nlohmann/json.hpp>
#include <set>
#include <vector>

#include "client/cli/catalogue.h"

namespace kirikae::cli {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;

std::string Cut(const std::string& text) {
  constexpr size_t kMost = 60;
  if (text.size() <= kMost) return text;
  size_t end = kMost;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
  return text.substr(0, end) + "…";
}

/// Follows the text with the message's descriptor and stops at the first fault.
class Checker final : public nlohmann::json_sax<nlohmann::json> {
 public:
  Checker(const std::string& json, const Descriptor& message) : json_(json), top_(message) {}

  const std::optional<JsonFault>& fault() const { return fault_; }

  bool null() override {
    // A null means an absent value; it is not allowed in a list or as an entry.
    const FieldDescriptor* const field = Expected();
    if (field == nullptr || InList() || field->is_repeated()) return Wrong("null");
    return Done();
  }
  bool boolean(bool value) override {
    if (!IsA(FieldDescriptor::CPPTYPE_BOOL)) return Wrong(value ? "true" : "false");
    return Done();
  }
  bool number_integer(int64_t value) override {
    return Number(static_cast<double>(value), std::to_string(value));
  }
  bool number_unsigned(uint64_t value) override {
    return Number(static_cast<double>(value), std::to_string(value));
  }
  bool number_float(double value, const std::string& text) override { return Number(value, text); }
  bool string(std::string& value) override {
    if (IsA(FieldDescriptor::CPPTYPE_STRING)) return Done();
    const std::string quoted = "\"" + value + "\"";
    if (!IsA(FieldDescriptor::CPPTYPE_INT32) && !IsA(FieldDescriptor::CPPTYPE_DOUBLE)) {
      return Wrong(quoted);
    }
    // Numbers may be quoted; NaN and the infinities have names.
    if (IsA(FieldDescriptor::CPPTYPE_DOUBLE) &&
        (value == "NaN" || value == "Infinity" || value == "-Infinity")) {
      return Done();
    }
    const bool has_space = value.find_first_of(" \t\r\n") != std::string::npos;
    const nlohmann::json number = nlohmann::json::parse(value, nullptr, false);
    if (has_space || !number.is_number()) return Wrong(quoted);
    return Number(number.get<double>(), quoted);
  }
  bool binary(binary_t& /*value*/) override { return false; }

  bool start_object(size_t /*elements*/) override {
    if (frames_.empty()) {
      frames_.push_back({&top_, nullptr, {}, 0});
      return true;
    }
    const FieldDescriptor* const field = Expected();
    if (!IsA(FieldDescriptor::CPPTYPE_MESSAGE)) return Wrong("{…}");
    frames_.push_back({field->message_type(), nullptr, {}, 0});
    return true;
  }
  bool key(std::string& name) override {
    Frame& frame = frames_.back();
    frame.field = nullptr;
    const std::string path = Path().empty() ? name : Path() + "." + name;
    for (int i = 0; i < frame.message->field_count(); ++i) {
      const FieldDescriptor* const field = frame.message->field(i);
      if (field->json_name() == name || field->name() == name) frame.field = field;
    }
    if (frame.field == nullptr) {
      fault_ = {"NO_SUCH_FIELD", path, Tr("$0: there is no such field.", {Cut(path)})};
      return false;
    }
    if (!frame.given.insert(frame.field).second) {
      fault_ = {"GIVEN_TWICE", path, Tr("$0: it is given twice.", {Cut(path)})};
      return false;
    }
    return true;
  }
  bool end_object() override {
    frames_.pop_back();
    return frames_.empty() || Done();
  }
  bool start_array(size_t /*elements*/) override {
    if (frames_.empty() || InList() || !Expected()->is_repeated()) return Wrong("[…]");
    frames_.push_back({nullptr, Expected(), {}, 0});
    return true;
  }
  bool end_array() override {
    frames_.pop_back();
    return Done();
  }
  bool parse_error(size_t position, const std::string& /*last*/,
                   const nlohmann::json::exception& error) override {
    const size_t at = std::min(position == 0 ? 0 : position - 1, json_.size());
    const auto before = json_.begin() + static_cast<std::ptrdiff_t>(at);
    const auto line = 1 + std::count(json_.begin(), before, '\n');
    const size_t start = at == 0 ? std::string::npos : json_.rfind('\n', at - 1);
    const size_t column = start == std::string::npos ? at + 1 : at - start;
    const std::vector<std::string> place = {std::to_string(line), std::to_string(column)};
    constexpr int kOutOfRange = 406;
    if (error.id == kOutOfRange) {
      fault_ = {"NUMBER_TOO_LARGE", "", Tr("line $0, column $1: a number is too large.", place)};
    } else if (std::string(error.what()).find("UTF-8") != std::string::npos) {
      fault_ = {"NOT_UTF8", "",
                Tr("line $0, column $1: this is not UTF-8; save the file as UTF-8.", place)};
    } else if (at >= json_.size()) {
      fault_ = {"CUT_SHORT", "", Tr("it ends in the middle of a value.")};
    } else {
      fault_ = {"NOT_JSON", "", Tr("it is not JSON at line $0, column $1.", place)};
    }
    return false;
  }

 private:
  /// An object (its message) or a list (its field) that has begun.
  struct Frame {
    const Descriptor* message;
    const FieldDescriptor* field;
    std::set<const FieldDescriptor*> given;
    size_t index;
  };

  bool InList() const { return !frames_.empty() && frames_.back().message == nullptr; }
  /// The field of the next value; null at the top level.
  const FieldDescriptor* Expected() const {
    return frames_.empty() ? nullptr : frames_.back().field;
  }
  /// Whether a single value of this type may come next.
  bool IsA(FieldDescriptor::CppType type) const {
    const FieldDescriptor* const field = Expected();
    return field != nullptr && field->cpp_type() == type && (!field->is_repeated() || InList());
  }

  /// The path of the next value. Inside an object whose next key has not come, the object's path.
  std::string Path() const {
    std::string path;
    for (const Frame& frame : frames_) {
      if (frame.message == nullptr) {
        path += "[" + std::to_string(frame.index) + "]";
      } else if (frame.field != nullptr) {
        path += (path.empty() ? "" : ".") + frame.field->json_name();
      }
    }
    return path;
  }

  bool Done() {
    if (InList()) {
      ++frames_.back().index;
    } else {
      frames_.back().field = nullptr;
    }
    return true;
  }

  bool Number(double value, const std::string& text) {
    constexpr double kLeast = std::numeric_limits<int32_t>::min();
    constexpr double kMost = std::numeric_limits<int32_t>::max();
    if (IsA(FieldDescriptor::CPPTYPE_DOUBLE)) return Done();
    if (!IsA(FieldDescriptor::CPPTYPE_INT32) || value != std::floor(value)) return Wrong(text);
    if (value >= kLeast && value <= kMost) return Done();
    fault_ = {"OUT_OF_RANGE", Path(),
              Tr("$0: $1 is not between $2 and $3.",
                 {Cut(Path()), Cut(text), std::to_string(static_cast<int64_t>(kLeast)),
                  std::to_string(static_cast<int64_t>(kMost))})};
    return false;
  }

  bool Wrong(const std::string& value) {
    const FieldDescriptor* const field = Expected();
    if (field == nullptr) {
      fault_ = {"WRONG_TYPE", "", Tr("it is not the JSON of a problem.")};
      return false;
    }
    std::string wanted = Tr("an object");
    if (field->is_repeated() && !InList()) {
      wanted = Tr("a list");
    } else if (field->cpp_type() == FieldDescriptor::CPPTYPE_STRING) {
      wanted = Tr("a text");
    } else if (field->cpp_type() == FieldDescriptor::CPPTYPE_INT32) {
      wanted = Tr("a whole number");
    } else if (field->cpp_type() == FieldDescriptor::CPPTYPE_DOUBLE) {
      wanted = Tr("a number");
    }
    fault_ = {"WRONG_TYPE", Path(), Tr("$0: $1 is not $2.", {Cut(Path()), Cut(value), wanted})};
    return false;
  }

  const std::string& json_;
  const Descriptor& top_;
  std::vector<Frame> frames_;
  std::optional<JsonFault> fault_;
};

}  // namespace

std::optional<JsonFault> FaultIn(const std::string& json, const Descriptor& message) {
  Checker checker(json, message);
  nlohmann::json::sax_parse(json, &checker);
  return checker.fault();
}

}  // namespace kirikae::cli
