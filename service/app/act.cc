#include "service/app/act.h"

namespace kirikae::app {

store::Draft WriteContext::NewDraft(domain::Act act) const {
  store::Draft draft;
  draft.actor = caller.actor;
  draft.role = std::string(domain::Name(caller.role));
  draft.act = act;
  draft.reason = reason;
  draft.effective_time = effective;
  draft.recorded_time = now;
  return draft;
}

}  // namespace kirikae::app
