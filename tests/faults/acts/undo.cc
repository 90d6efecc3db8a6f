// The undo of a change set of many devices.
#include <string>
#include <vector>

#include "service/app/audit/undo.h"
#include "service/status_macros.h"
#include "tests/app/inventory/inventory_fixture.h"
#include "tests/faults/support/act.h"

namespace kirikae::testing {
namespace {

class UndoWard : public app::InventoryFixture {
 public:
  Files Changed() {
    std::vector<domain::Device> devices;
    for (int i = 1; i <= 40; ++i) devices.push_back(NewDevice(i));
    StoreDevices(devices);
    for (domain::Device& device : devices) device.floor = "3階";
    StoreDevices(devices);
    store_.reset();
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

}  // namespace

std::vector<Act> Undos() {
  const auto undo = [](store::ReadView& view, int64_t change_set,
                       const app::WriteContext& context) {
    return app::UndoDraft(view, change_set - 1, {}, context);
  };
  return {{.name = "Undo",
           .before = [] { return UndoWard().Changed(); },
           .steps = {NewStep("undo", undo)}}};
}

}  // namespace kirikae::testing
