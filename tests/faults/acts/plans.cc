// The approval of a plan: waves and placements come with it.
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "tests/app/plans/plans_fixture.h"
#include "tests/faults/support/act.h"

namespace kirikae::testing {
namespace {

class PlansWard : public app::PlansFixture {
 public:
  Files Submitted() {
    Add("総務部/総務課", {"A-1", "A-2", "A-3"});
    Add("福祉部/福祉課", {"B-1", "B-2", "B-3", "B-4"});
    MakePlan();
    EXPECT_TRUE(Submit(1).ok());
    store_.reset();
    return ReadFolder(folder_.path());
  }

  static absl::StatusOr<store::Draft> Approved(store::ReadView& view, int64_t,
                                               const app::WriteContext& context) {
    ASSIGN_OR_RETURN(std::optional<domain::Plan> plan, view.FindPlan("small", 1));
    app::Ward ward = StepsWard();
    ward.allow_self_approval = true;
    ASSIGN_OR_RETURN(app::PlanAct act,
                     app::ApprovePlan(view, *std::move(plan), "案のとおり", ward, context));
    return std::move(act.draft);
  }

 private:
  void TestBody() override {}
  // As the service makes devices: their method's date is the one that their history gives.
  void Add(const std::string& department, const std::vector<std::string>& tags) {
    for (const std::string& tag : tags) {
      domain::Device device = Ready(tag, department);
      device.auth_method_since = now_;
      AddDevice(device);
    }
  }
};

}  // namespace

std::vector<Act> Plans() {
  return {{.name = "Approval",
           .before = [] { return PlansWard().Submitted(); },
           .steps = {NewStep("approve", PlansWard::Approved)}}};
}

}  // namespace kirikae::testing
