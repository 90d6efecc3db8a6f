#include "service/app/inventory/method_change.h"

#include "service/app/inventory/device_source.h"
#include "service/domain/device_history.h"
#include "service/domain/record_fields.h"
#include "service/domain/record_name.h"
#include "service/status_macros.h"

namespace kirikae::app {

absl::Status ChangeMethod(store::ReadView& view, domain::AuthMethod method, absl::Time effective,
                          domain::Device& device, std::vector<store::Edit>& edits) {
  if (effective >= device.auth_method_since) {
    if (method == device.auth_method) return absl::OkStatus();
    device.auth_method = method;
    device.auth_method_since = effective;
    return absl::OkStatus();
  }
  ASSIGN_OR_RETURN(const auto history, WholeHistory(view, device.asset_tag));
  ASSIGN_OR_RETURN(const domain::MethodChange change,
                   domain::SlotMethodIn(device.asset_tag, history, method, effective));
  if (!change.changes) return absl::OkStatus();
  device.auth_method = change.current.method;
  device.auth_method_since = change.current.since;
  if (change.is_past) {
    edits.emplace_back(PastChangeOf(device.asset_tag, domain::DeviceName(device.asset_tag),
                                    "auth_method", std::string(domain::Name(change.before)),
                                    std::string(domain::Name(method))));
  }
  return absl::OkStatus();
}

store::PastChange PastChangeOf(const std::string& asset_tag, const std::string& record,
                               const std::string& field, const std::string& old_value,
                               const std::string& new_value) {
  return {domain::DeviceName(asset_tag),
          {record, std::string(domain::kPastPrefix) + field, old_value, new_value}};
}

}  // namespace kirikae::app
