// The start of a store: on an empty folder, on an older database, and on a log that a kill left.
#include <string>
#include <utility>
#include <vector>

#include "service/status_macros.h"
#include "tests/app/inventory/inventory_fixture.h"
#include "tests/faults/support/act.h"

namespace kirikae::testing {
namespace {

class KilledWard : public app::InventoryFixture {
 public:
  Files Killed() {
    for (int i = 1; i <= 6; ++i) StoreDevices({NewDevice(i)});
    return ReadFolder(folder_.path());
  }

 private:
  void TestBody() override {}
  // As the service makes it: the method's date is the one that the history gives.
  domain::Device NewDevice(int number) const {
    domain::Device device = NewTagged("TSM-" + std::to_string(number));
    device.auth_method_since = now_;
    return device;
  }
};

Step AddDevice() {
  return NewStep("add",
                 [](store::ReadView& view, int64_t,
                    const app::WriteContext& context) -> absl::StatusOr<store::Draft> {
                   ASSIGN_OR_RETURN(domain::Device device,
                                    app::NewDevice("NEW-1", {{"note", "new"}}, view, context));
                   store::Draft draft = context.NewDraft(domain::Act::kCreateDevice);
                   draft.edits.emplace_back(app::ToEdit(std::move(device)));
                   return draft;
                 });
}

Act Start(const std::string& name, const std::function<Files()>& before) {
  return {.name = name, .before = before, .steps = {AddDevice()}, .moment = Moment::kOpening};
}

}  // namespace

std::vector<Act> Starts() {
  std::vector<Act> starts{Start("StartNew", [] { return Files(); }),
                          Start("StartAfterAKill", [] { return KilledWard().Killed(); })};
  for (const std::string schema : {"7", "10"}) {
    starts.push_back(Start("StartOnSchema" + schema, [schema] {
      return Files{{"kirikae.db",
                    ReadFile(KIRIKAE_SOURCE_FOLDER "/tests/store/data/schema" + schema + ".db")}};
    }));
  }
  return starts;
}

}  // namespace kirikae::testing
