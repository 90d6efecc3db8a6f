// Tests of the gateway over HTTP/1.1.
#pragma once

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <vector>

#include "service/connect/envelope.h"
#include "tests/connect/gateway_site.h"
#include "tests/connect/http_client.h"
#include "tests/support/eventually.h"

namespace kirikae::testing {

inline constexpr char kEcho[] = "/kirikae.echo.EchoService/Echo";
inline constexpr char kRepeat[] = "/kirikae.echo.EchoService/Repeat";
inline constexpr char kJoin[] = "/kirikae.echo.EchoService/Join";
inline constexpr char kTalk[] = "/kirikae.echo.EchoService/Talk";
inline constexpr char kWhoAmI[] = "/kirikae.v1.AccessService/WhoAmI";
inline constexpr char kGetDevice[] = "/kirikae.v1.InventoryService/GetDevice";

inline const std::pair<std::string, std::string> kJson = {"content-type", "application/json"};
inline const std::pair<std::string, std::string> kProto = {"content-type", "application/proto"};
inline const std::pair<std::string, std::string> kStreamJson = {"content-type",
                                                                "application/connect+json"};
inline const std::pair<std::string, std::string> kStreamProto = {"content-type",
                                                                 "application/connect+proto"};
inline const std::pair<std::string, std::string> kAdmin = {"authorization", "Bearer admin"};

/// The messages of a stream's body; the last one has what is no whole message, with flags 255.
std::vector<connect::Envelope> EnvelopesOf(const std::string& body);

/// The reason in the ErrorInfo of an error's JSON; "" without one.
std::string ReasonOf(const nlohmann::json& error);

class GatewayTest : public ::testing::Test {
 protected:
  explicit GatewayTest(const GatewaySite::Settings& settings = {}) : site_(settings) {}
  // Nothing may be left of any call.
  void TearDown() override {
    EXPECT_TRUE(Eventually([this] { return site_.open_calls() == 0; }));
  }

  HttpAnswer Post(const std::string& path, const http::Headers& headers, const std::string& body) {
    return testing::Post(site_.address(), path, headers, body);
  }
  /// The end of a stream that is answered to this body, after `messages` messages.
  nlohmann::json EndOf(const HttpAnswer& answer, size_t messages);

  GatewaySite site_;
};

}  // namespace kirikae::testing
