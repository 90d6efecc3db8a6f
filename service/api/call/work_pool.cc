#include "service/api/call/work_pool.h"

#include <sys/resource.h>
#include <unistd.h>

#include <utility>

#include "service/api/call/limits.h"

namespace kirikae::api {

WorkPool::WorkPool(const Limits& limits, InTurn& ends) : limits_(limits), ends_(ends) {
  for (int i = 0; i < limits_.threads; ++i) threads_.emplace_back([this] { Run(); });
}

WorkPool::~WorkPool() {
  Stop();
  for (std::thread& thread : threads_) thread.join();
}

void WorkPool::Stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_all();
}

absl::Status WorkPool::Submit(int64_t caller, Job job) {
  {
    const std::lock_guard lock(mutex_);
    if (stopping_) return Stopping();
    if (waiting_ >= limits_.waiting) return TooMuchAtOnce();
    const auto own = queues_.find(caller);
    if (own != queues_.end() && own->second.jobs.size() + own->second.running >= limits_.a_caller) {
      return TooManyOfOneCaller(limits_.a_caller);
    }
    queues_[caller].jobs.push_back(std::move(job));
    ++waiting_;
  }
  wake_.notify_one();
  return absl::OkStatus();
}

std::map<int64_t, WorkPool::Queue>::iterator WorkPool::Next() {
  if (waiting_ == 0) return queues_.end();
  auto at = queues_.upper_bound(last_);
  for (size_t i = 0; i <= queues_.size(); ++i) {
    if (at == queues_.end()) at = queues_.begin();
    if (!at->second.jobs.empty()) return at;
    ++at;
  }
  return queues_.end();
}

void WorkPool::Run() {
  // On Linux the priority is the thread's own. Where it can't be lowered, nothing is lost.
  if (limits_.niceness > 0) {
    setpriority(PRIO_PROCESS, static_cast<id_t>(gettid()), limits_.niceness);
  }
  std::unique_lock lock(mutex_);
  while (true) {
    wake_.wait(lock, [this] { return stopping_ || waiting_ > 0; });
    const auto queue = Next();
    if (queue == queues_.end()) return;
    Job job = std::move(queue->second.jobs.front());
    queue->second.jobs.pop_front();
    ++queue->second.running;
    --waiting_;
    last_ = queue->first;
    lock.unlock();
    Rest rest = job();
    job = nullptr;
    lock.lock();
    --queue->second.running;
    if (queue->second.running == 0 && queue->second.jobs.empty()) queues_.erase(queue);
    if (rest == nullptr) continue;
    lock.unlock();
    ends_.Run(std::move(rest));
    lock.lock();
  }
}

void WorkPools::Stop() {
  for (WorkPool* const pool : {&reads, &plans, &files, &spools}) pool->Stop();
}

}  // namespace kirikae::api
