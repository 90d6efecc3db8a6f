#include <algorithm>
#include <iterator>

#include "service/app/imports/apply_rows.h"
#include "service/app/imports/device_import.h"
#include "service/app/imports/import_kind.h"
#include "service/app/imports/preview_rows.h"
#include "service/app/imports/staff_import.h"

namespace kirikae::app {
namespace {

template <typename Kind>
constexpr ImportKind DescriptorOf() {
  return {Kind::kKind, Kind::kTable, &Kind::RecordName, &PreviewRows<Kind>, &GiveEdits<Kind>};
}

constexpr ImportKind kKinds[] = {
    DescriptorOf<DeviceImport>(),
    DescriptorOf<StaffImport>(),
    DescriptorOf<EnrolmentImport>(),
};

}  // namespace

std::span<const ImportKind> ImportKinds() { return kKinds; }

const ImportKind* FindImportKind(int kind) {
  const auto* const found =
      std::find_if(std::begin(kKinds), std::end(kKinds),
                   [kind](const ImportKind& each) { return static_cast<int>(each.kind) == kind; });
  return found == std::end(kKinds) ? nullptr : found;
}

const ImportKind& ImportKindOf(tabular::TableKind table) {
  return *std::find_if(std::begin(kKinds), std::end(kKinds),
                       [table](const ImportKind& each) { return each.table == table; });
}

bool IsDerivedRow(const ImportKind& kind, const stored::ImportRow& row) {
  return row.line() == 0 || (!row.record().empty() && row.record() != kind.record_name(row.key()));
}

}  // namespace kirikae::app
