#include "service/http/roster.h"

#include <algorithm>

namespace kirikae::http {

std::shared_ptr<Seat> Roster::Take(const std::string& group, bool local) {
  const std::lock_guard lock(mutex_);
  const auto of_group = groups_.find(group);
  if (!local && of_group != groups_.end() && of_group->second >= limits_.connections_a_peer &&
      !MakeRoom([&](const Seat& seat) { return !seat.local && seat.group == group; })) {
    return nullptr;
  }
  const size_t for_strangers =
      limits_.connections - std::min(limits_.connections, limits_.connections_for_local);
  if (!local && strangers_ >= for_strangers &&
      !MakeRoom([](const Seat& seat) { return !seat.local; })) {
    return nullptr;
  }
  if (seats_.size() >= limits_.connections && !MakeRoom([](const Seat&) { return true; })) {
    return nullptr;
  }
  auto seat = std::make_shared<Seat>();
  seat->group = group;
  seat->local = local;
  seat->idle_since = Clock::now().time_since_epoch().count();
  seats_.emplace(seat.get(), seat);
  if (!local) {
    ++groups_[group];
    ++strangers_;
  }
  return seat;
}

void Roster::Leave(const std::shared_ptr<Seat>& seat) {
  const std::lock_guard lock(mutex_);
  Remove(seat);
}

void Roster::CloseLongestIdle() {
  const std::lock_guard lock(mutex_);
  MakeRoom([](const Seat&) { return true; });
}

size_t Roster::size() const {
  const std::lock_guard lock(mutex_);
  return seats_.size();
}

bool Roster::WaitUntilEmpty(std::chrono::milliseconds patience) {
  std::unique_lock lock(mutex_);
  return left_.wait_for(lock, patience, [this] { return seats_.empty(); });
}

// Closes the connection that has been idle for longest of those that meet the condition.
template <typename Condition>
bool Roster::MakeRoom(Condition condition) {
  std::shared_ptr<Seat> longest;
  Clock::rep since = Seat::kBusy;
  for (const auto& [address, seat] : seats_) {
    const Clock::rep idle = seat->idle_since;
    if (idle < since && condition(*seat)) {
      since = idle;
      longest = seat;
    }
  }
  if (longest == nullptr) return false;
  longest->close();
  Remove(longest);
  return true;
}

void Roster::Remove(const std::shared_ptr<Seat>& seat) {
  if (seats_.erase(seat.get()) == 0) return;
  if (!seat->local) {
    --strangers_;
    const auto group = groups_.find(seat->group);
    if (--group->second == 0) groups_.erase(group);
  }
  left_.notify_all();
}

}  // namespace kirikae::http
