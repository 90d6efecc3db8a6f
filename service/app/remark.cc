#include "service/app/remark.h"

#include "service/domain/errors.h"
#include "service/domain/invariants.h"

namespace kirikae::app {

absl::Status CheckRemark(const std::string& remark) {
  if (remark.size() <= domain::kMostTextBytes) return absl::OkStatus();
  return domain::InvalidField("remark", domain::Sentence("This is longer than $0 bytes.",
                                                         {std::to_string(domain::kMostTextBytes)}));
}

}  // namespace kirikae::app
