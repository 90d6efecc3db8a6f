#include "service/app/imports/preview.h"

#include "service/domain/errors.h"

namespace kirikae::app {

absl::StatusOr<BuiltPreview> BuildPreview(const stored::ImportHeader& header, RowSource& source,
                                          store::ReadView& view) {
  const ImportKind* const kind = FindImportKind(header.kind());
  if (kind == nullptr) {
    return domain::InvalidField(
        "header.kind", domain::Sentence("Say what the file holds: devices, staff or enrolments."));
  }
  return kind->preview(header, source, view);
}

}  // namespace kirikae::app
