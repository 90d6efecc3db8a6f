#include "service/server/failure.h"

#include <iostream>

#include "service/catalogue/catalogue.h"
#include "service/domain/error_detail.h"

namespace kirikae::server {

int Fail(const absl::Status& status) {
  std::cerr << "kirikaed: " << status.message() << "\n";
  if (const auto detail = domain::DetailOf(status)) {
    std::cerr << "kirikaed: " << catalogue::Japanese(detail->sentence) << "\n";
  }
  return 1;
}

}  // namespace kirikae::server
