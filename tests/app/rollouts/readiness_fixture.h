// The ward of RolloutFixture with a policy that expects blockers to go.
#pragma once

#include <string>
#include <vector>

#include "tests/app/rollouts/rollout_fixture.h"

namespace kirikae::app {

/// RolloutFixture's ward, whose file says `expect` and two open days for getting ready. Wave 1 on
/// Thursday 8 May has A1 to A3, wave 2 on Monday 12 May has B1 and B2. Days are those of May 2025.
class ReadinessFixture : public RolloutFixture {
 protected:
  void SetUp() override {
    RolloutFixture::SetUp();
    Policy("{ expect: { enrolment: 2, camera: 3 } }");
    domain::Staff person;
    person.staff_number = "0002";
    person.name = "池袋　花子";
    Store({person});
  }

  void Policy(const std::string& policy) {
    domain::Rollout rollout = Rollout();
    rollout.source = std::string(kRolloutFile) + "policy: " + policy + "\n";
    Store({rollout});
  }
  domain::Device Found(const std::string& tag) { return **Read()->FindDevice(tag); }
  void Keep(const domain::Device& device) { Store({store::DeviceEdit{device, std::nullopt}}); }
  void TakeCamera(const std::string& tag) {
    domain::Device device = Found(tag);
    device.camera = domain::Camera::kNone;
    Keep(device);
  }
  void SetCameraDue(const std::string& tag, const std::string& day) {
    domain::Device device = Found(tag);
    device.camera_due_on = Day(day);
    Keep(device);
  }
  /// The device is 池袋's, whose face is not registered.
  void GiveToUnregistered(const std::string& tag) {
    domain::Device device = Found(tag);
    device.users[0].staff_number = "0002";
    device.users[0].name = "池袋　花子";
    Keep(device);
  }
};

}  // namespace kirikae::app
