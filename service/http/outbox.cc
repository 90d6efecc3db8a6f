#include "service/http/outbox.h"

#include <iterator>

namespace kirikae::http {
namespace {

// Pieces below this size are put together: they cost one call of the system, and one TLS record.
constexpr size_t kRecordBytes = 16'384;

}  // namespace

void Outbox::Add(std::string bytes, std::function<void()> written) {
  size_ += bytes.size();
  added_ += bytes.size();
  if (written) told_.emplace_back(added_, std::move(written));
  if (bytes.empty()) return;
  if (first_ < chunks_.size() && chunks_.back().size() + bytes.size() <= kRecordBytes) {
    chunks_.back() += bytes;
  } else {
    chunks_.push_back(std::move(bytes));
  }
}

std::string_view Outbox::Next() const {
  if (first_ == chunks_.size()) return {};
  return std::string_view(chunks_[first_]).substr(offset_);
}

void Outbox::Took(size_t count) {
  offset_ += count;
  size_ -= count;
  taken_ += count;
  if (first_ < chunks_.size() && offset_ == chunks_[first_].size()) {
    chunks_[first_] = std::string();
    offset_ = 0;
    ++first_;
  }
  if (first_ == chunks_.size()) {
    // A connection that rests keeps no memory.
    chunks_ = {};
    first_ = 0;
  }
  size_t ready = 0;
  while (ready < told_.size() && told_[ready].first <= taken_) ++ready;
  if (ready == 0) return;
  std::vector<std::pair<uint64_t, std::function<void()>>> now(
      std::make_move_iterator(told_.begin()),
      std::make_move_iterator(told_.begin() + static_cast<std::ptrdiff_t>(ready)));
  told_.erase(told_.begin(), told_.begin() + static_cast<std::ptrdiff_t>(ready));
  for (auto& [at, written] : now) written();
}

}  // namespace kirikae::http
