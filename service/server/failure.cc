#include "service/server/failure.h"

#include <iostream>

#include "service/domain/error_detail.h"
#include "service/server/said.h"

namespace kirikae::server {

int Fail(const absl::Status& status) {
  if (const auto detail = domain::DetailOf(status)) {
    Say(std::cerr, detail->sentence, "kirikaed: ");
  } else {
    std::cerr << "kirikaed: " << status.message() << "\n";
  }
  return 1;
}

}  // namespace kirikae::server
