#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <deque>
#include <iostream>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "client/cli/catalogue.h"
#include "client/cli/line_editor.h"
#include "client/cli/mark.h"
#include "client/cli/tag.h"
#include "client/cli/terms.h"
#include "client/cli/text_file.h"

namespace kirikae::cli {
namespace {

constexpr std::chrono::milliseconds kFirstWait(200);
constexpr std::chrono::milliseconds kLongestWait(5000);
// After the last tag, so that a script ends at some time.
constexpr std::chrono::seconds kPatience(300);

// The tags of standard input, read on a thread of its own: a person goes on scanning while the
// service does not answer.
class Scanner {
 public:
  Scanner() : thread_([shared = shared_] { Read(*shared); }) {}
  ~Scanner() {
    // The thread may wait for a line that never comes.
    thread_.detach();
  }
  Scanner(const Scanner&) = delete;
  Scanner& operator=(const Scanner&) = delete;

  /// The next tag; absent at the end of the input.
  std::optional<std::string> Next() {
    std::unique_lock lock(shared_->mutex);
    shared_->changed.wait(lock, [this] { return !shared_->tags.empty() || shared_->ended; });
    if (shared_->tags.empty()) return std::nullopt;
    std::string tag = std::move(shared_->tags.front());
    shared_->tags.pop_front();
    return tag;
  }
  /// The tags that were read and not taken yet, after at most `most` of waiting for a new one.
  std::vector<std::string> Waiting(std::chrono::milliseconds most) {
    std::unique_lock lock(shared_->mutex);
    const size_t known = shared_->tags.size();
    shared_->changed.wait_for(lock, most, [&] { return shared_->tags.size() != known; });
    return {shared_->tags.begin(), shared_->tags.end()};
  }
  bool ended() const {
    const std::lock_guard lock(shared_->mutex);
    return shared_->ended;
  }

 private:
  struct Shared {
    std::mutex mutex;
    std::condition_variable changed;
    std::deque<std::string> tags;
    bool ended = false;
  };

  static void Read(Shared& shared) {
    LineEditor editor("");
    while (const std::optional<std::string> line = editor.Next()) {
      std::vector<std::string> tags = TagsOfLine(*line);
      const std::lock_guard lock(shared.mutex);
      for (std::string& tag : tags) shared.tags.push_back(std::move(tag));
      shared.changed.notify_all();
    }
    const std::lock_guard lock(shared.mutex);
    shared.ended = true;
    shared.changed.notify_all();
  }

  // Shared with the thread, which may outlive the scanner.
  const std::shared_ptr<Shared> shared_ = std::make_shared<Shared>();
  std::thread thread_;
};

class Scan {
 public:
  Scan(Session& session, v1::MarkOutcome outcome, const MarkFlags& flags)
      : session_(session),
        outcome_(outcome),
        flags_(flags),
        stub_(v1::MigrationService::NewStub(session.Channel())) {}

  int Run() {
    while (const std::optional<std::string> tag = scanner_.Next()) {
      if (!Take(*tag)) return GiveUp(*tag);
    }
    tally_.Print(session_);
    return code_;
  }

 private:
  // Marks one tag and prints the answer; false where the service stays away.
  bool Take(const std::string& scanned) {
    std::string tag;
    try {
      tag = DecodedLine(scanned);
    } catch (const Failure& failure) {
      code_ = failure.code;
      ++tally_.refused;
      kirikae::cli::Say(session_.form, failure);
      return true;
    }
    v1::MarkDevicesRequest request = NewMark(session_, outcome_, flags_);
    request.add_asset_tags(tag);
    request.set_allow_partial(true);
    v1::MarkDevicesRequest check = request;
    check.mutable_options()->set_validate_only(true);
    check.mutable_options()->set_request_id(session_.Options().request_id());
    const bool switches =
        outcome_ == v1::MARK_OUTCOME_MIGRATED || outcome_ == v1::MARK_OUTCOME_FAILED;
    v1::MarkDevicesResponse answer;
    if (switches && !session_.yes && !session_.dry_run) {
      if (!Send(tag, check, answer)) return false;
      if (IsUntimely(answer)) {
        Refuse(answer.results(0));
        return true;
      }
    }
    if (!Send(tag, request, answer)) return false;
    Show(answer);
    return true;
  }

