#include "tests/connect/gateway_fixture.h"

namespace kirikae::testing {

std::vector<connect::Envelope> EnvelopesOf(const std::string& body) {
  std::vector<connect::Envelope> envelopes;
  size_t at = 0;
  while (at < body.size()) {
    size_t size = 0;
    for (size_t i = 1; i < 5 && at + i < body.size(); ++i) {
      size = size << 8U | static_cast<uint8_t>(body[at + i]);
    }
    if (at + 5 + size > body.size()) {
      envelopes.push_back({255, body.substr(at)});
      break;
    }
    envelopes.push_back({static_cast<uint8_t>(body[at]), body.substr(at + 5, size)});
    at += 5 + size;
  }
  return envelopes;
}

std::string ReasonOf(const nlohmann::json& error) {
  if (!error.contains("details")) return "";
  for (const nlohmann::json& detail : error["details"]) {
    if (detail["type"] == "google.rpc.ErrorInfo")
      return detail.value("debug", nlohmann::json::object()).value("reason", "");
  }
  return "";
}

nlohmann::json GatewayTest::EndOf(const HttpAnswer& answer, size_t messages) {
  EXPECT_EQ(answer.status, 200);
  EXPECT_TRUE(answer.whole);
  const std::vector<connect::Envelope> envelopes = EnvelopesOf(answer.body);
  EXPECT_EQ(envelopes.size(), messages + 1) << answer.body;
  if (envelopes.empty()) return {};
  for (size_t i = 0; i + 1 < envelopes.size(); ++i) EXPECT_LT(envelopes[i].flags, 2);
  EXPECT_EQ(envelopes.back().flags, connect::kEndFlag);
  return nlohmann::json::parse(envelopes.back().bytes, nullptr, false);
}

}  // namespace kirikae::testing
