#include "tests/faults/support/work.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <future>
#include <thread>
#include <utility>

#include "absl/strings/str_cat.h"
#include "service/status_macros.h"
#include "service/store/sqlite/check.h"
#include "service/store/sqlite/sqlite_store.h"

namespace kirikae::testing {
namespace {

constexpr int kMostSteps = 20;
constexpr int kWhole = 1'000'000;

absl::StatusOr<std::unique_ptr<store::Store>> OpenStore(const std::string& folder, bool folds) {
  store::OpenOptions options{.directory = folder};
  // Otherwise nothing happens between the steps that has not to do with them.
  options.idle = folds ? std::chrono::milliseconds(1) : std::chrono::hours(1);
  return store::OpenSqliteStore(options);
}

// The newest change sets.
absl::StatusOr<std::vector<domain::ChangeSet>> Newest(store::ReadView& view) {
  store::ChangeSetQuery query;
  query.limit = kMostSteps;
  return view.ListChangeSets(query);
}

absl::StatusOr<Steps> ReadSteps(store::Store& store, const Act& act) {
  ASSIGN_OR_RETURN(const auto view, store.Read());
  ASSIGN_OR_RETURN(const auto sets, Newest(*view));
  Steps steps;
  for (const domain::ChangeSet& set : sets) {
    const bool is_step = std::any_of(act.steps.begin(), act.steps.end(),
                                     [&](const Step& step) { return step.reason == set.reason; });
    if (!is_step) continue;
    ASSIGN_OR_RETURN(const auto changes, view->ChangesOf({set.id, 0}, kWhole));
    std::string text = absl::StrCat(set.act, " ", set.change_count, "\n");
    for (const domain::Change& change : changes) {
      absl::StrAppend(&text, change.record, " ", change.field, ": ", change.old_value, " -> ",
                      change.new_value, "\n");
    }
    steps[set.reason] += text;
  }
  return steps;
}

// The steps that are there in part or twice, and those that are not there but acknowledged.
Faults Compare(const Steps& there, const Expected& expected, Tally& tally) {
  Faults faults;
  for (const auto& [reason, text] : there) {
    if (text != expected.clean.steps.at(reason)) {
      faults.push_back(absl::StrCat("the step ", reason, " is not what it should be:\n", text));
    }
  }
  tally.acknowledged += static_cast<int64_t>(expected.acknowledged.size());
  for (const std::string& reason : expected.acknowledged) {
    if (there.contains(reason)) continue;
    ++tally.lost;
    faults.push_back(absl::StrCat("the acknowledged step ", reason, " is lost"));
  }
  return faults;
}

absl::Status JudgeOpened(const std::string& folder, const Expected& expected, Tally& tally,
                         Faults& faults) {
  {
    ASSIGN_OR_RETURN(const auto store, OpenStore(folder, false));
    ASSIGN_OR_RETURN(const Steps there, ReadSteps(*store, expected.act));
    faults = Compare(there, expected, tally);
    ASSIGN_OR_RETURN(const auto view, store->Read());
    ASSIGN_OR_RETURN(const auto newest, Newest(*view));
    const int64_t sets = newest.empty() ? 0 : newest.front().id;
    if (sets != expected.clean.sets_before + static_cast<int64_t>(there.size())) {
      faults.push_back(absl::StrCat("there are ", sets, " change sets"));
    }
  }
  ASSIGN_OR_RETURN(const store::CheckReport report, store::CheckDatabase(folder));
  for (const store::Finding& finding : report.findings) {
    faults.push_back(absl::StrCat("check: ", finding.record, " ", finding.sentence.English()));
  }
  return absl::OkStatus();
}

}  // namespace

Faults Judge(const std::string& folder, const Expected& expected, Tally& tally) {
  Faults faults;
  const absl::Status judged = JudgeOpened(folder, expected, tally, faults);
  if (!judged.ok()) {
    tally.lost += static_cast<int64_t>(expected.acknowledged.size());
    faults.push_back("the store can't be used: " + judged.ToString());
  }
  return faults;
}

Faults Judge(const Files& files, const Expected& expected, Tally& tally) {
  const TemporaryFolder folder;
  WriteFolder(files, folder.path());
  return Judge(folder.path(), expected, tally);
}

Work::Work(const Act& act, const Files& before) : act_(act), disk_(folder_.path()) {
  WriteFolder(before, folder_.path());
}

Work::~Work() { Close(); }

absl::Status Work::Open() {
  ASSIGN_OR_RETURN(store_, OpenStore(folder_.path(), act_.folds));
  return absl::OkStatus();
}

void Work::Close() { store_.reset(); }

std::vector<absl::Status> Work::Write() {
  std::vector<const Step*> missing;
  for (const Step& step : act_.steps) {
    if (!acknowledged().contains(step.reason)) missing.push_back(&step);
  }
  std::vector<absl::Status> errors = Submit(missing, act_.together);
  if (act_.folds) WaitForFold();
  return errors;
}

std::vector<absl::Status> Work::Submit(const std::vector<const Step*>& steps, bool together) {
  std::vector<std::future<absl::Status>> answers;
  std::promise<void> all_queued;
  const std::shared_future<void> queued = all_queued.get_future().share();
  for (const Step* step : steps) {
    store::WriteRequest write;
    write.request_id = step->reason;
    write.fingerprint = "of " + step->reason;
    write.now = StepsWard().now();
    // The first write holds up the writer until the others wait behind it.
    write.make = [step, queued, together](store::ReadView& view, int64_t change_set) {
      if (together) queued.wait();
      return step->make(view, change_set);
    };
    auto answered = std::make_shared<std::promise<absl::Status>>();
    answers.push_back(answered->get_future());
    store_->Write(std::move(write), [this, step, answered](const auto& answer) {
      if (answer.ok()) {
        const std::lock_guard lock(mutex_);
        acknowledged_.insert(step->reason);
      }
      const bool is_right = !answer.ok() || *answer == step->reason;
      answered->set_value(is_right ? answer.status() : absl::InternalError("answer " + *answer));
    });
    if (!together) answers.back().wait();
  }
  all_queued.set_value();
  std::vector<absl::Status> errors;
  for (std::future<absl::Status>& answer : answers) {
    if (absl::Status status = answer.get(); !status.ok()) errors.push_back(std::move(status));
  }
  return errors;
}

Faults Work::WriteAgain() {
  std::vector<const Step*> all;
  for (const Step& step : act_.steps) all.push_back(&step);
  Faults faults;
  for (const absl::Status& error : Submit(all, false)) {
    faults.push_back("repeated: " + error.ToString());
  }
  return faults;
}

absl::StatusOr<Steps> Work::Read() const { return ReadSteps(*store_, act_); }

std::set<std::string> Work::acknowledged() const {
  const std::lock_guard lock(mutex_);
  return acknowledged_;
}

void Work::WaitForFold() {
  const std::string log = folder_ / "kirikae.db-wal";
  std::error_code ignored;
  while (!disk_.fired() && std::filesystem::exists(log) &&
         std::filesystem::file_size(log, ignored) > 0) {
    std::this_thread::yield();
  }
}

CleanRun RunClean(const Act& act, const Files& before, std::array<int64_t, kFaultKinds>& calls) {
  CleanRun clean;
  Work work(act, before);
  const auto count = [&](Moment moment) {
    if (act.moment == moment) work.disk().Heal();
  };
  count(Moment::kOpening);
  EXPECT_TRUE(work.Open().ok());
  EXPECT_TRUE(work.Read().ok());
  count(Moment::kWriting);
  for (const absl::Status& error : work.Write()) ADD_FAILURE() << error;
  const absl::StatusOr<Steps> steps = work.Read();
  EXPECT_TRUE(steps.ok()) << steps.status();
  if (steps.ok()) clean.steps = *steps;
  EXPECT_EQ(clean.steps.size(), act.steps.size());
  count(Moment::kClosing);
  if (act.moment == Moment::kClosing) work.Close();
  for (int kind = 0; kind < kFaultKinds; ++kind) {
    calls[static_cast<size_t>(kind)] = work.disk().calls(static_cast<FaultKind>(kind));
  }
  work.Close();
  const auto report = store::CheckDatabase(work.disk().folder());
  EXPECT_TRUE(report.ok()) << report.status();
  if (report.ok()) {
    EXPECT_TRUE(report->findings.empty()) << report->findings.front().sentence.English();
    clean.sets_before = report->change_sets - static_cast<int64_t>(act.steps.size());
  }
  return clean;
}

Act ActOf(const std::string& name) {
  std::vector<Act> all = AllActs();
  const auto found =
      std::find_if(all.begin(), all.end(), [&](const Act& act) { return act.name == name; });
  return std::move(*found);
}

std::vector<std::string> NamesOfActs() {
  std::vector<std::string> names;
  for (const Act& act : AllActs()) names.push_back(act.name);
  return names;
}

bool TriesAll() {
  const char* const faults = std::getenv("KIRIKAE_FAULTS");
  return faults != nullptr && std::string(faults) == "all";
}

int64_t Stride(int64_t points, int64_t sample) {
  return TriesAll() ? 1 : std::max<int64_t>(1, points / sample);
}

}  // namespace kirikae::testing
