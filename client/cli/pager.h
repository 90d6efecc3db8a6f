// A pager for what is longer than the terminal.
#pragma once

#include <sys/types.h>

namespace kirikae::cli {

/// While it lives, standard output goes to the pager, where that is a terminal, and standard error
/// with it: KIRIKAE_PAGER, else
/// PAGER, else less; none where the variable is empty or `cat`. less shows what fits on one screen
/// and ends. COLUMNS then tells the terminal's width, because the output is no terminal any more.
/// One at a time.
class Pager {
 public:
  Pager() = default;
  /// Waits until the person has left the pager.
  ~Pager();
  Pager(const Pager&) = delete;
  Pager& operator=(const Pager&) = delete;

  void Start();
  /// Ends the output and waits for the person.
  void Finish();

 private:
  pid_t pid_ = -1;
  int errors_ = -1;  ///< standard error as it was
};

}  // namespace kirikae::cli
