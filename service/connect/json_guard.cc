#include "service/connect/json_guard.h"

#include <google/protobuf/descriptor.pb.h>

#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "service/connect/errors.h"

namespace kirikae::connect {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;

/// Follows the text with the message's descriptor and stops at the first fault.
class Scan final : public nlohmann::json_sax<nlohmann::json> {
 public:
  explicit Scan(const Descriptor& message) : next_(&message) {}

  const absl::Status& status() const { return status_; }

  bool null() override { return true; }
  bool boolean(bool /*value*/) override { return true; }
  bool number_integer(int64_t /*value*/) override { return true; }
  bool number_unsigned(uint64_t /*value*/) override { return true; }
  bool number_float(double /*value*/, const std::string& /*text*/) override { return true; }
  bool string(std::string& /*value*/) override { return true; }
  bool binary(binary_t& /*value*/) override { return false; }

  bool start_object(size_t /*elements*/) override { return Open(next_); }
  bool end_object() override { return Close(); }
  // The entries of a list are of the type that the list's field has.
  bool start_array(size_t /*elements*/) override { return Open(next_); }
  bool end_array() override { return Close(); }

  bool key(std::string& name) override {
    Level& level = levels_.back();
    const bool is_map = level.message != nullptr && level.message->options().map_entry();
    const FieldDescriptor* const field = is_map ? nullptr : FieldOf(level.message, name);
    next_ = MessageOf(is_map ? level.message->map_value() : field);
    const bool is_new = level.keys.insert(field == nullptr ? name : field->json_name()).second;
    if (!is_new) status_ = GivenTwice(name);
    return is_new;
  }

  bool parse_error(size_t position, const std::string& /*last*/,
                   const nlohmann::json::exception& /*error*/) override {
    status_ = NotJson(position);
    return false;
  }

 private:
  /// An object or list that has begun.
  struct Level {
    const Descriptor* message;  ///< of the object, or of a list's entries; null where not known.
                                ///< A map has its entry's.
    absl::flat_hash_set<std::string> keys;
  };

  static const Descriptor* MessageOf(const FieldDescriptor* field) {
    return field == nullptr || field->cpp_type() != FieldDescriptor::CPPTYPE_MESSAGE
               ? nullptr
               : field->message_type();
  }
  static const FieldDescriptor* FieldOf(const Descriptor* message, const std::string& name) {
    if (message == nullptr) return nullptr;
    const FieldDescriptor* const field = message->FindFieldByCamelcaseName(name);
    if (field != nullptr && field->json_name() == name) return field;
    return message->FindFieldByName(name);
  }

  bool Open(const Descriptor* message) {
    if (levels_.size() == kMostJsonDepth) {
      status_ = JsonTooDeep(kMostJsonDepth);
      return false;
    }
    levels_.push_back({message, {}});
    return true;
  }
  bool Close() {
    next_ = levels_.back().message;
    levels_.pop_back();
    return true;
  }

  const Descriptor* next_;  // of the next object
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
