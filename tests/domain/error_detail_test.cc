#include "service/domain/error_detail.h"

#include <gtest/gtest.h>

#include "service/domain/errors.h"

namespace kirikae::domain {
namespace {

TEST(ErrorDetailTest, APlainStatusHasNone) {
  EXPECT_EQ(DetailOf(absl::InternalError("x")), std::nullopt);
  EXPECT_EQ(DetailOf(absl::OkStatus()), std::nullopt);
}

TEST(ErrorDetailTest, CarriesEverythingThroughAStatus) {
  const absl::Status status = InvalidRequest(
      {{"items[3].phase", Sentence("No phase $0.", {"a:b,1:2"})}, {"", Sentence("", {""})}});
  const auto detail = DetailOf(status);
  ASSERT_TRUE(detail.has_value());
  EXPECT_EQ(detail->reason, "INVALID_REQUEST");
  ASSERT_EQ(detail->violations.size(), 2);
  EXPECT_EQ(detail->violations[0].field, "items[3].phase");
  EXPECT_EQ(detail->violations[0].sentence.English(), "No phase a:b,1:2.");
  EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
}

TEST(ErrorDetailTest, AMissingDeviceNamesItAndItsNeighbours) {
  const auto detail = DetailOf(DeviceNotFound("TSM-00999", {"TSM-00099", "TSM-00990"}));
  ASSERT_TRUE(detail.has_value());
  EXPECT_EQ(detail->resource, "devices/TSM-00999");
  EXPECT_EQ(detail->metadata.at("near"), "TSM-00099,TSM-00990");
}

}  // namespace
}  // namespace kirikae::domain
