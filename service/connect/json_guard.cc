#include "service/connect/json_guard.h"

#include <google/protobuf/descriptor.pb.h>

#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "service/connect/errors.h"
#include "service/connect/known_types.h"

namespace kirikae::connect {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;

constexpr char kTypeKey[] = "@type";

const Descriptor* MessageOf(const FieldDescriptor* field) {
  return field == nullptr || field->cpp_type() != FieldDescriptor::CPPTYPE_MESSAGE
             ? nullptr
             : field->message_type();
}

bool Is(const Descriptor* message, const char* name) {
  return message != nullptr && message->full_name() == name;
}

/// Follows the text with the message's descriptor and stops at the first fault.
class Scan final : public nlohmann::json_sax<nlohmann::json> {
 public:
  explicit Scan(const Descriptor& message) : file_(*message.file()), next_(&message) {}

  const absl::Status& status() const { return status_; }

  bool null() override { return Value(); }
  bool boolean(bool /*value*/) override { return Value(); }
  bool number_integer(int64_t /*value*/) override { return Value(); }
  bool number_unsigned(uint64_t /*value*/) override { return Value(); }
  bool number_float(double /*value*/, const std::string& /*text*/) override { return Value(); }
  bool string(std::string& value) override {
    if (is_type_) return Type(value);
    // The reader takes `a(b,c)` for `a.b,a.c`, which nested can come to any number of bytes.
    if (Is(next_, "google.protobuf.FieldMask") && value.find('(') != std::string::npos) {
      return Refused(JsonDoesNotFit("a field mask has a parenthesis"));
    }
    return true;
  }
  bool binary(binary_t& /*value*/) override { return false; }

  bool start_object(size_t /*elements*/) override { return Value() && Open(next_); }
  bool end_object() override {
    if (Is(levels_.back().message, "google.protobuf.Any") && !levels_.back().keys.empty()) {
      return Refused(JsonDoesNotFit("an Any does not begin with its @type"));
    }
    return Close();
  }
  // The entries of a list are of the type that the list's field has.
  bool start_array(size_t /*elements*/) override { return Value() && Open(next_); }
  bool end_array() override { return Close(); }

  bool key(std::string& name) override {
    Level& level = levels_.back();
    if (Is(level.message, "google.protobuf.Any")) {
      if (name != kTypeKey) {
        return Refused(JsonDoesNotFit("an Any does not begin with its @type"));
      }
      is_type_ = true;
    }
    const bool is_map = level.message != nullptr && level.message->options().map_entry();
    const FieldDescriptor* const field = is_map ? nullptr : FieldOf(level.message, name);
    next_ = MessageOf(is_map ? level.message->map_value() : field);
    // A message whose JSON is no object of its fields stands in an Any as `value`.
    if (level.is_any && field == nullptr && name == "value") next_ = level.message;
    if (level.keys.insert(field == nullptr ? name : field->json_name()).second) return true;
    return Refused(GivenTwice(name));
  }

  bool parse_error(size_t position, const std::string& /*last*/,
                   const nlohmann::json::exception& /*error*/) override {
    return Refused(NotJson(position));
  }

 private:
  /// An object or list that has begun.
  struct Level {
    const Descriptor* message;  ///< of the object, or of a list's entries; null where not known.
                                ///< A map has its entry's; an Any, from its type on, what is in it.
    bool is_any = false;
    absl::flat_hash_set<std::string> keys;
  };

  static const FieldDescriptor* FieldOf(const Descriptor* message, const std::string& name) {
    if (message == nullptr) return nullptr;
    const FieldDescriptor* const field = message->FindFieldByCamelcaseName(name);
    if (field != nullptr && field->json_name() == name) return field;
    return message->FindFieldByName(name);
  }

  bool Refused(absl::Status status) {
    status_ = std::move(status);
    return false;
  }
  // Any value but a string.
  bool Value() { return !is_type_ || Refused(JsonDoesNotFit("the @type of an Any is no text")); }
  // The type of what is in an Any. The reader would keep the name of one that it does not know for
  // ever.
  bool Type(const std::string& url) {
    is_type_ = false;
    const Descriptor* const type = FindType(file_, url.substr(url.rfind('/') + 1));
    if (type == nullptr) return Refused(JsonDoesNotFit("the @type of an Any is not known"));
    levels_.back().message = type;
    levels_.back().is_any = true;
    return true;
  }
  bool Open(const Descriptor* message) {
    if (levels_.size() == kMostJsonDepth) return Refused(JsonTooDeep(kMostJsonDepth));
    levels_.push_back({message, false, {}});
    return true;
  }
  bool Close() {
    // Of the next entry, where this was one of a list.
    levels_.pop_back();
    next_ = levels_.empty() ? nullptr : levels_.back().message;
    return true;
  }

  const google::protobuf::FileDescriptor& file_;
  const Descriptor* next_;  // of the next value
  bool is_type_ = false;    // the next value is the type of an Any
  std::vector<Level> levels_;
  absl::Status status_;
};

}  // namespace

absl::Status CheckJson(std::string_view json, const Descriptor& message) {
  // The parser below takes a NUL for the end of the text.
  const size_t nul = json.find('\0');
  if (nul != std::string_view::npos) return NotJson(nul + 1);
  Scan scan(message);
  nlohmann::json::sax_parse(json, &scan);
  return scan.status();
}

}  // namespace kirikae::connect
