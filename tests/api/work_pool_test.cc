#include "service/api/call/work_pool.h"

#include <gtest/gtest.h>

#include <future>
#include <mutex>
#include <string>
#include <vector>

#include "service/domain/error_detail.h"

namespace kirikae::api {
namespace {

std::string ReasonOf(const absl::Status& status) {
  const auto detail = domain::DetailOf(status);
  return detail.has_value() ? detail->reason : "";
}

class WorkPoolTest : public ::testing::Test {
 protected:
  // A job that runs until the test lets it go, so that the pool's one thread is busy.
  void Occupy(WorkPool& pool, int64_t caller) {
    std::promise<void> begun;
    const std::shared_future<void> gate = gate_.get_future().share();
    const WorkPool::Job job = [&begun, gate]() -> WorkPool::Rest {
      begun.set_value();
      gate.wait();
      return nullptr;
    };
    ASSERT_TRUE(pool.Submit(caller, job).ok());
    begun.get_future().wait();
  }
  void LetGo() { gate_.set_value(); }
  // A job that notes that it ran.
  WorkPool::Job Note(const std::string& name) {
    return [this, name] {
      const std::lock_guard lock(mutex_);
      ran_.push_back(name);
      return WorkPool::Rest();
    };
  }

  InTurn ends_;
  std::promise<void> gate_;
  std::mutex mutex_;
  std::vector<std::string> ran_;
};

TEST_F(WorkPoolTest, CallersTakeTurnsHoweverManyJobsOneOfThemHas) {
  {
    WorkPool pool({.threads = 1, .waiting = 32, .a_caller = 8}, ends_);
    Occupy(pool, 1);
    for (const char* name : {"a1", "a2", "a3"}) ASSERT_TRUE(pool.Submit(2, Note(name)).ok());
    ASSERT_TRUE(pool.Submit(3, Note("b1")).ok());
    LetGo();
    std::promise<void> last;
    ASSERT_TRUE(
        pool.Submit(9, [&last]() -> WorkPool::Rest { return [&last] { last.set_value(); }; }).ok());
    last.get_future().wait();
  }
  ASSERT_EQ(ran_.size(), 4U);
  EXPECT_EQ(ran_[0], "a1");
  EXPECT_EQ(ran_[1], "b1");
}

TEST_F(WorkPoolTest, OneCallerCannotFillTheQueue) {
  WorkPool pool({.threads = 1, .waiting = 32, .a_caller = 2}, ends_);
  Occupy(pool, 1);
  ASSERT_TRUE(pool.Submit(1, Note("waits")).ok());
  const absl::Status refused = pool.Submit(1, Note("never"));
  EXPECT_EQ(refused.code(), absl::StatusCode::kResourceExhausted);
  EXPECT_EQ(ReasonOf(refused), "TOO_MANY_OF_ONE_CALLER");
  EXPECT_TRUE(pool.Submit(2, Note("another's")).ok());
  LetGo();
}

// Once, a caller who asked for the next thing on the answer to the last one was refused.
TEST_F(WorkPoolTest, TheRestOfAJobCountsNoMoreAsTheCallers) {
  WorkPool pool({.threads = 2, .waiting = 1'000, .a_caller = 1}, ends_);
  for (int64_t caller = 1; caller <= 200; ++caller) {
    std::promise<absl::Status> next;
    ASSERT_TRUE(pool.Submit(caller,
                            [&]() -> WorkPool::Rest {
                              return [&] { next.set_value(pool.Submit(caller, Note("next"))); };
                            })
                    .ok());
    EXPECT_TRUE(next.get_future().get().ok()) << caller;
  }
}

TEST_F(WorkPoolTest, AFullQueueRefusesEverybody) {
  WorkPool pool({.threads = 1, .waiting = 1, .a_caller = 8}, ends_);
  Occupy(pool, 1);
  ASSERT_TRUE(pool.Submit(2, Note("waits")).ok());
  EXPECT_EQ(ReasonOf(pool.Submit(3, Note("never"))), "TOO_MUCH_AT_ONCE");
  LetGo();
}

TEST_F(WorkPoolTest, JobsThatWaitWhenItStopsStillRunAndSeeThatItStops) {
  bool saw_stop = false;
  {
    WorkPool pool({.threads = 1, .waiting = 8, .a_caller = 8}, ends_);
    Occupy(pool, 1);
    ASSERT_TRUE(pool.Submit(2,
                            [&] {
                              saw_stop = pool.stopping();
                              return WorkPool::Rest();
                            })
                    .ok());
    pool.Stop();
    EXPECT_EQ(ReasonOf(pool.Submit(3, Note("never"))), "STOPPING");
    LetGo();
  }
  EXPECT_TRUE(saw_stop);
  EXPECT_TRUE(ran_.empty());
}

}  // namespace
}  // namespace kirikae::api
