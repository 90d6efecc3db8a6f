#include "service/store/sqlite/reader_pool.h"

#include <utility>

#include "service/store/sqlite/guard.h"
#include "service/store/sqlite/view.h"

namespace kirikae::store {
namespace {

constexpr int64_t kNoSnapshot = -1;

// The transaction only read, so nothing is lost with it. A connection that can't end its
// transaction is closed instead of being lent again.
void End(Reader& reader) {
  if (reader.connection == nullptr || reader.commits == kNoSnapshot) return;
  reader.commits = kNoSnapshot;
  try {
    reader.connection->Step("COMMIT");
  } catch (const SQLite::Exception&) {
    reader.connection.reset();
  }
}

}  // namespace

absl::StatusOr<std::unique_ptr<ReadView>> ReaderPool::Lend(StopWhen stop) {
  Reader reader{nullptr, kNoSnapshot};
  std::string file;
  Access access{};
  {
    const std::lock_guard lock(mutex_);
    ++lent_;
    file = file_;
    access = access_;
    reader.source = source_;
    if (!idle_.empty()) {
      reader = std::move(idle_.back());
      idle_.pop_back();
    }
  }
  // Read the count of commits before BEGIN: the snapshot then holds at least that many.
  const int64_t commits = commits_.load();
  if (reader.commits != commits) End(reader);
  const int64_t source = reader.source;
  auto lent = Guarded([&]() -> std::unique_ptr<ReadView> {
    if (reader.connection == nullptr) {
      reader.connection = std::make_unique<Connection>(file, access);
    }
    if (reader.commits == kNoSnapshot) {
      reader.connection->Step("BEGIN");
      reader.commits = commits;
    }
    reader.connection->GiveUpWhen(std::move(stop));
    return std::make_unique<SqliteSnapshot>(std::move(reader), *this);
  });
  if (!lent.ok()) {
    const std::lock_guard lock(mutex_);
    Returned(source);
  }
  return lent;
}

int64_t ReaderPool::lent() {
  const std::lock_guard lock(mutex_);
  return lent_ + lent_old_;
}

void ReaderPool::Returned(int64_t source) { --(source == source_ ? lent_ : lent_old_); }

bool ReaderPool::ReadFrom(const std::string& file, Access access) {
  const std::lock_guard lock(mutex_);
  if (file != file_ || access != access_) {
    file_ = file;
    access_ = access;
    ++source_;
    lent_old_ += std::exchange(lent_, 0);
    for (Reader& reader : idle_) End(reader);
    idle_.clear();
  }
  return lent_old_ == 0;
}

void ReaderPool::OnCommit() {
  std::vector<Reader> old;
  {
    const std::lock_guard lock(mutex_);
    commits_.fetch_add(1);
    old.swap(idle_);
  }
  for (Reader& reader : old) End(reader);
  const std::lock_guard lock(mutex_);
  for (Reader& reader : old) {
    if (reader.connection != nullptr && reader.source == source_ &&
        idle_.size() < static_cast<size_t>(keep_)) {
      idle_.push_back(std::move(reader));
    }
  }
}

void ReaderPool::Close() {
  const std::lock_guard lock(mutex_);
  for (Reader& reader : idle_) End(reader);
  idle_.clear();
}

void ReaderPool::TakeBack(Reader reader) {
  reader.connection->GiveUpWhen(nullptr);
  if (reader.commits != commits_.load()) End(reader);
  const std::lock_guard lock(mutex_);
  Returned(reader.source);
  if (reader.connection == nullptr || reader.source != source_) return;
  // If OnCommit ran after the first comparison, it did not see this reader.
  if (reader.commits != kNoSnapshot && reader.commits != commits_.load()) End(reader);
  if (reader.connection == nullptr || idle_.size() >= static_cast<size_t>(keep_)) return;
  idle_.push_back(std::move(reader));
}

}  // namespace kirikae::store
