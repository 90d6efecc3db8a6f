// The kinds of imports, as a table of descriptors.
// A new kind needs a struct like DeviceImport or StaffImport, the type of its rows with its columns
// (file_column.h), and a line in import_kinds.cc.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "kirikae/stored/import.pb.h"
#include "service/app/imports/row_source.h"
#include "service/app/imports/stored_import.h"
#include "service/domain/values.h"
#include "service/store/store.h"
#include "service/tabular/profile.h"

namespace kirikae::app {

/// A preview and its parts; each part is a serialised stored::ImportPart.
struct BuiltPreview {
  stored::ImportPreview preview;
  std::vector<std::string> parts;
};

/// What the service knows of a kind of import. Constant; thread-safe.
struct ImportKind {
  domain::ImportKind kind;
  tabular::TableKind table;  ///< which profiles read it
  /// The resource name of the record that a row with this key is about.
  std::string (*record_name)(std::string_view key);
  /// BuildPreview for this kind.
  absl::StatusOr<BuiltPreview> (*preview)(const stored::ImportHeader& header, RowSource& source,
                                          store::ReadView& view);
  /// Makes `draft` return the edits of a preview without errors; see ApplyImport.
  absl::Status (*give_edits)(StoredImport import, int64_t change_set, absl::Time effective,
                             store::ReadView& view, store::Draft& draft);
};

/// All kinds, in the order in which lists show them.
std::span<const ImportKind> ImportKinds();

/// The kind with this number, a domain::ImportKind; null where there is none.
const ImportKind* FindImportKind(int kind);

/// The kind whose files a profile for `table` reads.
const ImportKind& ImportKindOf(tabular::TableKind table);

/// Whether a preview row was derived, not read from the file. A derived row is about a missing
/// device, or about a device that follows a person.
bool IsDerivedRow(const ImportKind& kind, const stored::ImportRow& row);

}  // namespace kirikae::app
