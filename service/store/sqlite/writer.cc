#include "service/store/sqlite/writer.h"

#include <exception>
#include <optional>
#include <utility>

#include "service/domain/error_detail.h"
#include "service/status_macros.h"
#include "service/store/sqlite/change_sets.h"
#include "service/store/sqlite/fold.h"
#include "service/store/sqlite/guard.h"
#include "service/store/sqlite/requests.h"
#include "service/store/sqlite/rows.h"
#include "service/store/sqlite/view.h"
#include "service/store/sqlite/write_change_set.h"

namespace kirikae::store {
namespace {

// Requests per commit. With more, the first request would only wait longer.
constexpr size_t kGroupLimit = 256;
// From so many on, a group is answered by another thread while the next one is written.
constexpr size_t kManyAnswers = 4;
constexpr int kCheckpointPages = 2000;  // of 4 KiB

using Clock = std::chrono::steady_clock;
// How long a stopping service waits for a write that is under way.
constexpr std::chrono::seconds kPatience(3);

// Free pages that the file keeps for the next writes.
constexpr int64_t kPagesKept = 1024;

constexpr char kCheck[] = "PRAGMA quick_check(1)";
constexpr char kFreePages[] = "PRAGMA freelist_count";

absl::Status RequestIdReused(const std::string& id) {
  return domain::MakeError(
      absl::StatusCode::kAlreadyExists, "REQUEST_ID_REUSED",
      domain::Sentence(
          "The request id $0 was used with another content. Use a new one for a new request.",
          {id}),
      {{"request_id", id}});
}

bool IsSound(Connection& connection) {
  Query check = connection.Use(kCheck);
  return check.Next() && check.Text(0) == "ok";
}

absl::Status Stopping() { return absl::UnavailableError("the service is stopping"); }

}  // namespace

Writer::Writer(Options options, std::unique_ptr<Connection> connection,
               std::function<void()> committed)
    : options_(std::move(options)), committed_(std::move(committed)) {
  if (connection != nullptr) Use(std::move(connection));
  thread_ = std::thread([this] { Loop(); });
}

Writer::~Writer() { Drain(); }

void Writer::Use(std::unique_ptr<Connection> connection) {
  connection->TakeOverCheckpoints();
  connection->GiveUpWhen([this] { return GivesUp(); });
  connection_ = std::move(connection);
}

bool Writer::GivesUp() const {
  const Clock::rep at = give_up_at_.load(std::memory_order_relaxed);
  return at != 0 && Clock::now().time_since_epoch().count() >= at;
}

void Writer::Submit(WriteRequest request, WriteDone done) {
  {
    const std::lock_guard lock(mutex_);
    if (!draining_) {
      queue_.push_back({std::move(request), std::move(done)});
      wake_.notify_one();
      return;
    }
  }
  done(Stopping());
}

void Writer::Drain() {
  {
    const std::lock_guard lock(mutex_);
    if (!draining_) give_up_at_ = (Clock::now() + kPatience).time_since_epoch().count();
    draining_ = true;
  }
  wake_.notify_one();
  if (thread_.joinable()) thread_.join();
  answering_.Finish();
}

void Writer::Close() {
  Fold();
  connection_.reset();
}

void Writer::Loop() {
  bool rested = false;
  while (true) {
    std::vector<Job> group;
    {
      std::unique_lock lock(mutex_);
      const bool woken =
          wake_.wait_for(lock, options_.idle, [this] { return draining_ || !queue_.empty(); });
      if (!woken) {
        lock.unlock();
        rested = rested || Rest();
        continue;
      }
      if (queue_.empty()) return;
      while (!queue_.empty() && group.size() < kGroupLimit) {
        // A large write is committed alone. It then needs no savepoint, which would keep a copy of
        // every page that the write changes.
        const bool alone = queue_.front().request.large;
        if (alone && !group.empty()) break;
        group.push_back(std::move(queue_.front()));
        queue_.pop_front();
        if (alone) break;
      }
    }
    CommitGroup(group);
    Answer(std::move(group));
    if (connection_ != nullptr && connection_->log_pages() >= kCheckpointPages) Checkpoint();
    rested = false;
  }
}

void Writer::Answer(std::vector<Job> group) {
  const auto answer = [](std::vector<Job>& jobs) {
    for (Job& job : jobs) job.done(std::move(job.answer));
  };
  if (group.size() < kManyAnswers) {
    answer(group);
  } else {
    answering_.Run(
        [answer, jobs = std::make_shared<std::vector<Job>>(std::move(group))] { answer(*jobs); });
  }
}

bool Writer::Fold() {
  if (connection_ == nullptr) return true;
  committed_();
  try {
    // Where a reader has a snapshot there will be another time.
    return FoldLog(*connection_);
  } catch (const SQLite::Exception&) {
    return false;
  }
}

void Writer::Checkpoint() {
  // A checkpoint stops at the oldest open snapshot, so idle snapshots end here.
  committed_();
  try {
    // A passive checkpoint waits for no reader. Another kind would block every write, because idle
    // snapshots don't end by themselves.
    connection_->Exec("PRAGMA wal_checkpoint(PASSIVE)");
  } catch (const SQLite::Exception&) {
    // The log still holds everything. If the disk has a fault, the next commit shows it.
    return;
  }
  // Snapshots that begin after the checkpoint read only the file, so the log can restart at its
  // beginning.
  committed_();
}

bool Writer::GiveBack() {
  if (connection_ == nullptr) return true;
  try {
    if (Number(connection_->Use(kFreePages)) < kPagesKept) return true;
    connection_->Exec("PRAGMA incremental_vacuum(4096)");
    return Number(connection_->Use(kFreePages)) < kPagesKept;
  } catch (const SQLite::Exception&) {
    // The file stays as large as it is. If the disk has a fault, the next commit shows it.
    return true;
  }
}

bool Writer::Rest() {
  const bool given = GiveBack();
  return Fold() && given;
}

StoreFigures Writer::Figures() {
  StoreFigures figures;
  figures.commits = commits_;
  figures.writes = writes_;
  figures.failed_commits = failed_commits_;
  const std::lock_guard lock(mutex_);
  figures.waiting_writes = static_cast<int64_t>(queue_.size());
  return figures;
}

void Writer::CommitGroup(std::vector<Job>& group) {
  absl::Status status = absl::OkStatus();
  if (GivesUp()) {
    status = Stopping();
  } else if (connection_ == nullptr) {
    status = Reopen();
  }
  if (status.ok()) {
    try {
      Begin();
      if (group.size() == 1) {
        RunAlone(group.front());
      } else {
        RunTogether(group);
        connection_->Step("COMMIT");
      }
      ++commits_;
      writes_ += static_cast<int64_t>(group.size());
      options_.on_head(head_);
      committed_();
      return;
    } catch (const SQLite::Exception& exception) {
      status = GivesUp() ? Stopping() : ToStatus(exception);
    }
  }
  ++failed_commits_;
  // Closing the connection rolls back what was not committed. It is unknown whether a failed commit
  // reached the disk, so open snapshots count as outdated.
  connection_.reset();
  committed_();
  for (Job& job : group) job.answer = status;
}

absl::Status Writer::Reopen() {
  const auto reopened = Guarded([this]() -> absl::Status {
    auto connection = std::make_unique<Connection>(options_.file, Access::kWrite);
    if (!IsSound(*connection)) return absl::DataLossError("the database file is damaged");
    RETURN_IF_ERROR(options_.may_reopen());
    // See OpenSqliteStore. A reader that prevents the folding has kept SQLite from taking up the
    // write that failed, too.
    SecureLog(*connection);
    FoldLog(*connection);
    Use(std::move(connection));
    return absl::OkStatus();
  });
  return reopened.ok() ? *reopened : reopened.status();
}

void Writer::Begin() {
  connection_->Step("BEGIN IMMEDIATE");
  head_ = ReadHead(*connection_);
}

void Writer::RunTogether(std::vector<Job>& group) {
  if (RunWithoutSavepoints(group)) return;
  connection_->Step("ROLLBACK");
  answers_ = AnswerKeeper();
  Begin();
  for (Job& job : group) job.answer = RunInSavepoint(job.request);
}

bool Writer::RunWithoutSavepoints(std::vector<Job>& group) {
  for (Job& job : group) {
    if (job.request.validate_only) {
      job.answer = RunInSavepoint(job.request);
      continue;
    }
    const int before = connection_->TotalChanges();
    job.answer = RunGuarded(job.request);
    if (!job.answer.ok() && connection_->TotalChanges() != before) return false;
  }
  return true;
}

absl::StatusOr<std::string> Writer::RunInSavepoint(const WriteRequest& request) {
  const Head before = head_;
  connection_->Step("SAVEPOINT request");
  absl::StatusOr<std::string> answer = RunGuarded(request);
  if (!answer.ok() || request.validate_only) {
    connection_->Step("ROLLBACK TO request");
    head_ = before;
  }
  connection_->Step("RELEASE request");
  return answer;
}

void Writer::RunAlone(Job& job) {
  const Head before = head_;
  job.answer = RunGuarded(job.request);
  const bool commits = job.answer.ok() && !job.request.validate_only;
  connection_->Step(commits ? "COMMIT" : "ROLLBACK");
  if (!commits) head_ = before;
}

absl::StatusOr<std::string> Writer::RunGuarded(const WriteRequest& request) {
  try {
    return RunOne(request);
  } catch (const SQLite::Exception&) {
    throw;  // a fault of the disk concerns the whole group
  } catch (const std::exception& exception) {
    return absl::InternalError(exception.what());
  }
}

absl::StatusOr<std::string> Writer::RunOne(const WriteRequest& request) {
  const bool kept = !request.request_id.empty() && !request.validate_only;
  if (kept) {
    std::optional<KeptAnswer> answer = FindAnswer(*connection_, request.request_id);
    if (answer.has_value()) {
      if (answer->fingerprint != request.fingerprint) return RequestIdReused(request.request_id);
      return std::move(answer->response);
    }
  }
  if (options_.run_twice) {
    const Head before = head_;
    connection_->Step("SAVEPOINT first_run");
    MakeAndWrite(request).status().IgnoreError();
    connection_->Step("ROLLBACK TO first_run");
    connection_->Step("RELEASE first_run");
    head_ = before;
  }
  ASSIGN_OR_RETURN(std::string response, MakeAndWrite(request));
  if (kept) answers_.Keep(*connection_, request, response);
  return response;
}

absl::StatusOr<std::string> Writer::MakeAndWrite(const WriteRequest& request) {
  SqliteView view(*connection_);
  ASSIGN_OR_RETURN(Draft draft, request.make(view, head_.id + 1));
  RETURN_IF_ERROR(WriteChangeSet(*connection_, draft, request.request_id, head_));
  return std::move(draft.response);
}

}  // namespace kirikae::store
