#include "service/app/imports/store_preview.h"

#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace kirikae::app {

domain::ImportPreview ToRecord(BuiltPreview built) {
  domain::ImportPreview record;
  record.kind = static_cast<domain::ImportKind>(built.preview.header().kind());
  record.payload = built.preview.SerializeAsString();
  record.parts = std::make_shared<const std::vector<std::string>>(std::move(built.parts));
  return record;
}

store::Draft StorePreview(const WriteContext& context, domain::ImportPreview record,
                          int64_t change_set) {
  record.id = change_set;
  store::Draft draft = context.NewDraft(domain::Act::kPreviewImport);
  draft.edits.emplace_back(std::move(record));
  return draft;
}

}  // namespace kirikae::app
