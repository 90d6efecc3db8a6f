#include "service/app/inventory/device_edit.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "service/api/convert/records.h"
#include "service/app/inventory/method_change.h"
#include "service/app/inventory/search_keys.h"
#include "service/domain/errors.h"
#include "service/domain/record_fields.h"
#include "service/domain/record_name.h"
#include "service/text/fold.h"

namespace kirikae::app {
namespace {

using domain::Sentence;

constexpr std::string_view kLabelPrefix = "labels.";
constexpr size_t kTextLimit = 500 * 4;
constexpr int kUserLimit = 50;

// Takes values from a request into a device, and keeps every fault with its field.
class Editor {
 public:
  Editor(const v1::Device& given, store::ReadView& view, domain::Device& device)
      : given_(given), view_(view), device_(device) {}

  absl::Status Take(const std::string& path) {
    if (path.starts_with(kLabelPrefix)) {
      TakeLabel(path, path.substr(kLabelPrefix.size()));
    } else if (path == "users") {
      return TakeUsers();
    } else if (path == "labels") {
      device_.labels = {given_.labels().begin(), given_.labels().end()};
    } else {
      TakeField(path);
    }
    return absl::OkStatus();
  }

  std::vector<domain::Violation> TakeFaults() { return std::move(faults_); }

 private:
  void Fault(const std::string& path, Sentence sentence) {
    faults_.push_back({path, std::move(sentence)});
  }

  // The text of a plain field of the request, as history writes it; nothing for another path.
  std::optional<std::string> TextOf(const std::string& path) const {
    if (path == "host_name") return text::FoldIdentifier(given_.host_name());
    if (path == "serial") return given_.serial();
    if (path == "model") return given_.model();
    if (path == "os") return given_.os();
    if (path == "department") return given_.department();
    if (path == "site") return given_.site();
    if (path == "floor") return given_.floor();
    if (path == "note") return given_.note();
    if (path == "inventoried_on") return given_.inventoried_on();
    if (path == "kind") return EnumText<domain::DeviceKind>(given_.kind());
    if (path == "network") return EnumText<domain::Network>(given_.network());
    if (path == "camera") return EnumText<domain::Camera>(given_.camera());
    if (path == "auth_method") return EnumText<domain::AuthMethod>(given_.auth_method());
    return std::nullopt;
  }

  // A value out of the enumeration becomes a text that is no value of it.
  template <typename Enum>
  static std::string EnumText(int value) {
    const std::string_view name = value == 0 ? "" : domain::Name(static_cast<Enum>(value));
    return name.empty() ? "?" : std::string(name);
  }

  void TakeField(const std::string& path) {
    const std::optional<std::string> text = TextOf(path);
    if (!text.has_value()) {
      Fault(path, Sentence("There is no field $0 that can be changed.", {path}));
    } else if (text->size() > kTextLimit) {
      Fault(path, Sentence("This is too long; at most 500 characters."));
    } else if (!domain::SetField(device_, path, *text).ok()) {
      Fault(path, Sentence("This is no value of $0.", {path}));
    }
  }

  void TakeLabel(const std::string& path, const std::string& key) {
    const auto value = given_.labels().find(key);
    if (key.empty() || key.find_first_of("=\n\t ") != std::string::npos) {
      Fault(path, Sentence("A label's key has no spaces and no =."));
    } else if (value == given_.labels().end() || value->second.empty()) {
      device_.labels.erase(key);
    } else if (value->second.find('\n') != std::string::npos || value->second.size() > kTextLimit) {
      Fault(path, Sentence("This is no value of $0.", {path}));
    } else {
      device_.labels[key] = value->second;
    }
  }

  absl::Status TakeUsers() {
    device_.users.clear();
    if (given_.users_size() > kUserLimit) {
      Fault("users", Sentence("A device has at most $0 users.", {std::to_string(kUserLimit)}));
      return absl::OkStatus();
    }
    for (int i = 0; i < given_.users_size(); ++i) {
      const std::string number = text::FoldIdentifier(given_.users(i).staff_number());
      ASSIGN_OR_RETURN(const std::optional<domain::Staff> person, view_.FindStaff(number));
      if (person.has_value()) {
        device_.users.push_back(
            {number, person->name, person->kana, person->role, person->enrolment});
      } else {
        Fault("users[" + std::to_string(i) + "].staff_number",
              Sentence("Staff number $0 is not in the staff list. Import the staff first.",
                       {number}));
      }
    }
    return absl::OkStatus();
  }

  const v1::Device& given_;
  store::ReadView& view_;
  domain::Device& device_;
  std::vector<domain::Violation> faults_;
};

}  // namespace

absl::Status ApplyMask(const v1::Device& given, const google::protobuf::FieldMask& mask,
                       store::ReadView& view, const WriteContext& context, domain::Device& device,
                       std::vector<store::Edit>& edits) {
  if (mask.paths().empty()) {
    return domain::InvalidField("update_mask", Sentence("Name the fields to change."));
  }
  const domain::AuthMethod before = device.auth_method;
  Editor editor(given, view, device);
  for (const std::string& path : mask.paths()) RETURN_IF_ERROR(editor.Take(path));
  std::vector<domain::Violation> faults = editor.TakeFaults();
  if (!faults.empty()) return domain::InvalidRequest(std::move(faults));
  // The mask set the text; what that makes of the device's methods is another question.
  const domain::AuthMethod after = std::exchange(device.auth_method, before);
  if (device.version != 0 && after != before) {
    return ChangeMethod(view, after, context.effective, device, edits);
  }
  device.auth_method = after;
  return absl::OkStatus();
}

absl::Status CheckEtag(const std::string& etag, const domain::Device& device) {
  const std::string current = std::to_string(device.version);
  if (etag.empty() || etag == current) return absl::OkStatus();
  return domain::EtagMismatch(domain::DeviceName(device.asset_tag), current);
}

store::DeviceEdit ToEdit(domain::Device device) {
  std::vector<store::SearchKey> keys = SearchKeysOf(device);
  return {std::move(device), std::move(keys)};
}

void AnswerWith(const domain::Device& before, const domain::Device& device, absl::Time now,
                v1::Device* response) {
  api::ToProto(device, response, now);
  const bool changes = device.version == 0 || domain::FieldsOf(before) != domain::FieldsOf(device);
  response->set_etag(std::to_string(device.version + (changes ? 1 : 0)));
}

}  // namespace kirikae::app
