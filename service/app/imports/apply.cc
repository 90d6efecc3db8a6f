#include "service/app/imports/apply.h"

#include <string>
#include <utility>

#include "service/app/imports/import_kind.h"
#include "service/domain/errors.h"
#include "service/status_macros.h"

namespace kirikae::app {

absl::StatusOr<store::Draft> ApplyImport(const WriteContext& context, StoredImport import,
                                         int64_t change_set, store::ReadView& view) {
  store::Draft draft = context.NewDraft(domain::Act::kApplyImport);
  if (import.record.change_set != 0) return draft;
  const int errors = import.preview.summary().errors();
  if (errors > 0) return domain::ImportHasErrors(std::to_string(import.record.id), errors);
  const ImportKind& kind = *FindImportKind(import.preview.header().kind());
  RETURN_IF_ERROR(kind.give_edits(std::move(import), change_set, context.effective, view, draft));
  return draft;
}

}  // namespace kirikae::app
