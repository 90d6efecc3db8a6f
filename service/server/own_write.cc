#include "service/server/own_write.h"

#include <future>
#include <string>
#include <utility>

namespace kirikae::server {

store::Draft OwnDraft(domain::Act act, absl::Time now) {
  store::Draft draft;
  draft.actor = "kirikaed";
  draft.role = "ADMIN";
  draft.act = act;
  draft.effective_time = now;
  draft.recorded_time = now;
  return draft;
}

absl::Status WriteNow(store::Store& store, store::WriteRequest request) {
  std::promise<absl::Status> done;
  store.Write(std::move(request), [&done](const absl::StatusOr<std::string>& answer) {
    done.set_value(answer.status());
  });
  return done.get_future().get();
}

}  // namespace kirikae::server
