// A store that takes no write while the clock is wrong.
#pragma once

#include <functional>
#include <memory>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "service/store/store.h"

namespace kirikae::server {

/// Passes everything on, but answers writes with an error as long as `may_write` gives one: every
/// write goes this way, whoever makes it. Thread-safe; both outlive it.
class GuardedStore final : public store::Store {
 public:
  GuardedStore(store::Store& inner, std::function<absl::Status()> may_write)
      : inner_(inner), may_write_(std::move(may_write)) {}

  absl::StatusOr<std::unique_ptr<store::ReadView>> Read(store::StopWhen stop) override {
    return inner_.Read(std::move(stop));
  }
  void Write(store::WriteRequest request, store::WriteDone done) override {
    if (const absl::Status status = may_write_(); !status.ok()) {
      done(status);
      return;
    }
    inner_.Write(std::move(request), std::move(done));
  }
  void OnCommit(std::function<void()> listener) override { inner_.OnCommit(std::move(listener)); }
  void Drain() override { inner_.Drain(); }
  store::StoreFigures Figures() override { return inner_.Figures(); }

 private:
  store::Store& inner_;
  const std::function<absl::Status()> may_write_;
};

}  // namespace kirikae::server
