// What every store must do, written against store.h.
#pragma once

#include <gtest/gtest.h>

#include <string>

#include "tests/store/store_fixture.h"

namespace kirikae::store {

/// A kind of store under test.
struct StoreKind {
  std::string name;  ///< letters and digits, for the tests' names
  StoreFactory open;
};

/// The suite. A kind of store instantiates it in a test program that holds the conformance tests:
/// `INSTANTIATE_TEST_SUITE_P(Name, Conformance, ::testing::Values(StoreKind{…}), NameOf)`.
class Conformance : public StoreFixture, public ::testing::WithParamInterface<StoreKind> {
 protected:
  Conformance() : StoreFixture(GetParam().open) {}

  // A large act that makes its edits one by one.
  static WriteRequest Streamed(int devices, const absl::Status& at_last = absl::OkStatus()) {
    WriteRequest write = NewWrite({});
    write.large = true;
    write.make = [devices, at_last](ReadView&, int64_t) -> absl::StatusOr<Draft> {
      Draft draft = NewDraft();
      draft.more = [devices, at_last, i = 0]() mutable -> absl::StatusOr<std::optional<Edit>> {
        if (i == devices) {
          if (!at_last.ok()) return at_last;
          return std::nullopt;
        }
        const std::string tag = "A-" + std::to_string(i++);
        return DeviceEdit{NewDevice(tag), {{{"asset_tag", 1, tag}}}, DeviceBefore{}};
      };
      return draft;
    };
    return write;
  }
};

inline std::string NameOf(const ::testing::TestParamInfo<StoreKind>& info) {
  return info.param.name;
}

}  // namespace kirikae::store
