#include "service/app/imports/kinds.h"

#include <utility>
#include <vector>

#include "service/api/convert/records.h"
#include "service/domain/errors.h"

namespace kirikae::app {

void DeviceImport::AddNotes(const Row& row, const Record& merged, v1::ImportRow& shown) {
  const std::string is(domain::Name(merged.auth_method));
  if (row.auth_method.value_or("").empty() || *row.auth_method == is) return;
  auto* const problem = shown.add_problems();
  problem->set_code("METHOD_SET_BY_ROLLOUT");
  problem->set_warning(true);
  api::ToProto(domain::Sentence("The file says $0, but a rollout has set $1, which stays.",
                                {*row.auth_method, is}),
               problem->mutable_text());
}

absl::Status DeviceImport::CheckTime(const Record& found, const Record& merged,
                                     absl::Time effective) {
  if (merged.auth_method == found.auth_method || effective >= found.auth_method_since) {
    return absl::OkStatus();
  }
  return domain::InvalidField(
      "options.effective_time",
      domain::Sentence("The method of device $0 has changed since then. Apply the file without a "
                       "time, or with a later one.",
                       {found.asset_tag}));
}

store::Edit DeviceImport::ToEdit(Record record, std::optional<Record> found, absl::Time effective) {
  if (!found.has_value() || record.auth_method != found->auth_method) {
    record.auth_method_since = effective;
  }
  std::vector<store::SearchKey> keys_now = keys.KeysOf(record);
  return store::DeviceEdit{std::move(record), std::move(keys_now),
                           store::DeviceBefore{std::move(found)}};
}

bool IsSideRow(v1::ImportKind kind, const v1::ImportRow& row) {
  return row.line() == 0 ||
         (kind != v1::IMPORT_KIND_DEVICES && row.record().starts_with("devices/"));
}

}  // namespace kirikae::app
