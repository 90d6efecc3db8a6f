// WatchRollout: a stream that lasts.
#include <deque>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <utility>

#include "service/api/rollout_service.h"
#include "service/app/change_feed.h"
#include "service/app/rollouts/events.h"
#include "service/app/rollouts/require_rollout.h"
#include "service/domain/error_detail.h"
#include "service/domain/record_name.h"

namespace kirikae::api {
namespace {

absl::Status Stopping() {
  domain::ErrorDetail detail;
  detail.reason = "STOPPING";
  detail.sentence =
      domain::Sentence("The service is stopping. Watch again with the last token in a moment.");
  return domain::MakeError(absl::StatusCode::kUnavailable, detail);
}

// Sends events as they are committed: the feed wakes it, and each finished write looks for more.
// Deletes itself when the call is done.
class WatchReactor final : public grpc::ServerWriteReactor<v1::RolloutEvent> {
 public:
  WatchReactor(Environment& env, const grpc::CallbackServerContext& call,
               const v1::WatchRolloutRequest& request)
      : env_(env) {
    if (const absl::Status status = Begin(call, request); !status.ok()) {
      const std::lock_guard lock(mutex_);
      End(status);
      return;
    }
    subscription_ = env_.feed->Subscribe([this] { Pump(); });
    if (subscription_ == 0) {
      const std::lock_guard lock(mutex_);
      End(env_.feed->stopped() ? Stopping() : TooMuchAtOnce());
      return;
    }
    Pump();
  }

  void OnWriteDone(bool ok) override {
    {
      const std::lock_guard lock(mutex_);
      writing_ = false;
      if (!ok) cancelled_ = true;
    }
    Pump();
  }
  void OnCancel() override {
    {
      const std::lock_guard lock(mutex_);
      cancelled_ = true;
    }
    Pump();
  }
  void OnDone() override {
    if (subscription_ != 0) env_.feed->Unsubscribe(subscription_);
    delete this;
  }

 private:
  absl::Status Begin(const grpc::CallbackServerContext& call,
                     const v1::WatchRolloutRequest& request) {
    RETURN_IF_ERROR(CheckCaller(env_, call, Rpc("RolloutService/WatchRollout")).status());
    ASSIGN_OR_RETURN(const domain::RecordName id_name,
                     domain::ParseName(domain::RecordKind::kRollout, request.name()));
    const std::string& id = id_name.id;
    ASSIGN_OR_RETURN(const std::unique_ptr<store::ReadView> view, env_.store.Read());
    RETURN_IF_ERROR(app::RequireRollout(*view, id).status());
    if (request.resume_token().empty()) {
      ASSIGN_OR_RETURN(events_, app::RolloutEvents::FromNow(*view, id));
    } else {
      ASSIGN_OR_RETURN(events_, app::RolloutEvents::After(request.resume_token(), id));
    }
    // Says where the watch stands before anything happens.
    pending_.emplace_back().set_resume_token(events_->Token());
    return absl::OkStatus();
  }

  // Under the lock.
  void End(const absl::Status& status) {
    if (ended_) return;
    ended_ = true;
    Finish(ToGrpcStatus(status));
  }

  absl::Status Load() {
    ASSIGN_OR_RETURN(const std::unique_ptr<store::ReadView> view, env_.store.Read());
    ASSIGN_OR_RETURN(std::vector<v1::RolloutEvent> more, events_->Next(*view));
    for (v1::RolloutEvent& event : more) pending_.push_back(std::move(event));
    return absl::OkStatus();
  }

  void Pump() {
    const std::lock_guard lock(mutex_);
    if (ended_ || writing_) return;
    if (cancelled_) {
      End(absl::CancelledError("the watcher went away"));
      return;
    }
    if (env_.feed->stopped()) {
      End(Stopping());
      return;
    }
    if (pending_.empty()) {
      if (const absl::Status status = Load(); !status.ok()) {
        End(status);
        return;
      }
    }
    if (pending_.empty()) return;
    part_ = std::move(pending_.front());
    pending_.pop_front();
    writing_ = true;
    StartWrite(&part_);
  }

  Environment& env_;
  int64_t subscription_ = 0;
  std::mutex mutex_;
  std::optional<app::RolloutEvents> events_;
  std::deque<v1::RolloutEvent> pending_;
  v1::RolloutEvent part_;
  bool writing_ = false;
  bool cancelled_ = false;
  bool ended_ = false;
};

}  // namespace

grpc::ServerWriteReactor<v1::RolloutEvent>* RolloutServiceImpl::WatchRollout(
    grpc::CallbackServerContext* call, const v1::WatchRolloutRequest* request) {
  return new WatchReactor(env_, *call, *request);
}

}  // namespace kirikae::api
