// Marks, one by one and in one commit; with the log folded in after each, and with a checkpoint of
// a long log.
#include <string>
#include <utility>
#include <vector>

#include "service/status_macros.h"
#include "tests/app/rollouts/rollout_fixture.h"
#include "tests/faults/support/act.h"

namespace kirikae::testing {
namespace {

class MarksWard : public app::RolloutFixture {
 public:
  Files Closed() {
    Begin();
    store_.reset();
    return ReadFolder(folder_.path());
  }

 private:
  void TestBody() override {}
  void Begin() {
    SetUp();
    // As the service makes devices: their method's date is the one that their history gives.
    std::vector<store::Edit> devices;
    const auto listed = Read()->ListDevices({});
    for (domain::Device device : *listed) {
      device.auth_method_since = now_;
      devices.emplace_back(store::DeviceEdit{device, std::nullopt});
    }
    Store(devices);
    GoTo("2025-05-08");
  }
};

Step Mark(const std::vector<std::string>& tags) {
  std::string reason = "mark";
  for (const std::string& tag : tags) reason += "-" + tag;
  return NewStep(reason,
                 [tags](store::ReadView& view, int64_t,
                        const app::WriteContext& context) -> absl::StatusOr<store::Draft> {
                   app::MarkOrder order;
                   order.asset_tags = tags;
                   ASSIGN_OR_RETURN(app::Marks marks,
                                    app::MarkAll(StepsWard(), context, order, view));
                   return std::move(marks.draft);
                 });
}

// With so many pages that the log is checkpointed behind it: that is due after 2000 of 4 KiB.
Step LongWrite() {
  return NewStep("long",
                 [](store::ReadView&, int64_t,
                    const app::WriteContext& context) -> absl::StatusOr<store::Draft> {
                   store::Draft draft = context.NewDraft(domain::Act::kApplyRollout);
                   domain::Rollout rollout;
                   rollout.id = "long";
                   rollout.source = std::string(4'200'000, 'x');
                   draft.edits.emplace_back(std::move(rollout));
                   return draft;
                 });
}

}  // namespace

std::vector<Act> Marks() {
  const auto closed = [] { return MarksWard().Closed(); };
  const std::vector<Step> steps{Mark({"A1"}), Mark({"A2"}), Mark({"B1"})};
  return {
      {.name = "Marks", .before = closed, .steps = steps},
      {.name = "MarksInOneCommit", .before = closed, .steps = steps, .together = true},
      {.name = "MarkAndFold", .before = closed, .steps = {Mark({"A1", "A2"})}, .folds = true},
      {.name = "MarkAndCheckpoint",
       .before = closed,
       .steps = {LongWrite(), Mark({"B1"})},
       .every = 97},
      {.name = "Stop", .before = closed, .steps = {Mark({"A1"})}, .moment = Moment::kClosing},
  };
}

}  // namespace kirikae::testing
