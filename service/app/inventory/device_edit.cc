#include "service/app/inventory/device_edit.h"

#include <optional>
#include <utility>

#include "service/app/inventory/field_faults.h"
#include "service/app/inventory/search_keys.h"
#include "service/domain/device_rules.h"
#include "service/domain/errors.h"
#include "service/domain/record_name.h"
#include "service/status_macros.h"
#include "service/text/fold.h"

namespace kirikae::app {
namespace {

using domain::Sentence;

constexpr std::string_view kUsers = "users";
constexpr std::string_view kMethod = "auth_method";
constexpr std::string_view kLabels = "labels";
constexpr std::string_view kUserPrefix = "users[";
constexpr std::string_view kLabelPrefix = "labels.";
constexpr size_t kMostUsers = 50;
constexpr size_t kMostLabels = 50;
constexpr size_t kMostKeyBytes = 100;

// Sets fields of one device and collects every fault with its field.
class Editor {
 public:
  Editor(store::ReadView& view, domain::Device& device) : view_(view), device_(device) {}

  // Fails only if the store fails.
  absl::Status Set(const std::string& field, const std::string& text) {
    if (field == kUsers) {
      device_.users.clear();
    } else if (field.starts_with(kUserPrefix)) {
      return AddUser(field, text::FoldIdentifier(text));
    } else if (field == kLabels) {
      device_.labels.clear();
    } else if (field.starts_with(kLabelPrefix)) {
      SetLabel(field, text);
    } else if (field == kMethod && device_.version != 0) {
      faults_.push_back(
          {field, Sentence("The method of a device changes by a mark: kirikae mark. A record that "
                           "was wrong is corrected with: kirikae device correct-method")});
    } else {
      // Host names are searched and compared in one spelling.
      const bool folded = field == "host_name";
      SetFieldOf(device_, field, folded ? text::FoldIdentifier(text) : text, faults_);
    }
    return absl::OkStatus();
  }

  std::vector<domain::Violation> TakeFaults() { return std::move(faults_); }

 private:
  void SetLabel(const std::string& field, const std::string& text) {
    const std::string key = field.substr(kLabelPrefix.size());
    if (key.empty() || key.find_first_of("=\n\t ") != std::string::npos) {
      faults_.push_back({field, Sentence("A label's key has no spaces and no =.")});
    } else if (key.size() > kMostKeyBytes) {
      faults_.push_back({field, Sentence("A label's key has at most $0 bytes.",
                                         {std::to_string(kMostKeyBytes)})});
    } else if (!text.empty() && device_.labels.count(key) == 0 &&
               device_.labels.size() >= kMostLabels) {
      faults_.push_back(
          {field, Sentence("A device has at most $0 labels.", {std::to_string(kMostLabels)})});
    } else if (text.find('\n') != std::string::npos || text.size() > kMostFieldBytes) {
      faults_.push_back({field, Sentence("This is no value of $0.", {field})});
    } else if (text.empty()) {
      device_.labels.erase(key);
    } else {
      device_.labels[key] = text;
    }
  }

  absl::Status AddUser(const std::string& field, const std::string& number) {
    if (device_.users.size() == kMostUsers) {
      if (!too_many_users_) {
        faults_.push_back({std::string(kUsers), Sentence("A device has at most $0 users.",
                                                         {std::to_string(kMostUsers)})});
      }
      too_many_users_ = true;
      return absl::OkStatus();
    }
    ASSIGN_OR_RETURN(const std::optional<domain::Staff> person, view_.FindStaff(number));
    if (person.has_value()) {
      device_.users.push_back(
          {number, person->name, person->kana, person->role, person->enrolment});
    } else {
      faults_.push_back(
          {field, Sentence("Staff number $0 is not in the staff list. Import the staff first.",
                           {number})});
    }
    return absl::OkStatus();
  }

  store::ReadView& view_;
  domain::Device& device_;
  std::vector<domain::Violation> faults_;
  bool too_many_users_ = false;
};

}  // namespace

absl::Status EditDevice(const FieldTexts& texts, store::ReadView& view, domain::Device& device) {
  if (texts.empty()) return NoFieldNamed();
  Editor editor(view, device);
  for (const auto& [field, text] : texts) RETURN_IF_ERROR(editor.Set(field, text));
  std::vector<domain::Violation> faults = editor.TakeFaults();
  if (!faults.empty()) return domain::InvalidRequest(std::move(faults));
  return absl::OkStatus();
}

absl::StatusOr<domain::Device> NewDevice(std::string_view asset_tag, const FieldTexts& texts,
                                         store::ReadView& view, const WriteContext& context) {
  domain::Device device;
  device.asset_tag = text::FoldIdentifier(asset_tag);
  RETURN_IF_ERROR(domain::CheckNewTag(device.asset_tag));
  ASSIGN_OR_RETURN(const std::optional<domain::Device> old, view.FindDevice(device.asset_tag));
  if (old.has_value()) return domain::DeviceAlreadyExists(device.asset_tag);
  device.auth_method_since = context.effective;
  if (texts.empty()) return device;
  RETURN_IF_ERROR(EditDevice(texts, view, device));
  return device;
}

absl::Status CheckEtag(std::string_view etag, const std::string& record, int64_t version) {
  const std::string current = std::to_string(version);
  if (etag.empty() || etag == current) return absl::OkStatus();
  return domain::EtagMismatch(record, current);
}

store::DeviceEdit ToEdit(domain::Device device) {
  std::vector<store::SearchKey> keys = SearchKeysOf(device);
  return {std::move(device), std::move(keys)};
}

}  // namespace kirikae::app
