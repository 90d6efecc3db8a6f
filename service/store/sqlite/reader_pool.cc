#include "service/store/sqlite/reader_pool.h"

#include <utility>

#include "service/store/sqlite/guard.h"
#include "service/store/sqlite/view.h"

namespace kirikae::store {

absl::StatusOr<std::unique_ptr<ReadView>> ReaderPool::Lend() {
  std::unique_ptr<Connection> connection;
  {
    const std::lock_guard lock(mutex_);
    if (!idle_.empty()) {
      connection = std::move(idle_.back());
      idle_.pop_back();
    }
  }
  return Guarded([&]() -> std::unique_ptr<ReadView> {
    if (connection == nullptr) connection = std::make_unique<Connection>(file_, false);
    connection->Exec("BEGIN");
    return std::make_unique<SqliteSnapshot>(
        std::move(connection),
        [this](std::unique_ptr<Connection> returned) { TakeBack(std::move(returned)); });
  });
}

void ReaderPool::TakeBack(std::unique_ptr<Connection> connection) {
  if (connection == nullptr) return;
  const std::lock_guard lock(mutex_);
  if (idle_.size() < static_cast<size_t>(keep_)) idle_.push_back(std::move(connection));
}

}  // namespace kirikae::store
