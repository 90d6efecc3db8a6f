#include "client/cli/rollout_watch.h"

#include <unistd.h>

#include <chrono>
#include <deque>
#include <iostream>
#include <memory>
#include <string>
#include <thread>

#include "client/cli/catalogue.h"
#include "client/cli/choices.h"
#include "client/cli/printer.h"
#include "client/cli/progress_table.h"
#include "client/cli/rollout_name.h"
#include "client/cli/terms.h"
#include "client/cli/text_option.h"
#include "client/cli/words.h"
#include "kirikae/v1/rollout_service.grpc.pb.h"

namespace kirikae::cli {
namespace {

constexpr int kDaySeconds = 24 * 3600;
constexpr size_t kShown = 12;
constexpr int kOther = 4;  // lines besides the table and the events
constexpr std::chrono::seconds kLongestWait(8);

std::string LineOf(const v1::RolloutEvent& event) {
  const size_t slash = event.record().find('/', event.record().find('/') + 1);
  const std::string record =
      slash == std::string::npos ? event.record() : event.record().substr(slash + 1);
  std::string line =
      LocalTime(event.record_time()) + "  " + ActCell(event.act()).text + "  " + record;
  if (!event.old_state().empty() || !event.new_state().empty()) {
    line += "  " + ValueCell(event.record(), "state", event.old_state()).text + " -> " +
            ValueCell(event.record(), "state", event.new_state()).text;
  }
  return Printable(line + "  " + event.actor());
}

// On a terminal: shows the progress, and below it the last events.
class Screen {
 public:
  Screen(Session& session, std::string rollout)
      : session_(session),
        rollout_(std::move(rollout)),
        stub_(v1::RolloutService::NewStub(session.Channel())) {}

  void Show(const v1::RolloutEvent& event) {
    if (!event.record().empty()) lines_.push_back(LineOf(event));
    while (lines_.size() > kShown) lines_.pop_front();
    v1::GetProgressRequest request;
    request.set_name(rollout_);
    v1::Progress progress;
    session_.Call([&](grpc::ClientContext& context) {
      return stub_->GetProgress(&context, request, &progress);
    });
    // Home, then clear to the end of the screen.
    std::cout << "\x1b[H\x1b[J" << progress.title() << "  " << Term(progress.state()) << "  "
              << LocalTime(progress.time()) << "\n\n";
    PrintOnScreen(ProgressTable({"phase", Tr("phase")}, progress.phases(), progress.total()),
                  kOther + static_cast<int>(lines_.size()));
    std::cout << "\n";
    for (const std::string& line : lines_) std::cout << line << "\n";
    std::cout << Tr("Ctrl-C ends the watch.") << std::endl;
  }

 private:
  Session& session_;
  const std::string rollout_;
  std::unique_ptr<v1::RolloutService::Stub> stub_;
  std::deque<std::string> lines_;
};

class Watch {
 public:
  Watch(Session& session, const std::string& rollout, std::string token, int64_t most)
      : session_(session),
        rollout_(rollout),
        token_(std::move(token)),
        most_(most),
        screen_(session, rollout),
        on_screen_(session.form == Form::kTable && isatty(STDOUT_FILENO) != 0) {}

  // After a lost connection, continues from the last event seen. Ends on any other error.
  void Run() {
    const auto stub = v1::RolloutService::NewStub(session_.Channel());
    std::chrono::seconds wait(1);
    while (true) {
      grpc::ClientContext context;
      session_.Prepare(context, kDaySeconds);
      v1::WatchRolloutRequest request;
      request.set_name(rollout_);
      request.set_resume_token(token_);
      const auto reader = stub->WatchRollout(&context, request);
      for (v1::RolloutEvent event; reader->Read(&event);) {
        wait = std::chrono::seconds(1);
        if (Take(event)) {
          context.TryCancel();
          return;
        }
      }
      const grpc::Status status = reader->Finish();
      const bool again = status.error_code() == grpc::StatusCode::UNAVAILABLE ||
                         status.error_code() == grpc::StatusCode::DEADLINE_EXCEEDED || status.ok();
      // A watch that never started is not retried.
      if (!again || token_.empty()) throw Exit{session_.Report(status)};
      session_.Note(
          Tr("The connection was lost; watching again in $0 s.", {std::to_string(wait.count())}));
      std::this_thread::sleep_for(wait);
      wait = std::min(wait * 2, kLongestWait);
    }
  }

 private:
  // Takes an event; returns whether it was the last one wanted.
  bool Take(const v1::RolloutEvent& event) {
    token_ = event.resume_token();
    if (on_screen_) {
      screen_.Show(event);
    } else if (session_.form == Form::kJson || session_.form == Form::kJsonLines) {
      std::cout << ToJson(event, false) << std::endl;
    } else if (!event.record().empty()) {
      std::cout << LineOf(event) << std::endl;
    }
    if (!event.record().empty()) ++seen_;
    return most_ > 0 && seen_ >= most_;
  }

  Session& session_;
  const std::string rollout_;
  std::string token_;
  const int64_t most_;
  Screen screen_;
  const bool on_screen_;
  int64_t seen_ = 0;
};

}  // namespace

void AddWatch(CLI::App& rollout, Session& session) {
  auto* const watch = rollout.add_subcommand("watch", Tr("follow what happens, live"));
  const auto given = Optional(*watch, "ROLLOUT", Tr("id; may be left out when there is one"));
  const auto token =
      Optional(*watch, "--resume-token", Tr("continue after the event with this token"));
  const auto most = std::make_shared<int64_t>(0);
  watch->add_option("--events", *most, Tr("end after this many events"))
      ->check(WholeNumber(1, 1'000'000'000));
  watch->callback(
      [=, &session] { Watch(session, RolloutName(session, *given), *token, *most).Run(); });
}

}  // namespace kirikae::cli
