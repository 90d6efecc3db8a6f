// Counts the solver's steps. The solver stops by steps, not by a clock, so results are
// reproducible.
#pragma once

#include <cstdint>
#include <functional>

namespace kirikae::planner {

/// Allows `max_steps` steps, or fewer when the caller's `should_stop` returns true.
class Budget {
 public:
  Budget(int64_t max_steps, const std::function<bool()>& should_stop)
      : max_steps_(max_steps), should_stop_(should_stop) {}

  /// Counts `steps`. False when no further work may begin.
  bool Spend(int64_t steps = 1) {
    steps_ += steps;
    if (should_stop_ && !stopped_ && steps_ >= next_question_) {
      next_question_ = steps_ + 16'384;
      stopped_ = should_stop_();
    }
    return !stopped_ && steps_ < max_steps_;
  }
  bool Exhausted() const { return stopped_ || steps_ >= max_steps_; }
  int64_t steps() const { return steps_; }
  int64_t max_steps() const { return max_steps_; }
  bool stopped() const { return stopped_; }

 private:
  int64_t max_steps_;
  int64_t steps_ = 0;
  int64_t next_question_ = 0;
  bool stopped_ = false;
  std::function<bool()> should_stop_;
};

}  // namespace kirikae::planner