  // Sends the request until it is answered. Ends the command on an error that is no lost
  // connection.
  bool Send(const std::string& tag, const v1::MarkDevicesRequest& request,
            v1::MarkDevicesResponse& answer) {
    constexpr int kSeconds = 30;
    std::chrono::milliseconds wait = kFirstWait;
    std::optional<std::chrono::steady_clock::time_point> give_up;
    std::vector<std::string> told;
    while (true) {
      grpc::ClientContext context;
      session_.Prepare(context, kSeconds);
      answer.Clear();
      const grpc::Status status = stub_->MarkDevices(&context, request, &answer);
      if (status.ok()) {
        if (!told.empty()) session_.Note(Tr("The service answers again."));
        return true;
      }
      if (!IsLost(status) && status.error_code() != grpc::StatusCode::DEADLINE_EXCEEDED) {
        code_ = session_.Report(status);
        throw Exit{code_};
      }
      if (scanner_.ended()) {
        const auto now = std::chrono::steady_clock::now();
        if (!give_up.has_value()) give_up = now + kPatience;
        if (now > *give_up) return false;
      }
      Tell(tag, told);
      for (const std::string& more : scanner_.Waiting(wait)) Tell(more, told);
      wait = std::min(wait * 2, kLongestWait);
    }
  }

  // Says once of each tag that it is not recorded yet.
  void Tell(const std::string& tag, std::vector<std::string>& told) const {
    if (std::find(told.begin(), told.end(), tag) != told.end()) return;
    told.push_back(tag);
    kirikae::cli::Say(
        session_.form,
        {.code = kUnavailable,
         .reason = "NOT_RECORDED_YET",
         .sentence = Tr("$0 is not recorded yet: the service does not answer. It is kept and sent "
                        "again.",
                        {tag}),
         .metadata = {{"asset_tag", tag}}});
  }

  static bool IsUntimely(const v1::MarkDevicesResponse& answer) {
    return answer.results_size() == 1 && answer.results(0).untimely();
  }

  void Refuse(v1::MarkResult result) {
    code_ = kConflict;
    ++tally_.refused;
    const std::string why =
        WhyUntimely(result) + " " + Tr("Not marked; add --yes to mark it nevertheless.");
    if (!IsJson(session_.form)) {
      std::cerr << Printable(why) << std::endl;
      return;
    }
    result.set_changed(false);
    result.clear_state();
    result.mutable_status()->set_code(static_cast<int>(grpc::StatusCode::FAILED_PRECONDITION));
    result.mutable_status()->set_message(why);
    std::cout << ToJson(result, false) << std::endl;
  }

  void Show(const v1::MarkDevicesResponse& answer) {
    if (const int refusal = ReportRefusals(session_, answer); refusal != kDone) code_ = refusal;
    tally_.Add(answer);
    const v1::MarkResult& result = answer.results(0);
    if (IsJson(session_.form)) {
      std::cout << ToJson(result, false) << std::endl;
      return;
    }
    if (result.status().code() != 0) return;
    std::string line = result.asset_tag() + "  " + Term(result.state()) + "  " +
                       (result.changed() ? Tr("marked") : Tr("already so"));
    for (const std::string& more : {UsersOf(result), result.department()}) {
      if (!more.empty()) line += "  " + more;
    }
    std::cout << Printable(line) << std::endl;
  }

  int GiveUp(const std::string& tag) {
    std::string lost = tag;
    for (const std::string& more : scanner_.Waiting(std::chrono::milliseconds(0))) {
      lost += ", " + more;
    }
    tally_.Print(session_);
    kirikae::cli::Say(
        session_.form,
        {.code = kUnavailable,
         .reason = "NOT_RECORDED",
         .sentence = Tr("Not recorded: $0. Scan them again when the service answers.", {lost}),
         .metadata = {{"not_recorded", lost}}});
    return kUnavailable;
  }

  Session& session_;
  const v1::MarkOutcome outcome_;
  const MarkFlags& flags_;
  const std::unique_ptr<v1::MigrationService::Stub> stub_;
  Scanner scanner_;
  Tally tally_;
  int code_ = kDone;
};

}  // namespace

int ScanMarks(Session& session, v1::MarkOutcome outcome, const MarkFlags& flags) {
  return Scan(session, outcome, flags).Run();
}

}  // namespace kirikae::cli
