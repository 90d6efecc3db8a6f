#include "service/app/imports/store_preview.h"

#include <algorithm>
#include <cstddef>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "service/domain/text_hash.h"
#include "service/status_macros.h"

namespace kirikae::app {
namespace {

// The oldest previews go first: those with ids up to these.
struct Room {
  int64_t own_up_to = 0;     ///< of the same author
  int64_t others_up_to = 0;  ///< of everybody
};

Room RoomBeside(const domain::ImportPreview& record,
                const std::vector<domain::ImportPreview>& open) {
  Room room;
  size_t own = 1;
  int64_t own_bytes = record.size;
  int64_t bytes = record.size;
  for (auto other = open.rbegin(); other != open.rend(); ++other) {
    if (other->author == record.author) {
      own_bytes += other->size;
      if (++own > kPreviewsOfOne || own_bytes > kBytesOfOne) {
        room.own_up_to = std::max(room.own_up_to, other->id);
      }
    }
    bytes += other->size;
    if (bytes > kBytesOfPreviews) room.others_up_to = std::max(room.others_up_to, other->id);
  }
  return room;
}

}  // namespace

bool IsTooOld(const domain::ImportPreview& preview, absl::Time now) {
  return preview.change_set == 0 &&
         (!preview.create_time.has_value() || *preview.create_time + kPreviewAge <= now);
}

domain::ImportPreview ToRecord(BuiltPreview built) {
  domain::ImportPreview record;
  record.kind = static_cast<domain::ImportKind>(built.preview.header().kind());
  record.payload = built.preview.SerializeAsString();
  record.parts = std::make_shared<const std::vector<std::string>>(std::move(built.parts));
  record.size = static_cast<int64_t>(record.payload.size());
  for (const std::string& part : *record.parts) record.size += static_cast<int64_t>(part.size());
  record.parts_hash = domain::HashOfTexts(*record.parts);
  return record;
}

absl::StatusOr<store::Draft> StorePreview(store::ReadView& view, const WriteContext& context,
                                          domain::ImportPreview record, int64_t change_set) {
  record.id = change_set;
  record.author = context.caller.actor;
  record.create_time = context.now;
  store::Draft draft = context.NewDraft(domain::Act::kPreviewImport);
  ASSIGN_OR_RETURN(std::vector<domain::ImportPreview> open, view.ListOpenImports());
  const Room room = RoomBeside(record, open);
  for (domain::ImportPreview& other : open) {
    if (!IsTooOld(other, context.now) && other.id > room.others_up_to &&
        (other.author != record.author || other.id > room.own_up_to)) {
      continue;
    }
    other.expired = true;
    draft.edits.emplace_back(std::move(other));
  }
  draft.edits.emplace_back(std::move(record));
  return draft;
}

}  // namespace kirikae::app
