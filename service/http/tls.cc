#include "service/http/tls.h"

#include <utility>

namespace kirikae::http {

std::shared_ptr<const TlsContext> TlsHolder::Current() const {
  const std::lock_guard lock(mutex_);
  return context_;
}

void TlsHolder::Replace(std::shared_ptr<const TlsContext> context) {
  const std::lock_guard lock(mutex_);
  context_ = std::move(context);
}

}  // namespace kirikae::http
