// WatchRollout: a stream that lasts until the watcher ends it or the service stops.
#include <deque>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_split.h"
#include "service/api/call/open_call.h"
#include "service/api/call/page.h"
#include "service/api/call/run.h"
#include "service/api/convert/rollout.h"
#include "service/api/rollout_handlers.h"
#include "service/app/change_feed.h"
#include "service/app/rollouts/events.h"
#include "service/app/rollouts/require_rollout.h"
#include "service/domain/errors.h"
#include "service/domain/record_name.h"
#include "service/status_macros.h"

namespace kirikae::api {
namespace {

std::string QueryOf(const std::string& rollout) { return "watch?" + rollout; }

std::string TokenAt(const app::EventPosition& position, const std::string& rollout) {
  return MakeResumeToken(std::to_string(position.change_set) + ":" + std::to_string(position.given),
                         QueryOf(rollout));
}

// The position in a token, at most `newest`: behind that nothing has happened yet.
absl::StatusOr<app::EventPosition> PositionOf(const std::string& token, const std::string& rollout,
                                              const app::EventPosition& newest) {
  const auto text = ReadResumeToken(token, QueryOf(rollout));
  std::vector<std::string> parts;
  if (text.ok()) parts = absl::StrSplit(*text, ':');
  app::EventPosition position;
  if (parts.size() != 2 || !absl::SimpleAtoi(parts[0], &position.change_set) ||
      !absl::SimpleAtoi(parts[1], &position.given) || position.change_set < 1 ||
      position.change_set > newest.change_set || position.given < 0) {
    return domain::InvalidField(
        "resume_token",
        domain::Sentence("This is no token of this rollout's events; leave it out to begin now."));
  }
  return position;
}

// Sends events as they are committed: the feed wakes it, and each finished send looks for more.
// Deletes itself when the call ends.
class WatchReactor final : public grpc::ServerWriteReactor<v1::RolloutEvent> {
 public:
  WatchReactor(Environment& env, grpc::CallbackServerContext& context,
               const v1::WatchRolloutRequest& request)
      : env_(env), open_(env, Rpc("RolloutService/WatchRollout"), context) {
    if (!open_.allowed().ok()) {
      // A caller that leaves before the answer ends nothing a second time.
      ended_ = true;
      Refuse(this, open_);
      return;
    }
    absl::Status status = Begin(request);
    if (status.ok()) {
      auto ticket = open_.EnterStream(StreamKind::kWatch, [&context] { context.TryCancel(); });
      status = ticket.status();
      if (ticket.ok()) ticket_ = *std::move(ticket);
    }
    if (!status.ok()) {
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
      if (ticket_ != nullptr) ticket_->Moved();
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
  absl::Status Begin(const v1::WatchRolloutRequest& request) {
    ASSIGN_OR_RETURN(const domain::RecordName name,
                     domain::ParseName(domain::RecordKind::kRollout, request.name()));
    rollout_ = name.id;
    ASSIGN_OR_RETURN(const std::unique_ptr<store::ReadView> view, env_.store.Read());
    RETURN_IF_ERROR(app::RequireRollout(*view, rollout_).status());
    ASSIGN_OR_RETURN(app::EventPosition position, app::RolloutEvents::Newest(*view));
    if (!request.resume_token().empty()) {
      ASSIGN_OR_RETURN(position, PositionOf(request.resume_token(), rollout_, position));
    }
    events_.emplace(rollout_, position);
    // The first message tells where the watch begins, before any event.
    pending_.emplace_back().set_resume_token(TokenAt(position, rollout_));
    return absl::OkStatus();
  }

  // Call it with the lock held.
  void End(const absl::Status& status) {
    if (ended_) return;
    ended_ = true;
    ticket_ = nullptr;
    Finish(open_.End(status));
  }

  absl::Status Load() {
    ASSIGN_OR_RETURN(const std::unique_ptr<store::ReadView> view, env_.store.Read());
    ASSIGN_OR_RETURN(const std::vector<app::RolloutEvent> more, events_->Next(*view));
    for (const app::RolloutEvent& event : more) {
      v1::RolloutEvent& message = pending_.emplace_back();
      ToProto(event, &message);
      message.set_resume_token(TokenAt(event.after, rollout_));
    }
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
    ticket_->Waits();
    StartWrite(&part_);
  }

  Environment& env_;
  const OpenCall open_;
  std::string rollout_;
  std::unique_ptr<OpenStreams::Ticket> ticket_;
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

grpc::ServerWriteReactor<v1::RolloutEvent>* NewWatch(Environment& env,
                                                     grpc::CallbackServerContext& context,
                                                     const v1::WatchRolloutRequest& request) {
  return new WatchReactor(env, context, request);
}

}  // namespace kirikae::api
